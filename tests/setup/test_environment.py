"""Production starts only with a complete and sound environment, and says what is wrong."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

LOAD = (sys.executable, "-c", "import isso.site.settings.production")
SMTP_EXAMPLE = "smtp+tls://user:password@mail.example.edu:587"
POSTGRES_EXAMPLE = "postgres://user:password@host:5432/name"
S3_EXAMPLE = "s3://key:secret@s3.us-east-1.amazonaws.com/bucket?region=us-east-1"
REDIS_EXAMPLE = "redis://127.0.0.1:6379/0"


@pytest.fixture
def environment(tmp_path):
    """The documented environment, with a folder of our own."""
    lines = (settings.BASE_DIR / "deploy" / "env.example").read_text().splitlines()
    pairs = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    example = {name: value.strip('"') for name, value in pairs.items()}
    return example | {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)}


def run(environment, *command):
    return subprocess.run(
        command or LOAD, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )


def outcome(environment):
    """What a start with this environment prints, and how it ends."""
    done = run(environment)
    return done.returncode, done.stdout + done.stderr


def test_documented_environment_passes_the_deployment_check(environment):
    check = (sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    done = run(environment, *check)
    assert done.stdout + done.stderr == "System check identified no issues (1 silenced).\n"
    assert done.returncode == 0


def test_every_variable_is_documented():
    readers = "text|words|flag|number|choice|secret|hosts|site_address|time_zone|folder"
    read = re.compile(rf'(?:{readers}|addresses\.\w+)\(\s*"([A-Z_]+)"')
    sources = [settings.BASE_DIR / "site" / "settings" / "production.py"]
    sources += (settings.BASE_DIR / "site").glob("*.py")
    names = {name for path in sources for name in read.findall(path.read_text())}
    table = (settings.BASE_DIR / "deploy" / "README.md").read_text()
    assert "DATABASE_URL" in names
    assert {name for name in names if f"`{name}`" not in table} == set()


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("SECRET_KEY", "set it to 50 or more random characters."),
        ("ALLOWED_HOSTS", "set it to the host names of the site, separated by commas."),
        ("DATABASE_URL", f"set it to the address of the database, like {POSTGRES_EXAMPLE}."),
        ("SITE_URL", "set it to the address of the site, like https://isso.example.edu."),
        (
            "EMAIL_URL",
            f"set it to the address of the mail server, like {SMTP_EXAMPLE}, "
            "or name a mail provider in ANYMAIL_PROVIDER.",
        ),
        ("CACHE_URL", f"set it to the address of the shared cache, like {REDIS_EXAMPLE}."),
    ],
)
@pytest.mark.parametrize("how", ["absent", "empty"])
def test_missing_variable_stops_the_start_with_one_sentence(environment, name, advice, how):
    if how == "empty":
        environment[name] = " "
    else:
        del environment[name]
    assert outcome(environment) == (3, f"The environment variable {name} is missing: {advice}\n")


WRONG_VALUES = [
    ("SECRET_KEY", "short", "is too weak: set it to 50 or more random characters."),
    ("SECRET_KEY", "a" * 60, "is too weak: set it to 50 or more random characters."),
    ("ALLOWED_HOSTS", "*", "must list host names only, not '*'."),
    ("ALLOWED_HOSTS", "https://a.edu", "must list host names only, not 'https://a.edu'."),
    ("DATABASE_URL", "mysql://a:b@c/d", f"is not an address like {POSTGRES_EXAMPLE}."),
    ("DATABASE_URL", "postgres://a:b@c:port/d", f"is not an address like {POSTGRES_EXAMPLE}."),
    (
        "DATABASE_URL",
        "postgres://a:b@c",
        f"names no database: write it like {POSTGRES_EXAMPLE}.",
    ),
    ("SITE_URL", "http://isso.example.edu", "must be like https://isso.example.edu."),
    ("SITE_URL", "isso.example.edu", "must be like https://isso.example.edu."),
    ("SITE_URL", "https://isso.example.edu/portal/", "must be like https://isso.example.edu."),
    ("EMAIL_URL", "mail.example.edu", f"is not an address like {SMTP_EXAMPLE}."),
    ("EMAIL_URL", "smtp://", f"names no mail server: write it like {SMTP_EXAMPLE}."),
    ("CACHE_URL", "locmem://", f"is not an address like {REDIS_EXAMPLE}."),
    ("CACHE_URL", "redis://", f"names no cache: write it like {REDIS_EXAMPLE}."),
    ("PUBLIC_STORAGE_URL", "https://bucket", f"is not an address like {S3_EXAMPLE}."),
    ("PRIVATE_STORAGE_URL", "s3://host", f"names no bucket: write it like {S3_EXAMPLE}."),
    ("REQUIRE_STAFF_MFA", "maybe", "must be 1 or 0, not 'maybe'."),
    ("TRUSTED_PROXY_COUNT", "-1", "must be a whole number, not '-1'."),
    ("OIDC_ISSUER", "http://sign-in.example.edu", "must be like https://sign-in.example.edu."),
    ("OIDC_ISSUER", "sign-in.example.edu", "must be like https://sign-in.example.edu."),
    ("OIDC_ISSUER", "https://[", "must be like https://sign-in.example.edu."),
    ("OIDC_ORIGINS", "*", "must be like https://sign-in.example.edu."),
    (
        "OIDC_EMAIL_DOMAINS",
        "example.edu,@example.edu",
        "must list domains like example.edu, not '@example.edu'.",
    ),
    ("TIME_ZONE", "Boston", "must be a zone like America/New_York."),
    ("LOG_LEVEL", "LOUD", "must be one of DEBUG, INFO, WARNING, ERROR."),
]


@pytest.mark.parametrize(("name", "value", "complaint"), WRONG_VALUES)
def test_wrong_value_stops_the_start_with_one_sentence(environment, name, value, complaint):
    environment[name] = value
    assert outcome(environment) == (3, f"The environment variable {name} {complaint}\n")


def test_site_address_must_be_one_of_the_hosts(environment):
    environment["SITE_URL"] = "https://other.example.edu"
    assert outcome(environment) == (3, "The host of SITE_URL must be one of ALLOWED_HOSTS.\n")


def test_data_folder_must_be_writable(environment):
    environment["DATA_DIR"] = "/nowhere"
    assert outcome(environment) == (
        3,
        "The folder /nowhere (DATA_DIR) must exist and be writable.\n",
    )


def test_public_and_private_files_must_not_share_a_bucket(environment):
    environment["PUBLIC_STORAGE_URL"] = environment["PRIVATE_STORAGE_URL"] = S3_EXAMPLE
    sentence = "PUBLIC_STORAGE_URL and PRIVATE_STORAGE_URL must not name the same place.\n"
    assert outcome(environment) == (3, sentence)


@pytest.mark.parametrize("name", ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_half_a_campus_sign_in_stops_the_start(environment, name):
    del environment[name]
    sentence = (
        f"The environment variable {name} is missing: the campus sign-in needs OIDC_ISSUER, "
        "OIDC_CLIENT_ID and OIDC_CLIENT_SECRET; set all three or no OIDC_… at all.\n"
    )
    assert outcome(environment) == (3, sentence)


def test_without_a_campus_sign_in_the_staff_need_passwords(environment):
    without = {name: each for name, each in environment.items() if not name.startswith("OIDC_")}
    check = (sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert outcome(without) == (0, "")
    assert "(isso.E002)" in run(without, *check).stderr
    assert run(without | {"PASSWORD_SIGN_IN": "1"}, *check).returncode == 0


def test_domains_of_approvers_are_compared_in_small_letters(environment):
    environment["APPROVER_EMAIL_DOMAINS"] = "Example.EDU, med.example.edu"
    show = "from isso.site.settings.production import *; print(APPROVER_EMAIL_DOMAINS)"
    done = run(environment, sys.executable, "-c", show)
    assert done.stdout + done.stderr == "['example.edu', 'med.example.edu']\n"


def test_mail_provider_replaces_the_mail_server(environment):
    del environment["EMAIL_URL"]
    environment |= {"ANYMAIL_PROVIDER": "postmark", "ANYMAIL_POSTMARK_SERVER_TOKEN": "token"}
    assert outcome(environment) == (0, "")


def test_mail_provider_without_its_secret_stops_the_start(environment):
    del environment["EMAIL_URL"]
    environment["ANYMAIL_PROVIDER"] = "postmark"
    sentence = (
        "The environment variable ANYMAIL_POSTMARK_SERVER_TOKEN is missing: "
        "set it to the secret that postmark gave you.\n"
    )
    assert outcome(environment) == (3, sentence)


def test_web_server_gives_up_instead_of_starting_again_for_ever(environment):
    del environment["SECRET_KEY"]
    done = run(environment, sys.executable, "-m", "gunicorn", "isso.site.wsgi", "-b", "127.0.0.1:0")
    assert done.returncode == 3
    assert "The environment variable SECRET_KEY is missing" in done.stderr
    assert "Traceback" not in done.stderr

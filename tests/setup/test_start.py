"""An office in earnest does not open with demonstration accounts in it."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.checks import Tags, run_checks
from django.db import OperationalError, connection

from isso.site.checks import SIGN_IN
from isso.site.start import refuse_unsafe_start

SENTENCE = (
    "Demonstration accounts are present: accounts that end in @demo.example are active. "
    "Start with an empty database, or deactivate these accounts.\n"
)


def complaints():
    return [error.id for error in run_checks(tags=[Tags.database], databases=["default"])]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "is_active", "expected"),
    [
        ("advisor@demo.example", True, ["isso.E001"]),
        ("Advisor@DEMO.example", True, ["isso.E001"]),
        ("advisor@demo.example", False, []),
        ("advisor@example.edu", True, []),
        ("demo.example@example.edu", True, []),
    ],
)
def test_active_demonstration_accounts_are_an_error(email, is_active, expected):
    get_user_model().objects.create_user(email, full_name="A", is_active=is_active)
    assert complaints() == expected


@pytest.mark.django_db
def test_the_demonstration_itself_may_have_them(settings):
    settings.DEMONSTRATION = True
    get_user_model().objects.create_user("advisor@demo.example", full_name="A")
    assert complaints() == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_web_server_does_not_start_with_them(capsys):
    get_user_model().objects.create_user("advisor@demo.example", full_name="A")
    with pytest.raises(SystemExit) as ended:
        refuse_unsafe_start()
    assert (ended.value.code, capsys.readouterr().err) == (3, SENTENCE)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_web_server_does_not_start_without_a_database(capsys):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("the database is away")

    with connection.execute_wrapper(refuse), pytest.raises(SystemExit) as ended:
        refuse_unsafe_start()
    sentence = "The database does not answer: start it, or correct DATABASE_URL.\n"
    assert (ended.value.code, capsys.readouterr().err) == (3, sentence)


def test_the_web_server_does_not_start_with_uncollected_files(capsys, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    production = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": production}
    with pytest.raises(SystemExit) as ended:
        refuse_unsafe_start()
    assert ended.value.code == 3
    assert re.fullmatch(
        r"The file \S+ is not collected: run manage.py collectstatic.\n", capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("issuer", "passwords", "expected"),
    [("", False, ["isso.E002"]), ("", True, []), ("https://sign-in.example.edu", False, [])],
)
def test_an_office_whose_staff_cannot_sign_in_is_an_error(settings, issuer, passwords, expected):
    settings.OIDC_ISSUER, settings.PASSWORD_SIGN_IN = issuer, passwords
    found = run_checks(tags=[SIGN_IN], include_deployment_checks=True)

    assert [error.id for error in found] == expected


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_web_server_does_not_start_without_a_way_in_for_the_staff(capsys, settings):
    settings.OIDC_ISSUER, settings.PASSWORD_SIGN_IN = "", False
    with pytest.raises(SystemExit) as ended:
        refuse_unsafe_start()
    sentence = (
        "Nobody of the staff could sign in: there is neither a campus sign-in nor a password. "
        "Set the OIDC_… variables, or PASSWORD_SIGN_IN=1 (deploy/README.md).\n"
    )
    assert (ended.value.code, capsys.readouterr().err) == (3, sentence)

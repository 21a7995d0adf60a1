"""Our folders `site` and `requests` shadow neither the standard library nor the HTTP library."""

import os
import site
import subprocess
import sys

import pytest
import requests
from django.conf import settings

PROBE = "import requests, site; print(requests.get.__module__, site.main.__module__)"
EXPECTED = "requests.api site\n"


def run(*command, **variables):
    """Run a program from the project's folder and return what it prints."""
    return subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "isso.site.settings.test"} | variables,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_names_under_pytest():
    assert (requests.get.__module__, site.main.__module__) == ("requests.api", "site")


def test_names_under_manage():
    assert run(sys.executable, "manage.py", "shell", "-v", "0", "-c", PROBE) == EXPECTED


def test_names_under_the_wsgi_server(tmp_path):
    (tmp_path / "probe.py").write_text(f"{PROBE}\nfrom isso.site.wsgi import application\n")
    gunicorn = (sys.executable, "-m", "gunicorn", "--check-config", "probe")
    # The settings of tests let no member of the staff in, and such an office does not start.
    demonstration = {
        "DJANGO_SETTINGS_MODULE": "isso.site.settings.development",
        "DATA_DIR": str(tmp_path),
    }
    assert run(*gunicorn, PYTHONPATH=str(tmp_path), **demonstration) == EXPECTED


@pytest.mark.parametrize("folder", ["site", "requests", "home", "pages", "templates", "tests"])
def test_no_top_level_folder_is_a_package(folder):
    assert not (settings.BASE_DIR / folder / "__init__.py").exists()


def test_no_test_folder_is_a_package():
    assert list((settings.BASE_DIR / "tests").rglob("__init__.py")) == []

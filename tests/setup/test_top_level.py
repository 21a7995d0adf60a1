"""The top level holds what the contract names, and nothing else."""

import subprocess

import pytest
from django.conf import settings

CONTRACT = {
    *("site", "home", "requests", "pages", "templates", "tests", "manage.py"),
    *("requirements.txt", "README.md", "isso.py", "Makefile", "pyproject.toml"),
    *("requirements-dev.txt", "docs", "deploy", "locale", "CONTRIBUTING.md", "CHANGELOG.md"),
    *("SECURITY.md", "LICENSE", ".ci", ".editorconfig", ".gitattributes", ".gitignore"),
}


@pytest.mark.skipif(not (settings.BASE_DIR / ".git").exists(), reason="not a git checkout")
def test_nothing_unexpected_at_the_top():
    command = ["git", "-c", "safe.directory=*", "ls-files"]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    top = {path.split("/")[0] for path in done.stdout.splitlines()}
    assert top - CONTRACT == set()

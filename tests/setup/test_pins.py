"""The pins install on the oldest Python we promise: Debian 12 has 3.11.2."""

import re
from importlib.metadata import distribution

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

OLDEST = "3.11.2"
FILES = ["requirements.txt", "requirements-dev.txt"]
PIN = re.compile(r"([a-z0-9-]+)==([0-9a-z.]+)")


def lines(name):
    return (settings.BASE_DIR / name).read_text().splitlines()


def pins(*names):
    return dict(
        PIN.fullmatch(line).groups() for name in names for line in lines(name) if is_pin(line)
    )


def is_pin(line):
    return bool(line) and not line.lstrip().startswith("#")


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", FILES)
def test_every_package_is_pinned_and_no_address_is_told(name):
    assert [line for line in lines(name) if is_pin(line) and not PIN.fullmatch(line)] == []
    assert [line for line in lines(name) if "://" in line or "=/" in line] == []


def test_what_is_installed_is_what_is_pinned():
    # A package may call itself 1.002 where pip writes 1.2.
    wrong = {
        name: pin
        for name, pin in pins(*FILES).items()
        if Version(distribution(name).version) != Version(pin)
    }
    assert wrong == {}


@pytest.mark.parametrize("name", FILES)
def test_every_pin_accepts_the_oldest_python(name):
    wanted = {pin: distribution(pin).metadata["Requires-Python"] or "" for pin in pins(name)}
    assert {pin: need for pin, need in wanted.items() if OLDEST not in SpecifierSet(need)} == {}


def test_what_the_oldest_python_needs_besides_is_pinned():
    pinned = pins(*FILES)
    old = {"python_version": "3.11", "python_full_version": OLDEST, "extra": ""}
    needs = [Requirement(line) for pin in pinned for line in distribution(pin).requires or []]
    missing = {
        plain(need.name)
        for need in needs
        if (need.marker is None or need.marker.evaluate(old)) and plain(need.name) not in pinned
    }
    # pip-tools brings these two itself; they come with every virtual environment.
    assert missing - {"pip", "setuptools"} == set()

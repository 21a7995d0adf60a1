"""Limits by account and true network address, one budget for all web processes (case 34)."""

import subprocess
import sys

import pytest
from django.conf import settings as project
from django.test import Client

from isso.tests.factories import make_user

LOGIN = "/accounts/login/"
# Each process tries as often as it may and says how often that was.
TRY_OFTEN = """
import django; django.setup()
from allauth.core import ratelimit
from django.test import RequestFactory
request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
print(sum(ratelimit.consume(request, action="login_failed", key="sofia") for _try in range(4)))
"""


def ask(headers, **how):
    return Client(headers=headers, **how).post(LOGIN, {"login": "nobody@mail.example"}).status_code


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["login", "campus"])
def test_a_forged_header_buys_no_further_tries(settings, provider, action):
    """case_34: the last address is our proxy's word; what stands before it anybody may write."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {action: "3/m/ip"}

    def come(number, address="198.51.100.7"):
        headers = {"x-forwarded-for": f"192.0.2.{number}, {address}"}
        if action == "login":
            return ask(headers)
        callback = "/accounts/campus/callback/?state=x&code=y"
        return Client(headers=headers).get(callback).status_code

    tries = [come(number) for number in range(5)]
    neighbor = come(1, "203.0.113.9")

    assert tries[3:] == [429, 429]
    assert 429 not in [*tries[:3], neighbor]


@pytest.mark.django_db
@pytest.mark.parametrize("forwarded", [None, "", "198.51.100.7", "unknown", "a, b", "::1"])
def test_proxies_that_are_set_up_wrongly_are_no_error(settings, forwarded):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}

    assert ask(headers) == ask(headers, REMOTE_ADDR="") == 302


@pytest.mark.django_db
def test_a_whole_dormitory_signs_in_at_the_same_minute(settings):
    """case_34: a hundred people, one network address, one of whom types nonsense."""
    for _try in range(20):
        ask({})
    people = [make_user(f"person{number}@mail.example") for number in range(100)]
    answers = {Client().post(LOGIN, {"login": each.email}).status_code for each in people}

    assert answers == {302}


@pytest.mark.django_db
def test_too_many_tries_are_told_with_a_code_and_who_helps(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "1/m/ip"}
    ask({})
    answer = Client().post(LOGIN, {"login": "nobody@mail.example"})

    assert answer.status_code == 429
    assert "Error 429" in answer.content.decode()
    assert 'href="/contact/"' in answer.content.decode()


def test_one_of_many_processes_adds_a_key(tmp_path):
    """A limit is counted by whoever could add its lock: never two at the same time."""
    script = f"""
from django.conf import settings; settings.configure()
from isso.site.file_cache import FileCache
cache = FileCache({str(tmp_path)!r}, {{}})
print(sum(cache.add(str(number), 1) for number in range(300)))
"""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script], cwd=project.BASE_DIR, stdout=subprocess.PIPE, text=True
        )
        for _process in range(4)
    ]

    assert sum(int(each.communicate()[0]) for each in processes) == 300


def test_two_web_processes_have_one_budget(tmp_path):
    """case_34: five tries in five minutes, however many processes are asked."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "isso.site.settings.development",
        "DATA_DIR": str(tmp_path),
    }
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", TRY_OFTEN],
            cwd=project.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _process in range(2)
    ]

    assert sum(int(each.communicate()[0]) for each in processes) == 5

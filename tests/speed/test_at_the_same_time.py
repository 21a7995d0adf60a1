"""Editors publish while pages are being rendered, and while other processes keep them."""

import json
import re
import subprocess
import sys
import threading

import pytest
from django.conf import settings as all_settings
from django.db import connection
from django.test import Client

from isso.home.models import AboutPage
from isso.tests.core.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def lede(html):
    return re.search(r'class="lede">(.*?)</p>', html)[1]


def publish(words):
    page = AboutPage.objects.get()
    page.lede = words
    page.save_revision().publish()


def test_a_page_under_way_while_an_editor_publishes_is_not_handed_out_later(about):
    client, slow = Client(), Client()
    client.get("/")  # loads the middlewares; both ask the same process
    slow.handler = client.handler
    has_read, may_go_on = threading.Event(), threading.Event()
    shown = []

    def stop_after_reading(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if "home_aboutpage" in sql:
            has_read.set()
            may_go_on.wait(10)
        return result

    def visit():
        with connection.execute_wrapper(stop_after_reading):
            shown.append(lede(slow.get("/about/").text))
        connection.close()

    visitor = threading.Thread(target=visit)
    visitor.start()
    assert has_read.wait(10)
    publish("New words.")
    may_go_on.set()
    visitor.join()

    later = client.get("/about/")
    assert (shown, lede(later.text), later.has_header("X-Page-Cache")) == (
        ["Old words."],
        "New words.",
        False,
    )


def test_many_visitors_never_see_an_old_page_after_a_publish(about):
    client = Client()
    client.get("/about/")

    def visit(_number):
        visitor = Client()
        visitor.handler = client.handler
        return {lede(visitor.get("/about/").text) for _visit in range(10)}

    for words in ("First.", "Second.", "Third."):
        publish(words)
        assert at_once(6, visit) == [{words}] * 6


@pytest.fixture
def neighbor():
    """Another process of the same office; ask it for an address."""
    place = json.dumps([connection.settings_dict["NAME"], str(all_settings.DATA_DIR)])
    with subprocess.Popen(
        [sys.executable, "-m", "isso.tests.speed.neighbor", place],
        cwd=all_settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def ask(path):
            process.stdin.write(f"{path}\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()


def test_another_process_sees_a_change_at_once(about, neighbor):
    client = Client()
    for words in ("Old words.", "New words.", "Newer words."):
        if words != "Old words.":
            publish(words)
        status, kept, html = neighbor("/about/")
        assert (status, kept, lede(html)) == (200, "", words)
        assert [neighbor("/about/")[1], lede(client.get("/about/").text)] == ["hit", words]
    AboutPage.objects.get().unpublish()
    assert [neighbor("/about/")[0], client.get("/about/").status_code] == [404, 404]

"""Alerts on Welcome: how serious in words, what to do, the way there; nothing is there twice."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from isso.requests.alerts.keeping import keep_alerts
from isso.requests.alerts.overriding import override
from isso.requests.models import Alert
from isso.tests import factories

TODAY = date(2026, 10, 5)


def welcome(record):
    client = Client()
    client.force_login(record.user)
    return client.get("/portal/")


def shown(record):
    """Return (stamp, title, button, address) of what is to do."""
    return [
        (str(each.label), str(each.title), str(each.button), each.href)
        for each in welcome(record).context["to_do"]
        if each.kind == "alert"
    ]


def day(number):
    return TODAY + timedelta(days=number)


@pytest.fixture
def student(office):
    return factories.make_student(
        passport_expiry=day(20), travel_signature_on=day(-400), insurance_end=day(-1)
    )


def test_the_worst_comes_first_each_with_its_way(student):
    student.holds.create(kind="other", placed_on=TODAY)
    keep_alerts()

    send = "/portal/documents/send/?kind="
    assert shown(student) == [
        ("Act now", "Insurance runs out", "Send us the new one", f"{send}insurance"),
        ("Act now", "Hold", "Contact the office", "/contact/"),
        ("Act soon", "Passport runs out", "Send us the new one", f"{send}passport"),
        (
            "For your information",
            "Travel signature",
            "I-20 or DS-2019 reprint",
            "/portal/requests/new/reprint/",
        ),
    ]


def test_the_page_says_how_serious_in_words(student):
    keep_alerts()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", welcome(student).content.decode()))

    assert (
        "Act soon Your passport is valid until October 25, 2026. Renew it, and send us the new one."
    ) in words


def test_what_is_asked_for_is_under_way_and_comes_last(student):
    made = factories.make_request(student, "reprint")
    keep_alerts()

    assert shown(student)[-1] == (
        "Under way",
        "Travel signature",
        "See your request",
        made.get_absolute_url(),
    )


def test_a_draft_is_gone_on_with(student):
    made = factories.make_draft(student, "reprint")
    keep_alerts()

    assert shown(student)[-1] == (
        "For your information",
        "Travel signature",
        "Go on with your request",
        made.get_absolute_url(),
    )


def test_check_in_stands_there_once(office):
    newcomer = factories.make_newcomer()
    before = [each.kind for each in welcome(newcomer).context["to_do"]]
    keep_alerts()

    assert before == ["check_in"]
    assert [(each.kind, each.href) for each in welcome(newcomer).context["to_do"]] == [
        ("alert", "/portal/requests/new/check_in/")
    ]


def test_what_is_set_aside_and_what_is_the_offices_is_not_shown(student):
    keep_alerts()
    for alert in Alert.objects.all():
        override(alert, "Renewed.", day(10), factories.make_staff(email=f"a{alert.pk}@s.example"))

    assert shown(student) == []


def test_nobody_sees_the_alerts_of_others(student):
    other = factories.make_student("other@school.example")
    keep_alerts()

    assert shown(other) == []


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_the_same_for_one_alert_and_for_thirty(
    student, number, django_assert_num_queries
):
    for each in range(number):
        Alert.objects.create(
            record=student, kind="passport", about=str(each), severity=2, step=-60, day=TODAY
        )
    client = Client()
    client.force_login(student.user)
    client.get("/portal/")

    with django_assert_num_queries(11):
        client.get("/portal/")

"""What production writes to its log: one JSON object per line, and nobody's data."""

import json
import logging
import logging.config
import sys

import pytest
from django.test import RequestFactory
from django.urls import resolve

from isso.site import error_reports, log_lines


@pytest.fixture
def formatter():
    config = log_lines.settings("INFO")["formatters"]["json"] | {}
    return config.pop("()")(**config)


def line(formatter, message, *args, level=logging.INFO, exc_info=None, **extra):
    record = logging.LogRecord("isso.test", level, __file__, 1, message, args, exc_info)
    record.__dict__ |= extra
    written = json.loads(formatter.format(record))
    assert written.pop("timestamp").endswith("Z")
    return written


def test_a_line_carries_its_facts(formatter):
    assert line(formatter, "%s sent", 3, milliseconds=12) == {
        "event": "3 sent",
        "level": "info",
        "logger": "isso.test",
        "milliseconds": 12,
    }


def test_mail_addresses_are_blacked_out(formatter):
    message = "550 <ana.silva@example.edu>: no such user (ana.silva@example.edu)"
    written = line(formatter, message)
    assert written["event"] == "550 <[e-mail]>: no such user ([e-mail])"


def test_an_exception_is_a_place_without_its_text(formatter):
    try:
        raise ValueError("passport AB123456")
    except ValueError:
        written = line(formatter, "Broken", level=logging.ERROR, exc_info=sys.exc_info())
    assert written["exception"] == "ValueError"
    assert [place.split()[-1] for place in written["place"]] == [
        "test_an_exception_is_a_place_without_its_text"
    ]
    assert "AB123456" not in json.dumps(written)


def test_a_failed_request_is_a_route_without_its_path(formatter):
    request = RequestFactory().get("/admin/pages/7/edit/?student=ana")
    request.resolver_match = resolve("/admin/pages/7/edit/")
    written = line(formatter, "Internal Server Error: %s", request.path, request=request)
    assert (written["event"], written["route"]) == (
        "request failed",
        "admin/pages/<int:page_id>/edit/",
    )
    assert "/7/" not in json.dumps(written)


@pytest.mark.django_db
def test_every_request_is_one_line_with_a_number(client, caplog):
    caplog.set_level(logging.INFO, "isso.site.requests")
    response = client.get("/accounts/login/?next=/portal/", headers={"x-request-id": "abcd-1234"})
    (record,) = caplog.records
    assert (record.method, record.route, record.status) == ("GET", "accounts/login/", 200)
    assert response["X-Request-ID"] == "abcd-1234"


@pytest.mark.django_db
def test_a_number_that_is_none_is_replaced(client):
    response = client.get("/accounts/login/", headers={"x-request-id": "<script>"})
    assert len(response["X-Request-ID"]) == 36


def test_error_reports_carry_no_person():
    event = {
        "user": {"id": 7},
        "request": {"method": "POST", "url": "/portal/approvals/token/", "cookies": "x"},
        "exception": {"values": [{"type": "ValueError", "value": "passport AB123456"}]},
    }
    assert error_reports.without_people(event, {}) == {
        "request": {"method": "POST"},
        "exception": {"values": [{"type": "ValueError", "value": ""}]},
    }

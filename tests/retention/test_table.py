"""The table of kinds and the table of rows say all there is to say."""

import pytest
from django.core.management import call_command

from isso.requests.models import StudentRequest
from isso.requests.people.models import User
from isso.requests.records.models import StudentRecord
from isso.requests.retention.anonymizing import OF_REQUESTS
from isso.requests.retention.emptying import Emptied
from isso.requests.retention.person_rows import AROUND_RECORD, AROUND_USER
from isso.requests.retention.registry import all_kinds
from isso.requests.retention.words import NOTHING_PERSONAL

STATED = {each.model for each in (*AROUND_RECORD, *AROUND_USER, *OF_REQUESTS, *NOTHING_PERSONAL)}
# Rooms whose rows about a user are that user's own; elsewhere a user is who did something.
ROOMS_OF_USERS = {"people", "account", "mfa", "socialaccount", "usersessions"}
NO_PERSON = {"User_groups", "User_user_permissions"}


@pytest.mark.parametrize("of", [StudentRecord, StudentRequest])
def test_every_row_that_points_at_a_person_or_request_is_stated(of):
    pointing = {
        each.related_model
        for each in of._meta.get_fields(include_hidden=True)
        if each.auto_created and not each.concrete
    }

    assert pointing - STATED == set()


def test_every_row_of_a_user_is_stated():
    pointing = {
        each.related_model
        for each in User._meta.get_fields(include_hidden=True)
        if each.auto_created
        and not each.concrete
        and each.related_model._meta.app_label in ROOMS_OF_USERS
    }

    assert {each for each in pointing - STATED if each.__name__ not in NO_PERSON} == set()


@pytest.mark.parametrize(
    "statement",
    [each for each in (*AROUND_RECORD, *AROUND_USER, *OF_REQUESTS) if isinstance(each, Emptied)],
    ids=lambda each: each.model.__name__,
)
def test_every_statement_names_columns_that_exist_and_leaves_none_without_a_value(statement):
    columns = {each.name for each in statement.model._meta.concrete_fields}

    assert {*statement.stays, *statement.named, *statement.also} - columns == set()
    assert statement.values().keys() <= columns


@pytest.mark.parametrize("key", sorted(all_kinds()))
def test_defaults_lie_within_the_bounds_and_every_cell_is_filled(key):
    kind = all_kinds()[key]

    assert kind.period.legal_min <= kind.period.default <= kind.period.legal_max
    assert all(map(str, (kind.title, kind.clock, kind.stays, kind.period.citation)))
    assert kind.is_planned or str(kind.why_no_plan)


def test_the_committed_document_is_current():
    call_command("retention_table", check=True)

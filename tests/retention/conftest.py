"""An office with a supervisor, and what the worker does in a night."""

from datetime import timedelta

import pytest

from isso.requests.people.roles import Role
from isso.requests.retention.acting import act
from isso.requests.retention.planning import plan
from isso.tests import factories


@pytest.fixture
def supervisor(office):
    """Whoever is told of the plan."""
    return factories.make_staff(Role.SUPERVISOR)


@pytest.fixture
def nights(monday, supervisor, django_capture_on_commit_callbacks):
    """Let so many days pass, each with the worker's turn; returns how many things were done."""

    def pass_by(days, *, step=1):
        done = 0
        for _night in range(0, days, step):
            monday.shift(timedelta(days=step))
            with django_capture_on_commit_callbacks(execute=True):
                plan()
                done += act()
        return done

    return pass_by

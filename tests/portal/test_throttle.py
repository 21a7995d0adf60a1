"""Tries are counted for the whole of their span, in every cache an office may choose."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from isso.requests.views.throttle import too_many

BACKENDS = ("locmem.LocMemCache", "filebased.FileBasedCache", "db.DatabaseCache")
A_DAY = {"limit": 2, "seconds": 86_400}


@pytest.fixture(params=BACKENDS)
def chosen_cache(request, settings, tmp_path, db):
    """An office with this cache."""
    location = "tries" if "db." in request.param else str(tmp_path)
    settings.CACHES = {
        "default": {"BACKEND": f"django.core.cache.backends.{request.param}", "LOCATION": location}
    }
    if location == "tries":
        call_command("createcachetable")


def test_a_pause_within_the_span_forgets_no_try(chosen_cache, monday):
    said = []
    for _try in range(4):
        said.append(too_many("sent", "a", **A_DAY))
        monday.shift(timedelta(minutes=20))

    assert said == [False, False, True, True]
    assert too_many("sent", "b", **A_DAY) is False
    assert too_many("opened", "a", **A_DAY) is False


def test_the_next_span_begins_anew(chosen_cache, monday):
    assert [too_many("sent", "a", **A_DAY) for _try in range(3)] == [False, False, True]
    monday.shift(timedelta(days=1))

    assert too_many("sent", "a", **A_DAY) is False

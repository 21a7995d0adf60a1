"""N days means through the Nth calendar day, where the office is, whatever the hour or season."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.retention.kind import Cutoff

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


@given(MOMENTS, st.integers(0, 11000), st.integers(-2, 2))
def test_a_moment_is_over_the_day_after_its_days_and_not_before(started, days, off):
    today = timezone.localdate(started) + timedelta(days=days + off)

    assert (started < Cutoff.after(days, today).moment) == (off > 0)


@given(st.dates(), st.integers(0, 11000), st.integers(-2, 2))
def test_so_is_a_day(started, days, off):
    if started.toordinal() + days + off < 1 or started.year > 9900 or started.year < 40:
        return
    today = started + timedelta(days=days + off)

    assert (started < Cutoff.after(days, today).day) == (off > 0)

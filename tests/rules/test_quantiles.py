"""Quantiles: the smallest number of days that enough requests needed at most."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.rules.quantiles import quantile


@pytest.mark.parametrize(
    ("counts", "share", "days"),
    [
        ({}, 0.8, None),
        ({3: 0}, 0.8, None),
        ({0: 5}, 0.8, 0),
        ({2: 8, 9: 2}, 0.8, 2),
        ({2: 7, 9: 3}, 0.8, 9),
        ({1: 1, 2: 1, 3: 1}, 0.5, 2),
        ({1: 1, 2: 1}, 0.5, 1),
        ({4: 2, 1: 2}, 1, 4),
    ],
)
def test_quantiles(counts, share, days):
    assert quantile(counts, share) == days


@given(st.lists(st.integers(0, 60), min_size=1), st.sampled_from([0.5, 0.8, 1]))
def test_it_is_the_smallest_that_is_enough(finished, share):
    counts = {each: finished.count(each) for each in finished}
    found = quantile(counts, share)
    assert found in finished
    assert sum(each <= found for each in finished) >= share * len(finished)
    assert sum(each < found for each in finished) < share * len(finished)

"""Quantiles of days, read from how often each number of days occurred."""


def quantile(counts, share):
    """Return the smallest number of days within which ``share`` of all finished, or None.

    ``counts`` maps business days to how often they occurred; ``share`` lies above 0 and up to 1.
    It is a number that occurred, so it can be said to people as it stands.
    """
    wanted = share * sum(counts.values())
    reached = 0
    for days in sorted(counts):
        reached += counts[days]
        if counts[days] and reached >= wanted:
            return days
    return None

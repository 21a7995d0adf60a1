"""All kinds of alerts, in the order of lists."""

from . import papers, presence, work

KINDS = {kind.key: kind for kind in (*presence.KINDS, *work.KINDS, *papers.KINDS)}


def findings(situation):
    """Return {(kind, about): found} of one person."""
    return {
        (kind.key, found.about): found for kind in KINDS.values() for found in kind.rule(situation)
    }

"""Lines of the case page: an answer, the files of one slot, and what an approver was asked."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class CaseAnswer:
    """One answer as sent last, with what it said before and the question that is open."""

    label: Any
    value: str
    approver_sees: bool
    before: str = ""
    is_changed: bool = False
    question: Any = None


@dataclass(frozen=True)
class CaseFiles:
    """The files of one slot: what counts now, and what the student took back."""

    label: Any
    current: list = field(default_factory=list)
    earlier: list = field(default_factory=list)
    is_changed: bool = False
    question: Any = None


@dataclass(frozen=True)
class CaseApproval:
    """One question to an approver, with the answers in words."""

    approval: Any
    step: Any
    answers: list

"""What a department confirms where the office's policy asks it: admissions, last days, leaves.

Without that policy a file says the same, and nobody outside the office is asked.
"""

from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice
from ..policy_number import yes_or_no
from ..rules.windows import in_words
from .questionnaire import Questionnaire

STAYS, LATER, EARLIER = "stays", "later", "earlier"
UNFINISHED = "unfinished"


def asks_approver(label):
    """Return the policy number that lets the office choose between a file and an approver."""
    return yes_or_no(label, default=False, citation=_("Office practice"))


def settle(theirs, own):
    """Return the sentence that asks an advisor to settle two different answers."""
    return _("The approver says %(theirs)s, the student %(own)s. Settle which one is right.") % {
        "theirs": theirs,
        "own": own,
    }


def other_day(label, said, own):
    """Return in a tuple (label, sentence) where a day as kept differs from the student's."""
    if not (said and own) or said == own.isoformat():
        return ()
    return ((label, settle(in_words(date.fromisoformat(said)), in_words(own))),)


class AdmissionQuestionnaire(Questionnaire):
    """From when a student is in the new program, and what that does to the day of completion."""

    admitted_from = Date(label=_("From which day is the student admitted to the new program?"))
    end_moves = choice(
        _("What does this do to the day of completion?"),
        [
            (STAYS, _("The student finishes on the planned day")),
            (LATER, _("The student finishes later")),
            (EARLIER, _("The student finishes earlier")),
        ],
    )
    completion_date = Date(label=_("When do you expect the student to finish the new program?"))

    def clean(self):
        """Nobody finishes before the first day."""
        cleaned = super().clean()
        first, last = cleaned.get("admitted_from"), cleaned.get("completion_date")
        if first and last and last < first:
            self.add_error("completion_date", _("The last day must not come before the first day."))
        return cleaned


class EndQuestionnaire(Questionnaire):
    """The day on which everything is done, and that it is done then."""

    completion_date = Date(label=_("On which day does the student complete the program?"))
    is_complete = choice(
        _("Is everything that the program asks for complete on that day?"),
        [
            ("yes", _("Yes")),
            ("ends", _("There is no degree; the research, teaching or exchange ends then")),
            (UNFINISHED, _("No, something stays open")),
        ],
    )

    refusals: ClassVar = {
        ("is_complete", UNFINISHED): _(
            "Then the program does not end on that day. Return it to the student with a comment."
        )
    }


class LeaveQuestionnaire(Questionnaire):
    """That the university agreed, and until when the student attends; reasons are not asked."""

    approved_on = Date(label=_("On which day did the university decide about this?"))
    last_attended = Date(label=_("Last day on which the student attends classes"))

"""The fourth tab of an invited scholar: the insurance by its numbers, and the papers."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from ..form_fields import choice
from ..request_form import Slot
from ..rules.admission import IS_HERE, TRANSFER, comes_by
from ..rules.scholar_arrival import is_missing
from ..rules.scholar_insurance import CITATION
from ..rules.windows import Window
from .scholar_insurance import PLAN, PlanForm

UNIVERSITY, OWN = "university", "own"


def insured_from_window(situation):
    """Insurance begins with the program: 22 CFR 62.14."""
    start = situation.facts.program_start
    return start and Window(
        last=start, why_last=_("Your program begins on that day."), citation=CITATION
    )


def insured_until_window(situation):
    """Insurance lasts until the program ends: 22 CFR 62.14."""
    end = situation.facts.program_end
    return end and Window(end, why_first=_("Your program ends on that day."), citation=CITATION)


class PapersForm(PlanForm):
    """Who insures the scholar; an own plan shows its numbers."""

    asked_when: ClassVar = dict.fromkeys(PLAN, ("insured_by", (OWN,)))
    windows: ClassVar = {
        "insurance_from": insured_from_window,
        "insurance_until": insured_until_window,
    }
    field_order: ClassVar = ("insured_by",)

    insured_by = choice(
        _("How are you insured here?"),
        [
            (UNIVERSITY, _("By a plan of the university or the department")),
            (OWN, _("By a plan that I buy or have")),
        ],
        help_text=_("Every day of the stay must be insured, for you and your family."),
    )


def insures_oneself(answers):
    """Whether the scholar has a plan of the own and shows it."""
    return answers.get("insured_by") == OWN and is_missing("insurance_proof")(answers)


PAPERS_SLOTS = (
    Slot(
        "passport",
        _("Passport, page with your photo"),
        _("All four corners and the lines at the bottom visible."),
    ),
    Slot("degree_proof", _("Proof of your highest degree"), asked_if=is_missing("degree_proof")),
    Slot(
        "funds_proof",
        _("Proof of the money"),
        _("For each source that is not our university’s, with holder, date and currency."),
        required=False,
        asked_if=is_missing("funds_proof"),
    ),
    Slot(
        "english_proof",
        _("Proof of English"),
        _("A test, a letter of a school, or the note of an interview: 22 CFR 62.10(a)(2)."),
        asked_if=is_missing("english_proof"),
    ),
    Slot("insurance_proof", _("Proof of insurance"), asked_if=insures_oneself),
    Slot(
        "old_form",
        _("Your present DS-2019"),
        _("The newest one, all pages."),
        asked_if=comes_by(TRANSFER),
    ),
    Slot("i94", _("I-94"), _("From the CBP I-94 website."), asked_if=comes_by(*IS_HERE)),
)

"""Letter: enrollment or status in writing, with the facts a student picks from the record."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import NoteLetter
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import RequestType, Step
from ..rules.eligibility import record_is_in_force
from ..rules.letter_kinds import letter_of
from ..rules.windows import in_words
from ..type_forms.letter import (
    PAPER,
    DeliveryForm,
    KindForm,
    PrintForm,
    VisitorsForm,
    names_visitors,
)


class Letter(RequestType):
    """A letter made from the record alone; its QR code leads to a page that confirms its facts."""

    key = "letter"
    title = _("Letter about your enrollment or status")
    summary = _("For a bank, a landlord, a license, an employer or visiting family.")
    icon = "file-text"
    topic = _("Staying in status")
    audience = _("Everyone")
    also_called = (
        "enrollment verification",
        "status letter",
        "invitation letter",
        "bank letter",
        "proof of enrollment",
    )
    # What leaves the office leaves with the student's written consent.
    citation = "34 CFR 99.30; 8 CFR 214.3(g)(1)"
    releases = _("Letter")
    bulk_approval = True
    prints_letter = True
    target_days = 3
    policies = {
        "valid_days": Policy(
            _("A letter can be checked for"), 90, 7, 365, _("days"), _("Office practice")
        ),
        "copies": Policy(_("Copies on paper at most"), 5, 1, 20, _("copies"), _("Office practice")),
    }
    rules = (record_is_in_force(citation="8 CFR 214.3(g)(1)"),)
    pages = (
        FormPage("kind", _("The letter"), KindForm),
        FormPage("print", _("What it says"), PrintForm),
        FormPage(
            "visitors",
            _("Your visitors"),
            VisitorsForm,
            slots=(
                Slot(
                    "visitor_passport",
                    _("Passport of a visitor, page with the photo"),
                    _("Helps us to write the name right."),
                    required=False,
                    asked_if=names_visitors,
                ),
            ),
            asked_if=names_visitors,
        ),
        FormPage("delivery", _("How you get it"), DeliveryForm),
    )
    attestations = (
        _("I read the letter, and what it says about me is right."),
        _(
            "The office may print these facts and confirm them to whoever opens the address on the "
            "letter, until the letter is no longer valid."
        ),
    )
    steps = (
        Step(_("Choose the letter and write who gets it."), _("You")),
        Step(_("Tick what else it may say; you see each fact as the record has it."), _("You")),
        Step(_("Read the letter as it will be printed, and send your request."), _("You")),
        Step(_("An advisor reads it, and the letter is made from your record."), SHORT_NAME),
        Step(_("Download the PDF. Its code lets the reader check that it is real."), _("You")),
    )
    stock_reasons = (
        _("Write a person or an office under “Who gets it?”, and nothing else."),
        _("The reader does not need all these facts. Take some away."),
        _("Your record is out of date. Report the change first, then send this again."),
        _("The name of a visitor differs from the passport."),
        _("This kind does not fit what you need it for. Choose another one."),
    )

    def purpose(self, answers):
        """Two letters differ in their kind."""
        return answers.get("kind") or ""

    def effective_dates(self, cleaned):
        """An invitation is for the days of the visit; other letters have no dates."""
        return cleaned.get("visit_from"), cleaned.get("visit_until")

    def letter(self, cleaned, facts, today):
        """Everything comes from the record, except to whom it goes and who visits."""
        return letter_of(cleaned, facts, today)

    def effects(self, cleaned, facts, today):
        """The record notes that a letter was issued, and changes in nothing."""
        return [NoteLetter()]

    def panel(self, situation):
        """Tell how long a letter of today could be checked, and what to print on paper."""
        until = situation.today + timedelta(days=situation.policy["valid_days"])
        rows = [(_("A letter of today can be checked until"), in_words(until), "")]
        if situation.answers.get("delivery") == PAPER:
            rows.append((_("Copies on paper"), str(situation.answers.get("copies") or ""), ""))
        return rows

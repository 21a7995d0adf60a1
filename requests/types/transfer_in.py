"""Transfer in: an admitted student whose SEVIS record comes from another US school."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import ChangeRecord
from ..request_form import FormPage
from ..request_type import SevisEntry, Step
from ..rules.admission import (
    EXCHANGE_TRANSFER_CITATION,
    TRANSFER,
    TRANSFER_CITATION,
    category_of,
    is_exchange,
)
from ..rules.dates import report_to_new_school_by
from ..rules.sevis import sevis_day
from ..rules.windows import in_words
from ..type_forms.first_form import LAST_STEPS, FirstForm
from ..type_forms.first_form_keyed import create_dependents, person_values, program_values
from ..type_forms.first_form_money import financial_entry
from ..type_forms.first_form_situation import SituationForm
from ..type_forms.first_form_written import first_form_effects


class TransferSituationForm(SituationForm):
    """The same questions; the first one is answered."""

    @classmethod
    def prefill(cls, facts):
        """Whoever asks for a transfer studies at another school."""
        return super().prefill(facts) | {"situation": TRANSFER}


class TransferIn(FirstForm):
    """The move of a SEVIS record to this university, and the form that says it is under way."""

    key = "transfer_in"
    title = _("Transfer from another US school")
    summary = _("Move your SEVIS record to us and get the I-20 or DS-2019 for your program here.")
    icon = "arrow-left-to-line"
    also_called = (
        *("SEVIS transfer", "transfer in", "release", "transfer pending", "change school"),
        *("new I-20", "transfer form", "admitted"),
    )
    citation = f"{TRANSFER_CITATION}; {EXCHANGE_TRANSFER_CITATION}"
    sevis_event = "Transfer In"
    pages: ClassVar = (
        FormPage("home", _("Your situation"), TransferSituationForm),
        *FirstForm.pages[1:],
    )
    steps = (
        Step(_("Tell your present school to release your SEVIS record to us."), _("You")),
        Step(_("Choose the release day with the international office there."), _("You")),
        Step(_("Write your data as in your passport, and upload your present form."), _("You")),
        Step(_("Show the money for the first year, and press Complete."), _("You")),
        Step(_("Your present school releases the record on the day you chose."), _("Your school")),
        Step(_("We make the form that says “transfer pending”."), SHORT_NAME),
        *LAST_STEPS,
    )

    def effective_dates(self, cleaned):
        """It matters from the release on."""
        return cleaned.get("release_on"), None

    def effects(self, cleaned, facts, today):
        """The record keeps the SEVIS ID it had at the other school."""
        return [
            ChangeRecord({"sevis_id": cleaned["current_sevis_id"]}),
            *first_form_effects(cleaned, facts),
        ]

    def record_from(self, cleaned):
        """Before the release the other school has the record: 8 CFR 214.2(f)(8)(ii)(C)."""
        return cleaned.get("release_on")

    def sevis_entries(self, cleaned, facts):
        """There is no batch event: an advisor takes the record over by hand."""
        category = (_("Category"), category_of(facts.education_level))
        values = (
            (_("SEVIS ID"), cleaned["current_sevis_id"]),
            (_("Comes from"), cleaned["current_school"]),
            (_("School code or program number"), cleaned["current_school_code"]),
            (_("Release date"), sevis_day(cleaned["release_on"])),
            (_("OPT ended on"), sevis_day(cleaned.get("opt_end"))),
            (_("Last day of studies"), sevis_day(cleaned["last_attended"])),
            *person_values(cleaned),
            *((category,) if is_exchange(cleaned) else ()),
            *program_values(facts),
        )
        return (
            SevisEntry("Transfer In", values),
            financial_entry(cleaned, facts),
            *create_dependents(cleaned),
        )

    def panel(self, situation):
        """Show the program, and until when to report here after it starts."""
        rows = super().panel(situation)
        if rows:
            by = in_words(report_to_new_school_by(situation.facts.program_start))
            rows.append((_("Report to us by"), by, ""))
        return rows

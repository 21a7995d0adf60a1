"""The first I-20 or DS-2019 of an admitted student who is not transferred from another school."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import ChangeRecord
from ..request_type import SevisEntry, Step
from ..rules.admission import CITATION, LEVEL, is_exchange
from ..rules.next_program import MATRICULATION
from ..rules.sevis import sevis_day
from ..type_forms.first_form import LAST_STEPS, FirstForm
from ..type_forms.first_form_keyed import (
    create_dependents,
    create_student,
    create_visitor,
    program_values,
)
from ..type_forms.first_form_money import financial_entry
from ..type_forms.first_form_written import first_form_effects


class InitialI20(FirstForm):
    """The form with which an admitted student pays the SEVIS fee and applies for a visa."""

    key = "initial_i20"
    title = _("Your first I-20 or DS-2019")
    summary = _("Give us your data, family and money, and we make the form for your visa.")
    icon = "sparkles"
    also_called = (
        *("initial I-20", "first I-20", "certificate of eligibility", "visa form"),
        *("admitted", "new student", "SEVIS fee", "change of status", "I-539"),
    )
    citation = CITATION
    sevis_event = "CreateStudent"
    gives_sevis_id = True
    steps = (
        Step(_("Choose the sentence that is true of you."), _("You")),
        Step(_("Write your data as in your passport, and upload its page."), _("You")),
        Step(_("Name your spouse and children who come with you, if any."), _("You")),
        Step(_("Show the money for the first year."), _("You")),
        Step(_("Press Complete. It works when nothing is missing."), _("You")),
        Step(_("We check everything and make your record in SEVIS."), SHORT_NAME),
        *LAST_STEPS[:1],
        Step(_("Pay the SEVIS fee, then apply for the visa."), _("You")),
        *LAST_STEPS[1:],
    )

    def effects(self, cleaned, facts, today):
        """The person, the family and the form; who studies here already keeps the SEVIS ID."""
        if cleaned["situation"] != LEVEL:
            return first_form_effects(cleaned, facts)
        # The one record of an exchange visitor goes on; F-1 gets a second one, 8 CFR 214.2(f)(5).
        status = "active" if is_exchange(cleaned) else "initial"
        return [
            ChangeRecord({"sevis_id": cleaned["current_sevis_id"]}),
            *first_form_effects(cleaned, facts, status),
        ]

    def makes_sevis_id(self, answers):
        """A new record has a new ID; who studies here already has one."""
        return answers.get("situation") != LEVEL

    def sevis_entries(self, cleaned, facts):
        """A new record with the family; for who studies here the new level of the present one."""
        if cleaned["situation"] == LEVEL:
            record = _new_level(cleaned, facts)
        else:
            create = create_visitor if is_exchange(cleaned) else create_student
            record = create(cleaned, facts)
        return (record, financial_entry(cleaned, facts), *create_dependents(cleaned))


def _new_level(cleaned, facts):
    present = (_("SEVIS ID"), cleaned["current_sevis_id"])
    if not is_exchange(cleaned):
        return SevisEntry("EducationLevel Change", (present, *program_values(facts)))
    code = MATRICULATION.get(facts.education_level, "")
    values = (
        present,
        (_("New program end date"), sevis_day(facts.program_end)),
        (_("Matriculation"), code),
        (_("Subject"), f"{facts.cip_code} {facts.major}".strip()),
    )
    return SevisEntry("Program Matriculate", values)

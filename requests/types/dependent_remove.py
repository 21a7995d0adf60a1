"""Removing a spouse or child: SEVIS ends or cancels their F-2 or J-2 record."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.choices import Relation

from ..effects import ChangeDependents
from ..request_form import FormPage, Slot
from ..request_type import BeforeArrival, RequestType, SevisEntry, Step
from ..rules.dates import turns_21_on
from ..rules.eligibility import sevis_status_is, visa_class_is
from ..rules.family import CITATION
from ..rules.sevis import sevis_day
from ..rules.verdict import Standing, Verdict
from ..rules.windows import in_words
from ..type_forms.dependent_remove import (
    CANCELING,
    COMPLETED,
    DIED,
    DIVORCED,
    LEFT,
    MARRIED,
    MISTAKE,
    NOT_COMING,
    OTHER,
    OVER_21,
    WORKED,
    DayForm,
    PersonForm,
    chosen_from,
    id_in,
)

BOTH = f"{CITATION}; 8 CFR 214.3(g)(2)(ii)"
# As the screens of SEVIS list them (domain/requests.md §17). Code 06 has no answer of its own:
# whose record was terminated asks for nothing here, and SEVIS ends the family with it.
SEVIS_REASONS = {
    DIED: "02 Death",
    OVER_21: "03 Child over 21",
    DIVORCED: "04 Divorce",
    WORKED: "05 Unauthorized employment",
    MARRIED: "09 Other",
    LEFT: "09 Other",
    OTHER: "09 Other",
    COMPLETED: "10 Principal status completed",
    MISTAKE: "01 Record created in error",
    NOT_COMING: "02 Dependent will not accompany student",
}
# What SEVIS reads beside “09 Other” where the reason is clear without the person's words.
OTHER_REMARKS = {MARRIED: "Child has married.", LEFT: "Left the United States for good."}


def has_family_on_record(facts, today, policy):
    """Nobody can be removed who is not there."""
    if facts.dependents:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        str(_("Your record shows no family member.")),
        citation=CITATION,
        cure=str(_("Add a family member first, or write to us if your record is wrong.")),
    )


class DependentRemove(RequestType):
    """The end of a family member's F-2 or J-2 status, reported before SEVIS finds it out."""

    key = "dependent_remove"
    title = _("Remove a family member")
    summary = _("Report a divorce, a departure, a 21st birthday, or a plan that has changed.")
    icon = "user-minus"
    topic = _("Family")
    audience = _("Students and scholars with family")
    also_called = ("divorce", "dependent leaves", "end F-2", "end J-2", "turned 21", "cancel F-2")
    citation = BOTH
    sevis_event = "Dependent Terminate"
    target_days = 5
    before_arrival = BeforeArrival.ALSO
    rules = (
        visa_class_is("F-1", "J-1", citation=CITATION),
        sevis_status_is("initial", "active", citation=CITATION),
        has_family_on_record,
    )
    pages = (
        FormPage("person", _("Who, and why"), PersonForm),
        FormPage("day", _("The day"), DayForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "proof",
                    _("Proof, if you have one"),
                    _("For example the decree of divorce or the flight ticket."),
                    required=False,
                ),
            ),
        ),
    )
    attestations = (
        _("What I wrote is true, and this person knows that I send it."),
        _("I know that this ends the person's status here, and that we cannot take it back."),
    )
    steps = (
        Step(_("Speak with us first if the person wants to stay in the United States."), _("You")),
        Step(_("Choose the person, the reason and the day."), _("You")),
        Step(_("We check it and end the person's record in SEVIS."), SHORT_NAME),
        Step(_("Keep the old form of this person, but do not travel with it."), _("You")),
        Step(_("Ask for a change of funding if your costs have changed."), _("You")),
    )
    stock_reasons = (
        _("Please speak with our office before this person loses status."),
        _("The reason does not fit what our record says of this person."),
        _("The day differs from the day in your proof."),
        _("Tell us in a sentence what happened."),
        _("The file is not readable."),
    )

    def purpose(self, answers):
        """Each person is a request of its own."""
        return id_in(answers.get("person"))

    def effective_dates(self, cleaned):
        """It speaks of the day on which it happened."""
        return cleaned.get("happened_on"), None

    def effects(self, cleaned, facts, today):
        """The person leaves the family on record; who never came, on the day of completion."""
        is_canceled = cleaned["reason"] in CANCELING
        return [
            ChangeDependents(
                (int(id_in(cleaned["person"])),),
                {
                    "ended_on": cleaned.get("happened_on") or today,
                    "end_reason": SEVIS_REASONS[cleaned["reason"]],
                    "sevis_status": "canceled" if is_canceled else "terminated",
                },
            )
        ]

    def sevis_entries(self, cleaned, facts):
        """One event: a record that was used is terminated, one that never was is canceled."""
        reason = cleaned["reason"]
        member = chosen_from(facts, cleaned["person"])
        number = member.sevis_id if member else ""
        name = cleaned["person"].partition(" ")[2]
        values = [
            (_("Dependent"), f"{name} {number}".strip()),
            (_("Reason"), SEVIS_REASONS[reason]),
        ]
        if reason in CANCELING:
            return (SevisEntry("Dependent Cancel", (*values, *_remarks(cleaned))),)
        values.append((_("Happened on"), sevis_day(cleaned["happened_on"])))
        if reason in OTHER_REMARKS:
            values.append((_("Other remarks"), OTHER_REMARKS[reason]))
        return (SevisEntry(self.sevis_event, (*values, *_remarks(cleaned))),)

    def panel(self, situation):
        """Show the family on record, and whose status ends by age."""
        return [
            (each.name, *_standing_of(each, situation.today)) for each in situation.facts.dependents
        ]


def _remarks(cleaned):
    remarks = " ".join((cleaned.get("remarks") or "").split())
    return ((_("Remarks"), remarks),) if remarks else ()


def _standing_of(member, today):
    """Return the relation and, for a child, the birthday that ends the status, with its tone."""
    relation = Relation(member.relation).label
    if member.relation != Relation.CHILD or member.birth_date is None:
        return relation, ""
    birthday = turns_21_on(member.birth_date)
    words = _("%(relation)s, turns 21 on %(date)s") % {
        "relation": relation,
        "date": in_words(birthday),
    }
    days = (birthday - today).days
    # The record warns 90 days ahead, too (domain/records.md §7).
    return words, "bad" if days <= 0 else "warn" if days <= 90 else ""

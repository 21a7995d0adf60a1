"""An occasional lecture or short consultation elsewhere: permission in a letter of the office."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.choices import ExchangeCategory

from ..effects import NoteLetter
from ..form_fields import dollars
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import ApprovalStep, RequestType, Step
from ..rules.answered import day_in
from ..rules.dates import days_in
from ..rules.eligibility import check_in_is_done, sevis_status_is
from ..rules.letter_kinds import Letter
from ..rules.scholar_lecture import CITATION, asking_window, is_professor_or_researcher
from ..rules.windows import in_words
from ..type_forms.scholar_lecture import KINDS, ActivityForm, DaysForm, HostForm, HostQuestionnaire

# What the letter cannot do without.
PRINTED = (
    *("kind", "organization", "activity_street", "activity_city", "activity_state"),
    *("activity_postal_code", "subject", "first_day", "last_day", "hours", "is_paid"),
)


class ScholarLecture(RequestType):
    """The written word of the responsible officer that a scholar may speak elsewhere."""

    key = "scholar_lecture"
    title = _("Occasional lecture or consultation")
    summary = _("Get our letter before you lecture or advise at another institution.")
    icon = "lectern"
    topic = _("Staying in status")
    audience = _("J-1 professors and research scholars")
    also_called = (
        *("honorarium", "guest lecture", "talk", "consulting", "incidental activity"),
        *("speaking elsewhere", "62.20(g)"),
    )
    citation = CITATION
    releases = _("Letter of permission")
    prints_letter = True
    target_days = 5
    policies = {
        "most_days": Policy(
            _("An occasional activity lasts at most"), 10, 1, 30, _("days"), _("Office practice")
        ),
        "valid_days": Policy(
            _("The letter can be checked for"), 180, 7, 365, _("days"), _("Office practice")
        ),
    }
    rules = (
        is_professor_or_researcher,
        sevis_status_is("active", citation=CITATION),
        check_in_is_done,
    )
    approval_steps = (ApprovalStep(_("Host or head of department"), HostQuestionnaire),)
    pages = (
        FormPage("activity", _("The activity"), ActivityForm),
        FormPage("days", _("Days and pay"), DaysForm),
        FormPage("host", _("Who recommends it"), HostForm, names_approver=True),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "offer_letter",
                    _("Letter of who invites you"),
                    _("With the days, the hours, the subject, the pay and what you will do."),
                    approver_sees=True,
                ),
            ),
        ),
    )
    attestations = (
        _("What I wrote agrees with the letter of who invites me."),
        _("The activity is small beside my work here and does not delay it."),
        _("I do not begin before I have the letter of the office."),
    )
    steps = (
        Step(_("Get a letter with days, hours, subject, pay and a description."), _("You")),
        Step(_("Write how it belongs to the purpose of your program."), _("You")),
        Step(_("Your host or the head of your department recommends it."), _("Host")),
        Step(_("We look whether it is occasional, related and on time."), SHORT_NAME),
        Step(_("Download the letter and take it with you."), _("You")),
        Step(_("Ask again for the next one, also at the same place."), _("You")),
    )
    stock_reasons = (
        _("The letter of who invites you lacks the days, the hours, the pay or the subject."),
        _("It is not clear how the activity belongs to the purpose of your program."),
        _("This lasts longer than an occasional activity. Your department can add a site."),
        _("You would be employed there. J-1 status does not allow that."),
        _("The recommendation of your host is missing."),
    )

    def purpose(self, answers):
        """Two activities differ in who invites and in the first day."""
        found = [answers.get(name) or "" for name in ("organization", "first_day")]
        return "|".join(found).casefold()[:255] if all(found) else ""

    def request_window(self, facts, policy):
        """While the program lasts."""
        return asking_window(facts, policy)

    def effective_dates(self, cleaned):
        """The days of the activity."""
        return cleaned.get("first_day"), cleaned.get("last_day")

    def effects(self, cleaned, facts, today):
        """The record notes that a letter was issued."""
        return [NoteLetter()]

    def letter(self, cleaned, facts, today):
        """State what is permitted, where and when: 22 CFR 62.20(g)(2)(ii)."""
        if any(not cleaned.get(name) for name in PRINTED):
            # Not everything is answered yet.
            return None
        lines = _lines(cleaned, facts)
        return Letter(
            title=str(_("Permission for an occasional activity")),
            opening=str(
                _(
                    "As the program sponsor of this exchange visitor we permit the activity below "
                    "under 22 CFR 62.20(g). It is related to the program, incidental to it, and "
                    "does not delay its end."
                )
            ),
            lines=tuple((label, value) for label, value in lines if value),
            addressee=cleaned["organization"],
            closing=str(
                _("The permission is for these days alone. It is no permission to be employed.")
            ),
            lacking=tuple(label for label, value in lines if not value),
        )

    def panel(self, situation):
        """Show the end of the program, the length, and what may not be."""
        facts, answers = situation.facts, situation.answers
        if facts.program_end is None:
            return []
        rows = [(_("Your program ends"), in_words(facts.program_end), "")]
        first, last = day_in(answers, "first_day"), day_in(answers, "last_day")
        if first and last and first <= last:
            length, most = days_in(first, last), situation.policy["most_days"]
            words = _("%(days)d of %(most)d days") % {"days": length, "most": most}
            rows.append((_("Length"), words, "ok" if length <= most else "bad"))
        if answers.get("delays_program") == "yes":
            rows.append((_("Your program"), _("It may not end later for this"), "bad"))
        until = situation.today + timedelta(days=situation.policy["valid_days"])
        rows.append((_("A letter of today can be checked until"), in_words(until), ""))
        return rows


def _lines(cleaned, facts):
    category = dict(ExchangeCategory.choices).get(facts.exchange_category, "")
    first, last = cleaned["first_day"], cleaned["last_day"]
    days = in_words(first) if first == last else f"{in_words(first)} – {in_words(last)}"
    place = (
        f"{cleaned['activity_street']}, {cleaned['activity_city']}, "
        f"{cleaned['activity_state']} {cleaned['activity_postal_code']}"
    )
    is_paid = cleaned["is_paid"] == "yes" and cleaned.get("amount")
    pay = dollars(cleaned["amount"]) if is_paid else str(_("None"))
    return (
        (str(_("Name")), facts.full_name),
        (str(_("Exchange visitor category")), str(category)),
        (str(_("Activity")), str(dict(KINDS)[cleaned["kind"]])),
        (str(_("Subject")), cleaned["subject"]),
        (str(_("For")), cleaned["organization"]),
        (str(_("Place")), place),
        (str(_("Days")), days),
        (str(_("Hours in all")), str(cleaned["hours"])),
        (str(_("Pay")), pay),
    )

"""Transfer out: the SEVIS record moves to another school on a day the student chooses."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.choices import EducationLevel, ExchangeCategory

from ..effects import ChangeRecord, CutWork
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import RequestType, SevisEntry, Step
from ..rules.answered import day_in
from ..rules.dates import report_to_new_school_by
from ..rules.eligibility import program_end_is_known, sevis_status_is, visa_class_is
from ..rules.leaving import (
    CITATION,
    EXCHANGE_CITATION,
    asking_window,
    last_release_day,
    practical_training_ends,
    release_window,
)
from ..rules.scholars import is_scholar
from ..rules.sevis import sevis_day
from ..rules.verdict import Standing, Verdict
from ..rules.windows import in_words
from ..type_forms.transfer_out import DaysForm, SchoolForm

BOTH = f"{CITATION}; {EXCHANGE_CITATION}"


def not_released_yet(facts, today, policy):
    """A release that is set is changed or canceled by the office, not asked for again."""
    day = facts.transfer_release_on
    if day is None:
        return None
    if today < day:
        return Verdict(
            Standing.NOT_FOR_YOU,
            str(_("We release your record on %(date)s.")) % {"date": in_words(day)},
            on=day,
            citation=BOTH,
            cure=str(_("Until that day we can change or cancel the release. Write to us.")),
        )
    return Verdict(
        Standing.NOT_FOR_YOU,
        str(_("We released your record on %(date)s. Only the new school can help you now."))
        % {"date": in_words(day)},
        on=day,
        citation=BOTH,
    )


class TransferOut(RequestType):
    """The release of a record to another school, which then issues the next form."""

    key = "transfer_out"
    title = _("Transfer to another school")
    summary = _("Move your SEVIS record to the school that has admitted you.")
    icon = "arrow-right-from-line"
    topic = _("Program")
    audience = _("F-1 and J-1 students and scholars")
    also_called = ("SEVIS transfer", "release", "change school", "transfer out", "new university")
    citation = BOTH
    sevis_event = "Transfer Out"
    second_person = _("Once the record is released, nobody here can take it back.")
    target_days = 5
    policies = {
        "grace_days": Policy(_("F-1 grace period"), 60, 0, 60, _("days"), "8 CFR 214.2(f)(5)(iv)"),
    }
    rules = (
        visa_class_is("F-1", "J-1", citation=BOTH),
        not_released_yet,
        sevis_status_is("active", citation=BOTH),
        program_end_is_known,
    )
    pages = (
        FormPage("school", _("The new school"), SchoolForm),
        FormPage("days", _("The release"), DaysForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "admission_letter",
                    _("Admission letter, or letter of invitation"),
                    _("With the first day of the new program."),
                ),
                Slot(
                    "transfer_form",
                    _("Transfer form of the new school"),
                    _("If the new school gave you one for us to fill in."),
                    required=False,
                ),
                Slot("current_form", _("Your I-20 or DS-2019"), _("The newest one, all pages.")),
            ),
        ),
    )
    attestations = (
        _("I know that nobody here can undo the release once its day has come."),
        _("I stop all work, on and off campus, on the day of the release at the latest."),
        _("I stay in status until the release: as a student enrolled full time."),
        _("I know that my access to this portal ends after the release."),
        _("I report to the new school within 15 days of its program start date."),
    )
    steps = (
        Step(_("Be admitted by the new school and ask for its SEVIS code."), _("You")),
        Step(_("Choose the release day with our office."), _("You")),
        Step(_("Send us the admission letter, the code and the days."), _("You")),
        Step(_("We check your status and enter the release day in SEVIS."), SHORT_NAME),
        Step(_("Stay in status until then; work ends on that day."), _("You")),
        Step(_("The new school issues your next I-20 or DS-2019."), _("New school")),
        Step(_("Report there within 15 days of its start date."), _("You")),
    )
    stock_reasons = (
        _("The school code belongs to another campus. Ask the new school for the right one."),
        _("The release day lies after your last possible day."),
        _("The admission letter does not show the first day of the program."),
        _("There is a hold on your record here. Settle it with the office that placed it."),
        _("The new program begins too late after the release."),
        _("The file is not readable."),
        _("Please speak with our office about the release day."),
    )

    def request_window(self, facts, policy):
        """While the record can still be released."""
        return asking_window(facts, policy)

    def deadline(self, facts, policy):
        """The last day on which a release is possible."""
        return last_release_day(facts, policy)

    def effective_dates(self, cleaned):
        """From the release to the first day of the new program."""
        return cleaned.get("release_date"), cleaned.get("new_program_start")

    def effects(self, cleaned, facts, today):
        """Note where and when the record goes, and end work permission on that day."""
        release = cleaned["release_date"]
        return [
            ChangeRecord(
                {
                    "transfer_school": cleaned["new_school"],
                    "transfer_school_code": cleaned["new_school_code"],
                    "transfer_release_on": release,
                }
            ),
            CutWork(release),
        ]

    def sevis_entries(self, cleaned, facts):
        """There is no batch event: an advisor keys the release by hand."""
        if is_scholar(facts):
            kind = (_("Category"), str(ExchangeCategory(facts.exchange_category).label))
        else:
            kind = (_("Level"), str(EducationLevel(cleaned["new_level"]).label))
        return (
            SevisEntry(
                "Transfer Out",
                (
                    (_("New school"), cleaned["new_school"]),
                    (_("School code"), cleaned["new_school_code"]),
                    (_("Campus"), cleaned["campus"]),
                    (_("Release date"), sevis_day(cleaned["release_date"])),
                    (_("New program start"), sevis_day(cleaned["new_program_start"])),
                    kind,
                    (_("Contact"), f"{cleaned['contact_name']}, {cleaned['contact_email']}"),
                ),
            ),
        )

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """The release stands in SEVIS when its day comes."""
        return cleaned.get("release_date")

    def panel(self, situation):
        """Show the last day, what ends with it, and what follows from the days typed."""
        facts, policy, today = situation.facts, situation.policy, situation.today
        window = release_window(facts, today, policy)
        if window is None:
            return []
        last = window.last
        rows = [
            (
                _("Last possible release"),
                in_words(last),
                "bad" if last < today else "warn" if (last - today).days < 14 else "",
            )
        ]
        training = practical_training_ends(facts)
        if training and training >= today:
            rows.append((_("Practical training ends"), in_words(training), ""))
        start = day_in(situation.answers, "new_program_start")
        if start and facts.visa_class == "F-1":
            by = report_to_new_school_by(start)
            rows.append((_("Report to the new school by"), in_words(by), ""))
        if facts.holds:
            rows.append((_("Holds on your record"), _("Settle them before the release."), "warn"))
        return rows

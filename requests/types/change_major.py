"""Change of major: other subjects at the same level, on the record and on the form."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import ChangeRecord, IssueForm
from ..request_form import FormPage, Slot
from ..request_type import ApprovalStep, RequestType, SevisEntry, Step
from ..rules.eligibility import (
    check_in_is_done,
    program_end_is_known,
    sevis_status_is,
    visa_class_is,
)
from ..rules.exchange import exchange_visitors_are_students, studies_ended_on
from ..rules.family import family_with_forms
from ..rules.windows import Window
from ..type_forms.approver import ApproverForm
from ..type_forms.change_major import (
    CITATION,
    END_MOVES,
    EXCHANGE_CITATION,
    MAJOR,
    MINOR,
    SECOND,
    SubjectsForm,
    changed_subjects,
)
from ..type_forms.confirming import (
    EARLIER,
    LATER,
    AdmissionQuestionnaire,
    asks_approver,
    other_day,
    settle,
)

BOTH = f"{CITATION}; {EXCHANGE_CITATION}"
NO_SUBJECT = "00.0000"


class ChangeMajor(RequestType):
    """A new major, a second one or a minor, without a new level."""

    key = "change_major"
    title = _("Change of major")
    summary = _("Put a new major, a second major or a minor on your I-20 or DS-2019.")
    icon = "shuffle"
    topic = _("Program")
    audience = _("F-1 and J-1 students")
    also_called = (
        *("change of program", "second major", "double major", "minor", "new subject"),
        *("CIP code", "field of study"),
    )
    citation = BOTH
    releases = _("I-20 or DS-2019 with the new subject")
    sevis_event = "Program Edit"
    target_days = 5
    policies = {
        "asks_approver": asks_approver(
            _("Your department confirms the change from an e-mail, not by a letter")
        ),
    }
    approver_number = "asks_approver"
    approval_steps = (ApprovalStep(_("Department"), AdmissionQuestionnaire),)
    rules = (
        visa_class_is("F-1", "J-1", citation=BOTH),
        exchange_visitors_are_students,
        sevis_status_is("active", citation=BOTH),
        check_in_is_done,
        program_end_is_known,
    )
    pages = (
        FormPage(
            "subjects",
            _("Your subjects"),
            SubjectsForm,
            intro=_("Tell us how it is after the change. What you leave empty is none."),
        ),
        FormPage("approver", _("Who confirms it"), ApproverForm, names_approver=True),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "registrar_approval",
                    _("Approval of the change"),
                    _("Of the registrar or your department, with the first day."),
                    instead_of_approver=True,
                ),
                Slot("degree_audit", _("New degree audit"), _("It lists what is still open.")),
            ),
        ),
    )
    attestations = (
        _("The registrar has approved this change."),
        _("I know that CPT and OPT must belong to the major on my form."),
        _("If I need more time, I ask for an extension before my program ends."),
    )
    steps = (
        Step(_("Ask your department and the registrar to approve the change."), _("You")),
        Step(_("Ask whether you can still finish on the date of your form."), _("You")),
        Step(_("Send us old and new subjects with the approval."), _("You")),
        Step(
            _("If our policy asks for it, your department confirms it from an e-mail."),
            _("Department"),
        ),
        Step(_("We change the subjects in SEVIS."), SHORT_NAME),
        Step(_("Download the new form and sign it."), _("You")),
    )
    stock_reasons = (
        _("The approval does not name the new subject or its first day."),
        _("The CIP code does not belong to this subject. Ask your department for the right one."),
        _("The level changes, too. Ask for a change of level instead."),
        _("You cannot finish by your end date. Ask for an extension with this."),
        _("The purpose of your exchange would change. Speak with our office."),
        _("The file is not readable."),
    )

    def request_window(self, facts, policy):
        """While the program lasts."""
        ends = studies_ended_on(facts)
        if ends is None:
            return None
        return Window(
            last=ends, why_last=_("A program that has ended keeps its subjects."), citation=BOTH
        )

    def deadline(self, facts, policy):
        """The last day of the studies."""
        return studies_ended_on(facts)

    def effective_dates(self, cleaned):
        """It holds from one day on."""
        return cleaned.get("effective_on"), None

    def effects(self, cleaned, facts, today):
        """Put the subjects on the record and issue the form to the whole family."""
        return [
            ChangeRecord(changed_subjects(cleaned, facts)),
            IssueForm(
                "updated", dependents=tuple(each.id for each in family_with_forms(facts, today))
            ),
        ]

    def sevis_entries(self, cleaned, facts):
        """All subjects for F-1, with zeros for none; one with its remark for J-1."""
        labels = SubjectsForm.base_fields
        if facts.visa_class == "J-1":
            values = [(labels["new_cip"].label, _coded(cleaned, MAJOR))]
            if remark := " ".join((cleaned.get("subject_remark") or "").split()):
                values.append((_("Subject remarks"), remark))
            return (SevisEntry("Program EditSubject", tuple(values)),)
        values = tuple(
            (labels[pair[1][0]].label, _coded(cleaned, pair)) for pair in (MAJOR, SECOND, MINOR)
        )
        return (SevisEntry("Program Edit", values),)

    def differences(self, cleaned, confirmed):
        """The first day and the effect on the end are those the department confirms."""
        first = confirmed.get("admitted_from")
        found = other_day(_("First day on which it holds"), first, cleaned.get("effective_on"))
        said, own = confirmed.get("end_moves"), cleaned.get("end_moves")
        if not (said and own) or said == own:
            return found
        words = dict(END_MOVES)
        theirs, mine = (f"“{words.get(each, each)}”" for each in (said, own))
        return (*found, (_("Program end date"), settle(theirs, mine)))

    def panel(self, situation):
        """Show what hangs on the subject: the code, work, and the end date."""
        facts, answers = situation.facts, situation.answers
        now = " ".join(word for word in (facts.cip_code, facts.major) if word)
        rows = [(_("Major on your record"), now or _("Not known"), "")]
        code = answers.get("new_cip")
        if code and code != facts.cip_code and facts.visa_class == "F-1":
            rows.append(
                (
                    _("STEM OPT extension"),
                    _("Your new code decides. Look for it on the DHS STEM list."),
                    "warn",
                )
            )
        kinds = ("CPT", "OPT", "STEM", "AT")
        if any(work.end >= situation.today for kind in kinds for work in facts.approved(kind)):
            words = _("Your work must belong to the major. Speak with our office first.")
            rows.append((_("Your work permission"), words, "warn"))
        next_request = {
            LATER: _("Ask for a program extension, too."),
            EARLIER: _("Ask for early completion, too."),
        }.get(answers.get("end_moves"))
        if next_request:
            rows.append((_("Program end date"), next_request, "warn"))
        return rows


def _coded(cleaned, pair):
    """Write a subject as an advisor picks it: the code and its words."""
    (subject, _column), (code, _code_column) = pair
    if not cleaned.get(code):
        return NO_SUBJECT
    return f"{cleaned[code]} {cleaned[subject]}"

"""OPT and STEM OPT reporting: what happens during the training, within 10 days of it."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import RequestType, Step
from ..rules.answered import day_in
from ..rules.dates import stem_validation_report_by
from ..rules.eligibility import sevis_status_is, visa_class_is
from ..rules.opt_reporting import (
    REPORTING,
    STEM,
    due_words,
    has_training,
    reporting_window,
    training_of,
)
from ..rules.stem_reports import VALIDATION as VALIDATION_RULE
from ..rules.stem_reports import report_rows
from ..rules.unemployment import UNEMPLOYMENT, unemployment_rows, used_up_on
from ..rules.windows import in_words
from ..type_forms.address_update import CONTACT as PHONE
from ..type_forms.address_update import LEGAL, US, late_words
from ..type_forms.opt_report import (
    ABOUT_JOBS,
    CARD,
    CHANGED_JOB,
    ENDED_JOB,
    EVALUATION,
    LEAVING,
    NEW_JOB,
    NO_WORK,
    PERSON,
    STATUS,
    STEM_EMPLOYER,
    VALIDATION,
    CopyForm,
    WhatForm,
    is_about,
    is_stem_about,
    stem_reports_in,
    training_in,
)
from ..type_forms.opt_report_jobs import ChangedJobForm, EndedJobForm, NewJobForm
from ..type_forms.opt_report_person import (
    PersonForm,
    ReportedContactForm,
    ReportedHomeForm,
    ReportedNameForm,
    reports_of_person,
)
from ..type_forms.opt_report_stem import EvaluationForm, ValidationForm
from ..type_forms.opt_report_training import (
    EAD,
    RECEIPT,
    REFUSAL,
    CardForm,
    LeavingForm,
    NoWorkForm,
    StatusForm,
    is_document,
)
from ..type_forms.opt_reported import effects_of, entries_of

# The answer that says when something happened, and so from when the 10 days count.
HAPPENED_ON = {
    NEW_JOB: "job_start",
    CHANGED_JOB: "changed_on",
    ENDED_JOB: "job_ended_on",
    NO_WORK: "without_work_since",
    STEM_EMPLOYER: "job_start",
    PERSON: "moved_on",
    STATUS: "status_from",
}
# Which answers are the first and the last day of each report.
SPANS = {name: (day, "") for name, day in HAPPENED_ON.items()} | {
    NEW_JOB: ("job_start", "job_end"),
    STEM_EMPLOYER: ("job_start", "job_end"),
    CARD: ("card_start", "card_end"),
    LEAVING: ("leaves_on", ""),
    EVALUATION: ("evaluated_on", ""),
}


class OptReport(RequestType):
    """Everything the office and SEVIS must know about somebody who works after completion."""

    key = "opt_report"
    title = _("OPT and STEM OPT reporting")
    summary = _("Report a job, its end, a change, your EAD card or a STEM report within 10 days.")
    icon = "bell"
    topic = _("Work")
    audience = _("F-1 students on OPT")
    also_called = (
        *(
            "new employer",
            "employer update",
            "SEVP Portal",
            "unemployment",
            "EAD",
            "receipt notice",
        ),
        *("STEM validation", "self-evaluation", "I-983", "end of employment"),
    )
    citation = REPORTING
    sevis_event = "OPTEmployer"
    target_days = 5
    policies = {
        "unemployment_warning": Policy(
            _("OPT: warn from this many days without work"),
            *(60, 1, 90),
            _("days"),
            UNEMPLOYMENT,
            is_public=False,
        ),
        "unemployment_warning_stem": Policy(
            _("STEM OPT: warn from this many days without work"),
            *(120, 1, 150),
            _("days"),
            UNEMPLOYMENT,
            is_public=False,
        ),
        "validation_opens": Policy(
            _("STEM reports open before their day"), 30, 1, 60, _("days"), VALIDATION_RULE
        ),
        "grace_days": Policy(
            _("Reports are taken after the training ends"),
            60,
            0,
            60,
            _("days"),
            "8 CFR 214.2(f)(5)(iv)",
        ),
    }
    rules = (
        visa_class_is("F-1", citation=REPORTING),
        has_training,
        sevis_status_is("active", citation=REPORTING),
    )
    pages = (
        FormPage("what", _("What you report"), WhatForm),
        FormPage("card", _("From USCIS"), CardForm, asked_if=is_about(CARD)),
        FormPage(
            "ended",
            _("The job that ended"),
            EndedJobForm,
            asked_if=is_about(ENDED_JOB, STEM_EMPLOYER),
        ),
        FormPage("job", _("The new job"), NewJobForm, asked_if=is_about(NEW_JOB, STEM_EMPLOYER)),
        FormPage("changed", _("What has changed"), ChangedJobForm, asked_if=is_about(CHANGED_JOB)),
        FormPage("no-work", _("Without work"), NoWorkForm, asked_if=is_about(NO_WORK)),
        FormPage("report", _("Your STEM report"), ValidationForm, asked_if=is_about(VALIDATION)),
        FormPage("evaluation", _("Your evaluation"), EvaluationForm, asked_if=is_about(EVALUATION)),
        FormPage("person", _("About you"), PersonForm, asked_if=is_about(PERSON)),
        FormPage("home", _("Where you live"), ReportedHomeForm, asked_if=reports_of_person(US)),
        FormPage(
            "contact", _("Phone and e-mail"), ReportedContactForm, asked_if=reports_of_person(PHONE)
        ),
        FormPage("name", _("Your legal name"), ReportedNameForm, asked_if=reports_of_person(LEGAL)),
        FormPage("leaving", _("Leaving"), LeavingForm, asked_if=is_about(LEAVING)),
        FormPage("status", _("Your new status"), StatusForm, asked_if=is_about(STATUS)),
        FormPage("form", _("A new I-20"), CopyForm, asked_if=is_about(*ABOUT_JOBS)),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "i983",
                    _("New Form I-983, pages 1 to 4"),
                    _("Signed by you and the employer. Leave the evaluation page empty."),
                    asked_if=is_stem_about(NEW_JOB, STEM_EMPLOYER, CHANGED_JOB),
                ),
                Slot(
                    "final_evaluation",
                    _("Final evaluation with the employer you leave (Form I-983, page 5)"),
                    asked_if=is_stem_about(STEM_EMPLOYER),
                ),
                Slot(
                    "self_evaluation",
                    _("Form I-983, page 5, signed by both"),
                    asked_if=is_about(EVALUATION),
                ),
                Slot(
                    "offer_letter",
                    _("Offer letter"),
                    required=False,
                    asked_if=is_about(NEW_JOB, STEM_EMPLOYER),
                ),
                Slot("receipt", _("Receipt notice (Form I-797C)"), asked_if=is_document(RECEIPT)),
                Slot("ead", _("EAD card, both sides"), asked_if=is_document(EAD)),
                Slot("decision", _("The letter of USCIS"), asked_if=is_document(REFUSAL)),
                Slot(
                    "status_proof",
                    _("Approval of your new status"),
                    _("For example Form I-797A, or both sides of the green card."),
                    asked_if=is_about(STATUS),
                ),
                Slot(
                    "new_passport",
                    _("New passport, page with your photo"),
                    asked_if=reports_of_person(LEGAL),
                ),
            ),
            asked_if=is_about(
                *(NEW_JOB, STEM_EMPLOYER, CHANGED_JOB, EVALUATION, CARD, STATUS, PERSON)
            ),
        ),
    )
    attestations = (
        _("What I report is true, and I understand that it goes to SEVIS."),
        _("I know that OPT ends after 90 days without work, or 150 together with STEM OPT."),
        _("I will report the next change within 10 days, too."),
    )
    steps = (
        Step(_("Pick what you report; you see only its questions."), _("You")),
        Step(_("Write in two or three sentences which skills of your major you use."), _("You")),
        Step(_("On STEM OPT, upload the new Form I-983 and the last evaluation."), _("You")),
        Step(_("Send it within 10 days of the change. Late is better than never."), _("You")),
        Step(_("We check it and enter it in SEVIS within 21 days."), SHORT_NAME),
        Step(_("Keep the confirmation, and look at your days without work."), _("You")),
    )
    stock_reasons = (
        _("Say more about how the job relates to your major: name courses and skills."),
        _("A staffing agency is not the place of work. Add the client’s site."),
        _("Fewer than 20 hours a week count as days without work. Report your other jobs, too."),
        _("The first day of work lies before your card begins."),
        _("The last day of the earlier job is missing."),
        _("A signature or a section is missing on Form I-983."),
        _("The dates on the scan of your card are not those you wrote."),
        _("The scan is not readable."),
    )
    corrects = {"work": {}}

    def request_window(self, facts, policy):
        """Reports are taken as long as one may stay after the training."""
        return reporting_window(facts, policy)

    def purpose(self, answers):
        """Two reports differ in what they are about, in their day, and in the job or the months."""
        what = answers.get("what") or ""
        day, _last = SPANS.get(what, ("", ""))
        names = ("changed_job", "ended_job", "months", "evaluation", "document", "employer_name")
        told = [str(answers.get(name) or "") for name in names if what]
        return ",".join([what, str(answers.get(day) or ""), *told])[:100] if what else ""

    def effective_dates(self, cleaned):
        """The day on which it happened, and the last one where it has one."""
        first, last = SPANS.get(cleaned.get("what"), ("", ""))
        return cleaned.get(first), cleaned.get(last)

    def promise(self, answers):
        """Return the new I-20 where a report about a job asks for one."""
        wanted = answers.get("what") in ABOUT_JOBS and answers.get("wants_form") == "yes"
        return _("Updated I-20") if wanted else ""

    def effects(self, cleaned, facts, today):
        """What is reported becomes the record, and the counter of days without work follows."""
        return effects_of(cleaned, facts, today)

    def sevis_entries(self, cleaned, facts):
        """What is keyed depends on the report; what USCIS or a file tells needs no entry."""
        return entries_of(cleaned, facts)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """21 days (8 CFR 214.3(g)(2)); earlier where SEVIS would end the record by itself."""
        due = super().sevis_due(cleaned, facts, reported_on, add_business_days)
        if cleaned["what"] == NEW_JOB and (last := used_up_on(facts)) and last >= reported_on:
            return min(due, last)
        if cleaned["what"] == VALIDATION:
            return min([due, *_report_by(cleaned, facts, reported_on, add_business_days)])
        return due

    def panel(self, situation):
        """Show the permission, the days without work, the STEM reports, and the 10 days."""
        facts, today, answers = situation.facts, situation.today, situation.answers
        work = training_in(situation)
        if work is None:
            return []
        label = _("STEM OPT") if work.kind == STEM else _("OPT")
        span = _("%(start)s to %(end)s") % {
            "start": in_words(work.start),
            "end": in_words(work.end),
        }
        rows = [
            (label, span, ""),
            *unemployment_rows(facts, situation.policy, today),
            *report_rows(stem_reports_in(situation), today),
        ]
        happened_on = day_in(answers, HAPPENED_ON.get(answers.get("what"), ""))
        if happened_on:
            words = late_words if answers["what"] == PERSON else due_words
            rows.append((_("Report it"), *words(happened_on, today)))
        return rows


def _report_by(cleaned, facts, reported_on, add_business_days):
    """Return the last day of the report that was sent, unless it was late when it came."""
    stem = training_of(facts, STEM)
    days = [
        stem_validation_report_by(owed.due_on, add_business_days)
        for owed in facts.stem_reports
        if stem and owed.authorization_id == stem.id and str(owed.months) == cleaned["months"]
    ]
    return [day for day in days if day >= reported_on]

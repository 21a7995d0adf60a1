"""What each report of OPT writes into the record, and what an advisor keys into SEVIS for it."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..effects import (
    ChangeJob,
    ChangeRecord,
    CutWork,
    DecideEmployment,
    IssueForm,
    NoteStemReport,
    ReportJob,
)
from ..request_type import SevisEntry
from ..rules.dates import stem_validations
from ..rules.opt_reporting import STEM, jobs_of, training_of
from ..rules.sevis import sevis_day
from .address_reported import address_effects, address_entries
from .employer import employer_values, reported_job
from .opt_report import (
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
)
from .opt_report_jobs import CHANGES
from .opt_report_stem import CONFIRMED
from .opt_report_training import EAD, OTHER, RECEIPT

# Answers about a changed job, and the columns of ``ReportedJob`` they become.
COLUMNS = {
    "new_employer_name": "employer",
    "new_ein": "ein",
    "new_street": "address_line1",
    "new_city": "address_city",
    "new_state": "address_state",
    "new_postal_code": "address_postal_code",
    "new_job_title": "job_title",
    "new_relation": "relation_to_major",
    "new_hours": "hours_per_week",
    "new_compensation": "compensation",
    "new_supervisor_phone": "supervisor_phone",
    "new_supervisor_email": "supervisor_email",
}
LABELS = {
    "new_employer_name": _("Employer name"),
    "new_ein": _("EIN"),
    "new_street": _("Employer address"),
    "new_city": _("Employer city"),
    "new_state": _("Employer state"),
    "new_postal_code": _("Employer ZIP code"),
    "new_job_title": _("Job title"),
    "new_relation": _("How the work relates to the major"),
    "new_hours": _("Hours a week"),
    "new_compensation": _("Pay"),
    "new_supervisor_first": _("Supervisor given name"),
    "new_supervisor_last": _("Supervisor family name"),
    "new_supervisor_phone": _("Supervisor phone"),
    "new_supervisor_email": _("Supervisor e-mail"),
}
DAY = timedelta(days=1)


def effects_of(cleaned, facts, today):
    """Return what this report writes into the record."""
    written = EFFECTS[cleaned["what"]](cleaned, facts, today)
    if cleaned["what"] in ABOUT_JOBS and cleaned.get("wants_form") == "yes":
        written.append(IssueForm("updated", employment_note=_note(cleaned, facts)))
    return written


def entries_of(cleaned, facts):
    """Return what an advisor keys for this report; nothing for what USCIS or a file tells."""
    entries = ENTRIES.get(cleaned["what"])
    return tuple(entries(cleaned, facts)) if entries else ()


def _work(cleaned, facts):
    return training_of(facts, cleaned["training"])


def _job(facts, value):
    return next((job for job in jobs_of(facts) if str(job.id) == value), None)


def _held_on(facts, day):
    """Return the jobs that have begun before ``day`` and not ended by then."""
    return [
        job for job in jobs_of(facts) if job.start < day and (job.end is None or job.end >= day)
    ]


# --- The record ----------------------------------------------------------------------------------


def _new_job(cleaned, facts, today):
    work = _work(cleaned, facts)
    return [ReportJob(work.id, reported_job(cleaned, cleaned["job_start"], today))]


def _ended_job(cleaned, facts, today):
    job = _job(facts, cleaned["ended_job"])
    return [ChangeJob(job.id, {"end": cleaned["job_ended_on"]})] if job else []


def _stem_employer(cleaned, facts, today):
    return [*_ended_job(cleaned, facts, today), *_new_job(cleaned, facts, today)]


def _changed_job(cleaned, facts, today):
    """The same job with other hours is another row: the days before keep the old ones."""
    job, day = _job(facts, cleaned["changed_job"]), cleaned["changed_on"]
    if job is None:
        return []
    changed = _columns(cleaned)
    if "hours_per_week" not in changed or day <= job.start:
        return [ChangeJob(job.id, changed)]
    anew = changed | {"start": day, "reported_on": today}
    return [
        ReportJob(job.authorization_id, anew, like=job.id),
        ChangeJob(job.id, {"end": day - DAY}),
    ]


def _columns(cleaned):
    ticked = [name for key in cleaned["changes"] for name in CHANGES[key][1]]
    changed = {COLUMNS[name]: cleaned[name] for name in ticked if name in COLUMNS}
    if "supervisor" in cleaned["changes"]:
        given, family = cleaned["new_supervisor_first"], cleaned["new_supervisor_last"]
        changed["supervisor_name"] = f"{given} {family}"
    if "new_hours" in ticked:
        changed["full_time"] = cleaned["new_hours"] > 20
    return changed


def _no_work(cleaned, facts, today):
    since = cleaned["without_work_since"]
    return [ChangeJob(job.id, {"end": since - DAY}) for job in _held_on(facts, since)]


def _validation(cleaned, facts, today):
    stem = training_of(facts, STEM)
    return [NoteStemReport(stem.id, int(cleaned["months"]))]


def _evaluation(cleaned, facts, today):
    stem = training_of(facts, STEM)
    return [NoteStemReport(stem.id, int(cleaned["evaluation"]), is_evaluation=True)]


def _card(cleaned, facts, today):
    """The receipt makes it pending, the card approves it with the days of USCIS."""
    work, document = _work(cleaned, facts), cleaned["document"]
    if document == RECEIPT:
        changes = {"status": "pending", "receipt_number": cleaned["receipt_number"]}
        return [DecideEmployment(work.id, changes)]
    if document != EAD:
        return [DecideEmployment(work.id, {"status": "denied"})]
    start, end = cleaned["card_start"], cleaned["card_end"]
    changes = {
        "status": "approved",
        "start": start,
        "end": end,
        "ead_number": cleaned["card_number"],
    }
    owed = stem_validations(start, end) if work.kind == STEM else ()
    return [DecideEmployment(work.id, changes, owed)]


def _person(cleaned, facts, today):
    return address_effects(cleaned, facts)


def _leaving(cleaned, facts, today):
    return _ends(facts, cleaned["leaves_on"], today)


def _status(cleaned, facts, today):
    """The new status begins on its day; the training ended on the day before."""
    visa_class = ChangeRecord({"visa_class": "other"})
    return [*_ends(facts, cleaned["status_from"] - DAY, today), visa_class]


def _ends(facts, last_day, today):
    """Work ends with its permission; SEVIS completes the record once that day has come."""
    ended = [ChangeJob(job.id, {"end": last_day}) for job in _held_on(facts, last_day + DAY)]
    ended.append(CutWork(last_day))
    if last_day <= today:
        ended.append(ChangeRecord({"sevis_status": "completed"}))
    return ended


EFFECTS = {
    NEW_JOB: _new_job,
    CHANGED_JOB: _changed_job,
    ENDED_JOB: _ended_job,
    NO_WORK: _no_work,
    STEM_EMPLOYER: _stem_employer,
    VALIDATION: _validation,
    EVALUATION: _evaluation,
    CARD: _card,
    PERSON: _person,
    LEAVING: _leaving,
    STATUS: _status,
}


# --- SEVIS ---------------------------------------------------------------------------------------


def _add(cleaned, facts):
    yield SevisEntry("OPTEmployer Add", employer_values(cleaned, cleaned["job_start"]))


def _end(cleaned, facts):
    job = _job(facts, cleaned["ended_job"])
    yield _edit(job, (_("Employment end"), sevis_day(cleaned["job_ended_on"])))


def _replace(cleaned, facts):
    yield from _end(cleaned, facts)
    yield from _add(cleaned, facts)


def _change(cleaned, facts):
    job = _job(facts, cleaned["changed_job"])
    names = [name for key in cleaned["changes"] for name in CHANGES[key][1]]
    values = [(LABELS[name], str(cleaned[name])) for name in names if cleaned[name]]
    yield _edit(job, (_("Changed on"), sevis_day(cleaned["changed_on"])), *values)


def _end_all(cleaned, facts):
    since = cleaned["without_work_since"]
    for job in _held_on(facts, since):
        yield _edit(job, (_("Employment end"), sevis_day(since - DAY)))


def _participation(cleaned, facts):
    answers = {"yes": "Y", "no": "N"}
    labels = dict(
        zip(
            CONFIRMED,
            (
                _("Legal name is right"),
                _("Address is right"),
                _("Employer name and address are right"),
                _("Still employed"),
            ),
            strict=True,
        )
    )
    values = [(_("Report after months"), cleaned["months"])]
    values += [(label, answers[cleaned[name]]) for name, label in labels.items()]
    if cleaned["differences"]:
        values.append((_("What is different"), cleaned["differences"]))
    yield SevisEntry("OPTEmployment ReportParticipation", tuple(values))


def _complete(cleaned, facts):
    values = ((_("Effective date"), sevis_day(cleaned["leaves_on"])),)
    yield SevisEntry("Status Complete", (*values, (_("Reason"), _("Leaves the United States"))))


def _complete_for_status(cleaned, facts):
    named = cleaned["new_status_name"] if cleaned["new_status"] == OTHER else cleaned["new_status"]
    yield SevisEntry(
        "Status Complete",
        (
            (_("Effective date"), sevis_day(cleaned["status_from"])),
            (_("Reason"), _("Change of status to %(status)s") % {"status": named}),
        ),
    )


def _edit(job, *values):
    known = (
        ((_("Employer name"), job.employer), (_("Employment start"), sevis_day(job.start)))
        if job
        else ()
    )
    return SevisEntry("OPTEmployer Edit", (*known, *values))


ENTRIES = {
    NEW_JOB: _add,
    CHANGED_JOB: _change,
    ENDED_JOB: _end,
    NO_WORK: _end_all,
    STEM_EMPLOYER: _replace,
    VALIDATION: _participation,
    PERSON: address_entries,
    LEAVING: _complete,
    STATUS: _complete_for_status,
}


def _note(cleaned, facts):
    work = _work(cleaned, facts)
    job = _job(facts, cleaned.get("changed_job") or "")
    named = cleaned.get("employer_name") or cleaned.get("new_employer_name")
    name = named or (job.employer if job else "")
    return f"{work.kind} {work.start.isoformat()} – {work.end.isoformat()}, {name}"

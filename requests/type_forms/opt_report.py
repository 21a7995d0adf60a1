"""What somebody on OPT reports: first what it is about, then the pages of that report alone."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import choice, yes_no
from ..request_form import RequestForm
from ..rules.opt_reporting import (
    OPT,
    STEM,
    jobs_of,
    present_kind,
    training_of,
    trainings,
)
from ..rules.stem_reports import Turn, reports_of, to_send
from ..rules.windows import in_words

NEW_JOB, CHANGED_JOB, ENDED_JOB, NO_WORK = "new_job", "changed_job", "ended_job", "no_work"
STEM_EMPLOYER, VALIDATION, EVALUATION = "stem_employer", "validation", "evaluation"
PERSON, CARD, LEAVING, STATUS = "person", "card", "leaving", "status"
REPORTS = [
    (NEW_JOB, _("I have a new job")),
    (CHANGED_JOB, _("Something about my job has changed")),
    (ENDED_JOB, _("A job has ended")),
    (NO_WORK, _("I am without work")),
    (STEM_EMPLOYER, _("STEM OPT: I change to another employer")),
    (VALIDATION, _("STEM OPT: my report after 6, 12, 18 or 24 months")),
    (EVALUATION, _("STEM OPT: my self-evaluation")),
    (CARD, _("I have a receipt, a decision or a card from USCIS")),
    (PERSON, _("My address, phone, e-mail or legal name has changed")),
    (LEAVING, _("I leave the United States and end my OPT")),
    (STATUS, _("I have another immigration status")),
]
ON_STEM_ALONE = (STEM_EMPLOYER, VALIDATION, EVALUATION)
ABOUT_JOBS = (NEW_JOB, CHANGED_JOB, STEM_EMPLOYER)


def is_about(*reports):
    """Return a condition that holds for these reports."""

    def asked(answers):
        return answers.get("what") in reports

    return asked


def is_stem_about(*reports):
    """Return a condition that holds for these reports of somebody on STEM OPT."""

    def asked(answers):
        return answers.get("what") in reports and answers.get("training") == STEM

    return asked


def window_for(reports, window_of):
    """Return ``window_of`` for these reports alone, so that no other shows days it does not ask."""

    def window(situation):
        return window_of(situation) if situation.answers.get("what", "") in ("", *reports) else None

    return window


def training_in(situation):
    """Return the training that the answers speak of, or the present one; None without any."""
    kind = situation.answers.get("training") or present_kind(situation.facts, situation.today)
    return training_of(situation.facts, kind)


def stem_reports_in(situation):
    """Return the reports owed under the STEM OPT of the record."""
    return reports_of(situation.facts, training_of(situation.facts, STEM), situation.policy)


def job_choices(facts):
    """Return the jobs on the record as choices, the newest first."""
    return [(str(job.id), f"{job.employer}, {in_words(job.start)}") for job in jobs_of(facts)]


def job_named(situation, value):
    """Return the job of the record that a choice means, or None."""
    return next((job for job in jobs_of(situation.facts) if str(job.id) == str(value)), None)


class OnlyFor:
    """A page of some reports; for the others it asks nothing, whatever was typed before."""

    reports: ClassVar[tuple[str, ...]] = ()

    def set_limits(self, situation):
        """Ask nothing that is not reported."""
        if situation.answers.get("what") in self.reports:
            super().set_limits(situation)
        else:
            self.fields.clear()


class JobChoice(forms.ChoiceField):
    """One of the jobs on the record, the newest first."""

    def offer(self, facts):
        """Offer the jobs there are; without any, say what to do first."""
        self.choices = [("", "—"), *job_choices(facts)]
        if len(self.choices) == 1:
            self.help_text = _("Our record shows no job. Report it first, as a new job.")


class WhatForm(RequestForm):
    """What is reported, and about which permission."""

    training = choice(
        _("Which permission do you work with?"),
        [(OPT, _("OPT")), (STEM, _("STEM OPT extension"))],
    )
    what = choice(_("What do you report?"), REPORTS)

    def set_limits(self, situation):
        """Offer what is on the record."""
        kinds = {work.kind for work in trainings(situation.facts)}
        if kinds:
            offered = [each for each in self.fields["training"].choices if each[0] in kinds]
            self.fields["training"].choices = offered

    @classmethod
    def prefill(cls, facts):
        """Most people report about what they were given last."""
        return {"training": present_kind(facts)} if trainings(facts) else {}

    def clean(self):
        """STEM OPT has reports of its own, each in its time."""
        cleaned = super().clean()
        what = cleaned.get("what")
        if what in ON_STEM_ALONE and cleaned.get("training") == OPT:
            self.add_error("what", _("This report belongs to STEM OPT. Choose another one."))
        elif what == VALIDATION and cleaned.get("training") == STEM:
            self._check_that_one_is_open()
        elif what == CHANGED_JOB and not jobs_of(self.situation.facts):
            self.add_error("what", _("Our record shows no job. Report it as a new job."))
        elif what in (ENDED_JOB, STEM_EMPLOYER) and not jobs_of(self.situation.facts):
            self.add_error("what", _("Our record shows no job. Report it first, as a new job."))
        return cleaned

    def _check_that_one_is_open(self):
        reports = stem_reports_in(self.situation)
        if to_send(reports, self.situation.today):
            return
        later = [each for each in reports if each.turn(self.situation.today) == Turn.LATER]
        if later:
            words = _("Your next report opens on %(date)s.")
            self.add_error("what", words % {"date": in_words(later[0].opens_on)})
        else:
            self.add_error("what", _("Our record shows no report that you still owe."))


class CopyForm(OnlyFor, RequestForm):
    """Whether a new I-20 is wanted, which shows the employer."""

    reports = ABOUT_JOBS

    wants_form = yes_no(
        _("Do you want a new I-20 that shows it?"),
        help_text=_("You need none to work. Many people want one before they travel."),
    )

    @classmethod
    def prefill(cls, facts):
        """Nobody needs one."""
        return {"wants_form": "no"}

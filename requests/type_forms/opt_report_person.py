"""The address, contact or name of somebody on OPT, asked as everybody is asked for it."""

from datetime import timedelta
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..request_form import RequestForm
from ..rules.opt_reporting import REPORTING
from ..rules.windows import Window
from .address_update import (
    CONTACT,
    LEGAL,
    TOPICS,
    US,
    ContactForm,
    HomeForm,
    LegalNameForm,
    reports,
)
from .opt_report import PERSON, OnlyFor, window_for


def moves(situation):
    """Return on which days a move may lie: it has happened, and not too long ago to be ours."""
    return Window(
        situation.today - timedelta(days=365),
        situation.today,
        _("Of an earlier move, tell our office."),
        _("Report a move once you live there, within 10 days."),
        REPORTING,
    )


def reports_of_person(*topics):
    """Return a condition that holds where these topics are reported."""

    def asked(answers):
        return answers.get("what") == PERSON and reports(*topics)(answers)

    return asked


class PersonForm(OnlyFor, RequestForm):
    """Which of these has changed."""

    reports = (PERSON,)

    changed = forms.MultipleChoiceField(
        label=_("What has changed?"),
        choices=[each for each in TOPICS if each[0] in (US, CONTACT, LEGAL)],
        widget=forms.CheckboxSelectMultiple,
    )


class ReportedHomeForm(OnlyFor, HomeForm):
    """Where somebody on OPT lives."""

    reports = (PERSON,)
    windows: ClassVar = {"moved_on": window_for((PERSON,), moves)}


class ReportedContactForm(OnlyFor, ContactForm):
    """How somebody on OPT is reached."""

    reports = (PERSON,)


class ReportedNameForm(OnlyFor, LegalNameForm):
    """The name in somebody's new passport."""

    reports = (PERSON,)

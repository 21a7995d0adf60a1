"""The pages of an occasional lecture or consultation, and what the host confirms about it."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import (
    HAS_NUMBER,
    PO_BOX,
    Date,
    choice,
    long_text,
    money,
    postal_code,
    state,
    text,
    yes_no,
)
from ..request_form import RequestForm
from ..rules.scholar_lecture import first_day_window, last_day_window
from .approver import ApproverForm
from .asked_when import AskedWhenForm
from .letter import LATIN
from .questionnaire import Questionnaire

LECTURE, CONSULTATION = "lecture", "consultation"
KINDS = [
    (LECTURE, _("One or a few lectures")),
    (CONSULTATION, _("A short consultation")),
]


class ActivityForm(RequestForm):
    """What the scholar does, for whom and where."""

    approver_sees = ("kind", "organization", "activity_city", "activity_state", "subject", "fits")

    kind = choice(_("What is it?"), KINDS)
    organization = text(_("Who invites you?"), 100, validators=[LATIN])
    activity_street = text(
        _("Street and number of the place"), 64, validators=[HAS_NUMBER, PO_BOX, LATIN]
    )
    activity_city = text(_("City"), 60, validators=[LATIN])
    activity_state = state()
    activity_postal_code = postal_code()
    subject = text(
        _("Subject"), 120, validators=[LATIN], help_text=_("The title of the lecture, for example.")
    )
    fits = long_text(
        _("How does it belong to the purpose of your program?"),
        500,
        help_text=_("It must be closely related to it, and small beside it."),
    )


class DaysForm(AskedWhenForm):
    """When, for how long, and for what pay."""

    approver_sees = ("first_day", "last_day", "hours", "delays_program", "is_paid", "amount")
    asked_when: ClassVar = {
        "amount": ("is_paid", ("yes",)),
        "is_independent": ("is_paid", ("yes",)),
    }
    windows: ClassVar = {"first_day": first_day_window, "last_day": last_day_window}

    first_day = Date(label=_("First day"))
    last_day = Date(label=_("Last day"))
    hours = forms.IntegerField(label=_("Hours in all"), min_value=1, max_value=200)
    delays_program = yes_no(
        _("Will it delay the end of your program here?"),
        help_text=_("It may not: 22 CFR 62.20(g)."),
    )
    is_paid = yes_no(
        _("Do you get money for it?"), help_text=_("Travel and hotel paid back are no pay.")
    )
    amount = money(_("How much in all?"))
    is_independent = yes_no(
        _("Are you paid as an independent contractor?"),
        help_text=_("Who invites you may not employ you: 8 CFR 274a.1(j)."),
    )

    def clean_delays_program(self):
        """What delays the program is not occasional: 22 CFR 62.20(g)(1)(iii)."""
        return self._refused(
            "delays_program", "yes", _("Then it cannot be permitted. Choose other days.")
        )

    def clean_is_independent(self):
        """Pay comes to an independent contractor alone: 22 CFR 62.20(g)."""
        return self._refused(
            "is_independent",
            "no",
            _("An employment elsewhere is not possible in J-1 status. Ask for a contract instead."),
        )

    def _refused(self, name, answer, sentence):
        if self.cleaned_data[name] == answer:
            raise forms.ValidationError(sentence)
        return self.cleaned_data[name]


class HostForm(ApproverForm):
    """The host or head of the department, who recommends it."""

    def set_limits(self, situation):
        """Ask for the host, whom the record may know."""
        super().set_limits(situation)
        if "approver_name" in self.fields:
            self.fields["approver_name"].label = _("Your host or the head of your department")

    @classmethod
    def prefill(cls, facts):
        """The sponsorship named the host."""
        host = facts.appointment
        return {"approver_name": host.host_name, "approver_email": host.host_email} if host else {}


class HostQuestionnaire(Questionnaire):
    """What the head of the department or the host says: 22 CFR 62.20(g)(2)(i)(B)."""

    is_related = yes_no(_("Is it closely related to the purpose of the scholar’s program here?"))
    on_time = yes_no(_("Does the program here end on time all the same?"))
    how_it_helps = long_text(_("How does it enhance the program?"), 500)

    refusals: ClassVar = {
        ("is_related", "no"): _("Then it cannot be permitted. Return it to the scholar."),
        ("on_time", "no"): _("Then it cannot be permitted. Return it to the scholar."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_official"].label = _("Are you this scholar’s host or head of department?")

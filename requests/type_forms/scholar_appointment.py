"""What a scholar does here: category, position, days, the work itself, and what it opens."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice, cip, long_text, text, yes_no
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.sponsoring import CATEGORIES, begins_window, ends_window, transfer_problem
from .asked_when import AskedWhenForm
from .scholar_person import known_stays

EMPLOYEE, COURTESY = "employee", "courtesy"
HIRED_AS = [
    (EMPLOYEE, _("An employee: Human Resources makes an offer")),
    (COURTESY, _("Not an employee: Courtesy Hire")),
]
CATEGORY_HELP = _(
    "Professor: mainly teaches. Research scholar: mainly does research. Both stay 5 years at most "
    "and may not return as such for 24 months. Short-term scholar: 6 months at most. Specialist: "
    "an expert who observes or consults, 1 year. Student intern: studies abroad, 12 months."
)


def is_transfer(answers):
    """Tell whether these answers speak of a transfer from another sponsor."""
    return answers.get("in_us") == "yes" and answers.get("is_transfer") == "yes"


def start_window(situation):
    """The office needs time; a bar of 22 CFR 62.20 keeps the first day for longer."""
    answers = situation.answers
    category = answers.get("category", "")
    return begins_window(
        situation.today,
        situation.policy,
        category if category in CATEGORIES else "",
        known_stays(situation),
        is_transfer(answers),
    )


def last_day_window(situation):
    """The maximum of the category, counted from the first day anywhere."""
    answers = situation.answers
    return ends_window(
        answers.get("category", ""), day_in(answers, "stay_begins"), known_stays(situation)
    )


class AppointmentForm(RequestForm):
    """Which category, as what, and from when until when."""

    windows: ClassVar = {"stay_begins": start_window, "stay_ends": last_day_window}

    category = choice(
        _("Category"),
        [(each.value, each.label) for each in CATEGORIES],
        help_text=CATEGORY_HELP,
    )
    stay_begins = Date(label=_("First day of the stay"))
    stay_ends = Date(label=_("Last day of the stay"))
    position_title = text(_("Title of the position here"), 120)
    hired_as = choice(_("What is the scholar to the university?"), HIRED_AS)
    hours_per_week = forms.IntegerField(
        label=_("Hours a week"), min_value=1, max_value=60, initial=40
    )
    tenure_track = yes_no(_("Is it a tenure-track position, or can it become one?"))

    def clean_tenure_track(self):
        """No exchange visitor is a candidate for a tenure-track position: 22 CFR 62.20(d)(1)."""
        if self.cleaned_data["tenure_track"] == "yes":
            raise forms.ValidationError(
                _(
                    "The law allows no tenure-track position in J-1 status. Speak with our office "
                    "about another status."
                )
            )
        return self.cleaned_data["tenure_track"]

    def clean(self):
        """A transfer keeps its category and leaves no gap: 22 CFR 62.42."""
        cleaned = super().clean()
        begins = cleaned.get("stay_begins")
        problem = transfer_problem(
            cleaned.get("category"),
            begins,
            known_stays(self.situation),
            is_transfer(self.situation.answers),
        )
        if problem and "category" not in self.errors:
            self.add_error("category", problem.reason)
        return cleaned


class AccessForm(AskedWhenForm):
    """What the scholar does and what that opens, for Research Compliance to judge."""

    asked_when: ClassVar = {
        "remote_details": ("remote", ("yes",)),
        "lab_details": ("lab_access", ("yes",)),
        "data_details": ("data_access", ("yes",)),
        "equipment_details": ("equipment_access", ("yes",)),
    }

    description = long_text(
        _("What will the scholar do?"),
        2000,
        help_text=_("Research or teaching, with whom, and to what end."),
    )
    remote = yes_no(
        _("Is any of the work done elsewhere than at the site of activity?"),
        help_text=_("An exchange visitor is here in person."),
    )
    remote_details = long_text(_("Where, and how much of it?"), 500)
    lab_access = yes_no(_("Does the scholar work in a laboratory?"))
    lab_details = long_text(_("Which laboratory, and whose?"), 500)
    data_access = yes_no(
        _("Does the scholar see data or software that are not public?"),
        help_text=_("For example under an agreement, of a sponsor, or about people."),
    )
    data_details = long_text(_("Which data or software?"), 500)
    equipment_access = yes_no(
        _("Does the scholar use or see equipment or technology under export control?"),
        help_text=_("Controlled by ITAR or EAR. Say yes if you are not sure."),
    )
    equipment_details = long_text(_("Which equipment or technology?"), 500)


class WorkForm(AccessForm):
    """The field, in the words that SEVIS takes, and the work."""

    field_order: ClassVar = ("field", "field_cip", "field_remark")

    field = text(_("Field of research or teaching"), 120)
    field_cip = cip(
        _("CIP code of the field"), help_text=_("The department knows it; or ask our office.")
    )
    field_remark = long_text(
        _("The field in more words"),
        500,
        help_text=_("At most 500 characters. It stands on the DS-2019."),
    )

"""The employer of OPT and STEM OPT with the limits of SEVIS, as a page and as values to key."""

from django import forms
from django.core.validators import EmailValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from ..form_fields import (
    Date,
    UsPhone,
    choice,
    long_text,
    postal_code,
    state,
    street,
    text,
    yes_no,
)
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.sevis import sevis_day
from ..rules.windows import in_words
from .opt import PRE

# Fewer hours count as unemployment: 8 CFR 214.2(f)(10)(ii)(E).
LEAST_HOURS = 20
EIN = RegexValidator(
    r"^[0-9]{2}-?[0-9]{7}\Z", _("Enter the nine digits of the EIN, like 12-3456789.")
)
NO_DIGITS = RegexValidator(r"\d", _("A name has no digits."), inverse_match=True)
EXTENSION = RegexValidator(r"^[0-9]{1,8}\Z", _("Enter at most eight digits."))
EMAIL = EmailValidator(_("Enter an address such as name@example.edu."))


class EmployerForm(RequestForm):
    """Who employs the person, where, since when, and why it belongs to the major."""

    least_hours = LEAST_HOURS
    part_time_words = _("Part time means 20 hours a week.")

    employer_name = text(_("Employer"), 121, help_text=_("The legal name."))
    ein = text(
        _("Employer identification number (EIN)"),
        10,
        validators=[EIN],
        help_text=_("Nine digits. The employer knows it; it is on Form W-2."),
    )
    self_employed = yes_no(_("Are you self-employed?"))
    employer_street = street(_("Street and number where you work"), 64)
    employer_city = text(_("City"), 60)
    employer_state = state()
    employer_postal_code = postal_code()
    job_title = text(_("Job title"), 64)
    relation = long_text(
        _("How does the work relate to your major?"),
        1000,
        help_text=_("Two or three sentences: which skills and courses do you use?"),
    )
    job_start = Date(label=_("First day of work there"))
    job_end = Date(
        label=_("Last day, if it is known"),
        required=False,
    )
    full_part = choice(
        _("Full time or part time?"),
        [
            ("full", _("Full time, more than 20 hours a week")),
            ("part", _("Part time, 20 hours a week")),
        ],
    )
    hours_per_week = forms.IntegerField(
        label=_("Hours a week"), min_value=1, max_value=100, help_text=_("At least 20.")
    )
    paid = yes_no(_("Is it paid?"))
    compensation = text(
        _("Pay"), 120, required=False, help_text=_("For example 31 dollars an hour.")
    )
    supervisor_first = text(_("Supervisor’s given name"), 80, validators=[NO_DIGITS])
    supervisor_last = text(_("Supervisor’s family name"), 40, validators=[NO_DIGITS])
    supervisor_phone = UsPhone(label=_("Supervisor’s phone"))
    supervisor_extension = text(_("Extension"), 8, required=False, validators=[EXTENSION])
    supervisor_email = forms.CharField(
        label=_("Supervisor’s e-mail address"), max_length=255, validators=[EMAIL]
    )

    def clean_ein(self):
        """Keep the digits alone, as SEVIS takes them."""
        return self.cleaned_data["ein"].replace("-", "")

    def clean(self):
        """Hours are enough and fit full or part; the work runs forward; pay is named."""
        cleaned = super().clean()
        hours, full_part = cleaned.get("hours_per_week"), cleaned.get("full_part")
        start, end = cleaned.get("job_start"), cleaned.get("job_end")
        if hours is not None and hours < self.least_hours:
            self.add_error(
                "hours_per_week",
                _("At least 20 hours a week are needed. Fewer count as days without work."),
            )
        elif hours and full_part == "full" and hours <= LEAST_HOURS:
            self.add_error("hours_per_week", _("Full time means more than 20 hours a week."))
        elif hours and full_part == "part" and hours > LEAST_HOURS:
            self.add_error("hours_per_week", self.part_time_words)
        if start and end and end < start:
            self.add_error("job_end", _("The last day must not come before the first day."))
        if cleaned.get("paid") == "yes" and not cleaned.get("compensation"):
            self.add_error("compensation", _("Write how much you earn, and how often."))
        return cleaned


class PlannedEmployerForm(EmployerForm):
    """The same for somebody who may have no job yet: all of it or nothing."""

    needed = (
        *("employer_street", "employer_city", "employer_state", "employer_postal_code"),
        *("job_title", "relation", "job_start", "full_part", "hours_per_week"),
    )

    def set_limits(self, situation):
        """Ask for nothing; the first field says so."""
        for field in self.fields.values():
            field.required = False
        self.fields["employer_name"].help_text = _(
            "Leave the whole page empty if you have no job yet. OPT needs no job offer."
        )
        if situation.answers.get("opt_kind") == PRE:
            # Days without work are counted after completion only: 8 CFR 214.2(f)(10)(ii)(E).
            self.least_hours = 1
            self.part_time_words = _("Part time means 20 hours a week or fewer.")
            self.fields["hours_per_week"].help_text = ""
            self.fields["full_part"].choices = [
                ("full", _("Full time, more than 20 hours a week")),
                ("part", _("Part time, 20 hours a week or fewer")),
            ]

    def clean(self):
        """Who names an employer names what SEVIS needs; who names none leaves the page empty."""
        cleaned = super().clean()
        self._check_against_opt(cleaned)
        named = bool(cleaned.get("employer_name"))
        if named:
            for name in self.needed:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("This is needed when you name an employer."))
        elif any(cleaned.values()):
            self.add_error("employer_name", _("Enter the employer, or leave the whole page empty."))
        return cleaned

    def _check_against_opt(self, cleaned):
        """The job lies inside the OPT it is reported under, and is no more than was asked."""
        said = self.situation.answers
        first, last = day_in(said, "requested_start"), day_in(said, "requested_end")
        begins, ends = cleaned.get("job_start"), cleaned.get("job_end")
        if first and ends and ends < first and "job_end" not in self.errors:
            self.add_error(
                "job_end",
                _("Your OPT begins on %(date)s. Name a job that goes on after it.")
                % {"date": in_words(first)},
            )
        if last and begins and begins > last:
            self.add_error(
                "job_start",
                _("Your OPT ends on %(date)s. Name a job that begins before.")
                % {"date": in_words(last)},
            )
        asked_part = said.get("opt_kind") == PRE and said.get("opt_full_part") == "part"
        if asked_part and cleaned.get("full_part") == "full":
            self.add_error("full_part", _("You asked for part-time OPT, 20 hours a week or fewer."))


def employer_address(cleaned):
    """Return the address as the record keeps it."""
    return {
        "line1": cleaned["employer_street"],
        "city": cleaned["employer_city"],
        "state": cleaned["employer_state"],
        "postal_code": cleaned["employer_postal_code"],
    }


def reported_job(cleaned, start, today):
    """Return the columns of the job as reported, beginning on ``start``."""
    supervisor = f"{cleaned['supervisor_first'] or ''} {cleaned['supervisor_last'] or ''}".strip()
    return {
        "employer": cleaned["employer_name"],
        "ein": _digits(cleaned["ein"]),
        "is_self_employed": cleaned["self_employed"] == "yes",
        "start": start,
        "end": cleaned["job_end"],
        "full_time": cleaned["full_part"] == "full",
        "hours_per_week": cleaned["hours_per_week"],
        "is_paid": cleaned["paid"] != "no",
        "compensation": cleaned["compensation"] or "",
        "job_title": cleaned["job_title"],
        "relation_to_major": cleaned["relation"],
        "supervisor_name": supervisor,
        "supervisor_phone": cleaned["supervisor_phone"] or "",
        "supervisor_email": cleaned["supervisor_email"] or "",
        "reported_on": today,
    } | {f"address_{part}": value for part, value in employer_address(cleaned).items()}


def employer_values(cleaned, start):
    """Return (label, value) of the employer, as SEVIS asks for them; empty ones are left out."""
    rows = (
        (_("Employer name"), cleaned["employer_name"]),
        (_("Employer address"), cleaned["employer_street"]),
        (_("Employer city"), cleaned["employer_city"]),
        (_("Employer state"), cleaned["employer_state"]),
        (_("Employer ZIP code"), cleaned["employer_postal_code"]),
        (_("EIN"), _digits(cleaned["ein"])),
        (_("Self-employed"), {"yes": "Y", "no": "N"}.get(cleaned["self_employed"], "")),
        (_("How the work relates to the major"), cleaned["relation"]),
        (
            _("Employer full or part time"),
            full_part_value(cleaned["full_part"] == "full"),
        ),
        (_("Employment start"), sevis_day(start)),
        (_("Employment end"), sevis_day(cleaned["job_end"])),
        (_("Supervisor given name"), cleaned["supervisor_first"]),
        (_("Supervisor family name"), cleaned["supervisor_last"]),
        (_("Supervisor phone"), cleaned["supervisor_phone"]),
        (_("Supervisor extension"), cleaned["supervisor_extension"]),
        (_("Supervisor e-mail"), cleaned["supervisor_email"]),
        (_("Job title"), cleaned["job_title"]),
    )
    return tuple((label, str(value)) for label, value in rows if value)


def full_part_value(is_full):
    """Write full or part time with its SEVIS code."""
    return "01 full time" if is_full else "02 part time"


def _digits(ein):
    return (ein or "").replace("-", "")

"""Whom a department invites: the person, the present status, and earlier stays in J status."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import ExchangeCategory
from isso.requests.records.countries import CITIZENSHIP_COUNTRIES
from isso.requests.records.facts import Stay

from ..each_of import Each, EachForm, asks_each, how_many
from ..form_fields import Date, SevisId, choice, country, text, yes_no
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.exchange_stay import stays_of
from .address_update import NO_DIGITS
from .approver import EMAIL
from .asked_when import AskedWhenForm

MOST_STAYS = 8
OTHER_CATEGORY = "other"
UNKNOWN = "unknown"
APPLIES = [("yes", _("Yes")), ("no", _("No")), (UNKNOWN, _("Not known"))]
DEGREES = [
    ("bachelor", _("Bachelor’s degree")),
    ("master", _("Master’s degree")),
    ("doctorate", _("Doctorate")),
    ("professional", _("Professional degree, such as a medical doctor’s")),
    ("none", _("None yet")),
]


class ScholarForm(RequestForm):
    """Who comes: the names as in the passport, and where the person works now."""

    family_name = text(
        _("Family name of the scholar"),
        80,
        validators=[NO_DIGITS],
        help_text=_("As in the passport. Somebody with one name has it here."),
    )
    given_name = text(_("Given name of the scholar"), 80, required=False, validators=[NO_DIGITS])
    scholar_email = forms.CharField(
        label=_("E-mail address of the scholar"),
        max_length=254,
        validators=[EMAIL],
        help_text=_("We send the invitation there. It must be the scholar’s own address."),
    )
    citizenship = country(_("Country of citizenship"), CITIZENSHIP_COUNTRIES)
    highest_degree = choice(_("Highest degree"), DEGREES)
    present_employer = text(_("Present employer or university"), 160)
    present_position = text(_("Position there"), 120)
    employer_country = country(_("Country of this employer or university"))

    @classmethod
    def prefill(cls, facts):
        """The department named the scholar when it began."""
        return {
            "family_name": facts.family_name,
            "given_name": facts.given_name,
            "scholar_email": facts.email,
        }


class ImmigrationForm(AskedWhenForm):
    """Where the scholar is now, and what the law counts of the past."""

    asked_when: ClassVar = {
        "present_status": ("in_us", ("yes",)),
        "is_transfer": ("in_us", ("yes",)),
        "transfer_sevis_id": ("is_transfer", ("yes",)),
        "home_residence_why": ("home_residence", ("yes",)),
        "dependents_number": ("dependents_come", ("yes",)),
    }

    in_us = yes_no(_("Is the scholar in the United States now?"))
    present_status = text(
        _("Present status"), 20, help_text=_("The class on the I-94, such as J-1, H-4 or B-1.")
    )
    is_transfer = yes_no(
        _("Is the scholar a J-1 scholar at another sponsor, and moves the record here?"),
        help_text=_("A transfer keeps the category and leaves no gap: 22 CFR 62.42."),
    )
    transfer_sevis_id = SevisId(
        label=_("SEVIS ID"), help_text=_("N and ten digits, on the DS-2019.")
    )
    home_residence = choice(
        _("Does the two-year home residence rule apply to the scholar?"),
        APPLIES,
        help_text=_("Section 212(e): it stands on an earlier DS-2019 or J visa, if there is one."),
    )
    home_residence_why = text(
        _("Why does it apply?"),
        120,
        help_text=_("Government money, the skills list of the home country, or medical training."),
    )
    dependents_come = yes_no(_("Do a spouse or children come along?"))
    dependents_number = forms.IntegerField(label=_("How many of them?"), min_value=1, max_value=25)


class StayRow(forms.Form):
    """The questions about one earlier stay in J status."""

    visa = choice(_("Status"), [("J-1", _("J-1")), ("J-2", _("J-2, with somebody in J-1"))])
    category = forms.ChoiceField(
        label=_("Category on the DS-2019"),
        choices=[("", "—"), *ExchangeCategory.choices, (OTHER_CATEGORY, _("Another category"))],
        help_text=_("For J-2: the category of the person in J-1."),
    )
    sponsor = text(_("Sponsor: the university or program"), 120)
    sevis_id = SevisId(label=_("SEVIS ID, if known"), required=False)
    start = Date(label=_("First day"))
    end = Date(label=_("Last day"), help_text=_("For a stay that lasts: the day on the DS-2019."))


STAYS = Each("stay", StayRow, most=MOST_STAYS, heading=_("Stay {number}"))


@asks_each(STAYS)
class StaysForm(EachForm):
    """The stays in J status so far: the 12 and 24 months and the maximum count from them."""

    stay_count = how_many(
        _("How many stays in J-1 or J-2 status has the scholar had?"),
        MOST_STAYS,
        help_text=_("Ask the scholar. The one that lasts now is one of them."),
    )

    def clean_row(self, number, row):
        """A stay begins before it ends, and it has begun."""
        start, end = row["start"], row["end"]
        if start and start > self.situation.today:
            self.object_to(number, "start", _("Enter stays that have begun."))
        if start and end and end < start:
            self.object_to(number, "end", _("The last day must not come before the first day."))


def category_of(typed):
    """Return the category of a stay as the record keeps it: "" for one it does not know."""
    return "" if typed == OTHER_CATEGORY else typed


def typed_stays(answers):
    """Return the earlier stays as typed; one that cannot be read yet is none."""
    found = []
    for row in STAYS.rows(answers):
        start, end = day_in(row, "start"), day_in(row, "end")
        if row["category"] and start and end and start <= end:
            category = category_of(str(row["category"]))
            found.append(Stay(category, start, end, str(row["visa"] or "J-1")))
    return found


def known_stays(situation):
    """Return every stay that counts, each once: of the record and of these answers."""
    of_record = stays_of(situation.facts)
    known = {(each.category, each.start, each.visa_class) for each in of_record}
    typed = [
        each
        for each in typed_stays(situation.answers)
        if (each.category, each.start, each.visa_class) not in known
    ]
    return (*of_record, *typed)

"""The third tab of an admitted student: the spouse and children who come along."""

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import Relation, Sex, Suffix
from isso.requests.records.countries import BIRTH_COUNTRIES, CITIZENSHIP_COUNTRIES

from ..each_of import Each, EachForm, asks_each, how_many
from ..form_fields import Date, choice, country, text, yes_no
from ..request_form import Slot
from ..rules.admission import is_exchange
from ..rules.dates import add_months, turns_21_on
from ..rules.windows import in_words
from .address_update import EMAIL
from .dependent_add import I94_NUMBER, NO_DIGITS, YOUNGEST_SPOUSE

# SEVIS takes at most 25 with a new record (domain/requests.md §17).
MOST_DEPENDENTS = 25
# Questions about one person that an earlier answer leads to.
ASKED_WHEN = {"is_unmarried": ("relation", "child"), "i94_number": ("in_the_us", "yes")}


class DependentRow(forms.Form):
    """What is asked about each family member: as the request for one alone asks it."""

    relation = choice(_("Who is this person to you?"), Relation.choices)
    is_unmarried = yes_no(_("Is your child unmarried?"))
    family_name = text(
        _("Family name"),
        80,
        validators=[NO_DIGITS],
        help_text=_("As in the passport. If there is only one name, write it here."),
    )
    given_name = text(_("Given name"), 80, required=False, validators=[NO_DIGITS])
    passport_name = text(
        _("Name in the lines at the bottom of the passport page"),
        39,
        required=False,
        validators=[NO_DIGITS],
    )
    preferred_name = text(_("Name to call this person"), 180, required=False)
    suffix = forms.ChoiceField(
        label=_("Suffix"), choices=[("", "—"), *Suffix.choices], required=False
    )
    birth_date = Date(label=_("Date of birth"))
    birth_city = text(_("City of birth"), 100)
    birth_country = country(_("Country of birth"), BIRTH_COUNTRIES)
    citizenship_country = country(_("Country of citizenship"), CITIZENSHIP_COUNTRIES)
    sex = choice(_("Sex"), Sex.choices)
    email = forms.CharField(
        label=_("E-mail address of this person"),
        max_length=254,
        required=False,
        validators=[EMAIL],
    )
    in_the_us = yes_no(_("Is this person in the United States now?"))
    i94_number = forms.CharField(
        label=_("I-94 number of this person"), max_length=11, validators=[I94_NUMBER]
    )
    form_purpose = choice(
        _("How does this person come?"),
        [("06", _("With me, when I begin")), ("08", _("Later, to join me"))],
    )


DEPENDENTS = Each("dependent", DependentRow, MOST_DEPENDENTS, _("Family member {number}"))


@asks_each(DEPENDENTS)
class DependentsForm(EachForm):
    """Who comes along: one spouse, and unmarried children under 21."""

    dependent_count = how_many(
        _("How many family members need a form of their own?"), MOST_DEPENDENTS
    )

    def set_limits(self, situation):
        """Ask children, people who are here and families of J-1 what only they are asked."""
        for row, begins in zip(self.each.rows(situation.answers), self._prefixes(), strict=True):
            if not is_exchange(situation.answers):
                del self.fields[f"{begins}form_purpose"]
            for name, (before, wanted) in ASKED_WHEN.items():
                self.fields[begins + name].widget.attrs["data-show-if"] = (
                    f"{begins}{before}={wanted}"
                )
                if row[before] != wanted:
                    self.unasked |= {begins + name}

    def _prefixes(self):
        return [self.each.prefix(number) for number in self.each.numbers(self.situation.answers)]

    def clean(self):
        """Look at each, and at the family as a whole: one spouse, and nobody twice."""
        on_record = {
            (each.name.casefold(), str(each.birth_date or ""))
            for each in self.situation.facts.dependents
        }
        self._seen = {_person(self.situation.answers), *on_record}
        self._has_spouse = False
        return super().clean()

    def clean_row(self, number, row):
        """8 CFR 214.2(f)(3), 22 CFR 62.2: a spouse, and unmarried children under 21."""
        if row["relation"] == Relation.SPOUSE:
            if self._has_spouse:
                self.object_to(number, "relation", _("Only one person can be your spouse."))
            self._has_spouse = True
        if row["relation"] == Relation.CHILD and row["is_unmarried"] == "no":
            self.object_to(
                number, "is_unmarried", _("Only unmarried children get a form. Speak with us.")
            )
        if row["birth_date"]:
            self.object_to_birth(number, row)

    def object_to_birth(self, number, row):
        """Say at the day of birth who is too young or too old, or is named already."""
        born, today = row["birth_date"], self.situation.today
        arrives = max(filter(None, (today, self.situation.facts.program_start)))
        if born > today:
            self.object_to(number, "birth_date", _("This day has not come yet."))
        elif row["relation"] == Relation.CHILD and turns_21_on(born) <= arrives:
            self.object_to(
                number,
                "birth_date",
                _(
                    "A child gets a form until the day before the 21st birthday. This child turns "
                    "21 on %(date)s, before your program has begun."
                )
                % {"date": in_words(turns_21_on(born))},
            )
        elif row["relation"] == Relation.SPOUSE and add_months(born, YOUNGEST_SPOUSE * 12) > today:
            self.object_to(number, "birth_date", _("Compare it with the passport of your spouse."))
        person = _person(row)
        if person in self._seen:
            self.object_to(
                number,
                "birth_date",
                _("This is you, or somebody who is named or on your record already."),
            )
        self._seen.add(person)


def _person(said):
    """Return what tells people apart: name and day of birth, however they are written."""
    name = " ".join((said.get(part) or "").strip() for part in ("given_name", "family_name"))
    return name.strip().casefold(), str(said.get("birth_date") or "")


DEPENDENTS_SLOTS = DEPENDENTS.slots(
    Slot("passport", _("passport, page with the photo")),
    Slot(
        "certificate",
        _("marriage or birth certificate"),
        _("With an English translation in the same file."),
    ),
    Slot("i94", _("I-94"), asked_if=lambda row: row["in_the_us"] == "yes"),
)

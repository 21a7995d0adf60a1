"""“Who is my advisor?” on the staff page: a form that needs no script, and its answer."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .advisors import filed_under, known_shares, letters_of, listed, on_duty, shares_for


class FinderForm(forms.Form):
    """Family name or department; either is enough."""

    family_name = forms.CharField(
        label=_("Family name"),
        max_length=80,
        required=False,
        help_text=_("As it stands in your passport, in Latin letters."),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    department = forms.ChoiceField(
        label=_("Department"),
        required=False,
        help_text=_("If yours is in the list, its advisor comes before the letters."),
    )

    def __init__(self, *args, departments=(), **kwargs):
        super().__init__(*args, **kwargs)
        if departments:
            choices = [(name, name) for name in departments]
            self.fields["department"].choices = [("", _("Not in this list")), *choices]
        else:
            del self.fields["department"]
            self.fields["family_name"].required = True

    def clean_family_name(self):
        """Ask for the passport's spelling where no letter can be read."""
        name = self.cleaned_data["family_name"]
        if name and not filed_under(name):
            raise forms.ValidationError(
                _(
                    "Type your family name in Latin letters, as in the lines at the bottom of "
                    "your passport's photo page."
                )
            )
        return name

    def clean(self):
        """Ask for one of the two."""
        found = super().clean()
        if not self.errors and not any(found.values()):
            raise forms.ValidationError(_("Type your family name or choose your department."))
        return found


@dataclass(frozen=True)
class Answer:
    """An advisor, and who stands in while he is away."""

    advisor: Any
    is_away: bool
    cover: Any


class Advisors:
    """The people of the office with what each looks after, read once for one page."""

    def __init__(self, people, today):
        self.people, self.today = people, today
        self.shares = known_shares() or [
            person for person in people if person.letters_from or person.departments
        ]
        by_email = {person.email.casefold(): person for person in people if person.email}
        self._person = {
            id(share): share if share in people else by_email.get(share.email.casefold())
            for share in self.shares
        }

    def rows(self):
        """List (letters and departments, advisor) of those the staff list knows."""
        return [
            (", ".join(filter(None, [letters_of(share), *listed(share.departments)])), person)
            for share in self.shares
            if (person := self._person[id(share)])
        ]

    def departments(self):
        """List every department that has an advisor of its own, in alphabetical order."""
        named = {name for share in self.shares for name in listed(share.departments)}
        return sorted(named, key=str.casefold)

    def find(self, family_name="", department=""):
        """List who looks after such a person; empty when the office has to answer itself."""
        fitting = shares_for(self.shares, family_name, department)
        people = [self._person[id(share)] for share in fitting]
        return [self._answer(person) for person in dict.fromkeys(filter(None, people))]

    def _answer(self, person):
        is_away = person.is_away(self.today)
        cover = on_duty(person, self.people, self.today) if is_away else None
        return Answer(person, is_away, cover)

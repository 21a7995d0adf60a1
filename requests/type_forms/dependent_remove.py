"""What the office asks before it ends the status of a family member."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import Relation

from ..form_fields import Date, choice, long_text
from ..request_form import RequestForm
from ..rules.dates import turns_21_on
from ..rules.family import CITATION
from ..rules.windows import Window, in_words

DIED, OVER_21, DIVORCED, WORKED = "died", "over_21", "divorced", "worked"
MARRIED, LEFT, COMPLETED, OTHER = "married", "left", "completed", "other"
MISTAKE, NOT_COMING = "mistake", "not_coming"
REASONS = [
    (DIVORCED, _("Our marriage has ended")),
    (OVER_21, _("My child has turned 21")),
    (MARRIED, _("My child has married")),
    (LEFT, _("The person has left the United States for good")),
    (COMPLETED, _("I have completed my program, and the person stays no longer")),
    (NOT_COMING, _("The person will not come")),
    (MISTAKE, _("The person was added by mistake")),
    (DIED, _("The person has died")),
    (WORKED, _("The person has worked without permission")),
    (OTHER, _("Another reason")),
]
# These cancel a record that was never used; all others terminate one that was.
CANCELING = (NOT_COMING, MISTAKE)
# What SEVIS takes only as “other” and with a remark.
NEEDS_REMARK = (OTHER,)
ONLY_FOR = {DIVORCED: Relation.SPOUSE, OVER_21: Relation.CHILD, MARRIED: Relation.CHILD}


def answer_for(member):
    """Return the answer that names somebody: the name is read when the record has it no more."""
    return f"{member.id} {member.name}"


def id_in(answer):
    """Return the id in such an answer, as typed; "" where there is none."""
    return str(answer or "").partition(" ")[0]


def chosen_from(facts, answer):
    """Return the family member whom this answer names, or None."""
    return next((each for each in facts.dependents if str(each.id) == id_in(answer)), None)


class Person(forms.ChoiceField):
    """Somebody of the family; who has left the record since is still read."""

    widget = forms.RadioSelect

    def valid_value(self, value):
        """Take any id; the form refuses those who are not on the record."""
        return id_in(value).isdecimal()


class PersonForm(RequestForm):
    """Who, and why."""

    person = Person(label=_("Whose status ends?"))
    reason = choice(
        _("Why?"),
        REASONS,
        help_text=_("This can change where the person may live. If unsure, speak with us first."),
    )

    def set_limits(self, situation):
        """Offer everybody of the family on the record, and name whom an old answer means."""
        family = {answer_for(each): each.name for each in situation.facts.dependents}
        said = str(situation.answers.get("person") or "")
        if said and said not in family:
            family[said] = said.partition(" ")[2]
        self.fields["person"].choices = list(family.items())

    def clean_person(self):
        """The person is on the record."""
        person = self.cleaned_data["person"]
        if chosen_from(self.situation.facts, person) is None:
            raise forms.ValidationError(
                _("This person is no longer on your record. There is nothing left to do.")
            )
        return person

    def clean(self):
        """The reason fits the person: 8 CFR 214.2(f)(3)."""
        cleaned = super().clean()
        member = chosen_from(self.situation.facts, cleaned.get("person"))
        reason = cleaned.get("reason")
        if member is None or reason is None:
            return cleaned
        if objection := _objection(member, reason, self.situation.today):
            self.add_error("reason", objection)
        return cleaned


def _objection(member, reason, today):
    """Return why this reason cannot be that of this person, or None."""
    if ONLY_FOR.get(reason, member.relation) != member.relation:
        return _("This reason does not fit: the record says “%(relation)s”.") % {
            "relation": Relation(member.relation).label
        }
    if reason in CANCELING and member.is_in_the_us:
        return _("The record says that this person is in the United States. Choose what happened.")
    if reason == OVER_21 and member.birth_date and today < turns_21_on(member.birth_date):
        return _("Your child turns 21 on %(date)s. Until then nothing ends.") % {
            "date": in_words(turns_21_on(member.birth_date))
        }
    return None


def day_window(situation):
    """It has happened; a child turns 21 on one day only."""
    member = chosen_from(situation.facts, situation.answers.get("person"))
    if situation.answers.get("reason") == OVER_21 and member and member.birth_date:
        birthday = turns_21_on(member.birth_date)
        return Window(birthday, birthday, _("This is the 21st birthday."), citation=CITATION)
    return Window(
        first=member.birth_date if member else None,
        last=situation.today,
        why_last=_("Send this once it has happened."),
        citation=CITATION,
    )


class DayForm(RequestForm):
    """When, and what else SEVIS should know."""

    windows: ClassVar = {"happened_on": day_window}

    happened_on = Date(label=_("On which day?"))
    remarks = long_text(
        _("What else should we know?"),
        500,
        required=False,
        help_text=_("At most 500 characters. It goes into SEVIS."),
    )

    def set_limits(self, situation):
        """Who never came has no such day; another reason is put into words."""
        reason = situation.answers.get("reason")
        if reason in CANCELING:
            del self.fields["happened_on"]
        self.fields["remarks"].required = reason in NEEDS_REMARK

"""Questions asked once for each of several: family members, sources of money.

Their names are numbered, ``dependent_2_family_name``, and so are the places for files; how many
there are is an answer of its own, ``dependent_count``.
"""

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy

from .request_form import RequestForm


@dataclass(frozen=True)
class Each:
    """What is asked several times: how the names begin, the questions, and how often at most.

    ``heading`` stands over the questions about one and holds ``{number}``.
    """

    name: str
    row: type[forms.Form]
    most: int
    heading: Any

    @property
    def count_name(self):
        """The name of the answer that says how many there are."""
        return f"{self.name}_count"

    def heading_of(self, number):
        """Return the words over the questions about one of them."""
        return format_lazy(self.heading, number=number)

    def prefix(self, number):
        """Return how every name about one of them begins."""
        return f"{self.name}_{number}_"

    def count(self, answers):
        """Return how many there are by these answers; what cannot be read is none."""
        typed = str(answers.get(self.count_name) or "")
        return min(int(typed), self.most) if typed.isascii() and typed.isdigit() else 0

    def numbers(self, answers):
        """Return the numbers of those there are, from 1."""
        return range(1, self.count(answers) + 1)

    def rows(self, answers):
        """Return the answers about each, by the short names of the questions."""
        return [
            {name: answers.get(self.prefix(number) + name) for name in self.row.base_fields}
            for number in self.numbers(answers)
        ]

    def without(self, answers, number):
        """Return the answers without one of them; those behind it move up."""
        last, kept = self.count(answers), dict(answers)
        for name in self.row.base_fields:
            for at in range(number, last):
                kept[self.prefix(at) + name] = kept.get(self.prefix(at + 1) + name)
            kept.pop(self.prefix(last) + name, None)
        return kept | {self.count_name: str(last - 1)}

    def place_of(self, name):
        """Return (number, short name) of a name about one of them, or (None, name)."""
        begins, _sign, rest = name.removeprefix(f"{self.name}_").partition("_")
        is_one = name.startswith(f"{self.name}_") and begins.isascii() and begins.isdigit()
        return (int(begins), rest) if is_one else (None, name)

    def slots(self, *each, asked_if=None):
        """Return these places for files once for each; ``asked_if`` is told the row's answers."""
        return tuple(
            replace(
                slot,
                name=self.prefix(number) + slot.name,
                label=format_lazy("{}: {}", self.heading_of(number), slot.label),
                asked_if=self._asked(number, slot.asked_if or asked_if),
            )
            for number in range(1, self.most + 1)
            for slot in each
        )

    def _asked(self, number, condition):
        def asked(answers):
            if number > self.count(answers):
                return False
            return condition is None or bool(condition(self.rows(answers)[number - 1]))

        return asked


class EachForm(RequestForm):
    """A page that asks the same about each of several; its class is made by ``asks_each``."""

    each: ClassVar[Each]

    def __init__(self, *args, situation, **kwargs):
        asked = {self.each.prefix(number) for number in self.each.numbers(situation.answers)}
        # Hundreds of questions are declared; only the few that are asked are copied.
        self.base_fields = {
            name: field
            for name, field in type(self).base_fields.items()
            if name not in self.numbered or name.startswith(tuple(asked))
        }
        super().__init__(*args, situation=situation, **kwargs)
        if self.is_bound:
            self.absent = self._not_posted()
        for name, field in self.fields.items():
            if name in self.numbered:
                # The number stands over the questions already.
                field.label = self.each.row.base_fields[self.numbered[name]].label

    def _not_posted(self):
        """Return the names about those whom the posted page did not ask about yet."""
        absent = set()
        for number in self.each.numbers(self.situation.answers):
            names = {self.each.prefix(number) + name for name in self.each.row.base_fields}
            if names.isdisjoint(self.data):
                absent |= names
        return frozenset(absent)

    @property
    def groups(self):
        """Return (heading, how the names begin) of each one there is."""
        return [
            (self.each.heading_of(number), self.each.prefix(number))
            for number in self.each.numbers(self.situation.answers)
        ]

    def clean(self):
        """Let ``clean_row`` look at each one."""
        cleaned = super().clean()
        for number in self.each.numbers(self.situation.answers):
            row = {
                name: cleaned.get(self.each.prefix(number) + name)
                for name in self.each.row.base_fields
            }
            self.clean_row(number, row)
        return cleaned

    def clean_row(self, number, row):
        """Say what does not fit together about one of them, with ``object_to``."""

    def object_to(self, number, name, sentence):
        """Put a sentence beside a question about one of them, unless something stands there."""
        full = self.each.prefix(number) + name
        if full in self.fields and full not in self.errors:
            self.add_error(full, sentence)


def asks_each(each):
    """Let a form ask the questions of ``each`` as often as its answers say."""

    def declare(form):
        form.each, form.numbered = each, {}
        for number in range(1, each.most + 1):
            for name, asked in each.row.base_fields.items():
                field = deepcopy(asked)
                field.label = format_lazy("{}: {}", each.heading_of(number), asked.label)
                form.base_fields[each.prefix(number) + name] = field
                form.numbered[each.prefix(number) + name] = name
        return form

    return declare


def how_many(label, most, **kwargs):
    """Return the question how many there are."""
    choices = [("", "—"), *((str(number), str(number)) for number in range(most + 1))]
    return forms.ChoiceField(label=label, choices=choices, **kwargs)

"""What narrows a saved view of the queue; all of it stands in the address."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.records.choices import Stage, VisaClass
from isso.requests.records.models import StudentRecord

from ..assignment import possible_advisors
from ..lifecycle import State
from ..registry import type_choices
from ..saved_views import NEWEST_FIRST
from .queue_search import found_by

NOBODY = "nobody"
LONGEST_SEARCH = 100
MESSAGE_DAYS = {"day": 1, "week": 7, "month": 31}


def _day(label):
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


def _choice(label):
    return forms.ChoiceField(label=label, required=False)


class QueueFilters(forms.Form):
    """Search, filters and order of the queue; a nonsense choice counts for nothing."""

    q = forms.CharField(
        label=gettext_lazy("Reference, name, SEVIS ID or employer"),
        max_length=LONGEST_SEARCH,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    type_key = _choice(gettext_lazy("Type"))
    state = _choice(gettext_lazy("Status"))
    assignee = _choice(gettext_lazy("Advisor"))
    department = _choice(gettext_lazy("Department"))
    stage = _choice(gettext_lazy("Stage"))
    visa_class = _choice(gettext_lazy("Visa class"))
    due_from = _day(gettext_lazy("Due from"))
    due_until = _day(gettext_lazy("Due until"))
    ends_from = _day(gettext_lazy("Program ends from"))
    ends_until = _day(gettext_lazy("Program ends until"))
    message = _choice(gettext_lazy("Last message"))
    order = _choice(gettext_lazy("Order"))

    def __init__(self, data, advisors=None, departments=None):
        super().__init__(data)
        if advisors is None:
            advisors = [(each.pk, str(each)) for each in possible_advisors()]
        choices = {
            "type_key": type_choices(),
            "state": [each for each in State.choices if each[0] != State.DRAFT],
            "assignee": [(NOBODY, _("Nobody")), *((str(key), name) for key, name in advisors)],
            "department": [
                (name, name)
                for name in (
                    StudentRecord.objects.departments() if departments is None else departments
                )
            ],
            "stage": Stage.choices,
            "visa_class": VisaClass.choices,
            "message": [
                ("day", _("Since yesterday")),
                ("week", _("In the last 7 days")),
                ("month", _("In the last 31 days")),
                ("none", _("None")),
            ],
            "order": [("newest", _("Newest first"))],
        }
        for name, offered in choices.items():
            first = _("As the view has it") if name == "order" else _("Any")
            self.fields[name].choices = [("", first), *offered]

    @property
    def chosen(self):
        """What was asked for, by the name of the field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_empty(self):
        """Whether the address says nothing of it, so that it looks the same to everybody."""
        return self.data.keys().isdisjoint(self.fields)

    @property
    def is_narrowing(self):
        """Whether anything is left out."""
        return bool(self.chosen.keys() - {"order"})

    def kept(self, rows):
        """Return the requests that fit all that was chosen."""
        chosen = self.chosen
        for name, value in chosen.items():
            condition = getattr(self, f"_{name}", None)
            if condition:
                rows = rows.filter(condition(value))
        return rows.order_by(*NEWEST_FIRST) if chosen.get("order") == "newest" else rows

    def in_words(self):
        """Return what was chosen as the access log may keep it: never a name that was typed."""
        return [
            "with a search" if name == "q" else f"{name} {value}"
            for name, value in self.chosen.items()
        ]

    def _type_key(self, key):
        return Q(type_key=key)

    def _state(self, state):
        return Q(state=state)

    def _assignee(self, key):
        return Q(assignee__isnull=True) if key == NOBODY else Q(assignee=key)

    def _department(self, name):
        return _of_people(department=name)

    def _stage(self, stage):
        return _of_people(stage=stage)

    def _visa_class(self, visa_class):
        return _of_people(visa_class=visa_class)

    def _due_from(self, day):
        return Q(due_on__isnull=False, due_order__gte=day)

    def _due_until(self, day):
        return Q(due_on__isnull=False, due_order__lte=day)

    def _ends_from(self, day):
        return _of_people(program_end__gte=day)

    def _ends_until(self, day):
        return _of_people(program_end__lte=day)

    def _message(self, kind):
        if kind == "none":
            return Q(last_message_at__isnull=True)
        return Q(last_message_at__gte=timezone.now() - timedelta(days=MESSAGE_DAYS[kind]))

    def _q(self, text):
        return found_by(text)


def _of_people(**facts):
    """Return the condition that a request is of such people: sought first, in an index of them."""
    return Q(student__in=StudentRecord.objects.filter(**facts).order_by().values("pk"))

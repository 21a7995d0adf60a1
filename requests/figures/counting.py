"""Counts requests for the figures: a few grouped queries, however many requests there are.

What is counted is defined where it is shown (tables.py). Days are business days.
"""

from collections import Counter, defaultdict

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone
from django.utils.functional import cached_property

from ..lifecycle import WITH_OFFICE, State
from ..models import Approval, ClarificationItem, HistoryEntry, StudentRequest

DONE = (State.COMPLETED, State.DENIED)


class Counts:
    """The requests a user may see, as one period and some filters narrow them."""

    def __init__(self, user, period, **filters):
        self.user, self.period = user, period
        self.zone = timezone.get_current_timezone()
        visible = StudentRequest.objects.visible_to(user).order_by()
        self.requests = visible.filter(**{name: value for name, value in filters.items() if value})

    @property
    def received(self):
        """What was sent first in the period."""
        begins, is_over = self.period.instants
        return self.requests.filter(
            queue__in=("open", "closed"), submitted_at__gte=begins, submitted_at__lt=is_over
        )

    @property
    def ended(self):
        """What ended in the period, however it ended."""
        begins, is_over = self.period.instants
        return self.requests.filter(
            queue="closed", state_since__gte=begins, state_since__lt=is_over
        )

    @property
    def done(self):
        """What the office completed or denied; what an approver refused never reached it."""
        refused = HistoryEntry.objects.filter(student_request=OuterRef("pk"), action="refuse")
        return self.ended.filter(state__in=DONE).exclude(
            Exists(refused), state=State.DENIED, assignee__isnull=True
        )

    def received_by_month(self):
        """Return {first day of a month: how many came}."""
        return self._by_month(self.received, "submitted_at")

    def ended_by_month(self):
        """Return {first day of a month: how many ended}."""
        return self._by_month(self.ended, "state_since")

    def _by_month(self, requests, column):
        months = requests.annotate(month=TruncMonth(column, tzinfo=self.zone))
        found = months.values_list("month").annotate(number=Count("pk"))
        return {timezone.localdate(month, self.zone): number for month, number in found}

    def received_by_type_and_state(self):
        """Return {type key: {state: how many}} of what came."""
        found = defaultdict(Counter)
        grouped = self.received.values_list("type_key", "state").annotate(number=Count("pk"))
        for type_key, state, number in grouped:
            found[type_key][state] += number
        return found

    def ended_by_state(self):
        """Return {state: how many} of what ended."""
        return dict(self.ended.values_list("state").annotate(number=Count("pk")))

    @cached_property
    def _days_of_done(self):
        grouped = self.done.values_list("type_key", "assignee", "clock_used", "target_days")
        return list(grouped.annotate(number=Count("pk")))

    def days_of_done(self):
        """Return {(type key, advisor's key): {days: how many}} of what was completed or denied."""
        found = defaultdict(Counter)
        for type_key, advisor, days, _target, number in self._days_of_done:
            found[type_key, advisor][days] += number
        return found

    def done_in_time(self, targets):
        """Return {type key: (how many in time, of how many with a target)} of the same.

        Each is held to the days promised when it was sent; ``targets``, {type key: days}, to what
        was sent before they were kept.
        """
        found = defaultdict(lambda: (0, 0))
        for type_key, _advisor, days, promised, number in self._days_of_done:
            target = promised or targets.get(type_key)
            if target:
                in_time, all_ = found[type_key]
                found[type_key] = (in_time + (number if days <= target else 0), all_ + number)
        return found

    def clarified(self):
        """Return {type key: how many} of what was done and had been handed back at least once."""
        asked = ClarificationItem.objects.values("student_request")
        done = self.done.filter(pk__in=asked)
        return dict(done.values_list("type_key").annotate(number=Count("pk")))

    def questions(self, most):
        """Return [(type key, name of the answer, how many requests)], the commonest first."""
        grouped = self._asked.values_list("student_request__type_key", "name")
        counted = grouped.annotate(number=Count("student_request", distinct=True))
        return list(counted.order_by("-number", "student_request__type_key", "name")[:most])

    def common_sentences(self, least):
        """Return [(type key, name, sentence)] sent for so many requests, the commonest first."""
        grouped = self._asked.values_list("student_request__type_key", "name", "sentence")
        counted = grouped.annotate(number=Count("student_request", distinct=True))
        common = counted.filter(number__gte=least).order_by("-number", "sentence")
        return [row[:3] for row in common]

    @property
    def _asked(self):
        begins, is_over = self.period.instants
        return ClarificationItem.objects.order_by().filter(
            asked_at__gte=begins, asked_at__lt=is_over, student_request__in=self.requests
        )

    def load(self, today):
        """Return {advisor's key: (with the office now, late now)}; None is nobody."""
        now = self.requests.filter(queue="open", state__in=WITH_OFFICE)
        grouped = now.values_list("assignee").annotate(
            number=Count("pk"), late=Count("pk", filter=Q(due_order__lt=today))
        )
        return {advisor: (number, late) for advisor, number, late in grouped}

    def days_of_approvers(self, calendar):
        """Return {type key: {business days: how many}} until an approver decided."""
        begins, is_over = self.period.instants
        decided = Approval.objects.filter(
            outcome__in=Approval.DECIDED,
            decided_at__gte=begins,
            decided_at__lt=is_over,
            student_request__in=self.requests,
        )
        grouped = decided.order_by().values_list(
            "student_request__type_key",
            TruncDate("asked_at", tzinfo=self.zone),
            TruncDate("decided_at", tzinfo=self.zone),
        )
        found = defaultdict(Counter)
        for type_key, asked, answered, number in grouped.annotate(number=Count("pk")):
            found[type_key][calendar.business_days_between(asked, answered)] += number
        return found

"""Indexes of requests: one for each order and filter of the desk's lists, and of the worker.

Each holds all that its view asks of a row, so that rows are counted and skipped without a look
into the table.
"""

from django.db import models
from django.db.models import Q

INDEXES = [
    models.Index(fields=["student", "queue", "type_key", "id"], name="request_of_student"),
    models.Index(fields=["state", "due_on"], name="request_by_due"),
    models.Index(fields=["state", "state_since", "id", "queue"], name="request_in_state"),
    models.Index(fields=["type_key", "state"], name="request_by_type"),
    models.Index(fields=["queue", "due_order", "submitted_at", "id"], name="request_in_queue"),
    models.Index(fields=["queue", "submitted_at", "id"], name="request_in_queue_by_day"),
    models.Index(
        fields=[
            *("queue", "state_since", "state", "type_key"),
            *("assignee", "clock_used", "target_days"),
        ],
        name="request_that_ended",
    ),
    models.Index(
        fields=["assignee", "queue", "due_order", "submitted_at", "id", "state"],
        name="request_with_assignee",
    ),
    models.Index(
        fields=["queue", "due_order", "submitted_at", "id", "approved_first_by"],
        condition=Q(approved_first_by__isnull=False),
        name="request_approved_first",
    ),
    models.Index(
        fields=["type_key", "queue", "due_order", "submitted_at", "id"],
        name="request_of_type",
    ),
    models.Index(
        fields=["employer_words", "queue", "submitted_at", "id"],
        condition=Q(employer_words__gt=""),
        name="request_of_employer",
    ),
    models.Index(
        fields=["sevis_due_on"],
        condition=Q(recorded_on__isnull=True, sevis_due_on__isnull=False),
        name="request_to_record",
    ),
    models.Index(fields=["-submitted_at"], name="request_by_submission"),
    models.Index(
        fields=["unanswered_since"],
        condition=Q(unanswered_since__isnull=False),
        name="request_unanswered",
    ),
    models.Index(
        fields=["-last_message_at"],
        condition=Q(last_message_at__isnull=False),
        name="request_by_last_message",
    ),
]

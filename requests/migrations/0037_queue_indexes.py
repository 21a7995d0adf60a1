"""Indexes that hold all a view of the queue asks of a row; new ones first, so none is missed."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0022_list_indexes"),
        ("requests", "0036_durations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="studentrequest",
            index=models.Index(
                fields=["student", "queue", "type_key", "id"], name="request_of_student"
            ),
        ),
        migrations.AddIndex(
            model_name="studentrequest",
            index=models.Index(
                fields=["state", "state_since", "id", "queue"], name="request_in_state"
            ),
        ),
        migrations.AddIndex(
            model_name="studentrequest",
            index=models.Index(
                fields=["assignee", "queue", "due_order", "submitted_at", "id", "state"],
                name="request_with_assignee",
            ),
        ),
        migrations.AddIndex(
            model_name="studentrequest",
            index=models.Index(
                condition=models.Q(("approved_first_by__isnull", False)),
                fields=["queue", "due_order", "submitted_at", "id", "approved_first_by"],
                name="request_approved_first",
            ),
        ),
        migrations.AddIndex(
            model_name="studentrequest",
            index=models.Index(
                condition=models.Q(("employer_words__gt", "")),
                fields=["employer_words", "queue", "submitted_at", "id"],
                name="request_of_employer",
            ),
        ),
        migrations.RemoveIndex(
            model_name="studentrequest",
            name="request_by_student",
        ),
        migrations.RemoveIndex(
            model_name="studentrequest",
            name="request_by_state_since",
        ),
        migrations.RemoveIndex(
            model_name="studentrequest",
            name="request_of_assignee",
        ),
        migrations.RemoveIndex(
            model_name="studentrequest",
            name="request_by_employer",
        ),
    ]

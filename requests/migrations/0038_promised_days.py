"""The business days promised with each request, and an index by which figures count with them."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0022_list_indexes"),
        ("requests", "0037_queue_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="studentrequest",
            name="target_days",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="target"),
        ),
        migrations.AddIndex(
            model_name="studentrequest",
            index=models.Index(
                fields=[
                    "queue",
                    "state_since",
                    "state",
                    "type_key",
                    "assignee",
                    "clock_used",
                    "target_days",
                ],
                name="request_that_ended",
            ),
        ),
        migrations.RemoveIndex(
            model_name="studentrequest",
            name="request_ended",
        ),
    ]

"""Lets a student put a reminder away, and an editor aim it at a time of graduation."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0008_caseload_departments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reminder",
            name="program_ends_from",
            field=models.DateField(blank=True, null=True, verbose_name="program ends from"),
        ),
        migrations.AddField(
            model_name="reminder",
            name="program_ends_until",
            field=models.DateField(blank=True, null=True, verbose_name="program ends until"),
        ),
        migrations.CreateModel(
            name="ReminderPutAway",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="put away"
                    ),
                ),
                (
                    "reminder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="put_away",
                        to="requests.reminder",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders_put_away",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder put away",
                "verbose_name_plural": "reminders put away",
                "constraints": [
                    models.UniqueConstraint(fields=("reminder", "user"), name="put_away_once")
                ],
            },
        ),
    ]

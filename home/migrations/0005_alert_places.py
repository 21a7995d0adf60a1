"""Gives alerts their places and a lock; the version before may go on writing alerts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0004_staff_finder"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="alert",
            name="in_portal",
            field=models.BooleanField(db_default=True, default=True, verbose_name="in the portal"),
        ),
        # Wagtail's field has no default of the database, which the version before needs.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AddField(
                    model_name="alert",
                    name="locked",
                    field=models.BooleanField(default=False, db_default=False, editable=False),
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name="alert",
                    name="locked",
                    field=models.BooleanField(default=False, editable=False, verbose_name="locked"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="alert",
            name="locked_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="locked at"),
        ),
        migrations.AddField(
            model_name="alert",
            name="locked_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="locked_%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="locked by",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="on_sign_in",
            field=models.BooleanField(
                db_default=True, default=True, verbose_name="where people sign in"
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="on_site",
            field=models.BooleanField(
                db_default=True, default=True, verbose_name="on the public pages"
            ),
        ),
        migrations.AlterField(
            model_name="alert",
            name="show_until",
            field=models.DateTimeField(
                blank=True,
                help_text="Leave empty to show it until you change this.",
                null=True,
                verbose_name="show until",
            ),
        ),
        migrations.AlterField(
            model_name="alert",
            name="tone",
            field=models.CharField(
                choices=[("info", "Information"), ("warn", "Warning"), ("bad", "Emergency")],
                default="warn",
                max_length=4,
                verbose_name="level",
            ),
        ),
    ]

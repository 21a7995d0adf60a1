"""Indexes of people that lists of requests read, instead of the whole table."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0021_fill_found_and_filed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="studentrecord",
            index=models.Index(fields=["search_words", "id"], name="record_by_words"),
        ),
        migrations.AddIndex(
            model_name="studentrecord",
            index=models.Index(fields=["stage"], name="record_by_stage"),
        ),
        migrations.AddIndex(
            model_name="studentrecord",
            index=models.Index(fields=["visa_class"], name="record_by_visa_class"),
        ),
    ]

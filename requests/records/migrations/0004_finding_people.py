"""Lets a long list of people be read in the order of names, and one be found by university ID."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two indexes; both versions of the program serve with and without them."""

    dependencies = [("records", "0003_import_runs")]

    operations = [
        migrations.AddIndex(
            model_name="studentrecord",
            index=models.Index(fields=["family_name", "given_name"], name="record_by_name"),
        ),
        migrations.AddIndex(
            model_name="studentrecord",
            index=models.Index(fields=["institution_id"], name="record_by_institution_id"),
        ),
    ]

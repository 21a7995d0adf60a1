"""Give a caseload of letters and departments two rows: from now on one row wants both."""

from django.db import migrations


def split(apps, schema_editor):
    """Let the departments stand in a row of their own, so that each goes on to be enough."""
    Caseload = apps.get_model("requests", "Caseload")
    for both in Caseload.objects.exclude(letters_from="").exclude(departments=""):
        Caseload.objects.create(advisor_id=both.advisor_id, departments=both.departments)
        both.departments = ""
        both.save(update_fields=["departments"])


class Migration(migrations.Migration):
    dependencies = [("requests", "0028_ordered_rules")]

    # Two rows mean the same to the earlier version, so nothing has to be put back.
    operations = [migrations.RunPython(split, migrations.RunPython.noop)]

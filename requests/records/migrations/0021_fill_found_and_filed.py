"""Work out by which letters and words people are found, for the records there are."""

from django.db import migrations

from isso.requests.records.filing import WORKED_OUT_FROM

AT_ONCE = 500


def work_out(apps, schema_editor):
    """Fill the columns, some people at a time."""
    record_model = apps.get_model("records", "StudentRecord")
    database = schema_editor.connection.alias
    columns = [record_model._meta.get_field(name) for name in WORKED_OUT_FROM]
    keys = list(record_model.objects.using(database).values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = record_model.objects.using(database).filter(pk__in=keys[start : start + AT_ONCE])
        records = list(some)
        for record in records:
            for column in columns:
                column.pre_save(record, add=False)
        record_model.objects.using(database).bulk_update(records, list(WORKED_OUT_FROM))


class Migration(migrations.Migration):
    dependencies = [("records", "0020_found_and_filed")]

    operations = [migrations.RunPython(work_out, migrations.RunPython.noop)]

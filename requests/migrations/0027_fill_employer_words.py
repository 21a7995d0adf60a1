"""Note the employers that the answers of sent requests name, for the desk's search."""

from django.db import migrations

from isso.requests.search_words import ANSWERS, employer_words

AT_ONCE = 500


def work_out(apps, schema_editor):
    """Fill the column, some requests at a time."""
    request_model = apps.get_model("requests", "StudentRequest")
    sent = request_model.objects.using(schema_editor.connection.alias).filter(
        submitted_at__isnull=False
    )
    keys = list(sent.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = sent.filter(pk__in=keys[start : start + AT_ONCE]).only("answers", "employer_words")
        named = [each for each in some if any(each.answers.get(name) for name in ANSWERS)]
        for each in named:
            each.employer_words = employer_words(each.answers)
        sent.bulk_update(named, ["employer_words"])


class Migration(migrations.Migration):
    dependencies = [("requests", "0026_found_and_filed")]

    operations = [migrations.RunPython(work_out, migrations.RunPython.noop)]

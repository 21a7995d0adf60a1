"""Who waits for an answer today: the open requests whose last message is the student's."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

CLOSED = ("completed", "denied", "withdrawn", "expired")


def fill(apps, schema_editor):
    """Take over the moment of the last message; what was read when is known from now on."""
    StudentRequest = apps.get_model("requests", "StudentRequest")
    messages = apps.get_model("requests", "Message").objects
    newest = messages.filter(student_request=OuterRef("pk")).order_by("-sent_at", "-pk")
    waiting = (
        StudentRequest.objects.filter(last_message_at__isnull=False)
        .exclude(state__in=CLOSED)
        .annotate(last_is_ours=Subquery(newest.values("from_office")[:1]))
        .filter(last_is_ours=False)
    )
    waiting.update(unanswered_since=F("last_message_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0030_threads"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

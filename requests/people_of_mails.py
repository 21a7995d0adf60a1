"""Whom a mail concerns, for the log of readings: by its request, or by the address it went to."""

from django.db.models import Q

from isso.requests.records.models import StudentRecord

from .models import StudentRequest


def people_of_mails(notices) -> list[int]:
    """Return the keys of the records that these mails are about or went to, in two queries."""
    references = {each.about for each in notices if each.about}
    addresses = {each.recipient for each in notices if each.audience == "student"}
    about = StudentRequest.objects.filter(reference__in=references)
    to = StudentRecord.objects.known().filter(Q(email__in=addresses) | Q(user__email__in=addresses))
    return [*about.values_list("student_id", flat=True), *to.values_list("pk", flat=True)]

"""Of what a planned kind speaks, requests or people: how to find, lock and name them."""

from django.db.models import Value
from django.urls import reverse

from isso.requests.records.models import StudentRecord

from ..models import StudentRequest
from .holding import held_requests, people_with_a_hold


class Requests:
    """Requests, one by one."""

    def found(self, queryset):
        """Return (key, key of the record, reference) of each."""
        rows = queryset.order_by("pk").values_list("pk", "student_id", "reference")
        return rows.iterator(chunk_size=1000)

    def lock(self, pk):
        """Return the request, locked as perform.py locks it; its record is read with it."""
        return StudentRequest.objects.select_for_update(of=("self",)).get(pk=pk)

    def held(self):
        """Return the keys of those on which a hold lies, as a query."""
        return held_requests()

    def shown(self, keys):
        """Return key → (name, address of its page) for a list."""
        found = StudentRequest.objects.filter(pk__in=keys).select_related("student")
        return {
            each.pk: (
                each.student.full_name,
                reverse("desk_case", args=[each.pk]) if each.submitted_at else "",
            )
            for each in found
        }


class People:
    """People, one by one, with everything around them."""

    def found(self, queryset):
        """Return (key, key of the record, no reference) of each."""
        rows = queryset.order_by("pk").values_list("pk", "pk", Value(""))
        return rows.iterator(chunk_size=1000)

    def lock(self, pk):
        """Return the record, locked; its requests first, in perform.py's order."""
        list(StudentRequest.objects.select_for_update(of=("self",)).filter(student=pk))
        return StudentRecord.objects.select_for_update(of=("self",)).get(pk=pk)

    def held(self):
        """Return the keys of those of whom anything is held, as a query."""
        return StudentRecord.objects.filter(pk__in=people_with_a_hold()).values("pk")

    def shown(self, keys):
        """Return key → (name, address of the page) for a list."""
        found = StudentRecord.objects.filter(pk__in=keys).only("given_name", "family_name")
        return {
            each.pk: (each.full_name, reverse("desk_student", args=[each.pk])) for each in found
        }

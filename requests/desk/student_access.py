"""Who opens one student's pages at the desk: asked in every view, and every reading noted."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_read
from isso.requests.records.models import StudentRecord

from ..actor import Actor


class StudentBase(WagtailAdminTemplateMixin, TemplateView):
    """A view of one student, named by ``pk`` in the address: 404 unless this user may see it."""

    header_icon = "user"

    def dispatch(self, request, *args, **kwargs):
        """Turn away who does not work on requests, and write the attempt down."""
        if not may_read_cases(request.user):
            log_read(request.user, "student", kwargs["pk"], allowed=False)
            raise PermissionDenied
        log_read(request.user, "student", self.record.pk, record=self.record)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def actor(self):
        """The user as the rules know him."""
        return Actor.for_user(self.request.user)

    def records(self):
        """Return all records, with what a page reads along."""
        return StudentRecord.objects.all()

    @cached_property
    def record(self):
        """The record, read by way of what this user may see; one's own is seen as a student."""
        found = (
            self.records()
            .visible_to(self.request.user)
            .exclude(user=self.request.user)
            .select_related("user", "advisor", "scholar")
            .filter(pk=self.kwargs["pk"])
            .first()
        )
        if found is None:
            log_read(self.request.user, "student", self.kwargs["pk"], allowed=False)
            raise Http404
        return found

    def get_page_title(self):
        """Name the student."""
        return self.record.full_name

    def get_breadcrumbs_items(self):
        """Lead back to the search and to the student."""
        student = reverse("desk_student", args=[self.record.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_students"), "label": _("Find a student")},
            {"url": student, "label": self.record.full_name},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def to_student(self):
        """Return to the student's page."""
        return redirect("desk_student", self.record.pk)


class AccountBase(StudentBase):
    """A question about the account of one student, and a press; 404 for whoever has none."""

    def is_settled(self):
        """Return whether there is nothing to ask any more; each subclass states it."""
        raise NotImplementedError

    def press(self):
        """Do it, and say what came of it; each subclass states it."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        """Show what will happen, while there is something to ask."""
        self._need_account()
        return self.to_student() if self.is_settled() else super().get(request, *args, **kwargs)

    def post(self, request, pk):
        """Do it; then back to the student."""
        self._need_account()
        self.press()
        return self.to_student()

    def get_context_data(self, **kwargs):
        """Add the record."""
        return super().get_context_data(**kwargs) | {"record": self.record}

    def _need_account(self):
        if not self.record.user:
            raise Http404

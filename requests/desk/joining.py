"""“This is somebody we know”: an advisor joins a department's proposal to a known record."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.records.access import log_reads
from isso.requests.records.finding import LONGEST_SEARCH, found_by
from isso.requests.records.models import StudentRecord

from ..joining import join, may_be_joined
from ..perform import NotAllowed, NotPossible
from .case import CaseBase

MOST_FOUND = 20


class JoinCase(CaseBase):
    """Look for the person, see who was found, and say that it is the same one."""

    template_name = "desk/join.html"
    page_title = gettext_lazy("This is somebody we know")

    @cached_property
    def search(self):
        """What was typed; at first the name of the proposal."""
        typed = self.request.GET.get("q", self.student_request.student.full_name)
        return typed.replace("\x00", "").strip()[:LONGEST_SEARCH]

    @cached_property
    def known(self):
        """Whom this user may join it to: everybody on record, but not himself."""
        known = StudentRecord.objects.known().visible_to(self.request.user)
        return known.exclude(user=self.request.user)

    def get(self, request, *args, **kwargs):
        """Show who is found, while it is a proposal."""
        if not may_be_joined(self.student_request):
            messages.warning(request, _("This request is about somebody the office knows already."))
            return self.to_case()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Add the people found, and write down who was shown."""
        found = list(found_by(self.search, self.known)[:MOST_FOUND]) if self.search else []
        log_reads(self.request.user, "list of students", found)
        context = {
            "student_request": self.student_request,
            "search": self.search,
            "found": found,
        }
        return super().get_context_data(**context | kwargs)

    def post(self, request, *args, **kwargs):
        """Join the two, or say why not."""
        key = forms.IntegerField(min_value=1, max_value=2**31)
        try:
            record = self.known.filter(pk=key.clean(request.POST.get("record"))).first()
            if record is None:
                raise Http404
            join(self.student_request, record, self.actor)
        except NotAllowed as error:
            raise Http404 from error
        except NotPossible as error:
            messages.warning(request, str(error))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return self.render_to_response(self.get_context_data(), status=422)
        else:
            text = _("The request is about %(name)s from now on.")
            messages.success(request, text % {"name": record.full_name})
        return self.to_case()

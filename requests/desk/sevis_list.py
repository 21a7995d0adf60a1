"""To do in SEVIS: what approved requests need keyed, by when, and the day on which it was."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Count, Window
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_reads

from ..actor import Actor
from ..form_fields import SevisId
from ..models import StudentRequest
from ..perform import NotAllowed, NotPossible, perform
from ..sevis_work import events, recorded_lately, to_record, with_entries
from .access import OfficeAccess
from .action_forms import show_errors

ROWS_PER_PAGE = 30
LAST_PAGE = 1000


class SevisFilters(forms.Form):
    """Whose, which event, and only the late ones."""

    whose = forms.ChoiceField(
        label=gettext_lazy("Whose"),
        choices=[("", gettext_lazy("Everybody’s")), ("mine", gettext_lazy("Mine"))],
        required=False,
    )
    event = forms.ChoiceField(label=gettext_lazy("Event"), required=False)
    late = forms.BooleanField(label=gettext_lazy("Late only"), required=False)

    def __init__(self, data):
        super().__init__(data)
        self.fields["event"].choices = [("", _("Every event")), *events()]

    def asked(self):
        """Return what was chosen; a nonsense choice counts for nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        return {
            "mine": chosen.get("whose") == "mine",
            "event": chosen.get("event", ""),
            "late": chosen.get("late", False),
        }


class KeyedForm(forms.Form):
    """On which day it was keyed, and what, in the row of the list itself."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    recorded_on = forms.DateField(
        label=gettext_lazy("Recorded on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Enter the date you recorded it in SEVIS."),
            "invalid": gettext_lazy("Enter a real date, such as 2027-02-14."),
        },
    )
    recorded_text = forms.CharField(
        label=gettext_lazy("What was keyed"), max_length=2000, required=False
    )
    sevis_id = SevisId(label=gettext_lazy("SEVIS ID of the new record"))

    def __init__(self, *args, student_request, **kwargs):
        super().__init__(*args, prefix=f"r{student_request.pk}", **kwargs)
        if not student_request.type.makes_sevis_id(student_request.answers):
            del self.fields["sevis_id"]


class SevisList(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """The list, with the exact values ready to copy."""

    template_name = "desk/sevis_list.html"
    page_title = gettext_lazy("To do in SEVIS")
    header_icon = "list-ul"

    def get_breadcrumbs_items(self):
        """Name the list."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def filters(self):
        """What the address asks for."""
        return SevisFilters(self.request.GET)

    def get_context_data(self, refused=None, **kwargs):
        """Add the rows; ``refused`` is a (primary key, form) to show with its mistakes."""
        page = self._page(to_record(self.request.user, **self.filters.asked()))
        recorded = list(recorded_lately(self.request.user))
        # The values to copy are the people's own, as in a case.
        log_reads(
            self.request.user, "values for SEVIS", (each.student_id for each in [*page, *recorded])
        )
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(**kwargs) | {
            "filters": self.filters,
            "page_obj": page,
            "rows": [(row, self._form_of(row, refused)) for row in with_entries(page)],
            "recorded": recorded,
            "query": query.urlencode(),
            "whole_query": self.request.GET.urlencode(),
        }

    def _page(self, waiting):
        """Return the page asked for, counted and read in one query; beyond the end, the first."""
        asked = self.request.GET.get("page", "")
        number = int(asked) if asked.isdecimal() and 0 < int(asked) < LAST_PAGE else 1
        first = (number - 1) * ROWS_PER_PAGE
        counted = waiting.annotate(whole=Window(Count("pk")))
        rows = list(counted[first : first + ROWS_PER_PAGE])
        if not rows and number > 1:
            number, rows = 1, list(counted[:ROWS_PER_PAGE])
        paginator = Paginator(waiting, ROWS_PER_PAGE)
        paginator.count = rows[0].whole if rows else 0
        return Page(rows, number, paginator)

    def _form_of(self, row, refused):
        student_request = row.student_request
        if refused and refused[0] == student_request.pk:
            return refused[1]
        return KeyedForm(
            student_request=student_request,
            initial={
                "version": student_request.version,
                "recorded_on": timezone.localdate(),
                "recorded_text": student_request.recorded_text or row.summary,
            },
        )


class RecordInPlace(SevisList):
    """Note on which day one request was keyed; then it leaves the list."""

    def get(self, request, *args, **kwargs):
        """Lead who opens the address of a form to the list it stands in."""
        return self.to_list()

    def to_list(self):
        """Return to the list as it was filtered."""
        query = self.request.GET.urlencode()
        return redirect(reverse("desk_sevis") + (f"?{query}" if query else ""))

    def post(self, request, *args, pk, **kwargs):
        """Record it through the one door, or say at the row what is wrong."""
        found = StudentRequest.objects.visible_to(request.user).filter(pk=pk).first()
        if found is None:
            raise Http404
        form = KeyedForm(request.POST, student_request=found)
        if form.is_valid():
            try:
                self._record(found, **form.cleaned_data)
            except NotAllowed as error:
                raise Http404 from error
            except NotPossible as error:
                messages.error(request, f"{found.reference}: {error}")
                return self.to_list()
            except ValidationError as error:
                show_errors(form, error)
        if form.is_valid():
            messages.success(request, _("%(request)s is recorded.") % {"request": found})
            return self.to_list()
        messages.error(request, _("This was not saved. See what to change below."))
        context = self.get_context_data(refused=(pk, form))
        return self.render_to_response(context, status=422)

    def _record(self, student_request, version, **told):
        perform(
            student_request,
            "record",
            Actor.for_user(self.request.user),
            expected_version=version,
            **told,
        )


class SevisMenuItem(MenuItem):
    """The way to the list, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("To do in SEVIS"),
            reverse("desk_sevis"),
            name="desk-sevis",
            icon_name="list-ul",
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)

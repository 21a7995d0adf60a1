"""The inbox: what students sent without a request, until an advisor has dealt with it."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_read, log_reads

from ..actor import Actor
from ..assignment import possible_advisors
from ..models import Document, StudentRequest
from ..perform import NotAllowed, NotPossible
from ..receiving import settle_document
from .access import OfficeAccess
from .action_forms import show_errors
from .listing import Listing


class InboxFilter(forms.Form):
    """Whose students."""

    advisor = forms.ModelChoiceField(
        label=gettext_lazy("Advisor"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Everybody’s"),
    )

    def __init__(self, data):
        super().__init__(data)
        self.fields["advisor"].queryset = possible_advisors()

    def kept(self, found):
        """Keep what is of the advisor chosen; a nonsense choice counts for nothing."""
        advisor = self.cleaned_data.get("advisor") if self.is_valid() else None
        return found if advisor is None else found.filter(assignee=advisor)


class SettleForm(forms.Form):
    """What the student reads, and the request it belongs to, if any."""

    answer = forms.CharField(
        label=gettext_lazy("Message to the student"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Leave it empty if there is nothing to say. With a message the student gets a mail "
            "with a link, not the words themselves."
        ),
    )
    filed_with = forms.ModelChoiceField(
        label=gettext_lazy("Belongs to the request"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("None"),
    )

    def __init__(self, *args, requests, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["filed_with"].queryset = requests


def waiting(user):
    """Return what waits in the inbox for this member of the office, the oldest first."""
    # Nobody settles what one sent oneself as a student.
    return (
        Document.objects.visible_to(user)
        .inbox()
        .exclude(student__user=user)
        .select_related("student", "assignee")
        .order_by("added_at", "pk")
    )


class Inbox(OfficeAccess, Listing):
    """The list, the oldest first."""

    filter_class = InboxFilter
    template_name = "desk/inbox.html"
    page_title = gettext_lazy("Inbox")
    header_icon = "mail"

    def everything(self):
        """Return what waits, of all advisors."""
        return waiting(self.request.user)

    def note(self, page):
        """Write down whose documents are listed."""
        log_reads(self.request.user, "inbox", (each.student_id for each in page))


class InboxDocument(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """One document: open it, answer, file it with a request, be done with it."""

    template_name = "desk/inbox_document.html"
    header_icon = "mail"

    @cached_property
    def document(self):
        """The document; 404 unless it waits in the inbox of this person."""
        found = waiting(self.request.user).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_page_title(self):
        """Name the student."""
        return self.document.student.full_name

    def get_page_subtitle(self):
        """Name the document."""
        return self.document.title

    def get_breadcrumbs_items(self):
        """Lead back to the inbox."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_inbox"), "label": _("Inbox")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def form(self, data=None):
        """Return the form, with the requests of this student."""
        requests = StudentRequest.objects.visible_to(self.request.user)
        own = requests.filter(student=self.document.student)
        return SettleForm(data, requests=own.order_by("-submitted_at"))

    def get_context_data(self, **kwargs):
        """Add the document and the form, and write down who looked."""
        read = self.document
        log_read(self.request.user, "inbox document", read.pk, record=read.student_id)
        context = {"document": read, "form": self.form()}
        return super().get_context_data(**context | kwargs)

    def post(self, request, *args, **kwargs):
        """Settle it; what was typed stays when something does not fit."""
        form = self.form(request.POST)
        if form.is_valid():
            try:
                settle_document(self.document, Actor.for_user(request.user), **form.cleaned_data)
            except NotAllowed as error:
                raise Http404 from error
            except NotPossible as error:
                messages.warning(request, str(error))
                return redirect("desk_inbox")
            except ValidationError as error:
                show_errors(form, error)
        if form.is_valid():
            messages.success(
                request, _("“%(document)s” is settled.") % {"document": self.document.title}
            )
            return redirect("desk_inbox")
        return self.render_to_response(self.get_context_data(form=form), status=422)


class InboxMenuItem(MenuItem):
    """The way to the inbox, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Inbox"), reverse("desk_inbox"), name="desk-inbox", icon_name="mail"
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)

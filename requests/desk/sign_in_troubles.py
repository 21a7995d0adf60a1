"""Who could not sign in: what was typed and when, what was answered, and what is still to do."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people.models import SignInTrouble
from isso.requests.people.roles import may_read_cases
from isso.requests.people.sign_in_answers import Answer
from isso.requests.people.sign_in_help import settle
from isso.requests.records.access import log_read, log_reads
from isso.requests.records.models import StudentRecord

from .access import OfficeAccess
from .campus_end import without_address

ROWS_PER_PAGE = 30


class TroubleFilters(forms.Form):
    """Which attempts are listed: those still to deal with, unless another choice is made."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[("", gettext_lazy("Any")), *Answer.choices],
        required=False,
    )
    shown = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=[
            ("", gettext_lazy("Not dealt with")),
            ("settled", gettext_lazy("Dealt with")),
            ("all", gettext_lazy("All")),
        ],
        required=False,
    )
    q = forms.CharField(label=gettext_lazy("E-mail"), max_length=100, required=False)

    def kept(self, found):
        """Keep what was chosen; a nonsense choice counts for nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        if answer := chosen.get("answer"):
            found = found.filter(answer=answer)
        if chosen.get("shown") != "all":
            found = found.filter(settled_at__isnull=chosen.get("shown") != "settled")
        if words := chosen.get("q"):
            found = found.filter(email__icontains=words)
        return found


class TroubleList(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """Every attempt, the newest first."""

    template_name = "desk/sign_in_troubles.html"
    page_title = gettext_lazy("Cannot sign in")
    header_icon = "lock"

    def get_breadcrumbs_items(self):
        """Name the list."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add one page of what is looked for, with the students it leads to."""
        filters = TroubleFilters(self.request.GET)
        found = filters.kept(SignInTrouble.objects.select_related("user", "settled_by"))
        page = Paginator(found, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        students = StudentRecord.objects.visible_to(self.request.user).in_bulk(
            [each.record_key for each in page if each.record_key]
        )
        waiting = list(without_address(self.request.user)[:ROWS_PER_PAGE])
        self._note(page, students)
        log_reads(self.request.user, "sign-in troubles", waiting)
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(**kwargs) | {
            "filters": filters,
            "page_obj": page,
            "rows": [(each, students.get(each.record_key)) for each in page],
            "query": query.urlencode(),
            "without_address": waiting,
        }

    def _note(self, page, students):
        """Note each student that is named, and once that somebody else was."""
        log_reads(self.request.user, "sign-in troubles", students)
        if any(each.user_id and each.record_key not in students for each in page):
            log_read(self.request.user, "sign-in troubles", details="people without a record")


class SettleTrouble(OfficeAccess, View):
    """Mark one attempt as dealt with; then back to the list."""

    http_method_names = ("post",)

    def post(self, request, pk):
        """Mark it; a second press changes nothing."""
        trouble = SignInTrouble.objects.filter(pk=pk).first()
        if trouble is None:
            raise Http404
        settle(trouble, by=request.user)
        messages.success(
            request, _("%(email)s is marked as dealt with.") % {"email": trouble.email}
        )
        query = request.GET.urlencode()
        return redirect(reverse("desk_troubles") + (f"?{query}" if query else ""))


class TroublesMenuItem(MenuItem):
    """The way to the list, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Cannot sign in"),
            reverse("desk_troubles"),
            name="desk-troubles",
            icon_name="lock",
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)

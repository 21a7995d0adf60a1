"""Who could not sign in: what was typed and when, what was answered, and what is still to do."""

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from isso.requests.people.models import SignInTrouble
from isso.requests.people.roles import may_read_cases
from isso.requests.people.sign_in_answers import Answer
from isso.requests.people.sign_in_help import settle
from isso.requests.records.access import log_read, log_reads
from isso.requests.records.models import StudentRecord

from .access import OfficeAccess
from .campus_end import without_address
from .listing import Listing


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


class TroubleList(OfficeAccess, Listing):
    """Every attempt, the newest first."""

    filter_class = TroubleFilters
    template_name = "desk/sign_in_troubles.html"
    page_title = gettext_lazy("Cannot sign in")
    header_icon = "lock"

    def everything(self):
        """Return every attempt."""
        return SignInTrouble.objects.select_related("user", "settled_by")

    def rows(self, page):
        """Return each attempt with the student it leads to."""
        students = StudentRecord.objects.visible_to(self.request.user).in_bulk(
            [each.record_key for each in page if each.record_key]
        )
        log_reads(self.request.user, "sign-in troubles", students)
        # Noted once that somebody else was named.
        if any(each.user_id and each.record_key not in students for each in page):
            log_read(self.request.user, "sign-in troubles", details="people without a record")
        return [(each, students.get(each.record_key)) for each in page]

    def get_context_data(self, **kwargs):
        """Add the students without an address to sign in with."""
        waiting = list(without_address(self.request.user)[: self.rows_per_page])
        log_reads(self.request.user, "sign-in troubles", waiting)
        return super().get_context_data(**kwargs) | {"without_address": waiting}


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

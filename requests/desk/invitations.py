"""Invitations at the desk: who was invited, whether the mail arrived, and who came in."""

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from isso.requests.notices.models import Delivery, NoticeState
from isso.requests.notices.tokens import LinkProblem
from isso.requests.people.invitations import resend, revoke
from isso.requests.people.models import OF_STAFF, Invitation, InvitationState, Purpose
from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_read, log_reads

from .access import OfficeAccess
from .delivery import in_words
from .listing import Listing

ANY = ("", gettext_lazy("Any"))
PURPOSES = [(each.value, each.label) for each in Purpose if each not in OF_STAFF]
NOT_ARRIVED = (Delivery.BOUNCED, Delivery.REJECTED, Delivery.COMPLAINED)
TOO_LATE = {
    "used": gettext_lazy("%(email)s has accepted the invitation already."),
    "revoked": gettext_lazy("The invitation of %(email)s was taken back already."),
}


class InvitationFilters(forms.Form):
    """Which invitations are listed."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"), choices=[ANY, *InvitationState.choices], required=False
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("Invited as"), choices=[ANY, *PURPOSES], required=False
    )
    mail = forms.ChoiceField(
        label=gettext_lazy("Mail"),
        choices=[ANY, ("failed", gettext_lazy("Did not arrive"))],
        required=False,
    )
    q = forms.CharField(label=gettext_lazy("Name or e-mail"), max_length=100, required=False)

    def kept(self, found):
        """Keep what was chosen; a nonsense choice counts for nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        if state := chosen.get("state"):
            found = found.in_state(state)
        if purpose := chosen.get("purpose"):
            found = found.filter(purpose=purpose)
        if chosen.get("mail"):
            found = found.filter(notice__delivery__in=NOT_ARRIVED) | found.filter(
                notice__state=NoticeState.FAILED
            )
        if words := chosen.get("q"):
            found = found.filter(email__icontains=words) | found.filter(
                user__full_name__icontains=words
            )
        return found


class InvitationList(OfficeAccess, Listing):
    """Every invitation, the newest first."""

    filter_class = InvitationFilters
    template_name = "desk/invitations.html"
    page_title = gettext_lazy("Invitations")
    header_icon = "mail"

    def everything(self):
        """Return the invitations the office looks after, with all a row shows."""
        visible = Invitation.objects.visible_to(self.request.user)
        return visible.select_related("user__record", "notice", "created_by")

    def note(self, page):
        """Write down who was invited."""
        people = (getattr(each.user, "record", None) for each in page)
        log_reads(self.request.user, "invitations", people)

    def rows(self, page):
        """Return each invitation with what became of its mail."""
        return [(each, in_words(each.notice)) for each in page]


class InvitationPost(OfficeAccess, View):
    """One press at an invitation, in the list or on the student's page; then back there."""

    http_method_names = ("post",)
    noted = ""

    @cached_property
    def invitation(self):
        """The invitation of the address, or 404 for whom it does not concern."""
        found = (
            Invitation.objects.visible_to(self.request.user)
            .select_related("user__record")
            .filter(pk=self.kwargs["pk"])
            .first()
        )
        if found is None:
            log_read(self.request.user, self.noted, self.kwargs["pk"], allowed=False)
            raise Http404
        return found

    def post(self, request, pk):
        """Do it, and say what came of it."""
        words = {"email": self.invitation.email}
        try:
            text = self.do()
        except LinkProblem as problem:
            messages.warning(request, TOO_LATE[problem.reason] % words)
        else:
            whose = getattr(self.invitation.user, "record", None)
            log_read(request.user, self.noted, pk, record=whose, each_time=True)
            messages.success(request, text % words)
        return self.back()

    def do(self):
        """Do it and return what to say; each subclass states it."""
        raise NotImplementedError

    def back(self):
        """Return to where the button stood."""
        record = getattr(self.invitation.user, "record", None)
        if self.request.POST.get("back") == "student" and record:
            return redirect("desk_student", record.pk)
        query = self.request.GET.urlencode()
        return redirect(reverse("desk_invitations") + (f"?{query}" if query else ""))


class ResendInvitation(InvitationPost):
    """Mail a new link."""

    noted = "invitation sent again"

    def do(self):
        """Send it once for each page that was looked at."""
        number = self.request.POST.get("number", "")
        resend(self.invitation, seen=int(number) if number.isdecimal() else 0)
        return _("A new invitation goes to %(email)s. The earlier link no longer works.")


class RevokeInvitation(InvitationPost):
    """Take an invitation back."""

    noted = "invitation taken back"

    def do(self):
        """Take it back."""
        revoke(self.invitation, by=self.request.user)
        return _("The invitation of %(email)s is taken back. Its link no longer works.")


class InvitationsMenuItem(MenuItem):
    """The way to the invitations, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Invitations"),
            reverse("desk_invitations"),
            name="desk-invitations",
            icon_name="mail",
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)

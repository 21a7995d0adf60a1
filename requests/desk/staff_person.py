"""The page of one person of the office, and every change of the account."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people import campus
from isso.requests.people.account_changes import (
    DOES,
    change_account,
    reason_against,
    roles_given_by,
)
from isso.requests.people.models import AccountAct
from isso.requests.people.roles import role_label
from isso.requests.people.staff import holdings

from .action_forms import show_errors
from .delivery import in_words
from .staff import StaffList
from .staff_access import StaffAccess
from .staff_forms import WORDS, ActForm


class StaffPerson(StaffAccess, WagtailAdminTemplateMixin, TemplateView):
    """Who it is, the roles until when, what can be done, and what was done so far."""

    http_method_names = ("get", "head")
    template_name = "desk/staff/person.html"
    noted = "account"
    header_icon = "user"
    # The form that was sent and has a mistake.
    sent_form = None

    def get_page_title(self):
        """Name the person."""
        return self.person.get_full_name()

    def get_breadcrumbs_items(self):
        """Lead back to the list."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_staff"), "label": StaffList.page_title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        """Add the person, the forms of what may be done now, and the history."""
        person = self.person
        changes = person.account_changes.select_related("by")
        return super().get_context_data(**kwargs) | {
            "person": person,
            "holdings": holdings(person),
            "is_bound": campus.is_bound(person),
            "invitation": self.invitation,
            "delivery": in_words(self.invitation.notice) if self.invitation else None,
            "against": reason_against(AccountAct.END_SESSIONS, person, by=self.request.user),
            "forms": self.forms(),
            "history": [(each, role_label(each.role)) for each in changes],
        }

    @cached_property
    def roles(self):
        """The roles this user may give."""
        return roles_given_by(self.request.user)

    @cached_property
    def invitation(self):
        """The newest invitation, or None."""
        return self.person.invitations.select_related("notice").first()

    def forms(self):
        """Return a form for each act that may be done now, one that was sent as it was sent."""
        by = self.request.user
        offered = [self.form(act) for act in WORDS if not reason_against(act, self.person, by=by)]
        sent = self.sent_form
        return [sent if sent and form.act == sent.act else form for form in offered]

    def form(self, act, data=None):
        """Return the form of one act."""
        roles = self.roles
        if act == AccountAct.TAKE_ROLE:
            held = {holding.role for holding in holdings(self.person)}
            roles = [role for role in roles if role in held]
        seen = self.invitation.link_number if self.invitation else 0
        return ActForm(act, roles, seen, data)


class ChangeAccount(StaffPerson):
    """One change; then back to the person, or the form again with what is wrong."""

    http_method_names = ("post",)

    def post(self, request, pk, action):
        """Change the account through its door."""
        if action not in DOES:
            raise Http404
        act = AccountAct(action)
        form = self.form(act, request.POST)
        if form.is_valid() and self._is_done(act, form):
            messages.success(request, _("Done: %(act)s.") % {"act": act.label})
            return redirect("desk_staff_person", pk)
        self.sent_form = form
        sentences = [str(each) for errors in form.errors.values() for each in errors]
        messages.error(request, _("Nothing was changed. %(why)s") % {"why": " ".join(sentences)})
        return self.render_to_response(self.get_context_data(), status=422)

    def _is_done(self, act, form):
        try:
            change_account(act, self.person, by=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        return form.is_valid()

"""Inviting one student from the own page, and confirming a new sign-in address."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from isso.requests.records.access import log_read
from isso.requests.records.confirming import CannotConfirm, confirm_address
from isso.requests.records.inviting import CannotInvite, invite_person

from .student_access import StudentBase


class InviteStudent(StudentBase):
    """Invite the person of the record."""

    http_method_names = ("post",)

    def post(self, request, pk):
        """Invite once, or say what stands in the way."""
        try:
            invitation, is_sent = invite_person(self.record, by=request.user)
        except CannotInvite as problem:
            messages.error(request, str(problem))
            return self.to_student()
        if is_sent:
            log_read(
                request.user, "invitation sent", invitation.pk, record=self.record, each_time=True
            )
            text = _("The invitation goes to %(email)s.")
        else:
            text = _("%(email)s is invited already. You can send it again.")
        messages.success(request, text % {"email": invitation.email})
        return self.to_student()


class ConfirmAddress(StudentBase):
    """A new address of the record becomes the one to sign in with, once somebody says so."""

    template_name = "desk/student/address.html"
    page_subtitle = gettext_lazy("New sign-in address")

    def get(self, request, *args, **kwargs):
        """Show both addresses; where they are the same there is nothing to confirm."""
        if not self.record.user:
            raise Http404
        if self.record.email.strip().lower() == self.record.user.email:
            return redirect("desk_student", self.record.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Add the record."""
        return super().get_context_data(**kwargs) | {"record": self.record}

    def post(self, request, pk):
        """Change the login to the address that was on the screen, or say why not."""
        if not self.record.user:
            raise Http404
        try:
            address = confirm_address(
                self.record, seen=request.POST.get("address", ""), by=request.user
            )
        except CannotConfirm as problem:
            messages.error(request, str(problem))
            return self.to_student()
        log_read(
            request.user,
            "sign-in address changed",
            self.record.pk,
            record=self.record,
            each_time=True,
        )
        messages.success(
            request,
            _("From now on %(email)s is the address to sign in with. The old address was told.")
            % {"email": address},
        )
        return self.to_student()

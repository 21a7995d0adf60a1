"""Inviting one student from the own page, and confirming a new sign-in address."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from isso.requests.records.access import log_read
from isso.requests.records.confirming import CannotConfirm, confirm_address
from isso.requests.records.inviting import CannotInvite, invite_person

from .student_access import AccountBase, StudentBase


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


class ConfirmAddress(AccountBase):
    """A new address of the record becomes the one to sign in with, once somebody says so."""

    template_name = "desk/student/address.html"
    page_subtitle = gettext_lazy("New sign-in address")

    def is_settled(self):
        """Return whether both addresses are the same."""
        return self.record.email.strip().lower() == self.record.user.email

    def press(self):
        """Change the login to the address that was on the screen, or say why not."""
        seen = self.request.POST.get("address", "")
        try:
            address = confirm_address(self.record, seen=seen, by=self.request.user)
        except CannotConfirm as problem:
            messages.error(self.request, str(problem))
            return
        log_read(
            self.request.user,
            "sign-in address changed",
            self.record.pk,
            record=self.record,
            each_time=True,
        )
        text = _("From now on %(email)s is the address to sign in with. The old address was told.")
        messages.success(self.request, text % {"email": address})

"""The end of one student's campus account, noted at the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from isso.requests.people.models import User
from isso.requests.people.personal_email import stranded
from isso.requests.records.access import log_read
from isso.requests.records.campus_end import end_now
from isso.requests.records.models import StudentRecord

from .student_access import AccountBase


class EndCampusAccount(AccountBase):
    """Say what happens when the campus account is gone; a POST notes that it is."""

    template_name = "desk/student/campus_end.html"
    page_subtitle = gettext_lazy("Campus account has ended")

    def is_settled(self):
        """Return whether it is noted."""
        return bool(self.record.user.campus_ended_at)

    def press(self):
        """Note it; a second press changes nothing."""
        end_now(self.record, by=self.request.user)
        log_read(
            self.request.user,
            "campus account ended",
            self.record.pk,
            record=self.record,
            each_time=True,
        )
        user = User.objects.get(pk=self.record.user_id)
        if user.campus_email:
            text = _("From now on %(email)s is the address to sign in with. Both were told.")
            messages.success(self.request, text % {"email": user.email})
        else:
            text = _("Noted. No personal address is confirmed, so nothing else has changed.")
            messages.warning(self.request, text)


def without_address(user):
    """Return the students whose campus account has ended and who confirmed no address before."""
    found = StudentRecord.objects.visible_to(user).exclude(user=user)
    return (
        found.filter(user__in=stranded())
        .select_related("user")
        .order_by("user__campus_ended_at", "pk")
    )

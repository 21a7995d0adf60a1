"""The end of one student's campus account, noted at the desk."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from isso.requests.people.models import User
from isso.requests.people.personal_email import stranded
from isso.requests.records.access import log_read
from isso.requests.records.campus_end import end_now
from isso.requests.records.models import StudentRecord

from .student_access import StudentBase


class EndCampusAccount(StudentBase):
    """Say what happens when the campus account is gone; a POST notes that it is."""

    template_name = "desk/student/campus_end.html"
    page_subtitle = gettext_lazy("Campus account has ended")

    def get(self, request, *args, **kwargs):
        """Show what will happen; once it has, there is nothing to ask."""
        if not self.record.user:
            raise Http404
        if self.record.user.campus_ended_at:
            return redirect("desk_student", self.record.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Add the record."""
        return super().get_context_data(**kwargs) | {"record": self.record}

    def post(self, request, pk):
        """Note it; a second press changes nothing."""
        if not self.record.user:
            raise Http404
        end_now(self.record, by=request.user)
        log_read(request.user, "campus account ended", pk, record=self.record, each_time=True)
        user = User.objects.get(pk=self.record.user_id)
        if user.campus_email:
            text = _("From now on %(email)s is the address to sign in with. Both were told.")
            messages.success(request, text % {"email": user.email})
        else:
            messages.warning(
                request, _("Noted. No personal address is confirmed, so nothing else has changed.")
            )
        return self.to_student()


def without_address(user):
    """Return the students whose campus account has ended and who confirmed no address before."""
    found = StudentRecord.objects.visible_to(user).exclude(user=user)
    return (
        found.filter(user__in=stranded())
        .select_related("user")
        .order_by("user__campus_ended_at", "pk")
    )

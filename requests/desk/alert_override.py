"""An advisor sets an alert of a student aside, or takes that back."""

from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_read

from ..alerts.kinds import KINDS
from ..alerts.overriding import AT_MOST, override, withdraw
from ..models import Alert
from .student_access import StudentBase
from .student_posts import StudentPost


class OverrideForm(forms.Form):
    """Why, and until when."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Only the office reads it. Write no numbers of documents here."),
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "The last day on which the student gets no mail and does not see it; within one year."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        first, last = today.isoformat(), (today + AT_MOST).isoformat()
        self.fields["until"].initial = today + timedelta(days=30)
        self.fields["until"].widget.attrs |= {"min": first, "max": last}


class AlertAccess:
    """A view of one alert, named by ``pk``: 404 unless this user may see whose it is."""

    def dispatch(self, request, *args, **kwargs):
        """Turn away who does not work on requests; write down who reads, or tried to."""
        if not may_read_cases(request.user):
            log_read(request.user, "alert", kwargs["pk"], allowed=False)
            raise PermissionDenied
        log_read(request.user, "alert", self.alert.pk, record=self.alert.record_id)
        # Past the student's own check, which reads the key in the address as a record's.
        return super(StudentBase, self).dispatch(request, *args, **kwargs)

    @cached_property
    def alert(self):
        """The alert, read by way of what this user may see."""
        visible = Alert.objects.open().visible_to(self.request.user)
        found = visible.select_related("record__user").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            log_read(self.request.user, "alert", self.kwargs["pk"], allowed=False)
            raise Http404
        return found

    @property
    def record(self):
        """Whose it is."""
        return self.alert.record


class SetAside(AlertAccess, StudentPost):
    """Sets one alert aside."""

    button = gettext_lazy("Set aside")

    def get_page_subtitle(self):
        """Name what is set aside."""
        return _("Set aside: %(kind)s") % {"kind": KINDS[self.alert.kind].title}

    @property
    def intro(self):
        """Say what is due, and what follows."""
        sentence = KINDS[self.alert.kind].office_sentence(self.alert)
        follows = _("It is no longer to do until the day you choose, and comes back by itself.")
        return f"{sentence} {follows}"

    def get_form(self, data=None, files=None):
        """Ask why, and until when."""
        return OverrideForm(data)

    def do(self, reason, until):
        """Set it aside."""
        override(self.alert, reason, until, self.request.user)
        messages.success(self.request, _("Set aside. It comes back by itself after that day."))
        return self.to_student()


class TakeBack(AlertAccess, StudentBase):
    """Takes back what set an alert aside."""

    http_method_names = ("post",)

    def post(self, request, pk):
        """Take it back; twice is once."""
        if withdraw(self.alert, request.user):
            messages.success(request, _("The alert counts again."))
        else:
            messages.info(request, _("It was not set aside any more."))
        return self.to_student()

"""Mails that did not arrive."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.notices.models import Audience
from isso.requests.people.roles import may_look_after_staff

from ..lifecycle import WITH_APPROVER
from ..models import StudentRequest
from ..unreached import lost_mails
from .source import URGENT, Failure, Source

# What nobody has acted on by then is over; the mail itself stays in the register.
LISTED_FOR = timedelta(days=30)


def not_arrived(user, now):
    """Return the mails that failed or came back, unless a later one reached the same address.

    One to an approver is cured when somebody else is asked, or when he has decided.
    """
    lost = lost_mails().filter(created_at__gt=now - LISTED_FOR)
    still_asked = StudentRequest.objects.filter(
        reference=OuterRef("about"),
        state__in=WITH_APPROVER,
        current_approval__email=OuterRef("recipient"),
    )
    lost = lost.filter(~Q(audience=Audience.APPROVER) | Q(about="") | Exists(still_asked))
    if may_look_after_staff(user):
        # Nobody reads here what colleagues write about oneself as a student.
        own = StudentRequest.objects.filter(student__user=user, reference=OuterRef("about"))
        return lost.exclude(recipient__iexact=user.email).exclude(Exists(own))
    visible = StudentRequest.objects.visible_to(user)
    own_cases = visible.filter(Q(assignee=user) | Q(assignee__isnull=True))
    return lost.filter(Exists(own_cases.filter(reference=OuterRef("about"))))


def _tell(notice):
    told = notice.get_delivery_display() if notice.delivery else notice.get_state_display()
    about = f" ({notice.about})" if notice.about else ""
    return Failure(
        _("“%(mail)s” to %(address)s") % {"mail": notice.kind(), "address": notice.recipient}
        + about,
        reverse("notices_notice_modeladmin_inspect", args=[notice.pk]),
        f"{told}. {notice.last_error}".strip(),
        mail=notice,
    )


SOURCES = (
    Source(
        "mails",
        gettext_lazy("A mail did not arrive"),
        gettext_lazy("Correct the address, then send it again; for an approver, name another."),
        URGENT,
        "created_at",
        not_arrived,
        _tell,
    ),
)

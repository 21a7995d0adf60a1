"""The mails about accounts: those that invite, and those about what the office has changed."""

from django.utils import timezone
from django.utils.formats import date_format

from isso.requests.notices.models import Audience
from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify

from .models import Purpose

# Purpose → (key of the mail, to whom it speaks).
MAILS = {
    Purpose.STUDENT: ("welcome_invitation", "student"),
    Purpose.ADMITTED: ("welcome_invitation", "student"),
    Purpose.SCHOLAR: ("scholar_invite", "student"),
    Purpose.DEPARTMENT: ("department_welcome", "visitor"),
    Purpose.STAFF: ("staff_welcome", "staff"),
    Purpose.PARTNER: ("staff_welcome", "staff"),
}


def send_invitation(invitation):
    """Write the mail with the present link; a number's mail is written once."""
    key, audience = MAILS[invitation.purpose]
    user = invitation.user
    last_day = timezone.localtime(invitation.expires_at)
    invitation.notice = notify(
        key,
        to=invitation.email,
        name=user.get_short_name(),
        dedupe=f"invitation:{invitation.pk}:{invitation.link_number}",
        context=office_context()
        | {
            "name": user.get_short_name(),
            "email": invitation.email,
            "expires_on": date_format(last_day, "F j, Y"),
            "is_admitted": invitation.purpose == Purpose.ADMITTED,
        },
        links={"link": ["invitation", invitation.pk, invitation.link_number]},
        audience=audience,
    )
    invitation.save(update_fields=["notice"])


def tell_old_address(user, address: str):
    """Tell the address somebody has signed in with so far that another one counts from now on."""
    notify(
        "login_changed",
        to=address,
        name=user.get_short_name(),
        dedupe=f"login:{user.pk}:{address}:{timezone.now().isoformat()}",
        context=office_context() | {"name": user.get_short_name(), "email": address},
        audience=Audience.STUDENT,
    )


def tell_factor_is_off(user):
    """Tell a person that the office took the second factor off, and what comes next."""
    notify(
        "second_factor_off",
        to=user.email,
        name=user.get_short_name(),
        dedupe=f"second_factor:{user.pk}:{timezone.now().isoformat()}",
        context=office_context() | {"name": user.get_short_name()},
        links={"link": ["sign_in"]},
        audience=Audience.STAFF,
    )

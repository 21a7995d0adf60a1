"""What asking for access for a department leaves behind."""

from django.utils.translation import gettext_lazy as _

from isso.requests.people.department_access import LIFETIME
from isso.requests.people.models import AccessRequest

from ..kind import Method, Period, Purge


def purge_unconfirmed(cutoff):
    """Delete what nobody confirmed: its link opens nothing any more."""
    found = AccessRequest.objects.filter(confirmed_at__isnull=True, asked_at__lt=cutoff.moment)
    return found.delete()[0]


def purge_decided(cutoff):
    """Delete what was decided; what was given stays with the roles and memberships."""
    return AccessRequest.objects.filter(decided_at__lt=cutoff.moment).delete()[0]


KINDS = (
    Purge(
        key="access_unconfirmed",
        title=_("Access for a department"),
        outcome=_("address not confirmed"),
        clock=_("the day it was asked for"),
        period=Period(LIFETIME.days, LIFETIME.days, LIFETIME.days),
        method=Method.DELETE,
        stays=_("nothing"),
        why_no_plan=_("The office never saw it."),
        purge=purge_unconfirmed,
    ),
    Purge(
        key="access_decided",
        title=_("Access for a department"),
        outcome=_("approved or refused"),
        clock=_("the day it was decided"),
        period=Period(365, 30, 1096),
        method=Method.DELETE,
        stays=_("who follows which department, since when and by whom"),
        why_no_plan=_("It concerns nobody’s record, and what was given stays."),
        purge=purge_decided,
    ),
)

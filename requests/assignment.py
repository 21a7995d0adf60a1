"""Which advisor a request goes to: by the rule the public page tells, absences covered.

The rule itself is home/advisors.py: department, else the letters of the family name, else the
catch-all.
"""

from isso.home.absence import cover_for, is_away_today
from isso.home.advisors import shares_for
from isso.requests.people.models import User
from isso.requests.people.roles import CASE_ROLES

from .models import Caseload


def possible_advisors():
    """Return the users who may answer for a request, in the order of their names."""
    roles = [str(role) for role in CASE_ROLES]
    advisors = User.objects.filter(groups__name__in=roles, is_active=True)
    return advisors.distinct().order_by("full_name")


def caseloads():
    """List what each active advisor looks after, and whether that advisor is away today."""
    of_active = Caseload.objects.filter(advisor__is_active=True).select_related("advisor")
    return list(of_active.annotate(advisor_is_away=is_away_today("advisor__email")))


def advisor_for(record):
    """Return the user who takes this person's requests today, or None when nobody does."""
    if record.advisor_id:
        return _present(record.advisor)
    fitting = shares_for(caseloads(), record.family_name, record.department)
    if not fitting:
        return None
    share = fitting[0]
    return _present(share.advisor) if share.advisor_is_away else share.advisor


def _present(advisor):
    email = cover_for(advisor.email)
    if email.casefold() == advisor.email.casefold():
        return advisor
    return possible_advisors().filter(email__iexact=email).first() or advisor

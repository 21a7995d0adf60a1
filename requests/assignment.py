"""Which advisor a request goes to: by the rule the public page tells, absences covered.

The rule itself is home/advisors.py: the first that fits decides, at the end the catch-all.
"""

from django.contrib.auth.models import Group
from django.db.models import Q

from isso.home.absence import cover_for, is_away_today, is_covered_today
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
    """List the rules of each active advisor, and whether that advisor is away today."""
    of_active = Caseload.objects.filter(advisor__is_active=True).select_related("advisor")
    return list(of_active.annotate(advisor_is_away=is_away_today("advisor__email")))


def caseloads_of_people():
    """List the rules that say who somebody's own advisor is: those about no type of request."""
    return [each for each in caseloads() if not each.type_keys]


def own_advisor(record, rules=None):
    """Return the user who is this person's own advisor, here or away, or None without one."""
    if record.advisor_id and record.advisor.is_active:
        return record.advisor
    rule = rule_for(caseloads() if rules is None else rules, record)
    return rule.advisor if rule else None


def rule_for(rules, record, type_key=""):
    """Return the rule that decides about this person's requests of a type, or None."""
    fitting = shares_for(rules, record.family_name, record.department, type_key)
    return fitting[0] if fitting else None


def advisor_for(record, type_key="", rules=None):
    """Return the user who takes this person's requests of a type today, or None: nobody does."""
    advisor = chosen_advisor(record, type_key, rules)
    return stand_in_for(advisor) if advisor else None


def chosen_advisor(record, type_key="", rules=None):
    """Return the user whom the rules name, here or away.

    Somebody with an advisor of his own goes to that one, unless a rule about the type comes first.
    """
    rules = caseloads() if rules is None else rules
    rule = rule_for(rules, record, type_key) if type_key else None
    return rule.advisor if rule and rule.type_keys else own_advisor(record, rules)


def hand_to_advisor(student_request, rules=None):
    """Give a request to whoever takes it today, and keep for whom, where that one is away."""
    advisor = chosen_advisor(student_request.student, student_request.type_key, rules)
    if advisor is not None:
        student_request.assignee = stand_in_for(advisor)
        student_request.covers_for = advisor if student_request.assignee != advisor else None


def stand_in_for(advisor):
    """Return who does this advisor's work today: the cover while he is away, else himself."""
    email = cover_for(advisor.email)
    if email.casefold() == advisor.email.casefold():
        return advisor
    return possible_advisors().filter(email__iexact=email).first() or advisor


def worked_on_by(user):
    """Return the keys, or the question for them, of those whose requests are this user's today.

    They are himself and whom he covers for: whoever stands in sees what those who are away have in
    hand, and it stays theirs.
    """
    # The person of a session has along whether he covers for anybody at all (people/backends.py).
    if not (user.email and getattr(user, "is_cover", True)):
        return [user.pk]
    himself = Q(pk=user.pk)
    # By their roles first, or the addresses of all students would be compared.
    colleagues = Group.objects.filter(name__in=map(str, CASE_ROLES)).values("user")
    covered = Q(pk__in=colleagues) & Q(is_covered_today("email", user.email))
    return User.objects.filter(himself | covered).values("pk")

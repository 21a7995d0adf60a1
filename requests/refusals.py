"""Would another policy have refused requests of the past, each on the day it was first sent?

As little as possible is taken from today: the answers are those of the first submission, the
record is as its history tells (``records/past.py``).
"""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.records.past import Past

from .answers import typed_answers
from .models import ApproverDirectoryEntry, Snapshot
from .prices import sent_prices
from .request_form import Situation


class PastRequests:
    """Some requests with what was known when they were sent, read in a few queries."""

    def __init__(self, found):
        self._past = None
        if found:
            records = {each.student_id: each.student for each in found}
            self._past = Past(records.values(), min(each.submitted_at for each in found))
        first = Snapshot.objects.filter(student_request__in=found, number=1)
        self._answers = dict(first.values_list("student_request_id", "answers"))
        self._prices = sent_prices(found)
        self._listed = {}

    def refusal(self, student_request, was, becomes):
        """Return why ``becomes`` would have refused a request that ``was`` lets pass, or "".

        Where ``was`` refuses it, too, the answer is "": an advisor decided, or the policy was
        another one then.
        """
        facts = self._past.facts(
            student_request.student, student_request.submitted_at, student_request.reference
        )
        facts = replace(facts, prices=self._prices.get(student_request.pk))
        student_request.answers = self._answers.get(student_request.pk, student_request.answers)
        if _objection(student_request, facts, was):
            return ""
        return _objection(student_request, facts, becomes) or (
            self._objection_to_approver(student_request, facts)
            if becomes.asks_directory and not was.asks_directory
            else ""
        )

    def _objection_to_approver(self, student_request, facts):
        """Return why the person named then could not be chosen from today's directory, or ""."""
        request_type, answers = student_request.type, student_request.answers
        if not request_type.asks_approver(answers):
            return ""
        listed = self._listed_for(facts.department)
        for step in request_type.approval_steps:
            # Where the policy of its day asked nobody, nobody is named.
            named = str(answers.get(step.email_field, "")).strip().lower()
            if named and named not in listed:
                label = request_type.label_of(step.email_field)
                return f"{label}: {_('Choose a person from the list.')}"
        return ""

    def _listed_for(self, department):
        if department not in self._listed:
            people = ApproverDirectoryEntry.objects.for_department(department)
            addresses = people.values_list("email", flat=True)
            self._listed[department] = {each.lower() for each in addresses}
        return self._listed[department]


def _objection(student_request, facts, policy):
    """Return what a policy objects to in a request on the day it was sent, or ""."""
    request_type, day = student_request.type, timezone.localdate(student_request.submitted_at)
    # Whom to ask is settled when a request is sent; no answer is refused for it afterward.
    asks = not request_type.approver_number
    situation = Situation(facts, day, policy, student_request.answers, policy_asks_approver=asks)
    # An advisor may let somebody ask whom the rules shut out; nobody asks for what is closed.
    if not policy.is_open:
        return policy.closed_text
    if not student_request.eligibility_override:
        verdict = request_type.eligibility(facts, day, policy)
        if not verdict.is_open:
            return str(verdict.reason)
    # Who approves is not a matter of numbers, and its form differs with the directory.
    people = {
        name for step in request_type.approval_steps for name in (step.name_field, step.email_field)
    }
    _values, errors = typed_answers(student_request, situation)
    return " ".join(
        f"{request_type.label_of(name)}: {' '.join(map(str, found))}"
        for page_errors in errors.values()
        for name, found in page_errors.items()
        if name not in people
    )

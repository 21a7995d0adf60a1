"""The answers to one type as columns of a spreadsheet, in the words of the case page."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from isso.home.spreadsheet import cell
from isso.requests.records.reading import facts_of_all

from ..answers import readable, readable_pages
from ..models import ApproverDirectoryEntry, Snapshot
from ..models.policy import policy_in_force
from ..registry import get_type
from ..request_form import Situation


@dataclass(frozen=True)
class Asked:
    """One answer or one place for files, as some version of the type asks for it."""

    label: Any
    page: Any
    field: Any = None


class AnswerColumns:
    """One column for each answer and file slot of a type; an older form may have asked for more.

    ``versions`` are those the requests were made with. The newest one that asks for a name says
    what it is called and where it stands.
    """

    def __init__(self, type_key, versions=()):
        newest_first = sorted(versions, reverse=True) or [None]
        self._asked = {}
        for version in newest_first:
            for name, asked in _asked(get_type(type_key, version)):
                self._asked.setdefault(name, asked)
        self._policy = policy_in_force(type_key)
        self._directory = ()
        if self._policy.asks_directory:
            self._directory = tuple(ApproverDirectoryEntry.objects.filter(is_active=True))

    @property
    def header(self):
        """The label of each column, with the page where two would be called alike."""
        often = Counter(str(each.label) for each in self._asked.values())
        return [
            cell(each.label if often[str(each.label)] == 1 else f"{each.label} ({each.page})")
            for each in self._asked.values()
        ]

    def read(self, student_requests):
        """Return by primary key the cells of many requests, in two queries."""
        facts = facts_of_all({each.student for each in student_requests})
        first, last = {}, {}
        for sent in Snapshot.objects.filter(student_request__in=student_requests).order_by(
            "number"
        ):
            first.setdefault(sent.student_request_id, sent)
            # The last one counts: what is being changed in a clarification is not sent yet.
            last[sent.student_request_id] = sent
        today = timezone.localdate()
        return {
            each.pk: self._cells(
                each.type, facts[each.student_id], today, first[each.pk], last[each.pk]
            )
            if each.pk in last
            else [""] * len(self._asked)
            for each in student_requests
        }

    def _cells(self, request_type, facts, today, first, last):
        answers, number = last.answers, request_type.approver_number
        situation = Situation(
            facts,
            today,
            self._policy,
            answers,
            self._approvers(request_type, facts),
            # Of the day it was first sent, as StudentRequest.policy_asks_approver says.
            policy_asks_approver=not number or bool(first.policy.get("numbers", {}).get(number)),
        )
        words = {
            name: readable(self._asked[name].field, value)
            for name, value in answers.items()
            if name in self._asked
        }
        # The form of this person knows words that the type cannot, such as names of the family.
        for _page, rows in readable_pages(request_type, answers, situation):
            words |= {row.name: row.value for row in rows}
        for file in last.files:
            words[file["slot"]] = ", ".join(filter(None, (words.get(file["slot"]), file["name"])))
        return [cell(words.get(name, "")) for name in self._asked]

    def _approvers(self, request_type, facts):
        if not (request_type.approval_steps and self._policy.asks_directory):
            return None
        return tuple(each for each in self._directory if each.serves(facts.department))


def _asked(request_type):
    for page in request_type.pages:
        for name, field in page.form.base_fields.items() if page.form else ():
            yield name, Asked(request_type.label_of(name), page.title, field)
        for slot in page.slots:
            yield slot.name, Asked(slot.label, page.title)

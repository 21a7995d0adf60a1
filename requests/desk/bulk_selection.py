"""The rows of the queue somebody wants to do something to, and what the page shows of them."""

from collections import Counter

from django.core import signing
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.functional import cached_property

from ..bulk import objection
from ..models import BulkRow, BulkRun, StudentRequest
from .queue_rows import rows_asked_for

# Of one run; more are narrowed by a filter first.
MOST = 2000
SALT = "requests.bulk"
# In seconds: what was looked at longer ago is looked at anew.
MAY_WAIT = 12 * 60 * 60


class NothingChosen(Exception):
    """The address names no rows, or no list."""


class Selection:
    """Marked rows, all of a list, or what an earlier run left undone; always within the list."""

    def __init__(self, user, asked):
        self.user = user
        self.again = _number(asked.get("again"))
        if self.again:
            run = BulkRun.objects.visible_to(user).filter(pk=self.again).first()
            if run is None:
                raise NothingChosen
            self.view_key, self.query = run.view_key, run.query
        else:
            self.view_key, self.query = asked.get("view", ""), asked.get("query", "")
        self.is_all = "all" in asked
        self.marked = [key for key in map(_number, asked.getlist("rows")) if key]

    @cached_property
    def listed(self):
        """The whole list, as it stands at this moment."""
        try:
            return rows_asked_for(self.user, self.view_key, QueryDict(self.query))
        except KeyError as error:
            raise NothingChosen from error

    @cached_property
    def rows(self):
        """The requests chosen, in the order of the list; one more than ``MOST`` at most."""
        listed = self.listed
        if self.is_all and not self.again:
            chosen = StudentRequest.objects.filter(pk__in=listed.values("pk")[: MOST + 1])
        else:
            # Each is asked for by its key, whatever else stands in the list.
            is_listed = Exists(listed.order_by().filter(pk=OuterRef("pk")))
            chosen = StudentRequest.objects.filter(is_listed, pk__in=self._named())
        found = list(
            chosen.select_related("current_approval", "assignee")
            .defer("office_answers", "outcome_note", "recorded_text")
            .order_by(*listed.query.order_by)[: MOST + 1]
        )
        if not found:
            raise NothingChosen
        return found

    def _named(self):
        if not self.again:
            return self.marked
        undone = BulkRow.objects.filter(run=self.again, outcome=BulkRow.Outcome.NOT_DONE)
        return undone.values("student_request")

    @property
    def is_too_long(self):
        """Whether it is more than one run takes."""
        return len(self.rows) > MOST

    def kinds(self):
        """Return (type, status, how many) of the rows, the most frequent first."""
        kinds = Counter((str(each.type.title), str(each.staff_label)) for each in self.rows)
        return [(title, status, number) for (title, status), number in kinds.most_common()]

    def left_alone(self, action, to=None):
        """Return (reason, requests) for what the action will not touch, as far as is known."""
        reasons = {}
        for each in self.rows:
            if reason := objection(action, each, to):
                reasons.setdefault(str(reason), []).append(each)
        return sorted(reasons.items(), key=lambda found: -len(found[1]))

    def seal(self, action):
        """Return what was shown, signed: these rows as they are now, for this user and action."""
        seen = [[each.pk, each.version] for each in self.rows]
        shown = [self.user.pk, action, self.view_key, self.query, seen]
        return signing.dumps(shown, salt=SALT, compress=True)


def unseal(sealed, user, action):
    """Return (view, query, [(key, version)]) of what this user was shown, or None."""
    try:
        shown = signing.loads(sealed, salt=SALT, max_age=MAY_WAIT)
    except signing.BadSignature:
        return None
    user_key, for_action, view_key, query, seen = shown
    if (user_key, for_action) != (user.pk, action):
        return None
    return view_key, query, [tuple(each) for each in seen]


def _number(text):
    text = str(text or "")
    # Longer ones are no keys, and too large for a database.
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 16 else 0

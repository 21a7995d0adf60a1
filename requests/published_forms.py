"""The shelf of office forms: what supervisors have published, as request types.

Every process keeps them until their stamp changes. The stamp is read along with the settings of
the office at hand, in the same query, once in a request or job; so what one process publishes,
all others offer with their next request.
"""

from dataclasses import dataclass, field

from django.db.models import BigIntegerField, F, Func, Subquery, Sum

from isso.home.naming import office_at_hand

from .models import OfficeForm, OfficeFormVersion
from .models.office_form import STAMP
from .office_forms.building import OfficeFormType
from .office_forms.definition import from_plain


def stamp_expression():
    """Return what the settings of an office are read with: the sum of all turns."""
    whole = Func(F("turn"), function="SUM", output_field=BigIntegerField())
    return Subquery(OfficeForm.objects.order_by().values(sum=whole))


@dataclass
class Kept:
    """Everything published when the stamp was read."""

    stamp: int
    # By key and number: whether the form is offered now, and its content as kept.
    rows: dict = field(default_factory=dict)
    newest: dict = field(default_factory=dict)
    built: dict = field(default_factory=dict)


class PublishedForms:
    """Reads what is published, builds types when they are first asked for, and keeps both."""

    def __init__(self):
        self._kept = Kept(0)

    def offered(self):
        """Return by key the newest version of each form that is live."""
        return {key: each for key, each in self.newest().items() if each.is_offered}

    def newest(self):
        """Return by key the newest version of each form, also of the withdrawn ones."""
        kept = self._now()
        return {key: _built(kept, key, number) for key, number in kept.newest.items()}

    def version(self, key, number):
        """Return one version of one form, or None."""
        kept = self._now()
        if (key, number) not in kept.rows:
            # Published, and used by a draft, after this request had begun.
            kept = self._kept = _read(_fresh_stamp())
        if (key, number) not in kept.rows:
            return None
        return _built(kept, key, number)

    def _now(self):
        stamp = _stamp()
        if self._kept.stamp != stamp:
            self._kept = _read(stamp)
        return self._kept


def _stamp():
    office = office_at_hand.get()
    if office is not None and hasattr(office, STAMP):
        return int(getattr(office, STAMP) or 0)
    return _fresh_stamp()


def _fresh_stamp():
    return int(OfficeForm.objects.aggregate(sum=Sum("turn"))["sum"] or 0)


def _read(stamp):
    kept = Kept(stamp)
    if not stamp:
        return kept
    rows = OfficeFormVersion.objects.order_by("form__title", "key", "number")
    for key, number, content, is_live in rows.values_list("key", "number", "content", "form__live"):
        kept.rows[key, number] = is_live, content
        kept.newest[key] = number
    return kept


def _built(kept, key, number):
    if (key, number) not in kept.built:
        is_live, content = kept.rows[key, number]
        built = OfficeFormType(key, number, from_plain(content))
        built.is_offered = is_live
        kept.built[key, number] = built
    return kept.built[key, number]

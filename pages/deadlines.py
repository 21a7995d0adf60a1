"""The deadlines with a date that stand on the pages, for whoever lists dates."""

import datetime as dt
import json
from dataclasses import dataclass

from django.db.models import TextField
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page

from .models.base import BodyMixin, page_models
from .tree import is_public


@dataclass(frozen=True)
class PageDeadline:
    """One deadline block with a date, and the page it stands on."""

    key: str
    title: str
    date: dt.date
    words: str
    url: str
    edited_at: dt.datetime


def dated_deadlines() -> list[PageDeadline]:
    """Read the deadlines of every public page, in one query."""
    # From the page down to its own kind: asking each kind whether its pages are public would
    # make one long question out of twenty.
    kinds = [model for model in page_models() if issubclass(model, BodyMixin)]
    bodies = [Cast(f"{model._meta.model_name}__body", TextField()) for model in kinds]
    rows = (
        Page.objects.filter(is_public(), last_published_at__isnull=False)
        .annotate(stored=Coalesce(*bodies))
        .filter(stored__contains='"deadline"')
        .order_by()
        .values_list("pk", "url_path", "last_published_at", "stored")
    )
    return [deadline for row in rows for deadline in _of_page(*row)]


def _of_page(pk, url_path, edited_at, stored):
    for block in json.loads(stored):
        value = block["value"]
        if block["type"] == "deadline" and value.get("date"):
            yield PageDeadline(
                key=block["id"],
                title=value["title"],
                date=dt.date.fromisoformat(value["date"]),
                words="\n\n".join(filter(None, [value.get("rule"), value.get("note")])),
                url=Page(pk=pk, url_path=url_path).url,
                edited_at=edited_at,
            )

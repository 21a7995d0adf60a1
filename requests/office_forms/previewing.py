"""How a form would meet one student: the verdict, then every page with everything it may ask."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..request_form import Situation
from .asking import when_asked
from .building import OfficeFormType


@dataclass(frozen=True)
class PreviewPage:
    """One page: its questions as they stand there, and what is asked only after an answer."""

    page: Any
    form: Any
    slots: tuple
    # (label, the sentence that says when it is asked)
    only_if: list


def preview_of(type_key, definition, sample, today, policy):
    """Return what the template of the preview shows."""
    request_type = OfficeFormType(type_key, 0, definition)
    situation = Situation(sample.facts, today, policy, _answers_that_show_all(definition))
    return {
        "type": request_type,
        "sample": sample,
        "verdict": request_type.eligibility(sample.facts, today, policy),
        "pages": [
            PreviewPage(
                page,
                page.form(situation=situation) if page.form else None,
                page.slots,
                _only_if(definition, _names_of(page)),
            )
            for page in request_type.pages
        ],
        "dates": request_type.date_lines(situation),
        "questions": [
            field for step in request_type.approval_steps for field in step.questionnaire()
        ],
        "office_only_if": _only_if(definition, {each.name for each in definition.for_office}),
        "office_form": request_type.office_form and request_type.office_form(situation=situation),
    }


def _answers_that_show_all(definition):
    """Return answers with which nothing is left out: a list answers a choice in every way."""
    return {
        each.name: list(each.options) or [_("an answer")]
        for each in definition.fields
        if each.names == (each.name,)
    }


def _names_of(page):
    return {*(page.form.base_fields if page.form else ()), *(slot.name for slot in page.slots)}


def _only_if(definition, names):
    """Return (label, sentence) for those of these fields that hang on an answer."""
    labels = {each.name: each.label for each in definition.fields}
    found = []
    for field in definition.fields:
        if field.show_if is None or names.isdisjoint({field.name, *field.names}):
            continue
        question = labels.get(field.show_if.name, field.show_if.name)
        found.append((field.label, when_asked(field.show_if, question)))
    return found

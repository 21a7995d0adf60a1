"""From the answers as typed to forms, typed values and words on the screen."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.requests.records.reading import facts_for

from .amount_field import Amount
from .form_fields import Money
from .models.approval import ApproverDirectoryEntry
from .models.policy import policy_in_force
from .prices import with_prices
from .request_form import FormPage, Situation


@dataclass(frozen=True)
class AnswerRow:
    """One answer or file slot as people read it."""

    name: str
    label: Any
    value: str
    approver_sees: bool


def situation_of(student_request, facts=None, today=None, policy=None):
    """Gather what the type's forms and rules may know about this request."""
    facts = facts or facts_for(student_request.student)
    policy = policy or policy_in_force(student_request.type_key)
    return Situation(
        facts=with_prices(facts, student_request, today),
        today=today or timezone.localdate(),
        policy=policy,
        answers=student_request.answers,
        approvers=_listed_approvers(student_request.type, facts, policy),
        policy_asks_approver=student_request.policy_asks_approver,
    )


def _listed_approvers(request_type, facts, policy):
    if not (request_type.approval_steps and policy.asks_directory):
        return None
    return tuple(ApproverDirectoryEntry.objects.for_department(facts.department))


def form_for(page: FormPage, situation, data=None, names=None):
    """Return the page's form: bound to ``data``, or showing the saved answers.

    ``names`` keeps only these fields, for a clarification that opens nothing else.
    """
    form = page.form(data, situation=situation, initial=situation.answers)
    if names is not None:
        for name in list(form.fields):
            if name not in names:
                form.fields[name].disabled = True
    return form


def as_form_data(answers):
    """Return saved answers in the shape a browser would post them."""
    return MultiValueDict(
        {
            name: [str(each) for each in value] if isinstance(value, list) else [str(value)]
            for name, value in answers.items()
            if value is not None
        }
    )


def bound_forms(student_request, situation):
    """Return each page's form, bound to the saved answers, in the order of the pages."""
    data = as_form_data(student_request.answers)
    return [
        (page, page.form(data, situation=situation))
        for page in student_request.type.pages
        if page.form
    ]


def typed_answers(student_request, situation):
    """Return (typed values, errors by page slug) of everything asked.

    A value stands even where a rule now objects to it: an employment that has been approved
    keeps its dates when they have become past. A value that cannot be read at all is None.
    """
    values, errors = {}, {}
    for page, form in bound_forms(student_request, situation):
        if not form.is_valid():
            errors[page.slug] = {name: _sentences(form, name) for name in form.errors}
        values |= {name: _typed(form, name) for name in form.fields if name not in form.unasked}
    return values, errors


def entries_of(student_request):
    """Return what these answers leave to key into SEVIS, the record being as it is."""
    situation = situation_of(student_request)
    cleaned, _errors = typed_answers(student_request, situation)
    return student_request.type.sevis_entries(cleaned, situation.facts)


def _sentences(form, name):
    """Return the errors of one field in the words that stand beside it."""
    return form[name].error_lines if name in form.fields else list(form.errors[name])


def _typed(form, name):
    field = form.fields[name]
    raw = field.widget.value_from_datadict(form.data, {}, name)
    try:
        return field.clean(raw)
    except forms.ValidationError:
        return None


def readable_pages(request_type, answers, situation, only=None):
    """Return [(page, [AnswerRow])] with every answer in the words of its form.

    ``only`` is one page to read instead of all.
    """
    pages = []
    for page in [only] if only else request_type.pages:
        if page.form is None:
            continue
        form = page.form(situation=situation, initial=answers)
        rows = [
            AnswerRow(
                name,
                _label(form, name),
                readable(field, answers.get(name)),
                name in request_type.approver_sees,
            )
            for name, field in form.fields.items()
            if name not in form.unasked
        ]
        pages.append((page, rows))
    return pages


def _label(form, name):
    """Return the words of a question; about one of several they name which one."""
    one_of_several = name in getattr(form, "numbered", ())
    return type(form).base_fields[name].label if one_of_several else form[name].label


def readable(field, value):
    """Return one answer in words; "" when nothing was answered."""
    if value in (None, "", []):
        return ""
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if isinstance(value, list):
        return ", ".join(choices.get(str(each), str(each)) for each in value)
    if choices:
        return choices.get(str(value), str(value))
    if isinstance(field, forms.DateField):
        try:
            return date_format(field.to_python(str(value)), "F j, Y")
        except forms.ValidationError:
            return str(value)
    if isinstance(field, (Amount, Money)):
        return field.in_words(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)

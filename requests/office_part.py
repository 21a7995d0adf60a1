"""What a form asks the office itself: filled in at the desk before approving, for its eyes alone.

The answers stand apart from the student's (``StudentRequest.office_answers``), so that no page,
mail, snapshot or link made for somebody else can carry them.
"""

from dataclasses import replace

from .answers import AnswerRow, as_form_data, readable, situation_of

# No field of an action on the same page begins so.
PREFIX = "office"


def office_form(student_request, answers=None, situation=None):
    """Return the office's part: as it stands, or bound to these answers, as typed."""
    typed = student_request.office_answers if answers is None else answers
    situation = situation or situation_of(student_request)
    known = replace(situation, answers=student_request.answers | typed)
    data = None
    if answers is not None:
        data = as_form_data({f"{PREFIX}-{name}": value for name, value in answers.items()})
    return student_request.type.office_form(data, situation=known, initial=typed, prefix=PREFIX)


def office_answers_in(student_request, data):
    """Return what was posted into the office's part, as it would be kept."""
    fields = student_request.type.office_form.base_fields
    typed = {
        name: field.widget.value_from_datadict(data, {}, f"{PREFIX}-{name}")
        for name, field in fields.items()
    }
    return {name: _without_nul(value) for name, value in typed.items() if value not in (None, "")}


def _without_nul(value):
    # PostgreSQL's JSON holds no NUL character.
    if isinstance(value, list):
        return [each.replace("\x00", "") for each in value]
    return value.replace("\x00", "")


def office_rows(student_request, situation=None):
    """Return an ``AnswerRow`` for each question to the office, in words; [] where there is none."""
    if student_request.type.office_form is None:
        return []
    form = office_form(student_request, situation=situation)
    return [
        AnswerRow(
            name,
            form[name].label,
            readable(field, student_request.office_answers.get(name)),
            approver_sees=False,
        )
        for name, field in form.fields.items()
        if name not in form.unasked
    ]


def open_in_office_part(student_request, situation=None):
    """Return the labels of what the office has to fill in or mend before it can approve."""
    if student_request.type.office_form is None:
        return []
    form = office_form(student_request, student_request.office_answers, situation)
    return [str(form[name].label) for name in form.errors]


def what_changes(student_request, answers):
    """Return in lines what the office's answers were and become, for the history."""
    before, lines = student_request.office_answers, []
    for name, field in student_request.type.office_form.base_fields.items():
        old, new = readable(field, before.get(name)), readable(field, answers.get(name))
        if old != new:
            lines.append(f"{field.label}: {old} → {new or '–'}" if old else f"{field.label}: {new}")
    return "\n".join(lines)

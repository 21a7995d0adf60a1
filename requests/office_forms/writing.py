"""From a definition to what stands in the editor: for forms that come with the software."""

from .definition import Definition, Field


def as_columns(definition: Definition):
    """Return the values of an ``OfficeForm``'s columns that say just this."""
    return {
        "title": definition.title,
        "summary": definition.summary,
        "explanation": definition.explanation,
        "sections": [
            (
                "section",
                {
                    "title": each.title,
                    "intro": each.intro,
                    "fields": [_field(field) for field in each.fields],
                },
            )
            for each in definition.sections
        ],
        "documents": [_field(each) for each in definition.documents],
        "conditions": [_condition(each) for each in definition.conditions],
        "asks_approver": definition.asks_approver,
        "questions": [_field(each, is_for_student=False) for each in definition.questions],
        "attestations": "\n".join(definition.attestations),
        "stock_reasons": "\n".join(definition.stock_reasons),
        "releases": definition.releases,
        "target_days": definition.target_days,
        "topic": definition.topic,
        "audience": definition.audience,
        "also_called": "\n".join(definition.also_called),
        "citation": definition.citation,
    }


def _field(field: Field, *, is_for_student=True):
    said = {
        "label": field.label,
        "name": field.name,
        "help": field.help,
        "required": field.required,
    }
    if field.options:
        said["options"] = "\n".join(field.options)
    if is_for_student:
        said["audience"] = str(field.audience)
    said["show_if"] = field.show_if.name if field.show_if else ""
    said["show_if_answers"] = "\n".join(field.show_if.answers) if field.show_if else ""
    return field.kind, said


def _condition(condition):
    if condition.values:
        return condition.name, {"values": list(condition.values)}
    return condition.name, {"days": condition.days} if condition.days is not None else None

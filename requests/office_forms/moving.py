"""What answers to one version of a form are worth in the next: kept by the name of their field."""

from dataclasses import dataclass, field

from django import forms


@dataclass(frozen=True)
class Moved:
    """Answers that stand in the newer version, and the names of those that do not."""

    kept: dict = field(default_factory=dict)
    left: tuple[str, ...] = ()


def moved_answers(answers, old, new):
    """Return what becomes of these answers, as typed, between two versions of a type.

    An answer stays where its field has its name and takes it: also a wrong one, where the kind of
    the field is what it was, since a draft keeps what was typed.
    """
    kept, left = {}, []
    for name, value in answers.items():
        if value in (None, "", []):
            continue
        before, after = _field(old, name), _field(new, name)
        if after is not None and _takes(before, after, value):
            kept[name] = value
        else:
            left.append(name)
    return Moved(kept, tuple(left))


def _field(request_type, name):
    page = request_type.page_of(name)
    return page.form.base_fields.get(name) if page and page.form else None


def _takes(before, after, value):
    options = getattr(after, "choices", None)
    given = value if isinstance(value, list) else [value]
    if isinstance(after, forms.MultipleChoiceField) != isinstance(value, list):
        return False
    if options is not None:
        return {str(each) for each in given} <= {str(key) for key, _label in options}
    if before is not None and _asks_the_same(before, after):
        return True
    try:
        after.clean(value)
    except forms.ValidationError:
        return False
    return True


def _asks_the_same(before, after):
    """Return whether two fields are of one kind; a phone and a text differ in a pattern alone."""
    return type(before) is type(after) and _patterns(before) == _patterns(after)


def _patterns(form_field):
    return [each for each in form_field.validators if hasattr(each, "regex")]

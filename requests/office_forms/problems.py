"""What is wrong with a definition: each problem with its place, and a sentence with the cure."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from isso.requests.records.countries import ALL_COUNTRIES

from ..request_form import Audience
from . import definition as kinds
from .conditions import CONDITIONS

NAME = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_NAME = 40
# What the portal's own pages send along with the answers.
RESERVED = (
    *("approver_name", "approver_email", "is_official", "attestations", "seen", "later"),
    *("step", "decision", "comment", "decided_name", "decided_title", "csrfmiddlewaretoken"),
)
MOST_TARGET_DAYS = 90
COUNTRIES = frozenset(name for name, _label in ALL_COUNTRIES)


@dataclass(frozen=True)
class Place:
    """Where a problem is: the list of fields, the section in it, the field, and its part."""

    part: str
    section: int | None = None
    index: int | None = None
    detail: str = ""


@dataclass(frozen=True)
class Problem:
    """One thing to mend."""

    place: Place
    sentence: str


def problems(form):
    """Return every problem of a definition, in its order; an empty list lets it be published."""
    found = []
    if not 1 <= form.target_days <= MOST_TARGET_DAYS:
        found.append(
            Problem(
                Place("target_days"),
                _("Enter between 1 and %(most)d business days.") % {"most": MOST_TARGET_DAYS},
            )
        )
    if not any(section.for_student for section in form.sections) and not form.documents:
        sentence = _("Add a section with a field that students answer, or a document.")
        found.append(Problem(Place("sections"), sentence))
    for number, section in enumerate(form.sections):
        if not section.fields:
            sentence = _("The section “%(title)s” asks nothing. Add a field, or remove it.")
            found.append(
                Problem(
                    Place("sections", number, None, "title"), sentence % {"title": section.title}
                )
            )
    found += _problems_of_fields(form, _places(form))
    found += _problems_of_fields(
        form, [(Place("questions", None, at), each) for at, each in enumerate(form.questions)]
    )
    if form.questions and not form.asks_approver:
        sentence = _("There are questions for an approver, but no approver is asked. Choose one.")
        found.append(Problem(Place("asks_approver"), sentence))
    return found + _problems_of_conditions(form.conditions)


def _places(form):
    """Return (place, field) for everything the student is asked."""
    return [
        (Place("sections", number, at), field)
        for number, section in enumerate(form.sections)
        for at, field in enumerate(section.fields)
    ] + [(Place("documents", None, at), field) for at, field in enumerate(form.documents)]


def _problems_of_fields(form, places):
    found, earlier, taken = [], {}, {}
    all_names = {field.name for _place, field in places}
    for place, field in places:
        for detail, sentence in (
            *_problems_of_name(field, taken),
            *_problems_of_options(field),
            *_problems_of_audience(field),
            *_problems_of_show_if(field, earlier, all_names),
        ):
            found.append(Problem(Place(place.part, place.section, place.index, detail), sentence))
        earlier[field.name] = field
        taken |= dict.fromkeys((field.name, *field.names), field)
    return found


def _problems_of_name(field, taken):
    words = {"label": field.label, "name": field.name}
    if not NAME.fullmatch(field.name) or len(field.name) > LONGEST_NAME:
        yield (
            "name",
            _(
                "“%(label)s”: the name “%(name)s” does not fit. Use small letters, digits and _ "
                "only, such as bank_name, and begin with a letter."
            )
            % words,
        )
    elif field.name in RESERVED:
        yield (
            "name",
            _("“%(label)s”: the portal itself uses the name “%(name)s”. Choose another.") % words,
        )
    else:
        for name in (field.name, *field.names):
            if name in taken:
                yield (
                    "name",
                    _("“%(label)s”: “%(other)s” has the name “%(name)s” already. Choose another.")
                    % {"label": field.label, "other": taken[name].label, "name": name},
                )
                break


def _problems_of_options(field):
    if field.kind not in kinds.WITH_OPTIONS:
        return
    if len(field.options) < 2 and field.kind == kinds.CHOICE:
        yield (
            "options",
            _("“%(label)s” is a choice without options. Write at least two, each on its own line.")
            % {"label": field.label},
        )
    elif not field.options:
        yield (
            "options",
            _("“%(label)s” has no boxes to tick. Write at least one option.")
            % {"label": field.label},
        )
    twice = {each for each in field.options if field.options.count(each) > 1}
    for option in sorted(twice):
        yield (
            "options",
            _("“%(label)s” has the option “%(option)s” twice. Remove one.")
            % {"label": field.label, "option": option},
        )


def _problems_of_audience(field):
    if field.kind == kinds.FILE and field.audience == Audience.OFFICE:
        yield (
            "audience",
            _(
                "“%(label)s” is a file, which only students upload here. Choose who reads it "
                "beside the office, or remove it."
            )
            % {"label": field.label},
        )


def _problems_of_show_if(field, earlier, all_names):
    if field.show_if is None:
        return
    asked = earlier.get(field.show_if.name)
    words = {"label": field.label, "name": field.show_if.name}
    if asked is None and field.show_if.name == field.name:
        yield "show_if", _("“%(label)s” cannot depend on itself. Name an earlier field.") % words
    elif asked is None and field.show_if.name in all_names:
        yield (
            "show_if",
            _(
                "“%(label)s” is shown by the answer to “%(name)s”, which is asked later. Move "
                "“%(name)s” up, or name an earlier field."
            )
            % words,
        )
    elif asked is None:
        yield (
            "show_if",
            _(
                "“%(label)s” is shown by the answer to “%(name)s”, but there is no such field. "
                "Name an earlier field, or clear the condition."
            )
            % words,
        )
    elif asked.kind in (kinds.FILE, kinds.ADDRESS):
        yield (
            "show_if",
            _("“%(label)s” cannot depend on a file or an address (“%(name)s”). Name another field.")
            % words,
        )
    elif asked.audience == Audience.OFFICE and field.audience != Audience.OFFICE:
        yield (
            "show_if",
            _(
                "“%(label)s” cannot depend on “%(name)s”, which the office alone answers. Name "
                "another field."
            )
            % words,
        )
    else:
        yield from _problems_of_answers(field, asked, words)


def _problems_of_answers(field, asked, words):
    """Yield what is wrong with the answers after which a field is asked."""
    for answer in field.show_if.answers:
        if asked.kind in kinds.WITH_OPTIONS and answer not in asked.options:
            yield (
                "show_if_answers",
                _("“%(label)s”: “%(answer)s” is no option of “%(name)s”. Copy one of: %(list)s")
                % (words | {"answer": answer, "list": ", ".join(asked.options)}),
            )
        elif asked.kind == kinds.COUNTRY and answer not in COUNTRIES:
            yield (
                "show_if_answers",
                _("“%(label)s”: SEVIS knows no country “%(answer)s”. Copy its name from the list.")
                % (words | {"answer": answer}),
            )
    # An amount or a day is written in more ways than one.
    if field.show_if.answers and asked.kind not in (*kinds.WITH_OPTIONS, kinds.COUNTRY):
        yield (
            "show_if_answers",
            _(
                "“%(label)s”: “%(name)s” is no choice, so people answer it in their own words. "
                "Clear the answers, or make “%(name)s” a choice."
            )
            % words,
        )


def _problems_of_conditions(conditions):
    found = []
    for at, condition in enumerate(conditions):
        known = CONDITIONS.get(condition.name)
        if known is None:
            sentence = _("There is no condition “%(name)s”. Choose one of the list.")
            found.append(
                Problem(Place("conditions", None, at), sentence % {"name": condition.name})
            )
            continue
        if known.choices and not condition.values:
            sentence = _("“%(label)s”: tick at least one.") % {"label": known.label}
            found.append(Problem(Place("conditions", None, at, "values"), sentence))
        if known.needs_days and condition.days is None:
            sentence = _("“%(label)s”: enter the number of days.") % {"label": known.label}
            found.append(Problem(Place("conditions", None, at, "days"), sentence))
        if [each.name for each in conditions].index(condition.name) < at:
            sentence = _("“%(label)s” stands there twice. Remove one.") % {"label": known.label}
            found.append(Problem(Place("conditions", None, at), sentence))
    return found

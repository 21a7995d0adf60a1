"""From a definition to a request type of the same shape as those of the folder types/.

Nothing downstream knows the difference: the wizard, the checklist, the mails and the desk meet
pages, slots and approval steps as ever.
"""

from django.utils.html import escape
from django.utils.translation import gettext, gettext_lazy

from isso.home.naming import SHORT_NAME

from ..request_type import (
    ApprovalStep,
    Audience,
    FormPage,
    RequestForm,
    RequestType,
    Slot,
    Step,
)
from ..type_forms.approver import ApproverForm
from ..type_forms.questionnaire import Questionnaire
from . import definition as kinds
from .conditions import rules_of, window_of
from .definition import Definition, Field, shown_names
from .fields import fields_of

# No module of types/ can be called so: the keys of forms and of files never meet.
PREFIX = "form-"
ICON = "file-pen"
CITATION = gettext_lazy("Office practice")
ATTESTATION = gettext_lazy("What I wrote is true.")
STOCK_REASONS = (
    gettext_lazy("We cannot do this for you. Speak with our office."),
    gettext_lazy("An answer is missing or not clear."),
)


class OfficeFormType(RequestType):
    """A request type that says what its definition says."""

    needs_guide = False
    icon = ICON

    def __init__(self, key: str, version: int, definition: Definition):
        self.key, self.version, self.definition = key, version, definition
        self.title, self.summary = definition.title, definition.summary
        self.explanation = definition.explanation
        self.topic, self.audience = definition.topic, definition.audience
        self.also_called = definition.also_called
        self.citation = definition.citation or CITATION
        self.target_days, self.releases = definition.target_days, definition.releases
        self.rules = rules_of(definition.conditions)
        self.attestations = definition.attestations or (ATTESTATION,)
        self.stock_reasons = definition.stock_reasons or STOCK_REASONS
        self.pages = _pages(definition)
        self.approval_steps = _approval_steps(definition)
        self.steps = tuple(_steps(definition))
        self.office_only = frozenset(
            name
            for field in definition.fields
            if field.audience == Audience.OFFICE
            for name in field.names
        )

    def request_window(self, facts, policy):
        """The days around the end of the program, where the form names any."""
        return window_of(self.definition.conditions, facts, str(self.citation))


def _pages(definition):
    pages = [
        _page(definition, f"part-{number}", section.title, section.fields, section.intro)
        for number, section in enumerate(definition.sections, 1)
    ]
    if definition.documents:
        pages.append(_page(definition, "files", gettext_lazy("Your files"), definition.documents))
    if definition.asks_approver:
        title = gettext_lazy("Your academic/program advisor")
        pages.append(FormPage("approver", title, ApproverForm))
    return tuple(pages)


def _page(definition, slug, title, fields, intro=""):
    return FormPage(
        slug,
        title,
        _form(definition, [each for each in fields if each.kind != kinds.FILE]),
        tuple(_slot(definition, each) for each in fields if each.kind == kinds.FILE),
        intro,
        asked_if=_any_shown(definition, {each.name for each in fields}),
    )


def _any_shown(definition, names):
    return lambda answers: not names.isdisjoint(shown_names(definition, answers))


def _slot(definition, field):
    return Slot(
        field.name,
        field.label,
        field.help,
        field.required,
        approver_sees=field.audience == Audience.APPROVER,
        asked_if=_any_shown(definition, {field.name}) if field.show_if else None,
    )


class SectionForm(RequestForm):
    """One section: it asks what the answers so far lead to."""

    definition: Definition
    asks: tuple[Field, ...]

    def set_limits(self, situation):
        """Leave out what hangs on another page; what hangs on this one a script may show."""
        shown, unasked = shown_names(self.definition, situation.answers), set()
        asked = {}
        for field in self.asks:
            on_this_page = field.show_if and asked.get(field.show_if.name)
            if on_this_page:
                self._let_a_script_show(field, on_this_page, is_shown=field.name in shown)
                unasked |= set() if field.name in shown else set(field.names)
            elif field.name not in shown:
                for name in field.names:
                    del self.fields[name]
                continue
            asked[field.name] = field
        self.unasked = frozenset(unasked)

    def _let_a_script_show(self, field, controlling, *, is_shown):
        answers = field.show_if.answers or controlling.options
        for name in field.names:
            form_field = self.fields[name]
            if answers and not any(sign in each for each in answers for sign in "=|"):
                wanted = f"{controlling.name}={'|'.join(answers)}"
                form_field.widget.attrs["data-show-if"] = wanted
            if not is_shown:
                form_field.required = False
                # Without a script it stands there, too, and says when to answer it.
                sentence = escape(when_asked(field.show_if, controlling.label))
                form_field.help_text = f"{sentence} {form_field.help_text}".strip()


def when_asked(show_if, question):
    """Return in a sentence after which answers to ``question`` something is asked."""
    words = {
        "question": question,
        "answers": gettext(" or ").join(f"“{each}”" for each in show_if.answers),
    }
    if not show_if.answers:
        return gettext("Only if “%(question)s” is answered.") % words
    return gettext("Only if “%(question)s” is answered with %(answers)s.") % words


def _form(definition, fields):
    """Return the form class of these fields, or None where a section asks for files alone."""
    if not fields:
        return None
    stated = {
        "definition": definition,
        "asks": tuple(fields),
        "approver_sees": tuple(
            name for each in fields if each.audience == Audience.APPROVER for name in each.names
        ),
    }
    # The fields stand in a class of their own: one of them may be called “asks”, too.
    base = type("SectionOfForm", (SectionForm,), stated)
    return type("Section", (base,), _form_fields(fields))


def _form_fields(fields):
    return {name: made for each in fields for name, made in fields_of(each).items()}


def _approval_steps(definition):
    if not definition.asks_approver:
        return ()
    questionnaire = type("Questions", (Questionnaire,), _form_fields(definition.questions))
    return (ApprovalStep(gettext_lazy("Academic/program advisor"), questionnaire),)


def _steps(definition):
    you = gettext_lazy("You")
    yield Step(gettext_lazy("Answer the questions and send the request."), you)
    if definition.asks_approver:
        yield Step(
            gettext_lazy("The person you name gets a link and approves."),
            gettext_lazy("Academic/program advisor"),
        )
    yield Step(gettext_lazy("We check your request and decide."), SHORT_NAME)
    if definition.releases:
        yield Step(gettext_lazy("Download what we have made for you."), you)

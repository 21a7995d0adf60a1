"""From a definition to a request type of the same shape as those of the folder types/.

Nothing downstream knows the difference: the wizard, the checklist, the mails and the desk meet
pages, slots and approval steps as ever.
"""

from django.utils.translation import gettext_lazy

from isso.home.naming import SHORT_NAME

from ..request_form import Audience, FormPage, Slot
from ..request_type import ApprovalStep, RequestType, Step
from ..type_forms.approver import ApproverForm
from . import definition as kinds
from .asking import Questions, SectionForm
from .conditions import rules_of, window_of
from .definition import Definition, shown_names
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
        self.office_form = _form(definition, definition.for_office)

    def request_window(self, facts, policy):
        """The days around the end of the program, where the form names any."""
        return window_of(self.definition.conditions, facts, str(self.citation))


def _pages(definition):
    pages = [
        _page(definition, f"part-{number}", section.title, section.for_student, section.intro)
        for number, section in enumerate(definition.sections, 1)
        if section.for_student
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


def _form(definition, fields):
    """Return the form class of these fields, or None where there are none but files."""
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
    base = type("QuestionsOfForm", (Questions,), {"asks": definition.questions})
    questionnaire = type("Questions", (base,), _form_fields(definition.questions))
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

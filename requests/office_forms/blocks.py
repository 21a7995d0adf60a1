"""What a supervisor puts an office form together from, in the admin's own editor of blocks."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..request_form import Audience
from . import definition as kinds
from .conditions import CONDITIONS

AUDIENCES = [
    (Audience.STUDENT.value, _("The student and the office")),
    (Audience.APPROVER.value, _("The student, the approver and the office")),
    (Audience.OFFICE.value, _("The office alone, which fills it in")),
]
# Label, icon, and what stands beside it where a supervisor chooses.
LABELS = {
    kinds.TEXT: (_("Text"), "pilcrow", _("A few words on one line.")),
    kinds.LONG_TEXT: (_("Long text"), "doc-full", _("Several sentences.")),
    kinds.NUMBER: (_("Number"), "order", _("A whole number, such as 12.")),
    kinds.MONEY: (_("Money"), "tag", _("Whole US dollars.")),
    kinds.DATE: (_("Date"), "date", _("A day, chosen or typed.")),
    kinds.CHOICE: (_("Choice"), "list-ul", _("One of several options.")),
    kinds.CHECKBOXES: (_("Checkboxes"), "tick-inverse", _("Any number of several options.")),
    kinds.EMAIL: (_("E-mail"), "mail", _("An e-mail address, checked for its form.")),
    kinds.PHONE: (_("Phone"), "mobile-alt", _("A phone number, of any country.")),
    kinds.ADDRESS: (_("Address"), "home", _("Street, city, region, postal code and country.")),
    kinds.COUNTRY: (_("Country"), "globe", _("One of the countries that SEVIS knows.")),
    kinds.FILE: (_("File"), "upload", _("A PDF or a picture, checked for viruses.")),
}
NAME_HELP = _(
    "In small letters, such as bank_name. Answers hang on it: keep it when you change the words."
)


def _words():
    """Return what every field says of itself."""
    return [
        (
            "label",
            blocks.CharBlock(
                label=_("Question"),
                max_length=200,
                help_text=_("What people read above the field. Ask for one thing."),
            ),
        ),
        ("name", blocks.CharBlock(label=_("Name"), max_length=40, help_text=NAME_HELP)),
        (
            "help",
            blocks.CharBlock(
                label=_("Help"),
                max_length=300,
                required=False,
                help_text=_("A hint below the question, such as where the answer is printed."),
            ),
        ),
        (
            "required",
            blocks.BooleanBlock(
                label=_("Must be answered"),
                required=False,
                default=True,
                help_text=_("The form cannot be sent without it, where it is asked."),
            ),
        ),
    ]


def _options(kind):
    if kind not in kinds.WITH_OPTIONS:
        return []
    help_text = _("One on each line.")
    return [
        (
            "options",
            blocks.TextBlock(label=_("Options"), rows=4, required=False, help_text=help_text),
        )
    ]


def _audience():
    """Return whom a field is for."""
    return [
        (
            "audience",
            blocks.ChoiceBlock(
                label=_("Who reads it"),
                choices=AUDIENCES,
                default=Audience.STUDENT.value,
                help_text=_(
                    "Give the approver only what the decision needs. What is for the office alone "
                    "is filled in at the desk before approving; students never see it."
                ),
            ),
        ),
    ]


def _show_if():
    """Return after which answer a field is asked."""
    return [
        (
            "show_if",
            blocks.CharBlock(
                label=_("Ask only if this field is answered"),
                required=False,
                max_length=40,
                help_text=_("The name of an earlier field. Leave it empty to ask always."),
            ),
        ),
        (
            "show_if_answers",
            blocks.TextBlock(
                label=_("… with one of these answers"),
                required=False,
                rows=2,
                help_text=_(
                    "One on each line, as written there, if it is a choice, checkboxes or a "
                    "country. Empty means any answer."
                ),
            ),
        ),
    ]


class FieldBlock(blocks.StructBlock):
    """One field of one kind."""

    def __init__(self, kind, *, is_for_student=True, **kwargs):
        label, icon, description = LABELS[kind]
        audience = _audience() if is_for_student else []
        parts = [*_words(), *_options(kind), *audience, *_show_if()]
        super().__init__(parts, label=label, icon=icon, description=description, **kwargs)


def field_blocks(of_kinds, *, is_for_student=True):
    """Return the blocks of these kinds, for a stream of fields."""
    return [(kind, FieldBlock(kind, is_for_student=is_for_student)) for kind in of_kinds]


class SectionBlock(blocks.StructBlock):
    """One page of the form."""

    title = blocks.CharBlock(
        label=_("Title"), max_length=120, help_text=_("Stands above the page and in its steps.")
    )
    intro = blocks.TextBlock(
        label=_("Introduction"),
        required=False,
        rows=2,
        max_length=600,
        help_text=_("What to know before answering; one or two sentences."),
    )
    fields = blocks.StreamBlock(
        field_blocks(kinds.KINDS),
        label=_("Fields"),
        required=False,
        help_text=_("Asked in this order. A short page is answered, a long one is left."),
    )

    class Meta:
        icon = "doc-empty"
        label = _("Section")
        description = _("One page of questions with a title.")


def _condition_block(known):
    parts = []
    if known.choices:
        chosen = blocks.MultipleChoiceBlock(
            label=known.label, choices=known.choices, help_text=_("Choose at least one.")
        )
        parts.append(("values", chosen))
    if known.needs_days:
        days = blocks.IntegerBlock(
            label=_("Days"),
            min_value=0,
            max_value=1000,
            help_text=_("Calendar days, counted from the program end date."),
        )
        parts.append(("days", days))
    said = {"label": known.label, "icon": "tick", "description": known.help}
    if not parts:
        return blocks.StaticBlock(admin_text=known.label, **said)
    return blocks.StructBlock(parts, **said)


SECTION_BLOCKS = [("section", SectionBlock())]
DOCUMENT_BLOCKS = field_blocks([kinds.FILE])
QUESTION_BLOCKS = field_blocks(kinds.QUESTION_KINDS, is_for_student=False)
CONDITION_BLOCKS = [(name, _condition_block(known)) for name, known in CONDITIONS.items()]

"""What a supervisor puts an office form together from, in the admin's own editor of blocks."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..request_type import Audience
from . import definition as kinds
from .conditions import CONDITIONS

AUDIENCES = [
    (Audience.STUDENT.value, _("The student and the office")),
    (Audience.APPROVER.value, _("The student, the approver and the office")),
    (Audience.OFFICE.value, _("Once it is sent, the office alone")),
]
LABELS = {
    kinds.TEXT: (_("Text"), "pilcrow"),
    kinds.LONG_TEXT: (_("Long text"), "doc-full"),
    kinds.NUMBER: (_("Number"), "order"),
    kinds.MONEY: (_("Money"), "tag"),
    kinds.DATE: (_("Date"), "date"),
    kinds.CHOICE: (_("Choice"), "list-ul"),
    kinds.CHECKBOXES: (_("Checkboxes"), "tick-inverse"),
    kinds.EMAIL: (_("E-mail"), "mail"),
    kinds.PHONE: (_("Phone"), "mobile-alt"),
    kinds.ADDRESS: (_("Address"), "home"),
    kinds.COUNTRY: (_("Country"), "globe"),
    kinds.FILE: (_("File"), "upload"),
}
NAME_HELP = _(
    "In small letters, such as bank_name. Answers hang on it: keep it when you change the words."
)


def _words():
    """Return what every field says of itself."""
    return [
        ("label", blocks.CharBlock(label=_("Question"), max_length=200)),
        ("name", blocks.CharBlock(label=_("Name"), max_length=40, help_text=NAME_HELP)),
        ("help", blocks.CharBlock(label=_("Help"), max_length=300, required=False)),
        (
            "required",
            blocks.BooleanBlock(label=_("Must be answered"), required=False, default=True),
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


def _reading():
    """Return who reads a field, and after which answer it is asked."""
    return [
        (
            "audience",
            blocks.ChoiceBlock(
                label=_("Who reads it"), choices=AUDIENCES, default=Audience.STUDENT.value
            ),
        ),
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
                help_text=_("One on each line, as written there. Empty means any answer."),
            ),
        ),
    ]


class FieldBlock(blocks.StructBlock):
    """One field of one kind."""

    def __init__(self, kind, *, is_for_student=True, **kwargs):
        label, icon = LABELS[kind]
        reading = _reading() if is_for_student else []
        super().__init__([*_words(), *_options(kind), *reading], label=label, icon=icon, **kwargs)


def field_blocks(of_kinds, *, is_for_student=True):
    """Return the blocks of these kinds, for a stream of fields."""
    return [(kind, FieldBlock(kind, is_for_student=is_for_student)) for kind in of_kinds]


class SectionBlock(blocks.StructBlock):
    """One page of the form."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    intro = blocks.TextBlock(label=_("Introduction"), required=False, rows=2, max_length=600)
    fields = blocks.StreamBlock(field_blocks(kinds.KINDS), label=_("Fields"), required=False)

    class Meta:
        icon = "doc-empty"
        label = _("Section")


def _condition_block(known):
    parts = []
    if known.choices:
        parts.append(
            ("values", blocks.MultipleChoiceBlock(label=known.label, choices=known.choices))
        )
    if known.needs_days:
        parts.append(("days", blocks.IntegerBlock(label=_("Days"), min_value=0, max_value=1000)))
    if not parts:
        return blocks.StaticBlock(label=known.label, admin_text=known.label, icon="tick")
    return blocks.StructBlock(parts, label=known.label, icon="tick")


SECTION_BLOCKS = [("section", SectionBlock())]
DOCUMENT_BLOCKS = field_blocks([kinds.FILE])
QUESTION_BLOCKS = field_blocks(kinds.QUESTION_KINDS, is_for_student=False)
CONDITION_BLOCKS = [(name, _condition_block(known)) for name, known in CONDITIONS.items()]

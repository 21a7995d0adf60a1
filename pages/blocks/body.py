"""The list of blocks a page body is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .contact import ContactBlock
from .duties import ChecklistBlock, DeadlineBlock
from .links import FormLinkBlock, RelatedPagesBlock, RequestLinkBlock, VideoBlock
from .ordered import StepsBlock
from .questions import QuestionsBlock
from .tables import CompareBlock, GlossaryBlock, TableBlock
from .text import CalloutBlock, ParagraphBlock

TEXT, GUIDE, ONWARD = _("Text"), _("Guide"), _("Onward")

BODY_BLOCKS = [
    ("paragraph", ParagraphBlock(group=TEXT)),
    ("callout", CalloutBlock(group=TEXT)),
    ("table", TableBlock(group=TEXT)),
    ("compare", CompareBlock(group=TEXT)),
    ("glossary", GlossaryBlock(group=TEXT)),
    ("steps", StepsBlock(group=GUIDE)),
    ("deadline", DeadlineBlock(group=GUIDE)),
    ("checklist", ChecklistBlock(group=GUIDE)),
    ("questions", QuestionsBlock(group=GUIDE)),
    ("video", VideoBlock(group=GUIDE)),
    ("contact", ContactBlock(group=ONWARD)),
    ("related", RelatedPagesBlock(group=ONWARD)),
    ("request_link", RequestLinkBlock(group=ONWARD)),
    ("form_link", FormLinkBlock(group=ONWARD)),
]


class BodyBlock(blocks.StreamBlock):
    """The body of every page; other rooms may extend it."""

    def __init__(self, local_blocks=None, **kwargs):
        super().__init__([*BODY_BLOCKS, *(local_blocks or [])], **kwargs)

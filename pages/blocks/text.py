"""Running text, and the box that makes one thing in it stand out."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# Page titles are h1, so text starts at h2; no colors, no raw HTML.
TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class Tone(models.TextChoices):
    """How urgent a box is; the words carry it too, never the color alone."""

    INFO = "info", _("Information")
    WARN = "warn", _("Warning")
    OK = "ok", _("Good to know: you are safe")
    BAD = "bad", _("Danger")


class ParagraphBlock(blocks.RichTextBlock):
    """Plain text with headings, lists and links."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Headings, paragraphs, lists and links.")
        template = "pages/blocks/paragraph.html"
        preview_value = "<p>You may work on campus for up to 20 hours a week.</p>"


class CalloutBlock(blocks.StructBlock):
    """A box for the one thing a reader must not miss."""

    tone = blocks.ChoiceBlock(
        choices=Tone.choices,
        default=Tone.INFO,
        label=_("Tone"),
        help_text=_("Sets the color and the sign of the box. Keep “Danger” for what costs status."),
    )
    title = blocks.CharBlock(
        label=_("Title"),
        max_length=120,
        help_text=_("The thing itself, in bold: many read only this."),
    )
    text = blocks.RichTextBlock(
        label=_("Text"),
        features=SHORT_TEXT_FEATURES,
        help_text=_("Why it matters, and what the reader should do."),
    )

    class Meta:
        icon = "warning"
        label = _("Callout")
        description = _("One thing the reader must not miss, in a box.")
        template = "pages/blocks/callout.html"
        preview_value = {
            "tone": "warn",
            "title": "Do not start early",
            "text": "<p>Wait for the new I-20 before your first day of work.</p>",
        }

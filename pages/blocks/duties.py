"""What a reader has to keep: a date, and the papers to bring."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..links import LinkBlock


class DeadlineBlock(blocks.StructBlock):
    """A date, or the rule that gives a date."""

    title = blocks.CharBlock(
        label=_("Title"), max_length=120, help_text=_("What is due, for example: Apply for OPT")
    )
    rule = blocks.CharBlock(
        label=_("Rule"),
        max_length=200,
        help_text=_("In words, for example: within 60 days after your program end date"),
    )
    date = blocks.DateBlock(
        label=_("Date"),
        required=False,
        help_text=_("With a date, it stands on the page of key dates and in its calendar, too."),
    )
    note = blocks.TextBlock(
        label=_("Note"),
        required=False,
        rows=2,
        help_text=_("What happens afterwards, or to those who come too late."),
    )

    class Meta:
        icon = "date"
        label = _("Deadline")
        description = _("A date or a rule for one, with what happens afterwards.")
        template = "pages/blocks/deadline.html"
        preview_value = {
            "title": "Apply for OPT",
            "rule": "No later than 60 days after your program end date",
            "date": None,
            "note": "A late application is refused.",
        }


class ChecklistItemBlock(blocks.StructBlock):
    """One paper, and who needs it."""

    text = blocks.CharBlock(
        label=_("Item"), max_length=200, help_text=_("One paper, for example: Passport")
    )
    who = blocks.CharBlock(
        label=_("Who needs it"),
        required=False,
        max_length=120,
        help_text=_("Leave empty when everybody does."),
    )
    sample = LinkBlock(
        label=_("Link to a sample"),
        required=False,
        help_text=_("A page or a document that shows what a good one looks like."),
    )

    class Meta:
        icon = "tick"
        label = _("Item")


class ChecklistBlock(blocks.StructBlock):
    """The papers to have ready, made to be printed."""

    title = blocks.CharBlock(
        label=_("Title"),
        max_length=120,
        help_text=_("The heading above the list, for example: Have ready"),
    )
    items = blocks.ListBlock(
        ChecklistItemBlock(),
        label=_("Items"),
        min_num=1,
        help_text=_("Each gets a box to tick when the page is printed."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Document checklist")
        description = _("Papers to have ready, each with who needs it. Made to be printed.")
        template = "pages/blocks/checklist.html"
        preview_value = {
            "title": "Have ready",
            "items": [
                {"text": "Passport", "who": "", "sample": ""},
                {"text": "Offer letter", "who": "For CPT", "sample": "/forms/"},
            ],
        }

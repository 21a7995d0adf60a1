"""Things in an order: the steps of a procedure, drawn as stops on a rail."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class StepBlock(blocks.StructBlock):
    """One step: what happens, who acts, how long it takes."""

    title = blocks.CharBlock(
        label=_("Title"),
        max_length=120,
        help_text=_("What happens, for example: Get an offer letter"),
    )
    text = blocks.TextBlock(
        label=_("Text"),
        required=False,
        rows=3,
        help_text=_("What one must know to do it. Leave empty if the title says it all."),
    )
    who = blocks.CharBlock(
        label=_("Who acts"), required=False, max_length=80, help_text=_("For example: You")
    )
    time = blocks.CharBlock(
        label=_("How long"),
        required=False,
        max_length=80,
        help_text=_("For example: 5-7 business days"),
    )

    class Meta:
        icon = "order"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    """A procedure, step by step."""

    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=120,
        help_text=_("The heading above the steps. Leave empty to show none."),
    )
    steps = blocks.ListBlock(
        StepBlock(),
        label=_("Steps"),
        min_num=1,
        help_text=_("In the order in which they happen."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("A procedure as a rail of steps, each with its person and its time.")
        template = "pages/blocks/steps.html"
        preview_value = {
            "title": "How to ask",
            "steps": [
                {"title": "Get an offer letter", "text": "", "who": "You", "time": ""},
                {
                    "title": "We issue a new I-20",
                    "text": "You get an e-mail.",
                    "who": "Office advisor",
                    "time": "5-7 business days",
                },
            ],
        }

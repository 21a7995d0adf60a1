"""Questions people ask, each folded over its answer."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .text import SHORT_TEXT_FEATURES


class QuestionBlock(blocks.StructBlock):
    """One question and its answer."""

    question = blocks.CharBlock(
        label=_("Question"), max_length=200, help_text=_("In the words in which people ask it.")
    )
    answer = blocks.RichTextBlock(
        label=_("Answer"),
        features=SHORT_TEXT_FEATURES,
        help_text=_("Opens when the visitor clicks on the question. Begin with yes or no."),
    )

    class Meta:
        icon = "help"
        label = _("Question")


class QuestionsBlock(blocks.StructBlock):
    """A list of questions that open one by one, and all of them in print."""

    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=120,
        help_text=_("The heading above them. Empty: “Questions”."),
    )
    questions = blocks.ListBlock(
        QuestionBlock(),
        label=_("Questions"),
        min_num=1,
        help_text=_("The one that is asked most goes first."),
    )

    class Meta:
        icon = "help"
        label = _("Questions")
        description = _("Questions and answers; the reader opens the one they need.")
        template = "pages/blocks/questions.html"
        preview_value = {
            "title": "Questions",
            "questions": [
                {"question": "May I work two jobs?", "answer": "<p>Yes, within 20 hours.</p>"}
            ],
        }

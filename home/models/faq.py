"""Questions people ask again and again, by topic."""

from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.rich_text import RichText
from wagtail.search import index

from isso.pages.block_field import BlockField
from isso.pages.models import BasePage, BodyMixin

from ..blocks import FaqTopicBlock


@dataclass(frozen=True)
class Question:
    """One question as the page shows it, with an id to link to."""

    anchor: str
    question: str
    answer: RichText


@dataclass(frozen=True)
class Topic:
    """Questions that belong together."""

    anchor: str
    title: str
    questions: list[Question]


class FaqPage(BodyMixin, BasePage):
    """Questions and answers by topic; each has an address of its own."""

    topics = BlockField(
        [("topic", FaqTopicBlock())],
        verbose_name=_("topics"),
        blank=True,
        help_text=_("The questions of the page, in this order; the text below follows them."),
    )

    max_count = 1
    template = "home/faq_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("topics"),
        *BodyMixin.content_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyMixin.search_fields,
        index.SearchField("topics"),
    ]

    class Meta:
        verbose_name = _("questions and answers page")

    def topics_shown(self):
        """List the topics, every topic and question with an id that no other has."""
        taken = set()
        return [
            Topic(
                _anchor(block.value["title"], taken),
                block.value["title"],
                [
                    Question(_anchor(each["question"], taken), each["question"], each["answer"])
                    for each in block.value["questions"]
                ],
            )
            for block in self.topics
        ]

    def get_context(self, request, *args, **kwargs):
        """Add the topics with their addresses."""
        shown = self.topics_shown()
        return super().get_context(request, *args, **kwargs) | {"topics": shown}


def _anchor(text, taken):
    words = slugify(text, allow_unicode=True)[:80].strip("-") or "question"
    anchor, number = f"q-{words}", 1
    while anchor in taken:
        number += 1
        anchor = f"q-{words}-{number}"
    taken.add(anchor)
    return anchor

"""What every public page has in common."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from ..block_field import BlockField
from ..blocks import BodyBlock
from ..freshness import max_age
from ..panels import BeforeYouPublish
from ..tree import MOST_LEVELS, read_tree


class BasePage(Page):
    """A public page: a title, one sentence under it, and a place in the menu."""

    lede = models.TextField(
        _("first sentence"),
        blank=True,
        max_length=400,
        help_text=_("Stands under the title: what this page is for, in one sentence."),
    )

    is_known_public = False
    show_in_menus_default = True
    # Whether the site map for people lists pages of this kind; events and news would flood it.
    in_site_map = True
    # How the search (finding/) presents this kind of page: as what, by which field it knows other
    # names of a page, and how much a page of this kind answers.
    found_as = ""
    found_key = ""
    found_weight = 1.0
    content_panels = [
        *Page.content_panels,
        FieldPanel("lede"),
        BeforeYouPublish(heading=_("Before you publish")),
    ]
    # Editors see the pages below one in the order in which visitors see them in the menu.
    admin_default_ordering = "ord"
    search_fields = [
        *Page.search_fields,
        index.SearchField("lede"),
        index.SearchField("search_description"),
    ]

    class Meta:
        abstract = True

    @classmethod
    def findable(cls) -> models.QuerySet:
        """Return the pages of this kind that are worth finding today."""
        return cls.objects.all()

    @classmethod
    def other_names(cls, key: str) -> tuple[str, ...]:
        """Return what people call the page whose ``found_key`` field has this value."""
        return ()

    def route(self, request, path_components):
        """Find a page below in one step; Wagtail's own way costs two queries for each level."""
        if not path_components and not hasattr(request, "site_tree"):
            # A section that everybody may see proves that nothing hides the home page above it.
            request.site_tree = read_tree(self)
            self.is_known_public = bool(request.site_tree.pages) and not self.alias_of_id
        if not 0 < len(path_components) <= MOST_LEVELS:
            return super().route(request, path_components)
        tree = request.site_tree = read_tree(self, path_components)
        if not tree.found:
            # Perhaps a page with addresses of its own lies on the way.
            return super().route(request, path_components)
        page = tree.found.specific
        page.is_known_public = not tree.found.is_restricted
        return page.route(request, [])

    def get_view_restrictions(self):
        """Find who may see this page in one query, where Wagtail reads every ancestor first.

        A page found by its address brings the answer along.
        """
        if self.is_known_public:
            return PageViewRestriction.objects.none()
        steps = range(self.steplen, len(self.path) + 1, self.steplen)
        paths = [self.path[:step] for step in steps]
        # An alias is as private as the page it stands for.
        return PageViewRestriction.objects.filter(
            models.Q(page__path__in=paths) | models.Q(page__aliases__path__in=paths)
        ).distinct()

    def serve(self, request, *args, **kwargs):
        """Say how long the answer may be kept: until the next change of hours at the latest."""
        response = super().serve(request, *args, **kwargs)
        patch_cache_control(response, max_age=max_age(request))
        return response


def page_models() -> list[type[BasePage]]:
    """List the kinds of pages of every room."""
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


class BodyMixin(models.Model):
    """A page with a free body of blocks."""

    body = BlockField(
        BodyBlock(required=False),
        verbose_name=_("body"),
        blank=True,
        help_text=_("What visitors read below the first sentence, in this order."),
    )

    content_panels = [FieldPanel("body")]
    search_fields = [index.SearchField("body")]

    class Meta:
        abstract = True


def who_enters_the_admin():
    """Choose among those whom a group of theirs lets into the admin, and superusers."""
    return models.Q(is_active=True) & (
        models.Q(is_superuser=True) | models.Q(groups__permissions__codename="access_admin")
    )


class GuidanceContent(BodyMixin):
    """Guidance somebody answers for: short version first, and a date to check it again."""

    found_weight = 1.5

    in_short = models.TextField(
        _("in short"),
        max_length=600,
        help_text=_("The answer in two or three short sentences. Many readers stop here."),
    )
    maintained_by = models.CharField(
        _("maintained by"), max_length=120, help_text=_("The person or team that answers for it.")
    )
    review_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to=who_enters_the_admin,
        help_text=_("Who has to check this page again. Readers see “Maintained by” instead."),
    )
    reviewed_on = models.DateField(
        _("checked on"), help_text=_("The day on which somebody last read it all.")
    )
    review_by = models.DateField(
        _("check again by"), help_text=_("Half a year is usual; before a rule changes, sooner.")
    )

    explains_terms = models.BooleanField(
        _("explain glossary words"),
        default=True,
        db_default=True,
        help_text=_("Where the page first uses a word of the glossary, link it to its meaning."),
    )

    content_panels = [
        FieldPanel("in_short"),
        *BodyMixin.content_panels,
        FieldPanel("explains_terms"),
    ]
    review_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("maintained_by"), FieldPanel("review_owner")]),
            FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_by")]),
        ],
        heading=_("Review"),
    )
    search_fields = [index.SearchField("in_short"), *BodyMixin.search_fields]

    class Meta:
        abstract = True

    def clean(self):
        """Refuse a next check that comes before the last one."""
        super().clean()
        if self.reviewed_on and self.review_by and self.review_by <= self.reviewed_on:
            raise ValidationError({"review_by": _("“Check again by” must be after “Checked on”.")})

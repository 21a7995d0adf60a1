"""The people of the office, and the page that shows them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from isso.pages.models import BasePage, BodyMixin


class StaffMember(index.Indexed, models.Model):
    """One person of the office, as visitors may know them."""

    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("title"), max_length=120)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    letters_from = models.CharField(
        _("last names from"),
        max_length=3,
        blank=True,
        help_text=_("The first letter this advisor looks after, for example A."),
    )
    letters_to = models.CharField(_("to"), max_length=3, blank=True)
    languages = models.CharField(
        _("languages"), max_length=120, blank=True, help_text=_("Separated by commas.")
    )
    is_dso = models.BooleanField(_("designated school official (F-1)"), default=False)
    is_aro = models.BooleanField(_("alternate responsible officer (J-1)"), default=False)
    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    search_fields = [index.SearchField("name"), index.SearchField("title")]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("title")]),
        FieldPanel("photo"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("letters_from"), FieldPanel("letters_to")]),
                FieldPanel("languages"),
                FieldRowPanel([FieldPanel("is_dso"), FieldPanel("is_aro")]),
            ],
            heading=_("Advising"),
        ),
        FieldPanel("sort_order"),
    ]

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        ordering = ["sort_order", "name"]

    def __str__(self):
        return self.name

    @property
    def letters(self):
        """The letters this advisor looks after, such as “A-K”, or nothing."""
        return "-".join(filter(None, [self.letters_from, self.letters_to]))


class StaffPage(BodyMixin, BasePage):
    """Who works here, and whom to ask by the letter of a last name."""

    max_count = 1
    template = "home/staff_page.html"
    content_panels = [*BasePage.content_panels, *BodyMixin.content_panels]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("staff page")

    def get_context(self, request, *args, **kwargs):
        """Add the people, the advisors among them first by their letters."""
        people = list(StaffMember.objects.select_related("photo"))
        return super().get_context(request, *args, **kwargs) | {
            "advisors": [person for person in people if person.letters],
            "people": people,
        }

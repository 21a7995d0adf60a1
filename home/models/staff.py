"""The people of the office, and the page that shows them."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from isso.pages.models import BasePage, BodyMixin

from ..advisor_finder import Advisors, FinderForm

LETTERS = RegexValidator(r"^[A-Za-z]{1,3}\Z", _("Enter one to three letters from A to Z."))


class StaffMember(index.Indexed, models.Model):
    """One person of the office, as visitors may know them."""

    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(
        _("title"), max_length=120, help_text=_("What the person is, for example: Senior advisor")
    )
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown as a small square beside the name; mark the face as its focal area."),
    )
    phone = models.CharField(
        _("phone"),
        max_length=40,
        blank=True,
        help_text=_("Visitors can call it with one touch, for example: 202-555-0111"),
    )
    email = models.EmailField(
        _("e-mail"),
        blank=True,
        help_text=_("Shown to visitors. The portal knows by it whose requests to pass on."),
    )
    booking_url = models.URLField(
        _("page to book an appointment"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Visitors find it beside the name. It opens another site."),
    )
    letters_from = models.CharField(
        _("last names from"),
        max_length=3,
        blank=True,
        validators=[LETTERS],
        help_text=_("One to three letters, for example A, or Aa."),
    )
    letters_to = models.CharField(
        _("to"),
        max_length=3,
        blank=True,
        validators=[LETTERS],
        help_text=_("For example K, or Al. Leave it empty for one letter only."),
    )
    departments = models.TextField(
        _("departments"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Whose students and scholars come to this person; separated by commas."),
    )
    languages = models.CharField(
        _("languages"), max_length=120, blank=True, help_text=_("Separated by commas.")
    )
    is_pdso = models.BooleanField(
        _("principal designated school official (F-1)"),
        default=False,
        db_default=False,
        help_text=_("Visitors read: Signs I-20s (PDSO)."),
    )
    is_dso = models.BooleanField(
        _("designated school official (F-1)"),
        default=False,
        help_text=_("Visitors read: Signs I-20s (DSO)."),
    )
    is_ro = models.BooleanField(
        _("responsible officer (J-1)"),
        default=False,
        db_default=False,
        help_text=_("Visitors read: Signs DS-2019s (RO)."),
    )
    is_aro = models.BooleanField(
        _("alternate responsible officer (J-1)"),
        default=False,
        help_text=_("Visitors read: Signs DS-2019s (ARO)."),
    )
    away_from = models.DateField(
        _("away from"),
        null=True,
        blank=True,
        help_text=_("From this day on, who looks for an advisor reads this and who covers."),
    )
    away_until = models.DateField(
        _("last day away"),
        null=True,
        blank=True,
        help_text=_("Leave it empty while nobody knows the day of return."),
    )
    cover = models.ForeignKey(
        "self",
        verbose_name=_("covered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Whom visitors are sent to, and who gets new requests, in this time."),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("place in the list"),
        default=100,
        help_text=_("Small numbers come first; the same number goes by name."),
    )

    search_fields = [index.SearchField("name"), index.SearchField("title")]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("title")]),
        FieldPanel("photo"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        FieldPanel("booking_url"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("letters_from"), FieldPanel("letters_to")]),
                FieldPanel("departments"),
                FieldPanel("languages"),
                FieldRowPanel([FieldPanel("is_pdso"), FieldPanel("is_dso")]),
                FieldRowPanel([FieldPanel("is_ro"), FieldPanel("is_aro")]),
            ],
            heading=_("Advising"),
            help_text=_(
                "Where the portal keeps caseloads, visitors see those: ask a supervisor to "
                "change them."
            ),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("away_from"), FieldPanel("away_until")]),
                FieldPanel("cover"),
            ],
            heading=_("Absence"),
        ),
        FieldPanel("sort_order"),
    ]

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        ordering = ["sort_order", "name"]

    def __str__(self):
        return self.name

    # The office itself answers whoever fits nobody's letters.
    is_catch_all = False
    # Who has letters and departments looks after both; the list states no order among people.
    needs_all, place, type_keys = False, 0, ()

    def clean(self):
        """Refuse letters and days in the wrong order, and covers who cannot cover."""
        super().clean()
        if self.letters_to and self.letters_from.upper() > self.letters_to.upper():
            raise ValidationError({"letters_to": _("“To” must not come before “Last names from”.")})
        if self.away_until and not self.away_from:
            raise ValidationError({"away_from": _("Enter the first day away, too.")})
        if self.away_until and self.away_until < self.away_from:
            raise ValidationError(
                {"away_until": _("“Last day away” must not be before “Away from”.")}
            )
        if self.pk and self.cover_id == self.pk:
            raise ValidationError({"cover": _("Choose somebody else: nobody covers for himself.")})

    def is_away(self, today):
        """Tell whether this person is away on a day; without a last day, until it is entered."""
        if not self.away_from or self.away_from > today:
            return False
        return not self.away_until or today <= self.away_until

    @property
    def roles(self):
        """What this person signs, as visitors read it."""
        told = {
            "is_pdso": _("Signs I-20s (PDSO)"),
            "is_dso": _("Signs I-20s (DSO)"),
            "is_ro": _("Signs DS-2019s (RO)"),
            "is_aro": _("Signs DS-2019s (ARO)"),
        }
        return [words for name, words in told.items() if getattr(self, name)]


class StaffPage(BodyMixin, BasePage):
    """Who works here, and who looks after whom."""

    max_count = 1
    template = "home/staff_page.html"
    content_panels = [*BasePage.content_panels, *BodyMixin.content_panels]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("staff page")

    def get_context(self, request, *args, **kwargs):
        """Add the people, who looks after whom, and the answer to who asked for an advisor."""
        people = list(StaffMember.objects.select_related("photo"))
        advisors = Advisors(people, timezone.localdate())
        form = FinderForm(
            request.GET if _asks(request) else None, departments=advisors.departments()
        )
        is_answered = form.is_bound and form.is_valid()
        return super().get_context(request, *args, **kwargs) | {
            "advisors": advisors.rows(),
            "people": people,
            "form": form,
            "is_answered": is_answered,
            "answers": advisors.find(**form.cleaned_data) if is_answered else [],
        }

    def serve(self, request, *args, **kwargs):
        """Keep an answer out of shared caches and search engines: a person's name asked for it."""
        response = super().serve(request, *args, **kwargs)
        if _asks(request):
            patch_cache_control(response, private=True)
            response["X-Robots-Tag"] = "noindex"
        return response


def _asks(request):
    return not FinderForm.base_fields.keys().isdisjoint(request.GET)

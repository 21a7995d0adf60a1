"""“All forms”: what to fill in, by topic and by audience."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from ..form_rows import Choice, FormRow, provided_rows
from ..links import validate_link
from .base import BasePage, BodyMixin


class FormEntries(models.Manager):
    """Forms with their documents: whoever shows a form shows its size."""

    def get_queryset(self):
        """Read the document along."""
        return super().get_queryset().select_related("document")


class FormEntry(models.Model):
    """One form of the office: a PDF to print, or a link to where it is filled in."""

    class Kind(models.TextChoices):
        """Where the form is filled in."""

        PDF = "pdf", _("PDF to print")
        PORTAL = "portal", _("In the portal")
        LINK = "link", _("On another site")

    title = models.CharField(
        _("title"), max_length=120, help_text=_("What visitors click on in “All forms”.")
    )
    description = models.CharField(
        _("who uses it, and for what"),
        max_length=240,
        blank=True,
        help_text=_("One sentence under the title, so that nobody opens the wrong form."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=8,
        choices=Kind,
        default=Kind.PDF,
        help_text=_("Visitors read beside the title where they will fill it in."),
    )
    topic = models.CharField(_("topic"), max_length=60, help_text=_("For example: Travel"))
    audience = models.CharField(
        _("audience"), max_length=60, blank=True, help_text=_("For example: F-1 students")
    )
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("PDF"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("What visitors open. Leave empty for a form that is filled in elsewhere."),
    )
    link = models.CharField(
        _("link"),
        max_length=200,
        validators=[validate_link],
        blank=True,
        help_text=_("A path of this site such as /portal/requests/, or a full address."),
    )
    revised_on = models.DateField(
        _("last revised"),
        null=True,
        blank=True,
        help_text=_("Shown beside the form, so that people notice that theirs is an old one."),
    )

    objects = FormEntries()
    panels = [
        FieldPanel("title"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("topic"), FieldPanel("audience")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("revised_on")]),
        FieldPanel("document"),
        FieldPanel("link"),
    ]

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["title"]

    def __str__(self):
        return self.title

    def clean(self):
        """Refuse a form that leads nowhere."""
        super().clean()
        if self.kind == self.Kind.PDF and not (self.document_id or self.link):
            raise ValidationError({"document": _("Choose the PDF, or fill in “Link”.")})
        if self.kind != self.Kind.PDF and not self.link:
            raise ValidationError({"link": _("Fill in “Link”: where the form is filled in.")})

    def row(self):
        """Return this form as a line of the list."""
        return FormRow(
            title=self.title,
            url=self.link or self.document.url,
            kind=self.kind,
            description=self.description,
            topic=self.topic,
            audience=self.audience,
            size=self.document.file_size if self.document else None,
            revised_on=self.revised_on,
        )


class FormsIndexPage(BodyMixin, BasePage):
    """All forms in one list, filtered by plain links."""

    max_count = 1
    template = "pages/forms_index_page.html"
    content_panels = [*BasePage.content_panels, *BodyMixin.content_panels]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("list of forms")

    def get_context(self, request, *args, **kwargs):
        """Add the rows that fit the filters, and the filters with their counts."""
        rows = sorted(
            [*(entry.row() for entry in FormEntry.objects.all()), *provided_rows()],
            key=lambda row: row.title.casefold(),
        )
        asked = {name: request.GET.get(name, "") for name in ("topic", "audience")}
        shown = [
            row
            for row in rows
            if all(not value or getattr(row, name) == value for name, value in asked.items())
        ]
        return super().get_context(request, *args, **kwargs) | {
            "rows": shown,
            "topics": _choices(rows, "topic", asked),
            "audiences": _choices(rows, "audience", asked),
            "is_filtered": any(asked.values()),
        }


def _choices(rows, name, asked):
    """Count what each value of one filter would show beside the other filters."""
    if len({getattr(row, name) for row in rows}) < 2:
        return []
    others = {other: value for other, value in asked.items() if other != name and value}
    fitting = [
        row for row in rows if all(getattr(row, key) == value for key, value in others.items())
    ]
    counts = Counter(getattr(row, name) for row in fitting if getattr(row, name))
    everything = Choice(_("All"), len(fitting), urlencode(others), not asked[name])
    return [everything] + [
        Choice(value, count, urlencode(others | {name: value}), value == asked[name])
        for value, count in sorted(counts.items())
    ]

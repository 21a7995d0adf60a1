"""Letters as they left the office: what was printed, until when it counts, and who revoked it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IssuedLetter(models.Model):
    """One letter of one request, kept for ever; its facts never follow the record."""

    student_request = models.OneToOneField(
        "requests.StudentRequest", models.PROTECT, related_name="issued_letter"
    )
    document = models.OneToOneField("requests.Document", models.PROTECT, related_name="+")
    # The code itself stands on the letter alone.
    code_digest = models.CharField(max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=160)
    # [[label, value]] as printed.
    facts = models.JSONField(_("facts printed"))
    has_visitors = models.BooleanField(_("names visitors"), default=False)
    issued_on = models.DateField(_("issued"))
    valid_until = models.DateField(_("valid until"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed by"),
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    revoked_why = models.CharField(_("reason"), max_length=500, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("issued letter")
        verbose_name_plural = _("issued letters")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoked_why=""),
                name="revoked_letter_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.issued_on}"

    @property
    def is_valid(self):
        """Whether its facts are confirmed today."""
        return self.revoked_at is None and timezone.localdate() <= self.valid_until

"""Who asked for access for a department, whether the address is his, and what was decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..roles import may_read_cases


class AccessOutcome(models.TextChoices):
    """What the office decided."""

    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class AccessRequestQuerySet(models.QuerySet):
    """Reads of access requests."""

    def visible_to(self, user):
        """Keep what the office may read: only of people whose address is proven to be theirs."""
        if not may_read_cases(user):
            return self.none()
        return self.filter(confirmed_at__isnull=False)

    def waiting(self):
        """Keep those that wait for a decision."""
        return self.filter(confirmed_at__isnull=False, decided_at__isnull=True)


class AccessRequest(models.Model):
    """One public form, as typed: nothing in it is proven but the address, once it is confirmed."""

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    department = models.CharField(_("department"), max_length=120)
    work = models.TextField(_("work for scholars"), max_length=1000)
    supervisor = models.CharField(_("supervisor"), max_length=200)
    # The same for a second press of the button.
    once = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, db_index=True)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    outcome = models.CharField(_("decision"), max_length=8, choices=AccessOutcome, blank=True)
    reason = models.TextField(_("reason"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    wagtail_reference_index_ignore = True

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("department access request")
        verbose_name_plural = _("department access requests")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_at__isnull=False, confirmed_at__isnull=False)),
                name="access_is_decided_once_confirmed",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.department}"

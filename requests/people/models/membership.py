"""Who works for which department, and until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MembershipQuerySet(models.QuerySet):
    """Reads of memberships."""

    def valid(self):
        """Keep those that hold today, of people whose account is open."""
        today = timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=today), user__is_active=True)


class DepartmentMembership(models.Model):
    """One person of one department, who sees its scholars until the last day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="departments",
        verbose_name=_("person"),
    )
    department = models.CharField(_("department"), max_length=120)
    until = models.DateField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    wagtail_reference_index_ignore = True

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("department membership")
        verbose_name_plural = _("department memberships")
        ordering = ["department", "pk"]
        constraints = [
            models.UniqueConstraint(
                "user", Lower("department"), name="one_membership_per_person_and_department"
            ),
            models.CheckConstraint(
                condition=~Q(department=""), name="membership_names_a_department"
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.department}"

"""Who works for which department, since when, and who ended it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MembershipQuerySet(models.QuerySet):
    """Reads of memberships."""

    def running(self):
        """Keep those nobody has ended; until which day they count, the role says (RoleTerm)."""
        return self.filter(ended_at__isnull=True)


class DepartmentMembership(models.Model):
    """One person and one department whose scholars he follows while he holds the role."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="departments",
        verbose_name=_("person"),
    )
    # As the records write it: the records are found by it, whatever its capitals.
    department = models.CharField(_("department"), max_length=120)
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ended by"),
    )

    wagtail_reference_index_ignore = True

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("department membership")
        verbose_name_plural = _("department memberships")
        ordering = ["department", "pk"]
        constraints = [
            models.UniqueConstraint(
                "user",
                Lower("department"),
                condition=Q(ended_at__isnull=True),
                name="one_membership_per_department",
            ),
            models.CheckConstraint(
                condition=~Q(department=""), name="membership_names_a_department"
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.department}"

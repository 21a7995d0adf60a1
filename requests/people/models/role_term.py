"""Who holds which role until when, and who gave and took it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RoleTermQuerySet(models.QuerySet):
    """Reads of terms; days are those of the office's time zone."""

    def running(self):
        """Keep those nobody has ended, also when their last day has passed."""
        return self.filter(ended_at__isnull=True)

    def run_out(self, day=None):
        """Keep the running ones whose last day has passed: they give no power any more."""
        return self.running().filter(last_day__lt=day or timezone.localdate())


class RoleTerm(models.Model):
    """One role of one person, from the moment it was given until it ended.

    The group says what somebody may do; the term says until when. A group without a term was given
    before terms were kept, and has no end.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="role_terms",
        verbose_name=_("person"),
    )
    # The group of a section goes away with the section; the history keeps its name.
    group = models.ForeignKey(
        "auth.Group", models.SET_NULL, null=True, related_name="terms", verbose_name=_("group")
    )
    role = models.CharField(_("role"), max_length=150)
    last_day = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("The role ends with this day. Empty: no end."),
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    reason = models.CharField(_("reason"), max_length=200)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # Nobody: the last day passed.
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ended by"),
    )
    end_reason = models.CharField(_("reason of the end"), max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    objects = RoleTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("role until when")
        verbose_name_plural = _("roles until when")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "group"],
                condition=Q(ended_at__isnull=True),
                name="one_running_term_per_role",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.role}"

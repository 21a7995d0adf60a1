"""Who could not sign in: what was typed on the help page, how often, and what was answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..sign_in_answers import Answer


class SignInTrouble(models.Model):
    """One address that somebody typed because he could not sign in; asking again counts up."""

    email = models.EmailField(_("address"))
    first_asked_at = models.DateTimeField(_("first asked"), default=timezone.now)
    asked_at = models.DateTimeField(_("last asked"), default=timezone.now, db_index=True)
    tries = models.PositiveIntegerField(_("times"), default=1)
    # The worker has not answered the last question yet.
    waits = models.BooleanField(default=True, db_index=True)
    answer = models.CharField(_("answer"), max_length=16, choices=Answer.choices, blank=True)
    # When the last mail was written; none went out where it would have been one too many.
    mailed_at = models.DateTimeField(_("mail"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    # The key of the record, which this room does not know.
    record_key = models.BigIntegerField(null=True, blank=True)
    settled_at = models.DateTimeField(_("dealt with"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dealt with by"),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sign-in trouble")
        verbose_name_plural = _("sign-in troubles")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(settled_at__isnull=True),
                name="one_open_trouble_per_address",
            ),
        ]

    def __str__(self):
        return f"{self.get_answer_display()}, {timezone.localtime(self.asked_at):%Y-%m-%d %H:%M}"

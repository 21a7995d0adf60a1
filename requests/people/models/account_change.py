"""What was done to an account: by whom, when and why; lines are only ever added."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AccountAct(models.TextChoices):
    """What can be done to an account of the office (account_changes.py)."""

    GIVE_ROLE = "give", _("Role given")
    TAKE_ROLE = "take", _("Role taken")
    # Nobody's deed: the last day has passed.
    ROLE_ENDED = "ended", _("Role ended with its last day")
    INVITE = "invite", _("Invitation sent")
    REVOKE = "revoke", _("Invitation taken back")
    CLOSE = "close", _("Account closed")
    REOPEN = "reopen", _("Account opened again")
    END_SESSIONS = "sessions", _("Signed out everywhere")
    RESET_FACTOR = "factor", _("Second factor taken off")


class AccountChange(models.Model):
    """One thing that was done to one account."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="account_changes",
        verbose_name=_("person"),
    )
    act = models.CharField(_("what"), max_length=10, choices=AccountAct)
    # Of a role that was given or taken.
    role = models.CharField(_("role"), max_length=150, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Nobody: the clock, or an import."),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of an account")
        verbose_name_plural = _("changes of accounts")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.user}: {self.get_act_display()}"

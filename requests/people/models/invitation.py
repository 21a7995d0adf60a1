"""Who was asked to sign in, for what, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..roles import may_read_cases


class Purpose(models.TextChoices):
    """What somebody is invited as; each has a mail of its own (invitation_mails.py)."""

    STUDENT = "student", _("Student")
    ADMITTED = "admitted", _("Admitted student")
    SCHOLAR = "scholar", _("Visiting scholar")
    DEPARTMENT = "department", _("Department administrator")
    STAFF = "staff", _("Office staff")
    PARTNER = "partner", _("Partner of the office")


# Their invitations stand on the staff pages alone.
OF_STAFF = (Purpose.STAFF, Purpose.PARTNER)


class InvitationState(models.TextChoices):
    """What has become of an invitation; it is read from its moments, never stored."""

    OPEN = "open", _("Invited")
    EXPIRED = "expired", _("Expired")
    ACCEPTED = "accepted", _("Accepted")
    REVOKED = "revoked", _("Taken back")


class InvitationQuerySet(models.QuerySet):
    """Reads of invitations."""

    def visible_to(self, user):
        """Keep what the office may look after: not one's own, and of staff nobody's."""
        if not may_read_cases(user):
            return self.none()
        return self.exclude(purpose__in=OF_STAFF).exclude(user=user)

    def unanswered(self):
        """Keep those neither accepted nor taken back, expired ones, too."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def in_state(self, state, now=None):
        """Keep those in one state, at ``now`` or at this moment."""
        now = now or timezone.now()
        return {
            InvitationState.OPEN: self.unanswered().filter(expires_at__gte=now),
            InvitationState.EXPIRED: self.unanswered().filter(expires_at__lt=now),
            InvitationState.ACCEPTED: self.filter(accepted_at__isnull=False),
            InvitationState.REVOKED: self.filter(revoked_at__isnull=False),
        }[state]


class Invitation(models.Model):
    """One person asked to sign in, at one address; it holds no link, only what makes one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="invitations",
        verbose_name=_("person"),
    )
    purpose = models.CharField(_("invited as"), max_length=10, choices=Purpose)
    email = models.EmailField(_("e-mail address"))
    # What it was made for, so that the same event invites nobody twice.
    dedupe_key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(_("invited"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Nobody: an import."),
    )
    expires_at = models.DateTimeField(_("expires"))
    # Part of the link: raising it makes every earlier link useless.
    link_number = models.PositiveIntegerField(default=1)
    # The newest mail, which tells whether it arrived.
    notice = models.ForeignKey(
        "notices.Notice",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("mail"),
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )

    wagtail_reference_index_ignore = True

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_unanswered_invitation_per_person",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_is_accepted_or_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="invitation_expires_later"
            ),
        ]

    def __str__(self):
        return f"{self.email}, {self.get_purpose_display()}"

    @property
    def state(self):
        """Return what has become of it, at this moment."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        if self.expires_at < timezone.now():
            return InvitationState.EXPIRED
        return InvitationState.OPEN

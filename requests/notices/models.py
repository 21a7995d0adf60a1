"""The outbox's rows: a mail to send, what became of it, and the office's own wording."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib.admin import display
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .asking import may_be_chosen
from .catalog import in_words, mail_choices
from .office import office_context
from .rendering import Mail, render_mail
from .wording import check_wording


class Audience(models.TextChoices):
    """To whom a mail speaks."""

    STUDENT = "student", _("Student")
    APPROVER = "approver", _("Approver")
    STAFF = "staff", _("Staff")
    VISITOR = "visitor", _("Visitor")


class NoticeState(models.TextChoices):
    """Where a mail stands on our side of the mail server."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    CANCELED = "canceled", _("Canceled")
    # For somebody who wants one mail a day: before it is written, and since.
    HELD = "held", _("Kept for the daily mail")
    BUNDLED = "bundled", _("In the daily mail")


class Delivery(models.TextChoices):
    """What the mail provider told us afterwards, in the order of its weight."""

    UNKNOWN = "", _("Not reported")
    QUEUED = "queued", _("Queued by the provider")
    DEFERRED = "deferred", _("Delayed")
    DELIVERED = "delivered", _("Delivered")
    COMPLAINED = "complained", _("Marked as spam")
    REJECTED = "rejected", _("Refused")
    BOUNCED = "bounced", _("Bounced")


class NoticeQuerySet(models.QuerySet):
    """The outbox's questions."""

    def due(self, now):
        """Keep what may be sent now, also rows whose worker died holding them."""
        return self.filter(
            Q(state=NoticeState.WAITING, next_attempt_at__lte=now)
            | Q(state=NoticeState.SENDING, lease_until__lte=now)
        )

    def about(self, reference):
        """Keep the mails about one request, newest first."""
        return self.filter(about=reference).order_by("-created_at")


class Notice(models.Model):
    """One mail to one person; it holds no readable link or code, only what makes one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(_("mail"), max_length=60)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience)
    recipient = models.EmailField(_("address"))
    recipient_name = models.CharField(_("name"), max_length=180, blank=True)
    reply_to = models.EmailField(
        _("answers go to"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Empty: the office."),
    )
    about = models.CharField(_("request"), max_length=40, blank=True, db_index=True)
    # The daily mail that tells of this one; it keeps no copy of its words.
    daily_mail = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="bundled"
    )
    context = models.JSONField(default=dict, blank=True)
    links = models.JSONField(default=dict, blank=True)
    dedupe_key = models.CharField(max_length=400, unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=NoticeState, default=NoticeState.WAITING
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    delivery = models.CharField(
        _("delivery"), max_length=12, choices=Delivery, default=Delivery.UNKNOWN, blank=True
    )

    wagtail_reference_index_ignore = True

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="notice_due"),
            models.Index(
                fields=["recipient", "created_at"],
                condition=Q(state=NoticeState.HELD),
                name="notice_held",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=NoticeState.values), name="notice_state_is_known"
            ),
        ]

    def __str__(self):
        return f"{in_words(self.key)} → {self.recipient}"

    @display(description=_("mail"), ordering="key")
    def kind(self):
        """Say in words which mail this is."""
        return in_words(self.key)

    def render(self, link_of: Callable[[str, list], str]) -> Mail:
        """Return the mail with links made of their names, in the office's words if it has some."""
        return self._rendered(link_of, MailWording.objects.filter(key=self.key).first())

    def _rendered(self, link_of, wording):
        links = {name: link_of(name, each) for name, each in self.links.items()}
        context = {
            **office_context(),
            "name": self.recipient_name,
            "reference": self.about,
            "audience": self.audience,
            **self.context,
            **links,
        }
        if may_be_chosen(self.key, self.audience):
            context["choice_link"] = link_of("choice_link", ["mail_choice"])
        if self.key == "daily_mail":
            context["items"] = self._told(link_of)
        return render_mail(self.key, context, wording)

    def redacted(self, wordings=None) -> Mail:
        """Return the mail without what opens anything: every link replaced by the word for it.

        Who reads many gives the office's wordings by key, so that they are asked for once.
        """
        if wordings is None:
            return self.render(_instead_of_link)
        return self._rendered(_instead_of_link, wordings.get(self.key))

    def _told(self, link_of):
        """Return what a daily mail tells: subject and link of each mail that waited for it."""
        wordings = {each.key: each for each in MailWording.objects.all()}
        return [
            {
                "subject": each.redacted(wordings).subject,
                "link": link_of("link", each.links["link"]) if "link" in each.links else "",
            }
            for each in self.bundled.order_by("created_at", "pk")
        ]


def _instead_of_link(name, specification):
    return f"[{name}]"


class DailyReader(models.Model):
    """Somebody who wants one mail a day instead of single ones; without a row, at once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="daily_reader"
    )
    chosen_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reader of daily mails")
        verbose_name_plural = _("readers of daily mails")

    def __str__(self):
        return str(self.user)


class DeliveryEvent(models.Model):
    """One report of the mail provider, kept once however often it is repeated."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="events")
    event_id = models.CharField(max_length=200, unique=True)
    delivery = models.CharField(_("delivery"), max_length=12, choices=Delivery)
    note = models.CharField(_("note"), max_length=400, blank=True)
    at = models.DateTimeField(_("time"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("delivery report")
        verbose_name_plural = _("delivery reports")
        ordering = ["at"]

    def __str__(self):
        return f"{self.delivery} {self.at:%Y-%m-%d %H:%M}"


class MailWording(models.Model):
    """The office's own words for one mail; deleting the row brings the standard text back."""

    key = models.CharField(
        _("mail"),
        max_length=60,
        unique=True,
        choices=mail_choices,
        help_text=_("The mail that goes out in these words. Delete them to go back to ours."),
    )
    subject = models.CharField(
        _("subject"),
        max_length=150,
        help_text=_(
            "What people see in their inbox, after “Action required” or what else the mail asks "
            "of them. It may use the same placeholders."
        ),
    )
    text = models.TextField(
        _("text"),
        help_text=_(
            "Write {{ name }} for the name and {{ link }} for the link; the other placeholders "
            "are those of the standard text."
        ),
    )
    html = models.TextField(
        _("HTML"), blank=True, help_text=_("Leave empty to make it from the text.")
    )

    class Meta:
        verbose_name = _("mail wording")
        verbose_name_plural = _("mail wordings")
        ordering = ["key"]

    def __str__(self):
        return self.get_key_display()

    def clean(self):
        """Refuse words that could not be sent, naming the field."""
        check_wording(self.key, subject=self.subject, text=self.text, html=self.html)

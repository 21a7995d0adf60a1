"""Trials of a policy: what a draft would have done before anybody publishes it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..registry import find_type
from .policy import PolicyInForce, RequestPolicy


class PolicyTrial(models.Model):
    """One draft of a policy held against everybody, by the worker, from one day on."""

    policy = models.ForeignKey(
        RequestPolicy, models.CASCADE, related_name="trials", verbose_name=_("policy")
    )
    # The type that is tried, whatever becomes of the policy meanwhile.
    type_key = models.CharField(_("request type"), max_length=40, default="", db_default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # The days that are compared, both ends included.
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    # What ``as_json`` keeps of the policy in force when it was asked, and of the draft.
    before = models.JSONField(_("in force"))
    after = models.JSONField(_("in the draft"))
    total = models.PositiveIntegerField(_("people and requests"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    # How far it is: the last record and the last request that have been looked at.
    record_reached = models.PositiveBigIntegerField(default=0)
    request_reached = models.PositiveBigIntegerField(default=0)
    # Until then one worker works on it; one that died leaves it to the next.
    claimed_until = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("trial of a policy")
        verbose_name_plural = _("trials of policies")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(ended_at__isnull=True), name="trial_to_work_on"
            )
        ]

    def __str__(self):
        return f"{self.policy}, {timezone.localtime(self.asked_at):%Y-%m-%d %H:%M}"

    @property
    def key(self):
        """The key of the type that is tried; of an older trial only its policy tells it."""
        return self.type_key or self.policy.type_key

    @property
    def was(self):
        """The policy in force, as the rules read it."""
        return as_in_force(self.before, self.key)

    @property
    def becomes(self):
        """The draft, as the rules read it."""
        return as_in_force(self.after, self.key)


class TrialLine(models.Model):
    """One span of days for one person, or one request, for which the draft makes a difference."""

    class Effect(models.TextChoices):
        """What the draft does to them."""

        LOSES = "loses", _("Loses access")
        GAINS = "gains", _("Gains access")
        REFUSED = "refused", _("Would have been refused")
        UNCLEAR = "unclear", _("Could not be judged")

    trial = models.ForeignKey(PolicyTrial, models.CASCADE, related_name="lines")
    effect = models.CharField(_("effect"), max_length=7, choices=Effect)
    record = models.ForeignKey("records.StudentRecord", models.CASCADE, related_name="+")
    student_request = models.ForeignKey(
        "requests.StudentRequest", models.CASCADE, null=True, blank=True, related_name="+"
    )
    # The days lost or gained; without a last one the difference lasts beyond the trial.
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("line of a trial")
        verbose_name_plural = _("lines of trials")
        ordering = ["effect", "first_day", "pk"]
        indexes = [
            models.Index(fields=["trial", "effect", "first_day", "id"], name="trial_line_in_order")
        ]

    def __str__(self):
        return f"{self.get_effect_display()}, {self.first_day}"


def as_json(policy: PolicyInForce):
    """Return what counts of a policy for who may ask."""
    return {
        "is_open": policy.is_open,
        "closed_text": policy.closed_text,
        "asks_directory": policy.asks_directory,
        "numbers": policy.numbers,
    }


def as_in_force(stored, type_key):
    """Return the policy that ``as_json`` stored; numbers that are newer have their defaults."""
    known = find_type(type_key)
    defaults = {name: each.default for name, each in known.policies.items()} if known else {}
    return PolicyInForce(
        stored["is_open"],
        stored["closed_text"],
        0,
        defaults | stored["numbers"],
        asks_directory=stored.get("asks_directory", False),
    )

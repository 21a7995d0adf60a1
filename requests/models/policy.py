"""The office's half of a request type that has legal weight: open or closed, times, numbers."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin

from ..registry import find_type, get_type, known_types, type_choices


@dataclass(frozen=True)
class PolicyInForce:
    """The published policy of one type, with the type's defaults where nothing is published."""

    is_open: bool
    closed_text: str
    target_days: int
    numbers: dict = field(default_factory=dict)
    revision: str = ""
    # Whether only people of the approver directory may be asked.
    asks_directory: bool = False

    def __getitem__(self, name):
        return self.numbers[name]


class ApproverChoice(models.TextChoices):
    """Whom a student may name as approver."""

    FREE = "free", _("Anybody with an address of the school’s domains")
    DIRECTORY = "directory", _("Only people of the approver directory, by department")


class RequestPolicy(WorkflowMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """Whether a request type is open, how long it takes, its numbers; a supervisor publishes."""

    type_key = models.CharField(
        _("request type"),
        max_length=40,
        unique=True,
        help_text=_("The request this is the policy of. Each has one."),
    )
    is_open = models.BooleanField(
        _("open"), default=True, help_text=_("When off, nobody can start this request.")
    )
    closed_text = models.CharField(
        _("text while closed"),
        max_length=300,
        blank=True,
        help_text=_("What students read while it is closed: why, until when, what to do now."),
    )
    target_days = models.PositiveSmallIntegerField(
        _("target"), help_text=_("Business days from Submitted to done.")
    )
    approvers = models.CharField(
        _("approvers"),
        max_length=12,
        choices=ApproverChoice,
        default=ApproverChoice.FREE,
        db_default=ApproverChoice.FREE,
        help_text=_("Whom a student may name, where this type asks an approver."),
    )
    citation = models.CharField(
        _("source"), max_length=300, help_text=_("The rule or decision these numbers rest on.")
    )
    review_by = models.DateField(
        _("review by"),
        help_text=_("From the next day on the desk shows it among the overdue reviews."),
    )

    panels = [
        FieldPanel("type_key"),
        MultiFieldPanel([FieldPanel("is_open"), FieldPanel("closed_text")], _("Open or closed")),
        FieldPanel("target_days"),
        FieldPanel("approvers"),
        InlinePanel(
            "numbers",
            heading=_("Policy numbers"),
            label=_("number"),
            help_text=_("Add only what differs here from the standard number of the request."),
        ),
        MultiFieldPanel([FieldPanel("citation"), FieldPanel("review_by")], _("Source and review")),
    ]

    class Meta:
        verbose_name = _("request policy")
        verbose_name_plural = _("request policies")
        ordering = ["type_key"]

    def __str__(self):
        titles = dict(type_choices())
        return str(titles.get(self.type_key, self.type_key))

    def clean(self):
        """Refuse an unknown type, and a closed one without words for the students."""
        super().clean()
        errors = {}
        if find_type(self.type_key) is None:
            errors["type_key"] = _("There is no request type with this key: %(key)s.") % {
                "key": self.type_key
            }
        if not self.is_open and not self.closed_text.strip():
            errors["closed_text"] = _("Tell students why it is closed and what they can do.")
        if not 1 <= (self.target_days or 0) <= 90:
            errors["target_days"] = _("Enter between 1 and 90 business days.")
        if errors:
            raise ValidationError(errors)


class PolicyNumber(models.Model):
    """One number of a policy, within the bounds its type declares."""

    policy = ParentalKey(RequestPolicy, on_delete=models.CASCADE, related_name="numbers")
    name = models.CharField(
        _("name"),
        max_length=60,
        help_text=_("As the request calls it, for example: lead_days. A wrong name lists all."),
    )
    value = models.IntegerField(
        _("value"),
        help_text=_("Forms check with it from the moment it is published; guides show it."),
    )

    panels = [FieldPanel("name"), FieldPanel("value")]

    class Meta:
        verbose_name = _("policy number")
        verbose_name_plural = _("policy numbers")
        ordering = ["name"]

    def __str__(self):
        return f"{self.name} = {self.value}"

    def clean(self):
        """Refuse a number the type does not know and a value the law does not allow."""
        super().clean()
        # The form of a new policy ties the two together before either is saved.
        policy = getattr(self, "policy", None)
        request_type = find_type(policy.type_key) if policy else None
        if request_type is None or self.value is None:
            return
        declared = request_type.policies.get(self.name)
        if declared is None:
            names = ", ".join(sorted(request_type.policies)) or _("none")
            raise ValidationError(
                {"name": _("This type has no such number. It has: %(names)s.") % {"names": names}}
            )
        if not declared.legal_min <= self.value <= declared.legal_max:
            raise ValidationError({"value": declared.refusal()})


def policies_in_force():
    """Return the policy in force of every type by key, in one query; requests of all go on."""
    published = _published(RequestPolicy.objects.all())
    return {key: published.get(key) or _default(each) for key, each in known_types().items()}


def policy_in_force(type_key):
    """Return the policy in force of one type, in one query."""
    published = _published(RequestPolicy.objects.filter(type_key=type_key))
    return published.get(type_key) or _default(get_type(type_key))


def _published(policies):
    """Return the published ones by key, each joined with its numbers."""
    found = {}
    for row in policies.filter(live=True).values(
        "type_key",
        "is_open",
        "closed_text",
        "target_days",
        "approvers",
        "live_revision_id",
        "numbers__name",
        "numbers__value",
    ):
        request_type = find_type(row["type_key"])
        if request_type is None:
            continue
        policy = found.setdefault(
            request_type.key,
            PolicyInForce(
                row["is_open"],
                row["closed_text"],
                row["target_days"],
                _default_numbers(request_type),
                revision=str(row["live_revision_id"] or ""),
                asks_directory=row["approvers"] == ApproverChoice.DIRECTORY,
            ),
        )
        if row["numbers__name"] in policy.numbers:
            policy.numbers[row["numbers__name"]] = row["numbers__value"]
    return found


def _default(request_type):
    return PolicyInForce(True, "", request_type.target_days, _default_numbers(request_type))


def _default_numbers(request_type):
    return {name: each.default for name, each in request_type.policies.items()}

"""The academic/program advisor's link: who may be asked, and what a link opens.

A token names an approval and a link number and carries the time it was made. It opens only while
that approval waits, for that revision of the request, and for 30 days.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.notices.tokens import LinkProblem, LinkTokens
from isso.requests.people.models import User
from isso.requests.records.models import StudentRecord

from .lifecycle import State
from .models import Approval, ApproverDirectoryEntry, HistoryEntry

TOKENS = LinkTokens("isso.requests.approval")
LINK_LIFETIME = timedelta(days=30)
# No mail server takes a longer one, and no row of the outbox.
LONGEST_ADDRESS = 254


def make_token(approval):
    """Return the secret part of an approver's link, made anew at send time and stored nowhere."""
    return TOKENS.make(approval.pk, approval.link_number)


def open_token(token, max_age=LINK_LIFETIME):
    """Return the waiting approval behind a token; without ``max_age`` behind an old one, too.

    Raises LinkProblem: ``invalid`` (tampered, foreign), ``expired``, ``decided`` (with the
    approval), ``replaced`` (another link or person) or ``ended`` (the request moved on).
    """
    approval_id, link_number = TOKENS.read(token, max_age)
    approval = (
        Approval.objects.select_related("student_request__student__user")
        .filter(pk=approval_id)
        .first()
    )
    if approval is None:
        raise LinkProblem("invalid")
    if approval.outcome in Approval.DECIDED:
        raise LinkProblem("decided", approval)
    if approval.link_number != link_number or approval.outcome in (
        Approval.Outcome.REPLACED,
        Approval.Outcome.NOT_ME,
    ):
        raise LinkProblem("replaced")
    waiting_for = approval.student_request
    if (
        approval.outcome != Approval.Outcome.WAITING
        or waiting_for.state != State.APPROVER_REVIEW
        or waiting_for.current_approval_id != approval.pk
        or waiting_for.revision != approval.revision
    ):
        raise LinkProblem("ended")
    return approval


@dataclass(frozen=True)
class ApproverCheck:
    """Who is to be asked, and whether the office knows the person."""

    name: str
    email: str
    is_in_directory: bool


def check_approver(name, email, student, *, listed_only=False, asker=None):
    """Return the person as he may be asked; ``student`` is the record.

    Raises ValidationError by field: a broken address, the student's own or another student's
    address, or a domain that the office does not accept and that is not in its directory. With
    ``listed_only`` the directory alone counts, and it knows the name. ``asker`` is whoever began
    a department's request: nobody approves what he asks for.
    """
    name, email = " ".join(name.split()), email.strip().lower()
    people = ApproverDirectoryEntry.objects.people()
    known = people.filter(email__iexact=email, is_active=True).first()
    if listed_only:
        if known is None:
            raise ValidationError({"approver_email": _("Choose a person from the list.")})
        name = known.name
    if not name:
        raise ValidationError({"approver_name": _("Enter the name of your advisor.")})
    try:
        EmailValidator()(email)
        MaxLengthValidator(LONGEST_ADDRESS)(email)
    except ValidationError:
        raise ValidationError(
            {"approver_email": _("Enter an address such as name@example.edu.")}
        ) from None
    own = own_addresses(student) | ({asker.email.lower()} if asker else set())
    if email in own:
        raise ValidationError(
            {"approver_email": _("This is your own address. Enter your advisor’s.")}
        )
    if not known and _belongs_to_a_student(email):
        raise ValidationError(
            {"approver_email": _("This is a student’s address. Enter your advisor’s.")}
        )
    domain = email.rpartition("@")[2]
    if not known and domain not in settings.APPROVER_EMAIL_DOMAINS:
        raise ValidationError(
            {
                "approver_email": _("Enter a university address (%(domains)s).")
                % {"domains": ", ".join(settings.APPROVER_EMAIL_DOMAINS)}
            }
        )
    return ApproverCheck(name, email, known is not None)


def own_addresses(student):
    """Return the addresses of a student in small letters."""
    account = student.user.email if student.user else ""
    return {each.lower() for each in (student.email, student.personal_email, account)} - {""}


def _belongs_to_a_student(email):
    of_record = Q(email__iexact=email) | Q(personal_email__iexact=email)
    if StudentRecord.objects.known().filter(of_record).exists():
        return True
    return User.objects.filter(email__iexact=email, record__isnull=False).exists()


def confirm_approver(approval, actor):
    """Note that an advisor knows this approver to be entitled; raises PermissionError."""
    if not actor.is_staff:
        raise PermissionError
    if not approval.needs_confirmation:
        return
    approval.confirmed_by_id, approval.confirmed_at = actor.user_id, timezone.now()
    approval.save(update_fields=["confirmed_by", "confirmed_at"])
    HistoryEntry.objects.note(
        approval.student_request,
        "confirm_approver",
        _("Approver confirmed"),
        actor,
        note=f"{approval.name} <{approval.email}>",
    )

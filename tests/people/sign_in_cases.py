"""Each way not to get in: what the office holds, and the answer that follows."""

from datetime import timedelta
from uuid import uuid4

from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from isso.requests.people.invitations import accept, invite, revoke
from isso.requests.people.models import Purpose, User
from isso.requests.records.choices import Stage
from isso.requests.records.models import StudentRecord
from isso.tests.factories import make_staff, make_student

EMAIL = "priya@home.example"
DAY = timedelta(days=1)


def account(email=EMAIL, **fields):
    """Somebody who signs in with this address, or is to."""
    return User.objects.create_user(email, full_name="Priya Raman", **fields)


def record(email=EMAIL, **fields):
    """A record that nobody signs in to."""
    made = make_student(email=f"{uuid4()}@school.example")
    StudentRecord.objects.filter(pk=made.pk).update(user=None, **{"email": email} | fields)
    return made


def _switch_on(settings, domain):
    settings.OIDC_ISSUER = settings.OIDC_ISSUER or "https://campus.school.example"
    settings.OIDC_EMAIL_DOMAINS = [*settings.OIDC_EMAIL_DOMAINS, domain]


def unknown(settings, email=EMAIL):
    """Nobody has heard of it."""


def several(settings, email=EMAIL):
    """It stands in two records."""
    record(email)
    record("other@school.example", personal_email=email)


def not_invited(settings, email=EMAIL):
    """It stands in one record."""
    record(email)


def no_deposit(settings, email=EMAIL):
    """An admitted student has not paid."""
    record(email, stage=Stage.PRE_ARRIVAL)


def deposit_paid(settings, email=EMAIL):
    """An admitted student has paid, and was not invited."""
    record(email, stage=Stage.PRE_ARRIVAL, deposit_paid_on=timezone.localdate())


def archived(settings, email=EMAIL):
    """The record is closed."""
    record(email, stage=Stage.ARCHIVED)


def invited(settings, email=EMAIL):
    """The invitation waits."""
    invite(account(email), Purpose.STUDENT)


def expired(settings, email=EMAIL):
    """The invitation has run out."""
    invitation, _is_sent = invite(account(email), Purpose.STUDENT)
    invitation.created_at -= 40 * DAY
    invitation.expires_at = timezone.now() - DAY
    invitation.save()


def taken_back(settings, email=EMAIL):
    """The office has taken the invitation back."""
    revoke(invite(account(email), Purpose.STUDENT)[0])


def accepted(settings, email=EMAIL):
    """All is well."""
    accept(invite(account(email), Purpose.STUDENT)[0])


def campus(settings, email=EMAIL):
    """The campus account is bound."""
    _switch_on(settings, "school.example")
    user = account(email, last_login=timezone.now())
    SocialAccount.objects.create(user=user, provider=settings.OIDC_ISSUER, uid=email)


def unconnected(settings, email=EMAIL):
    """The campus account is not bound yet."""
    _switch_on(settings, email.rpartition("@")[2])
    accept(invite(account(email), Purpose.STUDENT)[0])


def staff(settings, email=EMAIL):
    """A member of the staff."""
    make_staff(email=email)


def closed(settings, email=EMAIL):
    """The office has closed the account."""
    account(email, is_active=False)


def personal_later(settings, email=EMAIL):
    """A verified personal address, while the campus account lives."""
    account("priya@school.example", personal_email=email)


def unverified(settings, email=EMAIL):
    """A personal address that was never verified."""
    make_student(email="asha@school.example", personal_email=email)


def moved(settings, email=EMAIL):
    """The campus address of somebody who has left."""
    account("priya@new.example", campus_email=email)


# Case → (answer, kind of the link in the mail).
CASES = {
    unknown: ("unknown", None),
    several: ("several", None),
    not_invited: ("not_invited", None),
    no_deposit: ("no_deposit", None),
    deposit_paid: ("not_invited", None),
    archived: ("unknown", None),
    invited: ("invited", "invitation"),
    expired: ("expired", "invitation"),
    taken_back: ("not_invited", None),
    accepted: ("fine", "sign_in"),
    campus: ("campus", "sign_in"),
    unconnected: ("unconnected", "invitation"),
    staff: ("staff", "sign_in"),
    closed: ("closed", None),
    personal_later: ("personal_later", "sign_in"),
    unverified: ("unverified", None),
    moved: ("moved", "sign_in"),
}

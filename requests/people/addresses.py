"""Which e-mail addresses can be a login: written in one way only, and in letters of one alphabet.

Two addresses that look alike must never be two people, nor one address two logins: capitals do
not count, letters that only look Latin are refused, and a “+” stays, as it is part of the address.
"""

import unicodedata

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db.models import Q
from django.utils.translation import gettext as _

from .models import User

# No mail server takes a longer one, and no row of the outbox.
LONGEST = 254


def login_address(text: str) -> str:
    """Return an address as it is kept; raises ValidationError with a sentence and its remedy."""
    email = text.strip().lower()
    if not email:
        raise ValidationError(_("There is no e-mail address. Enter one, then invite again."))
    strange = [letter for letter in email if not letter.isascii()]
    if strange:
        raise ValidationError(
            _(
                "“%(letter)s” in %(email)s is not a plain Latin letter (%(name)s). "
                "Type the address again on a Latin keyboard."
            )
            % {
                "letter": strange[0],
                "email": email,
                "name": unicodedata.name(strange[0], f"U+{ord(strange[0]):04X}").lower(),
            }
        )
    try:
        validate_email(email)
        MaxLengthValidator(LONGEST)(email)
    except ValidationError:
        raise ValidationError(
            _("“%(email)s” is no e-mail address. Enter one such as name@example.edu.")
            % {"email": email[:LONGEST]}
        ) from None
    return email


def is_anothers(email: str, user: User | None = None) -> bool:
    """Tell whether somebody else than ``user`` signs in with an address, or has verified it."""
    signing_in = User.objects.filter(Q(email__iexact=email) | Q(personal_email__iexact=email))
    verified = EmailAddress.objects.filter(email__iexact=email, verified=True)
    if user is not None:
        signing_in, verified = signing_in.exclude(pk=user.pk), verified.exclude(user=user)
    return signing_in.exists() or verified.exists()


def verify_address(user: User, email: str):
    """Note that this person reads the mail of an address, the one to sign in with."""
    others = EmailAddress.objects.filter(user=user, primary=True).exclude(email__iexact=email)
    others.update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=email.lower(), defaults={"verified": True, "primary": True}
    )

"""Chooses who carries the mail: a mail server (EMAIL_URL) or a provider that Anymail knows."""

import os

from . import addresses
from .environment import stop, text, words

# Provider → the variables it cannot do without.
PROVIDERS = {
    "amazon_ses": [],  # takes its credentials from AWS's own variables
    "brevo": ["ANYMAIL_BREVO_API_KEY"],
    "mailersend": ["ANYMAIL_MAILERSEND_API_TOKEN"],
    "mailgun": ["ANYMAIL_MAILGUN_API_KEY"],
    "mailjet": ["ANYMAIL_MAILJET_API_KEY", "ANYMAIL_MAILJET_SECRET_KEY"],
    "postmark": ["ANYMAIL_POSTMARK_SERVER_TOKEN"],
    "resend": ["ANYMAIL_RESEND_API_KEY"],
    "sendgrid": ["ANYMAIL_SENDGRID_API_KEY"],
    "sparkpost": ["ANYMAIL_SPARKPOST_API_KEY"],
}


def read():
    """Return the mail settings the environment asks for."""
    provider = text("ANYMAIL_PROVIDER", "")
    if not provider:
        if not text("EMAIL_URL", ""):
            stop(
                "The environment variable EMAIL_URL is missing: set it to the address of the mail "
                "server, like smtp+tls://user:password@mail.example.edu:587, or name a mail "
                "provider in ANYMAIL_PROVIDER."
            )
        return addresses.mail("EMAIL_URL")
    if provider not in PROVIDERS:
        known = ", ".join(PROVIDERS)
        stop(f"The environment variable ANYMAIL_PROVIDER must be one of {known}.")
    for name in PROVIDERS[provider]:
        text(name, what=f"the secret that {provider} gave you")
    settings = {
        name.removeprefix("ANYMAIL_"): value.strip()
        for name, value in os.environ.items()
        if name.startswith("ANYMAIL_") and name != "ANYMAIL_PROVIDER"
    }
    if "WEBHOOK_SECRET" in settings:
        settings["WEBHOOK_SECRET"] = words("ANYMAIL_WEBHOOK_SECRET")
    return {
        "EMAIL_BACKEND": f"anymail.backends.{provider}.EmailBackend",
        "ANYMAIL": settings | {"REQUESTS_TIMEOUT": 20},
    }

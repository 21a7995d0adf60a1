"""Reads where the campus sign-in (an OpenID Connect provider) is, if the office has one."""

from urllib.parse import urlsplit

from .environment import stop, text, words

TOGETHER = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
# As long as the column that keeps it beside each person's number there.
LONGEST_ISSUER = 200
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def read():
    """Return the ``OIDC_…`` settings; all empty where the environment names no campus sign-in."""
    given = {
        "OIDC_ISSUER": text("OIDC_ISSUER", ""),
        "OIDC_CLIENT_ID": text("OIDC_CLIENT_ID", ""),
        "OIDC_CLIENT_SECRET": text("OIDC_CLIENT_SECRET", ""),
        "OIDC_NAME": text("OIDC_NAME", ""),
        "OIDC_EMAIL_DOMAINS": [word.lower() for word in words("OIDC_EMAIL_DOMAINS", [])],
        "OIDC_ORIGINS": words("OIDC_ORIGINS", []),
    }
    if not any(given.values()):
        return given
    for name in TOGETHER:
        if not given[name]:
            stop(
                f"The environment variable {name} is missing: the campus sign-in needs "
                f"{', '.join(TOGETHER[:-1])} and {TOGETHER[-1]}; set all three or no OIDC_… at all."
            )
    _check_address("OIDC_ISSUER", given["OIDC_ISSUER"])
    for origin in given["OIDC_ORIGINS"]:
        _check_address("OIDC_ORIGINS", origin)
    for domain in given["OIDC_EMAIL_DOMAINS"]:
        if "@" in domain or "." not in domain:
            stop(
                "The environment variable OIDC_EMAIL_DOMAINS must list domains like "
                f"example.edu, not {domain!r}."
            )
    given["OIDC_NAME"] = given["OIDC_NAME"] or "Campus sign-in"
    return given


def _check_address(name, value):
    """Stop unless this is an address that nobody on the way can answer for."""
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not (is_safe and host) or parts.query or parts.fragment or len(value) > LONGEST_ISSUER:
        stop(f"The environment variable {name} must be like https://sign-in.example.edu.")

"""What tests of signing in share: the campus sign-in on this computer."""

import pytest

from isso.tests.people import campus_provider


@pytest.fixture(scope="session")
def provider_process():
    """One honest provider for the whole session."""
    with campus_provider.honest_provider() as provider:
        yield provider


@pytest.fixture
def provider(provider_process, settings):
    """The office with a campus sign-in."""
    switch_on(settings, provider_process.issuer)
    return provider_process


@pytest.fixture
def forger(settings):
    """The office with a campus sign-in that somebody has taken over."""
    with campus_provider.forger() as forged:
        switch_on(settings, forged.issuer)
        yield forged


def switch_on(settings, issuer):
    """Have a campus sign-in, as the environment would name it."""
    settings.OIDC_ISSUER = issuer
    settings.OIDC_CLIENT_ID = campus_provider.CLIENT_ID
    settings.OIDC_CLIENT_SECRET = "a secret: with +/=%"
    settings.OIDC_NAME = "Campus sign-in"
    settings.OIDC_EMAIL_DOMAINS = ["school.example"]

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
    campus_provider.switch_on(settings, provider_process.issuer)
    return provider_process


@pytest.fixture
def forger(settings):
    """The office with a campus sign-in that somebody has taken over."""
    with campus_provider.forger() as forged:
        campus_provider.switch_on(settings, forged.issuer)
        yield forged

"""What tests of the portal's pages share: an open office on a fixed Monday, a signed-in student."""

import pytest

from isso.tests import factories


@pytest.fixture
def student(office):
    """A continuing F-1 student's record."""
    return factories.make_student()


@pytest.fixture
def portal(client, student):
    """A browser in which the student is signed in."""
    client.force_login(student.user)
    return client

"""An open office on a fixed Monday, and one request that waits for its approver."""

import pytest

from isso.tests import factories
from isso.tests.approver.links import address


@pytest.fixture
def waiting(office):
    """A CPT request with the approver."""
    return factories.make_request(type_key="cpt", state="approver_review")


@pytest.fixture
def link(waiting):
    """The address in the approver's mail."""
    return address(waiting.current_approval)

"""What every request type promises; who may ask for which stands in tests/types."""

import pytest

from isso.requests.registry import folder_types, get_type


@pytest.mark.parametrize("key", sorted(folder_types()))
def test_every_type_is_whole(key):
    """A contract for each file in types/: what the screens, mails and rules rely on."""
    request_type = get_type(key)

    assert request_type.key == key
    for name in ("title", "summary", "icon", "citation", "steps", "attestations", "stock_reasons"):
        assert getattr(request_type, name), name
    names = [field for page in request_type.pages if page.form for field in page.form.base_fields]
    names += [slot.name for slot in request_type.slots]
    assert len(names) == len(set(names)), "an answer and a file share a name"
    assert request_type.approver_sees <= set(names)
    assert len({page.slug for page in request_type.pages}) == len(request_type.pages)
    for policy in request_type.policies.values():
        assert policy.legal_min <= policy.default <= policy.legal_max
        assert policy.citation
    for step in request_type.approval_steps:
        # Nobody names the colleagues of another office.
        assert step.office or {step.name_field, step.email_field} <= set(names)


@pytest.mark.parametrize("secret", ["passport", "passport_number", "site_street", "us_street"])
def test_approvers_are_never_shown_passports_or_addresses(secret):
    assert [key for key, each in folder_types().items() if secret in each.approver_sees] == []

"""What is private never reaches an approver, whatever the type: shown over the whole registry."""

import re

import pytest
from django.utils import timezone

from isso.requests.actor import Actor
from isso.requests.drafting import attach, start
from isso.requests.models import Approval, Document, StudentRequest
from isso.requests.registry import folder_types, get_type
from isso.requests.request_type import AskedBy
from isso.tests import factories
from isso.tests.approver.links import address

ASKING = sorted(key for key, each in folder_types().items() if each.approval_steps)
# Identity and health: between the student and the office, whatever a type says.
PRIVATE = re.compile(
    "passport|visa|i_?94|medical|health|doctor|insurance|bank|fund|birth|marriage|ead|police"
)


@pytest.mark.parametrize("key", sorted(folder_types()))
def test_no_type_opens_identity_health_or_money_to_an_approver(key):
    request_type = folder_types()[key]

    assert [slot.name for slot in request_type.slots if PRIVATE.search(slot.name)] == [
        slot.name
        for slot in request_type.slots
        if PRIVATE.search(slot.name) and not slot.approver_sees
    ]
    assert [name for name in request_type.approver_sees if PRIVATE.search(name)] == []


def waiting(key):
    """Return a request of any type with its approver, every answer given and every slot filled.

    It comes past the doors: who is entitled to it is not asked here.
    """
    record, staff = factories.make_student(), Actor.for_user(factories.make_staff())
    asks = {"department": "Biology"} if get_type(key).asked_by == AskedBy.DEPARTMENT else {}
    made = start(record, key, staff, start_key=key, override="For this test.", **asks)
    asker = staff if asks else Actor.for_user(record.user)
    for slot in made.type.slots:
        attach(made, slot, factories.pdf_file(f"{slot.name}.pdf"), asker)
    asked = Approval.objects.create(
        student_request=made, revision=1, name="Paula Rivera", email="rivera@demo.example"
    )
    StudentRequest.objects.filter(pk=made.pk).update(
        state="approver_review",
        revision=1,
        current_approval=asked,
        submitted_at=timezone.now(),
        answers=factories.answers_for(key, record),
    )
    return StudentRequest.objects.get(pk=made.pk)


@pytest.mark.parametrize("key", ASKING)
def test_a_private_file_is_neither_named_nor_handed_out(client, office, key):
    made = waiting(key)
    page = address(made.current_approval)

    html = client.get(page).content.decode()
    private = Document.objects.filter(student_request=made).exclude(
        slot__in=made.type.approver_sees
    )
    assert [each.slot for each in private if f"/{each.pk}/" in html] == []
    assert [
        each.slot
        for each in private
        if client.get(f"{page}documents/{each.pk}/").status_code != 404
    ] == []
    shown = {str(slot.label) for slot in made.type.slots if slot.approver_sees}
    hidden = {str(slot.label) for slot in made.type.slots} - shown
    assert [label for label in hidden if f"{label}</a>" in html] == []
    assert made.student.passport_number not in html

"""Our mail does not reach the approver: whoever asks hears of it and corrects the address."""

import pytest

from isso.requests.models import StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import deliver_due
from isso.requests.unreached import tell_of_unreached
from isso.tests import factories

KEY = "approver_unreached"


@pytest.fixture
def open_office(db, monday):
    factories.make_office()


@pytest.fixture
def bounced(open_office):
    made = factories.make_request(type_key="cpt", state="approver_review")
    Notice.objects.filter(key="approver_request").update(state="sent", delivery="bounced")
    return made


def test_the_student_hears_of_it_once_and_corrects_it(open_office, smtp, mailbox, client, monday):
    """A real mail server refuses the address, and takes the corrected one."""
    smtp.start()
    mailbox.refusals = {"rivera@demo.example": "550 No such user"}
    bounced = factories.make_request(type_key="cpt", state="approver_review")
    deliver_due()
    assert [tell_of_unreached(), tell_of_unreached()] == [1, 0]
    told = Notice.objects.get(key=KEY)
    assert (told.recipient, told.links) == (
        bounced.student.user.email,
        {"link": ["request", bounced.reference]},
    )

    client.force_login(bounced.student.user)
    (to_do,) = [
        each for each in client.get("/portal/").context["to_do"] if each.kind == "unreached"
    ]
    page = client.get(to_do.href)
    assert (to_do.button, page.context["is_unreached"]) == ("Correct the address", True)

    monday.shift(60)
    client.post(
        f"/portal/requests/{bounced.reference}/do/replace_approver/",
        {"confirmed": "1", "approver_name": "Rivera", "approver_email": "right@demo.example"},
    )

    assert StudentRequest.objects.get().current_approval.email == "right@demo.example"
    assert client.get(to_do.href).context["is_unreached"] is False
    assert [each.kind for each in client.get("/portal/").context["to_do"]] == []
    deliver_due()
    assert tell_of_unreached() == 0
    assert mailbox.recipients.count("right@demo.example") == 1
    assert bounced.student.user.email in mailbox.recipients


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"state": "failed", "delivery": ""}, 1),
        ({"delivery": "rejected"}, 1),
        ({"delivery": "delivered"}, 0),
        ({"delivery": "deferred"}, 0),
    ],
)
def test_what_counts_as_not_reached(bounced, changes, told):
    Notice.objects.filter(key="approver_request").update(**changes)

    assert tell_of_unreached() == told

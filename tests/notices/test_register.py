"""The register of mails: who may look, what the export says, and that nobody writes."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from isso.home.spreadsheet import cell
from isso.requests.notices.models import Notice
from isso.requests.people.roles import Role
from isso.requests.records.models import AccessLog
from isso.tests.factories import make_staff

pytestmark = pytest.mark.django_db

LIST = "/admin/notices/notice/"


@pytest.fixture
def sign_in(client):
    """Sign a member of the office in, by role."""

    def sign_in_as(role):
        user = make_staff(role)
        client.force_login(user)
        return user

    return sign_in_as


@pytest.fixture
def notice(write):
    """One mail about a request, with a secret link."""
    return write(
        to="sofia@demo.example",
        name="Sofia Ng",
        about="ISSO-7",
        key="approver_request",
        context={"request_title": "CPT", "student_name": "Sofia Ng"},
        links={"link": ["test-secret", "t0ken"]},
    )


def addresses(notice):
    return {
        "list": LIST,
        "search": f"{LIST}?q=sofia",
        "export": f"{LIST}?export=csv",
        "one": f"{LIST}inspect/{notice.pk}/",
    }


@pytest.mark.parametrize(
    ("role", "is_let_in"),
    [
        (Role.ADVISOR, True),
        (Role.SUPERVISOR, True),
        (Role.EDITOR, False),
        (Role.STUDENT, False),
        (Role.HR, False),
        (None, False),
    ],
)
def test_who_may_look(client, sign_in, notice, role, is_let_in):
    if role:
        sign_in(role)
    seen = {}
    for name, address in addresses(notice).items():
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        seen[name] = b"sofia@demo.example" in body.lower()

    assert seen == dict.fromkeys(seen, is_let_in)


@pytest.mark.parametrize("verb", ["create", "edit/{}", "delete/{}", "history/{}"])
def test_nobody_writes_not_even_a_superuser(client, admin_user, notice, verb):
    client.force_login(admin_user)
    address = f"{LIST}{verb.format(notice.pk)}/"

    assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
    assert Notice.objects.filter(pk=notice.pk).exists()


def test_staff_read_the_words_but_not_the_link(client, sign_in, notice):
    user = sign_in(Role.ADVISOR)
    page = client.get(f"{LIST}inspect/{notice.pk}/").content.decode()

    assert "Sofia Ng asks for “CPT”" in page
    assert "t0ken" not in page
    assert list(AccessLog.objects.values_list("user", "what", "object_id", "allowed")) == [
        (user.pk, "notices.notice opened", str(notice.pk), True)
    ]


def test_an_attempt_to_read_is_noted(client, sign_in, notice):
    user = sign_in(Role.EDITOR)
    client.get(f"{LIST}inspect/{notice.pk}/")

    assert list(AccessLog.objects.values_list("user", "allowed")) == [(user.pk, False)]


@pytest.mark.parametrize(
    ("role", "state", "result"),
    [
        (Role.ADVISOR, "failed", "waiting"),
        (Role.SUPERVISOR, "failed", "waiting"),
        (Role.ADVISOR, "sent", "sent"),
        (Role.ADVISOR, "canceled", "canceled"),
        (Role.EDITOR, "failed", "failed"),
        (Role.STUDENT, "failed", "failed"),
        (None, "failed", "failed"),
    ],
)
def test_staff_send_a_failed_mail_again(client, sign_in, notice, role, state, result):
    if role:
        sign_in(role)
    Notice.objects.update(state=state)
    address = f"{LIST}send-again/{notice.pk}/"
    client.get(address)
    assert Notice.objects.get().state == state

    client.post(address)
    assert Notice.objects.get().state == result


def test_only_a_failed_mail_offers_to_send_it_again(client, sign_in, notice):
    sign_in(Role.ADVISOR)
    offers = []
    for state in ("failed", "sent"):
        Notice.objects.update(state=state)
        page = client.get(f"{LIST}inspect/{notice.pk}/").content.decode()
        offers.append("Send again" in page)

    assert offers == [True, False]


@pytest.mark.parametrize("pk", ["7", "x", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_mail_is_not_found(client, sign_in, pk):
    sign_in(Role.ADVISOR)

    assert client.get(f"{LIST}inspect/{pk}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "dedupe_key__startswith=n",
        "context__contains=x",
        "state=%00",
        "state=nonsense",
        "q=%00",
        'q="',
        "o=99",
        "p=99",
        "events__note__startswith=x",
    ],
)
def test_an_odd_address_neither_breaks_nor_probes(client, sign_in, notice, query):
    sign_in(Role.ADVISOR)
    response = client.get(f"{LIST}?{query}", follow=True)

    assert response.status_code == 200
    # What is no filter on the screen changes nothing.
    if query.startswith(("dedupe", "context", "events")):
        assert list(response.context["object_list"]) == [notice]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\0=1", "'=1"),
        ("  =1", "'  =1"),
        ("O'Neill", "O'Neill"),
        (True, "Yes"),
        (None, ""),
    ],
)
def test_no_cell_is_a_formula(value, shown):
    assert cell(value) == shown


def test_the_export_is_readable_local_and_noted(client, sign_in, notice):
    user = sign_in(Role.SUPERVISOR)
    Notice.objects.update(created_at="2026-07-01T03:30:00Z", last_error="=1+1")
    text = b"".join(client.get(f"{LIST}?export=csv").streaming_content).decode()
    rows = list(csv.reader(io.StringIO(text)))

    assert rows == [
        [
            "Mail",
            "Audience",
            "Address",
            "Request",
            "State",
            "Delivery",
            "Written",
            "Sent",
            "Attempts",
            "Last Error",
        ],
        [
            "Approver request",
            "Student",
            "sofia@demo.example",
            "ISSO-7",
            "Waiting",
            "Not reported",
            "2026-06-30 23:30",
            "",
            "0",
            "'=1+1",
        ],
    ]
    assert list(AccessLog.objects.values_list("user", "what", "object_id")) == [
        (user.pk, "notices.notice exported", "csv")
    ]


def test_the_workbook_holds_no_formula(client, sign_in, notice):
    sign_in(Role.SUPERVISOR)
    Notice.objects.update(last_error="=1+1")
    response = client.get(f"{LIST}?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    last = sheet.cell(2, 10)

    assert (last.value, last.data_type) == ("'=1+1", "s")


@pytest.mark.parametrize(
    ("role", "is_let_in"), [(Role.SUPERVISOR, True), (Role.ADVISOR, False), (Role.EDITOR, False)]
)
def test_supervisors_alone_write_wording(client, sign_in, role, is_let_in):
    sign_in(role)
    response = client.get("/admin/snippets/notices/mailwording/add/")

    assert (response.status_code == 200) is is_let_in


def test_the_list_needs_the_same_queries_for_1_and_30_mails(client, sign_in, write):
    sign_in(Role.ADVISOR)
    write()
    client.get(LIST)
    counts = []
    for more in (0, 29):
        for _number in range(more):
            write()
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 16

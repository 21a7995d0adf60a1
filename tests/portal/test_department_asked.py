"""What a department asks for: its people follow it and see whose turn it is; nobody else does."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from isso.requests.actor import Actor
from isso.requests.desk.reading_words import SUBJECTS
from isso.requests.drafting import attach, save_page
from isso.requests.models import Document, StudentRequest
from isso.requests.people.departments import end_membership
from isso.requests.people.models import User
from isso.requests.perform import perform
from isso.requests.records.models import AccessLog, StudentRecord
from isso.tests import factories
from isso.tests.portal import hosting
from isso.tests.portal.hosting import ask_for, lead_to, member, send
from isso.tests.portal.test_department import scholar

PAGE, ASKED = "/portal/department/", "/portal/department/requests/"
INVITE = f"{PAGE}invite/"
OFFICE = "ISSO"
NADIA = {"given_name": "Nadia", "family_name": "Petrova", "email": "nadia@home.example"}


@pytest.fixture(autouse=True)
def _offered(office):
    hosting.officers()
    yield from hosting.offered()


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def grace():
    """The administrator of Biology: account and browser."""
    user = member("grace@school.example", "Grace Whitfield", "Biology")
    return SimpleNamespace(user=user, client=browser(user))


@pytest.fixture
def carl():
    """The administrator of Chemistry: account and browser."""
    user = member("carl@school.example", "Carl Berg", "Chemistry")
    return SimpleNamespace(user=user, client=browser(user))


@pytest.fixture
def nadia():
    """A scholar of Biology."""
    return scholar(1, "Nadia Petrova")


def rows(client, page=PAGE):
    """Who, status and whose turn, of each request that a page lists."""
    answer = client.get(page)
    assert answer.status_code == 200
    found = answer.context["asked" if page != ASKED else "rows"]
    return [(row.scholar, str(row.label), str(row.turn)) for row in found]


def addresses(made):
    """Every address of one request in the portal."""
    base = f"/portal/requests/{made.reference}/"
    file = made.documents.get()
    return [base, f"{base}edit/host/", f"{base}check/", file.get_absolute_url()]


# State → status and next actor as the department reads them.
TURNS = {
    "draft": ("Draft", "You"),
    "approver_review": ("Approver Review", "Research Compliance"),
    "submitted": ("Submitted", "ISSO"),
    "in_review": ("Submitted", "ISSO"),
    "clarification": ("Clarification Requested", "You"),
    "approved": ("Approved", "Nadia Petrova"),
    "denied": ("Denied", ""),
}


@pytest.mark.parametrize("state", TURNS)
def test_each_request_says_where_it_stands_and_who_acts_next(grace, nadia, state):
    lead_to(ask_for(nadia, grace.user), grace.user, state)
    status, turn = TURNS[state]

    assert rows(grace.client, ASKED) == [("Nadia Petrova", status, turn)]
    is_open = state != "denied"
    assert rows(grace.client) == ([("Nadia Petrova", status, turn)] if is_open else [])
    [row] = grace.client.get(f"{PAGE}{nadia.pk}/").context["asked"]
    assert (str(row.label), row.turn) == (status, turn)


def test_the_steps_are_named_one_after_the_other(grace, nadia):
    made = send(
        ask_for(
            nadia,
            grace.user,
            chair_wanted="yes",
            chair_name="Carl Stone",
            chair_email="stone@demo.example",
        ),
        grace.user,
    )
    turns = []
    while made.state == "approver_review":
        turns.append(rows(grace.client)[0][2])
        made = hosting.agree(made)

    assert turns == ["Carl Stone", "Research Compliance", "Human Resources"]


def way(client, made):
    """The stops on the status page: title and state."""
    stops = client.get(f"/portal/requests/{made.reference}/").context["way"]
    return [(str(stop.title), stop.state) for stop in stops]


def stops(*states):
    titles = (
        "Your department sends it",
        "Research Compliance",
        "Human Resources",
        f"{OFFICE} reviews it",
        "The scholar is invited",
        "The scholar sends the own part",
        "The DS-2019 is released to the scholar",
        "The scholar has arrived and checked in",
    )
    letters = {"d": "done", "n": "now", "t": "todo"}
    return [(title, letters[each]) for title, each in zip(titles, *states, strict=True)]


WAYS = {
    "draft": "nttttttt",
    "approver_review": "dntttttt",
    "submitted": "dddntttt",
    "in_review": "dddntttt",
    "clarification": "ndd" + "ttttt",
    "approved": "dddddntt",
}


@pytest.mark.parametrize("state", WAYS)
def test_the_status_page_shows_the_whole_way(grace, nadia, state):
    made = lead_to(ask_for(nadia, grace.user), grace.user, state)
    assert way(grace.client, made) == stops(WAYS[state])


def half_of(made):
    return StudentRequest.objects.get(follows=made)


def complete_half(made, advisor):
    """Let the scholar send the own half and the office release the form."""
    half, record = half_of(made), made.student
    actor = Actor.for_user(record.user)
    half, _form = save_page(
        half, half.type.page("own"), factories._as_posted({"passport_number": "X9998"}), actor
    )
    attach(half, half.type.slots[0], factories.pdf_file("passport.pdf"), actor)
    half = factories.send(StudentRequest.objects.get(pk=half.pk))
    yield half
    office = Actor.for_user(advisor)
    half = perform(half, "start_review", office)
    half = perform(half, "approve", office)
    factories.release(half, office, "DS-2019")
    yield perform(StudentRequest.objects.get(pk=half.pk), "complete", office)


def test_the_way_goes_on_with_the_scholar_until_the_arrival(grace, nadia):
    advisor = factories.make_staff()
    made = lead_to(ask_for(nadia, grace.user), grace.user, "approved", advisor)
    nadia.check_in_completed_on = None
    nadia.save()
    completing = complete_half(made, advisor)

    next(completing)
    assert way(grace.client, made) == stops("ddddddnt")
    assert rows(grace.client) == [("Nadia Petrova", "Approved", OFFICE)]
    next(completing)
    assert way(grace.client, made) == stops("dddddddt")
    assert rows(grace.client, ASKED) == [("Nadia Petrova", "Completed", "")]
    StudentRecord.objects.filter(pk=nadia.pk).update(check_in_completed_on=timezone.localdate())
    assert way(grace.client, made) == stops("dddddddd")


def test_nothing_of_the_scholars_half_reaches_the_department(grace, nadia):
    advisor = factories.make_staff()
    made = lead_to(ask_for(nadia, grace.user), grace.user, "approved", advisor)
    for half in complete_half(made, advisor):
        for page in (PAGE, ASKED, f"{PAGE}{nadia.pk}/", *addresses(made)[:1]):
            words = grace.client.get(page).content.decode()
            assert [each for each in ("X9998", half.reference) if each in words] == [], page
        found = [half.get_absolute_url(), *(d.get_absolute_url() for d in half.documents.all())]
        assert {grace.client.get(each).status_code for each in found} == {404}
    assert Document.objects.visible_to(grace.user).get().slot == "cv"


def test_a_refusal_ends_it_with_a_reason_to_the_department_alone(grace, nadia):
    made = send(ask_for(nadia, grace.user), grace.user)
    made = perform(
        made,
        "refuse",
        Actor.for_approval(made.current_approval),
        note="Sanctions apply.",
        answers={"is_official": "yes"},
        decided_name="Daniel Osei",
        decided_title="Officer",
    )

    page = grace.client.get(f"/portal/requests/{made.reference}/").content.decode()
    assert "Sanctions apply." in page
    assert way(grace.client, made) == stops("d" + "ttttttt")[:1]
    theirs = browser(nadia.user)
    for address in ("/portal/", "/portal/requests/", "/portal/profile/"):
        words = theirs.get(address).content.decode()
        assert [each for each in ("Sanctions", made.reference, "Hosting") if each in words] == []
    assert {theirs.get(each).status_code for each in addresses(made)} == {404}


# --- Nobody else ---------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "approver_review", "in_review", "approved", "denied"])
def test_another_department_finds_nothing(grace, carl, nadia, state):
    made = lead_to(ask_for(nadia, grace.user), grace.user, state)
    file = made.documents.get()
    AccessLog.objects.all().delete()

    assert (rows(carl.client), rows(carl.client, ASKED)) == ([], [])
    assert carl.client.get(ASKED).context["page_obj"].paginator.count == 0
    assert {carl.client.get(each).status_code for each in addresses(made)} == {404}
    posts = [
        f"/portal/requests/{made.reference}/message/",
        f"/portal/requests/{made.reference}/do/withdraw/",
        f"/portal/requests/{made.reference}/edit/host/",
        f"{PAGE}{nadia.pk}/ask/hosting/",
    ]
    assert {carl.client.post(each, {"text": "x"}).status_code for each in posts} == {404}
    for query in ("?q=Nadia", "?q=Petrova", f"?q={made.reference}"):
        assert carl.client.get(PAGE + query).context["rows"] == []
    assert set(AccessLog.objects.values_list("user", "allowed")) == {(carl.user.pk, False)}
    assert not StudentRequest.objects.visible_to(carl.user).exists()
    assert not Document.objects.visible_to(carl.user).filter(pk=file.pk).exists()


def test_one_scholar_finds_nothing_of_another_nor_of_what_is_asked_about_himself(grace, nadia):
    made = lead_to(ask_for(nadia, grace.user), grace.user, "in_review")
    omar = scholar(2, "Omar Haddad")
    for record in (nadia, omar):
        theirs = browser(record.user)
        assert {theirs.get(each).status_code for each in [PAGE, *addresses(made)]} == {404}
        for address in ("/portal/", "/portal/requests/", "/portal/profile/changes/"):
            assert made.reference not in theirs.get(address).content.decode()


def test_an_office_finds_a_request_at_its_own_step_alone(grace, nadia):
    made = ask_for(nadia, grace.user)
    offices = {role: browser(factories_user(role)) for role in ("compliance", "hr")}

    def lists():
        return {
            role: len(client.get("/portal/approvals/").context["rows"])
            for role, client in offices.items()
        }

    def opens(approval):
        return {
            role: client.get(f"/portal/approvals/office/{approval.pk}/").status_code
            for role, client in offices.items()
        }

    assert lists() == {"compliance": 0, "hr": 0}
    made = send(made, grace.user)
    first = made.current_approval
    assert lists() == {"compliance": 1, "hr": 0}
    assert opens(first) == {"compliance": 200, "hr": 404}
    made = hosting.agree(made)
    assert lists() == {"compliance": 0, "hr": 1}
    assert opens(made.current_approval) == {"compliance": 404, "hr": 200}
    for client in offices.values():
        assert {client.get(each).status_code for each in [PAGE, *addresses(made)]} == {404}


def factories_user(role):
    return User.objects.get(email=f"{role}@staff.example")


# --- Beginning -----------------------------------------------------------------------------------


def test_an_invitation_begins_with_the_name_and_is_the_departments_at_once(grace):
    answer = grace.client.post(INVITE, NADIA | {"department": "Biology", "start_key": "one"})

    made = StudentRequest.objects.get()
    assert (answer.status_code, answer.url) == (
        302,
        f"/portal/requests/{made.reference}/edit/host/",
    )
    record = made.student
    assert (made.type_key, made.department, made.started_by, made.state) == (
        *("hosting", "Biology", grace.user, "draft"),
    )
    assert (record.full_name, record.email, record.department, record.stage, record.user) == (
        *("Nadia Petrova", "nadia@home.example", "Biology", "proposed", None),
    )
    again = grace.client.post(INVITE, NADIA | {"department": "Biology", "start_key": "one"})
    assert again.url == answer.url
    assert StudentRecord.objects.count() == 1
    page = grace.client.get(answer.url)
    assert page.status_code == 200
    assert "Personal &amp; Program" not in page.content.decode()
    assert rows(grace.client) == [("Nadia Petrova", "Draft", "You")]
    colleague = member("ruth@school.example", "Ruth Wu", "biology")
    assert rows(browser(colleague)) == [("Nadia Petrova", "Draft", "You")]


REFUSED = {
    "another department": ({"department": "Chemistry"}, "department"),
    "no department": ({"department": ""}, "department"),
    "no family name": ({"family_name": " "}, "family_name"),
    "no address": ({"email": ""}, "email"),
    "half an address": ({"email": "nadia@"}, "email"),
    "digits in a name": ({"family_name": "P3trova"}, "family_name"),
    "two lines": ({"family_name": "Petrova\nX"}, "family_name"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_missing_is_said_and_nothing_is_kept(grace, what):
    changes, field = REFUSED[what]
    answer = grace.client.post(INVITE, NADIA | {"department": "Biology"} | changes)

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert (StudentRequest.objects.count(), StudentRecord.objects.count()) == (0, 0)


def test_who_has_several_departments_chooses_one():
    user = member("ruth@school.example", "Ruth Wu", "Biology", "Physics")
    client = browser(user)
    form = client.get(INVITE).context["form"]
    assert [key for key, _label in form.fields["department"].choices] == ["Biology", "Physics"]

    client.post(INVITE, NADIA | {"department": "Physics"})

    assert StudentRequest.objects.get().department == "Physics"


def test_a_department_asks_about_its_scholar_once(grace, nadia):
    address = f"{PAGE}{nadia.pk}/ask/hosting/"
    assert grace.client.get(address).status_code == 200

    urls = {grace.client.post(address, {"start_key": key}).url for key in ("one", "two")}

    made = StudentRequest.objects.get()
    assert urls == {f"/portal/requests/{made.reference}/edit/host/"}
    assert (made.student, made.department) == (nadia, "Biology")


@pytest.mark.parametrize("key", ["cpt", "own_half", "no-such-type"])
def test_a_department_asks_for_nothing_that_people_ask_for_themselves(grace, nadia, key):
    address = f"{PAGE}{nadia.pk}/ask/{key}/"
    assert {grace.client.get(address).status_code, grace.client.post(address).status_code} == {404}
    assert not StudentRequest.objects.exists()


# --- Going on, and the end -----------------------------------------------------------------------


def test_colleagues_go_on_together_and_write_to_the_office(grace, nadia):
    made = lead_to(ask_for(nadia, grace.user), grace.user, "in_review")
    ruth = browser(member("ruth@school.example", "Ruth Wu", "Biology"))

    answer = ruth.post(f"/portal/requests/{made.reference}/message/", {"text": "A new date."})

    assert answer.status_code == 302
    assert "A new date." in grace.client.get(made.get_absolute_url()).content.decode()


def test_who_leaves_the_department_in_the_middle_loses_sight_and_nothing_is_lost(grace, nadia):
    made = ask_for(nadia, grace.user)
    ruth = member("ruth@school.example", "Ruth Wu", "Biology")
    before = StudentRequest.objects.filter(pk=made.pk).values().get()
    supervisor = factories.make_staff("supervisor")
    typed = hosting.ANSWERS | {"work": "Written too late"}
    for membership in grace.user.departments.running():
        end_membership(membership, by=supervisor)

    pages = [PAGE, ASKED, INVITE, *addresses(made)]
    assert {grace.client.get(each).status_code for each in pages} == {404}
    saved = grace.client.post(f"/portal/requests/{made.reference}/edit/host/", typed)

    assert saved.status_code == 404
    assert StudentRequest.objects.filter(pk=made.pk).values().get() == before
    assert made.documents.count() == 1
    assert rows(browser(ruth)) == [("Nadia Petrova", "Draft", "You")]
    assert send(StudentRequest.objects.get(pk=made.pk), ruth).state == "approver_review"


def test_a_discarded_draft_leads_back_to_the_department(grace, nadia):
    made = ask_for(nadia, grace.user)

    answer = grace.client.post(f"/portal/requests/{made.reference}/do/discard/", {"confirmed": "1"})

    assert (answer.status_code, answer.url) == (302, PAGE)
    assert rows(grace.client, ASKED) == []


def test_who_reads_about_a_scholar_is_noted(grace, nadia):
    made = lead_to(ask_for(nadia, grace.user), grace.user, "in_review")
    AccessLog.objects.all().delete()
    for _time in range(2):
        for address in (PAGE, ASKED, made.get_absolute_url()):
            grace.client.get(address)

    lines = AccessLog.objects.filter(record=nadia).values_list("user", "what")
    assert sorted(lines) == [
        (grace.user.pk, "request of a department"),
        (grace.user.pk, "requests of a department"),
        (grace.user.pk, "scholars of a department"),
    ]
    assert {what for _user, what in lines} <= SUBJECTS.keys()


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("page", "queries"), [(PAGE, 15), (ASKED, 11)])
def test_the_lists_cost_the_same_for_any_number(
    grace, count, page, queries, django_assert_num_queries
):
    for number in range(count):
        ask_for(scholar(number, f"Nadia Petrova-{number}"), grace.user)
    StudentRequest.objects.update(submitted_at=timezone.now(), state="approved")
    grace.client.get(page)

    with django_assert_num_queries(queries):
        assert len(rows(grace.client, page)) == count


def test_more_than_a_page_leads_to_all(grace):
    for number in range(31):
        ask_for(scholar(number, f"Nadia Petrova-{number}"), grace.user)
    StudentRequest.objects.update(created_at=timezone.now() - timedelta(days=1))

    page = grace.client.get(PAGE)

    assert (len(page.context["asked"]), page.context["has_more"]) == (30, True)
    assert len(rows(grace.client, f"{ASKED}")) == 30
    assert len(grace.client.get(f"{ASKED}?page=2").context["rows"]) == 1

"""What supervisors settle: policies, caseloads, the approver directory."""

import re

import pytest

from isso.requests.models import ApproverDirectoryEntry, Caseload, RequestPolicy
from isso.requests.models.policy import policy_in_force
from isso.requests.people.roles import Role
from isso.tests import factories

POLICY = {
    "type_key": "cpt",
    "is_open": "on",
    "closed_text": "",
    "target_days": "9",
    "approvers": "free",
    "citation": "Decision of the office, September 2026",
    "review_by": "2027-09-01",
    "numbers-TOTAL_FORMS": "0",
    "numbers-INITIAL_FORMS": "0",
    "numbers-MIN_NUM_FORMS": "0",
    "numbers-MAX_NUM_FORMS": "1000",
}
ADD_POLICY = "/admin/snippets/requests/requestpolicy/add/"


def number(name, value):
    return {
        "numbers-TOTAL_FORMS": "1",
        "numbers-0-id": "",
        "numbers-0-DELETE": "",
        "numbers-0-name": name,
        "numbers-0-value": value,
    }


def test_the_form_of_a_policy_offers_the_types_by_name(supervisor):
    words = supervisor.get(ADD_POLICY).content.decode()

    assert '<option value="cpt">Curricular Practical Training (CPT)</option>' in words


def test_a_policy_counts_from_the_moment_it_is_published(supervisor):
    supervisor.post(ADD_POLICY, POLICY | number("full_time_day_warning", "200"))
    as_draft = policy_in_force("cpt")
    policy = RequestPolicy.objects.get()
    supervisor.post(
        f"/admin/snippets/requests/requestpolicy/edit/{policy.pk}/",
        POLICY | number("full_time_day_warning", "200") | {"action-publish": "1"},
    )
    published = policy_in_force("cpt")

    assert (as_draft.target_days, as_draft["full_time_day_warning"]) == (7, 300)
    assert (published.target_days, published["full_time_day_warning"]) == (9, 200)


@pytest.mark.parametrize(
    "typed",
    [
        {"type_key": "nonsense"},
        {"is_open": ""},
        {"target_days": "0"},
        number("full_time_day_limit", "400"),
        number("nonsense", "1"),
    ],
)
def test_what_the_law_or_the_type_does_not_allow_is_refused(typed, supervisor):
    answer = supervisor.post(ADD_POLICY, POLICY | typed | {"action-publish": "1"})

    assert answer.status_code == 200
    assert RequestPolicy.objects.count() == 0


def test_a_closed_type_needs_words_for_the_students(supervisor):
    supervisor.post(
        ADD_POLICY,
        POLICY | {"is_open": "", "closed_text": "Closed until June.", "action-publish": "1"},
    )

    in_force = policy_in_force("cpt")
    assert (in_force.is_open, in_force.closed_text) == (False, "Closed until June.")


def test_a_caseload_is_given_to_members_of_the_office_only(staff, supervisor):
    student = factories.make_student()
    url, typed = (
        "/admin/desk-caseloads/new/",
        {"letters_from": "A", "letters_to": "K", "place": 100},
    )

    offered = supervisor.get(url).context["form"].fields["advisor"].queryset
    supervisor.post(url, typed | {"advisor": student.user.pk})
    supervisor.post(url, typed | {"advisor": staff[Role.ADVISOR].pk, "letters_to": "k"})
    refused = Caseload.objects.count()
    supervisor.post(url, typed | {"advisor": staff[Role.ADVISOR].pk})

    assert set(offered) == {staff[Role.ADVISOR], staff[Role.SUPERVISOR]}
    assert refused == 0
    assert [str(each) for each in Caseload.objects.all()] == ["A–K: Office advisor"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            {"family_name": "Abebe", "type_key": "reprint"},
            "Office supervisor gets it, by the rule “I-20 or DS-2019 reprint: Office supervisor”.",
        ),
        ({"family_name": "Abebe"}, "Office advisor gets it, by the rule “A–K: Office advisor”."),
        (
            {"family_name": "Zhou"},
            "Nobody: it stays unassigned. Add a catch-all, so that nothing waits for somebody to "
            "see it.",
        ),
    ],
)
def test_the_rules_can_be_tried(staff, supervisor, asked, words):
    Caseload.objects.create(advisor=staff[Role.ADVISOR], letters_from="A", letters_to="K")
    Caseload.objects.create(advisor=staff[Role.SUPERVISOR], type_keys=["reprint"])

    html = supervisor.get("/admin/desk-caseloads/", asked | {"who": "1"}).text

    told = re.search(r'<p role="status">(.*?)</p>', html, re.S)[1]
    assert " ".join(re.sub(r"<[^>]+>", "", told).split()) == words


def test_a_trial_of_the_rules_needs_something_to_go_by(staff, supervisor):
    answer = supervisor.get("/admin/desk-caseloads/", {"who": "1"})

    assert answer.context["who"].errors == {
        "__all__": ["Type a family name or a department, or choose a type."]
    }


def test_a_request_goes_to_the_advisor_of_its_letter(staff):
    Caseload.objects.create(advisor=staff[Role.ADVISOR], letters_from="A", letters_to="K")
    Caseload.objects.create(
        advisor=staff[Role.SUPERVISOR], letters_from="L", letters_to="Z", is_catch_all=True
    )

    assert factories.make_request().assignee == staff[Role.SUPERVISOR]


def test_an_advisor_adds_and_corrects_the_directory_but_deletes_nobody(advisor, supervisor):
    advisor.post(
        "/admin/desk-directory/new/",
        {"name": "Dana Wu", "email": "wu@demo.example", "department": "Physics", "is_active": "on"},
    )
    entry = ApproverDirectoryEntry.objects.get()
    advisor.post(
        f"/admin/desk-directory/edit/{entry.pk}/",
        {"name": "Dana Wu", "email": "wu@demo.example", "department": "Chemistry"},
    )
    advisor.post(f"/admin/desk-directory/delete/{entry.pk}/")

    entry.refresh_from_db()
    assert (entry.department, entry.is_active) == ("Chemistry", False)
    supervisor.post(f"/admin/desk-directory/delete/{entry.pk}/")
    assert ApproverDirectoryEntry.objects.count() == 0


def test_one_address_stands_in_the_directory_once(advisor):
    ApproverDirectoryEntry.objects.create(name="Dana Wu", email="wu@demo.example")

    answer = advisor.post(
        "/admin/desk-directory/new/", {"name": "D. Wu", "email": "Wu@demo.example"}
    )

    assert (answer.status_code, ApproverDirectoryEntry.objects.count()) == (200, 1)

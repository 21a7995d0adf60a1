"""The portal of somebody who has not arrived: who gets it, what it shows, and in which order."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from isso.requests.models import OwnDate, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.records.changing import change_record
from isso.requests.records.models import StudentRecord
from isso.requests.registry import folder_types
from isso.tests import factories

CONTINUING = [
    "/portal/profile/",
    "/portal/profile/travel/",
    "/portal/requests/",
    "/portal/requests/?q=cpt",
    "/portal/requests/why/",
    "/portal/documents/send/",
]
BOTH = ["/portal/profile/changes/", "/portal/profile/copy/", "/accounts/sessions/"]
SLUGS = ["biographical", "dependents", "financial"]
TITLES = ["Home", "Biographical information", "Dependents", "Financial information", "Submit"]
ORDINARY_TABS = {"/portal/profile/", "/portal/requests/"}


@pytest.fixture
def admitted(office):
    """An admitted student with the deposit paid, and nothing begun."""
    return factories.make_admitted()


@pytest.fixture
def browser(client, admitted):
    """A browser in which the admitted student is signed in."""
    client.force_login(admitted.user)
    return client


def links_in(answer):
    return set(re.findall(r'href="(/portal/[^"#?]*)', answer.content.decode()))


def tabs_in(answer):
    """Return (title, what it says, whether it can be opened) of each tab."""
    return [
        (str(each.title), str(each.says), bool(each.href))
        for each in answer.context["first_form"].tabs
    ]


def begin(browser):
    """Press Begin at Home and return the request."""
    page = browser.get("/portal/")
    browser.post(
        reverse("portal_start", args=[page.context["to_begin"].type.key]),
        {"start_key": page.context["start_key"]},
    )
    return StudentRequest.objects.get()


# Who gets which portal.


@pytest.mark.parametrize("address", CONTINUING)
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_who_is_expected_is_led_from_every_page_of_the_others_to_home(browser, address, method):
    answer = getattr(browser, method)(address)

    assert (answer.status_code, answer["Location"]) == (302, "/portal/")
    assert answer.content == b""


def test_nothing_leads_who_is_expected_to_the_pages_of_the_others(browser, admitted):
    draft = factories.make_draft(admitted, "initial_i20")
    pages = ["/portal/", *BOTH[:2], draft.get_absolute_url(), f"{draft.get_absolute_url()}check/"]
    pages += [f"{draft.get_absolute_url()}edit/{each.slug}/" for each in draft.type.pages]

    found = {address: links_in(browser.get(address)) & ORDINARY_TABS for address in pages}

    assert found == {address: set() for address in pages}


def test_who_is_here_sees_nothing_of_the_portal_before_arrival(portal, student):
    answers = [portal.get(address) for address in ["/portal/", *CONTINUING, *BOTH]]

    assert [answer.status_code for answer in answers] == [200] * len(answers)
    assert [answer for answer in answers if answer.context.get("first_form")] == []
    assert "Begin" not in answers[0].content.decode()
    assert portal.get("/portal/next-steps/").url == "/portal/"
    assert portal.post("/portal/next-steps/", {"visa": "2026-10-09"}).url == "/portal/"
    assert OwnDate.objects.count() == 0


@pytest.mark.parametrize("address", BOTH)
def test_the_pages_about_ones_own_data_are_for_both(browser, address):
    assert browser.get(address).status_code == 200


@pytest.mark.parametrize(
    ("key", "stands", "reason"),
    [
        (
            "cpt",
            "not_for_you",
            "This request is for people who have arrived. You can ask after your Check-In.",
        ),
        (
            "check_in",
            "not_for_you",
            "This request is for people in F-1 or J-1 status. Your record says none.",
        ),
    ],
)
def test_who_is_expected_may_ask_for_what_is_for_them(browser, key, stands, reason):
    page = browser.get(f"/portal/requests/new/{key}/")

    verdict = page.context["offer"].verdict
    assert verdict.standing == stands
    assert verdict.reason == reason
    assert browser.post(f"/portal/requests/new/{key}/", {"start_key": "1"}).status_code == 200
    assert StudentRequest.objects.count() == 0


@pytest.mark.parametrize(
    "key", [key for key, each in folder_types().items() if each.before_arrival == "only"]
)
def test_who_is_here_is_told_that_it_is_for_those_who_are_not(portal, student, key):
    page = portal.get(f"/portal/requests/new/{key}/")

    verdict = page.context["offer"].verdict
    assert verdict.standing == "not_for_you"
    assert "have not arrived yet" in verdict.reason
    portal.post(f"/portal/requests/new/{key}/", {"start_key": "1"})
    assert StudentRequest.objects.count() == 0


def test_a_draft_of_somebody_who_is_here_by_now_is_not_sent(browser, admitted):
    draft = factories.make_draft(admitted, "initial_i20")
    change_record(admitted, {"stage": "continuing"}, by=None, source="Test")

    answer = _complete(browser, draft)

    assert [each["text"] for each in answer.context["problems"]] == [
        "Your first I-20 or DS-2019: This request is for people who are admitted and have not "
        "arrived yet."
    ]
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_without_a_deposit_home_says_so_and_has_no_tabs(client, office):
    record = factories.make_admitted(deposit_paid_on=None)
    client.force_login(record.user)

    page = client.get("/portal/")

    assert page.context["to_begin"].verdict.reason == (
        "We have no note of your enrollment deposit yet."
    )
    assert tabs_in(page) == [("Home", "", True)]
    assert '<nav class="tabs' not in page.content.decode()
    assert 'name="start_key"' not in page.content.decode()
    client.post("/portal/requests/new/initial_i20/", {"start_key": "1"})
    assert StudentRequest.objects.count() == 0


def test_the_page_before_a_first_form_is_home(browser):
    assert browser.get("/portal/requests/new/initial_i20/").url == "/portal/"


def test_an_unknown_request_lists_what_who_is_expected_may_ask_for(browser):
    page = browser.get("/portal/requests/new/nothing/")

    assert page.status_code == 404
    assert {each.type.before_arrival for each in page.context["offers"]} <= {"also", "only"}


# The five tabs.


def test_before_anything_is_begun_only_home_opens_and_looking_begins_nothing(browser):
    page = browser.get("/portal/")

    assert tabs_in(page) == [(title, "", title == "Home") for title in TITLES]
    assert StudentRequest.objects.count() == 0


def test_begin_leads_to_the_situation_and_each_tab_says_what_is_missing(browser):
    draft = begin(browser)

    assert (draft.type_key, draft.state) == ("initial_i20", "draft")
    tabs = tabs_in(browser.get("/portal/"))
    assert [title for title, _says, _opens in tabs] == TITLES
    assert all(opens for _title, _says, opens in tabs)
    assert all(re.fullmatch(r"\d+ missing", says) for _title, says, _opens in tabs), tabs
    numbers = [int(says.split()[0]) for _title, says, _opens in tabs]
    assert numbers[-1] == sum(numbers[:-1])


def test_a_tab_that_is_filled_in_says_complete_whatever_the_others_say(browser):
    draft = begin(browser)
    address = f"{draft.get_absolute_url()}edit/dependents/"

    answer = browser.post(address, {"dependent_count": "0"})

    assert answer.status_code == 302
    says = {title: says for title, says, _opens in tabs_in(browser.get("/portal/"))}
    assert says["Dependents"] == "complete"
    assert says["Biographical information"].endswith("missing")


def test_wrong_and_missing_answers_are_kept_in_any_order(browser):
    draft = begin(browser)
    address = f"{draft.get_absolute_url()}edit/biographical/"

    answer = browser.post(address, {"family_name": "M3hta", "birth_city": "Pune"})
    browser.post(f"{draft.get_absolute_url()}edit/home/", {"situation": "abroad"})

    assert answer.status_code == 200
    draft.refresh_from_db()
    kept = {name: draft.answers[name] for name in ("family_name", "birth_city", "situation")}
    assert kept == {"family_name": "M3hta", "birth_city": "Pune", "situation": "abroad"}


def test_save_and_finish_later_leads_home(browser):
    draft = begin(browser)

    answer = browser.post(
        f"{draft.get_absolute_url()}edit/biographical/", {"birth_city": "Pune", "later": "1"}
    )

    assert answer.url == "/portal/"


# Complete.


def _complete(browser, draft, **posted):
    draft.refresh_from_db()
    return browser.post(
        reverse("portal_check", args=[draft.reference]),
        {"revision": draft.revision, "attestations": factories.everything_attested(draft)} | posted,
    )


def test_complete_is_refused_and_lists_what_is_missing_with_links(browser):
    draft = begin(browser)
    page = browser.get(reverse("portal_check", args=[draft.reference]))

    answer = _complete(browser, draft)

    assert 'aria-disabled="true">Complete</button>' in page.content.decode()
    listed = answer.context["problems"]
    assert [each["text"] for each in listed] == [each["text"] for each in page.context["problems"]]
    assert all(each["href"].startswith(f"{draft.get_absolute_url()}edit/") for each in listed)
    assert {each["href"].split("/")[-2] for each in listed} == {"home", *SLUGS}
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_at) == ("draft", None)


def test_complete_is_refused_when_one_answer_is_missing(browser, admitted):
    draft = factories.make_draft(admitted, "initial_i20")
    StudentRequest.objects.filter(pk=draft.pk).update(answers=draft.answers | {"birth_city": ""})

    answer = _complete(browser, draft)

    assert [each["href"] for each in answer.context["problems"]] == [
        f"{draft.get_absolute_url()}edit/biographical/#id_birth_city"
    ]
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_complete_stands_at_the_lower_right_and_sends_once_all_is_there(browser, admitted):
    draft = factories.make_draft(admitted, "initial_i20")
    page = browser.get(reverse("portal_check", args=[draft.reference])).content.decode()

    answer = _complete(browser, draft)

    end = page.index("button-row--end")
    assert page.index('<button class="button" type="submit">Complete</button>') > end
    assert ">Submit</button>" not in page
    assert answer.url == "/portal/"
    draft.refresh_from_db()
    assert draft.state == "submitted"


# After it is sent.


def test_home_says_where_it_stands_and_the_tabs_are_there_to_read(browser, admitted):
    sent = factories.make_request(admitted, "initial_i20", "submitted")

    page = browser.get("/portal/")

    assert {says for _title, says, _opens in tabs_in(page)} == {"sent"}
    assert (page.context["first"].pk, str(page.context["turn"])) == (sent.pk, "ISSO")
    assert "We expect to be done by" in page.context["sentence"]
    for slug in SLUGS:
        address = f"{sent.get_absolute_url()}edit/{slug}/"
        read = browser.get(address)
        assert read.status_code == 200
        assert "<input" not in read.content.decode().split("<main")[1].split("</main>")[0]
        assert browser.post(address, {"family_name": "X"}).status_code == 302
    assert browser.get(f"{sent.get_absolute_url()}edit/home/").url == "/portal/"
    before = sent.answers
    sent.refresh_from_db()
    assert sent.answers == before


def test_a_question_of_the_office_stands_at_home_with_its_place(browser, admitted):
    sent = factories.make_request(admitted, "initial_i20", "clarification")

    page = browser.get("/portal/")

    name = factories.first_name(sent)
    assert [each["href"] for each in page.context["questions"]] == [
        f"{sent.get_absolute_url()}edit/home/#id_{name}"
    ]
    says = [says for _title, says, _opens in tabs_in(page)]
    assert says == ["1 to change", *["nothing to change"] * len(SLUGS), "1 to change"]
    assert "press Complete again" in page.context["sentence"]
    assert page.context["go_on"] == f"{sent.get_absolute_url()}edit/home/"
    assert browser.get(page.context["go_on"]).status_code == 200
    # What nobody asked about is there to read.
    locked = browser.get(f"{sent.get_absolute_url()}edit/biographical/")
    assert locked.context["sections"][0].title == "Biographical information"


def test_after_a_refusal_one_may_begin_again(browser, admitted):
    denied = factories.make_request(admitted, "initial_i20", "denied")

    page = browser.get("/portal/")

    assert page.context["first"].pk == denied.pk
    assert page.context["to_begin"].verdict.is_open
    assert 'name="start_key"' in page.content.decode()


def test_another_start_of_the_program_is_said_and_nothing_typed_is_lost(browser, admitted):
    draft = factories.make_draft(admitted, "initial_i20")
    before, now = admitted.program_start, admitted.program_start + timedelta(days=120)
    change_record(admitted, {"program_start": now}, by=None, source="Import Fall.csv")

    page = browser.get("/portal/")

    change = page.context["start_change"]
    assert (change.before, change.now) == (before, now)
    assert StudentRequest.objects.get().answers == draft.answers
    assert now in [each.value for each in page.context["dates"]]


# The next steps.


@pytest.fixture
def released(admitted):
    """The first form is released; the record knows what was asked for."""
    made = factories.make_request(admitted, "initial_i20", "completed")
    admitted.refresh_from_db()
    return made


def test_the_released_form_opens_the_next_steps_with_own_dates(browser, admitted, released):
    page = browser.get("/portal/")

    start = admitted.program_start
    first, last = start - timedelta(days=30), start + timedelta(days=30)
    assert [(str(each.title), each.state) for each in page.context["next_steps"].stops] == [
        ("Pay the SEVIS fee (Form I-901)", "now"),
        ("Go to your visa appointment", "todo"),
        ("Arrive", "todo"),
        ("Have health insurance", "todo"),
        ("Check in with our office", "todo"),
    ]
    metas = [str(each.meta) for each in page.context["next_steps"].stops]
    assert metas[2] == f"Between {_words(first)} and {_words(start)}."
    assert metas[4] == f"From {_words(first)} to {_words(last)}."
    assert [each.title for each in page.context["documents"]] == ["Your document"]
    assert {each.type.key for each in page.context["offers"]} >= {"check_in"}


def _words(day):
    return f"{day:%B} {day.day}, {day.year}"


def test_own_dates_are_noted_change_and_are_taken_back_and_none_is_lost(
    browser, admitted, released
):
    today = timezone.localdate()
    browser.post("/portal/next-steps/", {"sevis_fee": today, "visa": today + timedelta(days=9)})
    browser.post("/portal/next-steps/", {"sevis_fee": today, "visa": today + timedelta(days=2)})
    answer = browser.post("/portal/next-steps/", {"sevis_fee": today, "visa": ""})

    assert answer.url == "/portal/"
    assert list(OwnDate.objects.values_list("record", "step", "day")) == [
        (admitted.pk, "sevis_fee", today),
        (admitted.pk, "visa", today + timedelta(days=9)),
        (admitted.pk, "visa", today + timedelta(days=2)),
        (admitted.pk, "visa", None),
    ]
    states = [each.state for each in browser.get("/portal/").context["next_steps"].stops]
    assert states == ["done", "now", "todo", "todo", "todo"]


@pytest.mark.parametrize(
    ("name", "days", "sentence"),
    [
        ("sevis_fee", 1, "Enter the day once you have paid."),
        ("sevis_fee", 0, None),
        ("visa", 731, "Enter a day within two years of today."),
        ("visa", 730, None),
        ("arrival", 59, "Choose a day between December 4, 2026 and January 3, 2027."),
        ("arrival", 60, None),
        ("arrival", 90, None),
        ("arrival", 91, "Choose a day between December 4, 2026 and January 3, 2027."),
    ],
)
def test_days_that_cannot_be_meant_are_refused(browser, released, name, days, sentence):
    day = timezone.localdate() + timedelta(days=days)

    answer = browser.post("/portal/next-steps/", {name: day})

    if sentence is None:
        assert answer.url == "/portal/"
    else:
        assert answer.status_code == 422
        assert answer.context["form"].errors[name][0].startswith(sentence)
    assert OwnDate.objects.filter(step=name).exists() is (sentence is None)


def test_no_days_are_noted_before_the_form_is_there(browser, admitted):
    factories.make_request(admitted, "initial_i20", "submitted")

    answer = browser.post("/portal/next-steps/", {"visa": timezone.localdate()})

    assert answer.url == "/portal/"
    assert OwnDate.objects.count() == 0


def test_the_mail_about_the_released_form_leads_home(admitted, released):
    mail = Notice.objects.get(key="document_released")
    assert mail.links == {"link": ["portal"]}


def test_who_has_checked_in_sees_the_ordinary_portal_and_the_first_form_among_the_rest(
    browser, admitted, released
):
    change_record(admitted, {"stage": "continuing"}, by=None, source="Test")

    page = browser.get("/portal/requests/")

    assert [row.reference for row in page.context["closed_rows"]] == [released.reference]
    assert page.context.get("first_form") is None
    status = browser.get(released.get_absolute_url())
    assert status.context["first_form"] is None
    assert links_in(status) >= ORDINARY_TABS


# Whose is it?


@pytest.mark.parametrize("who", ["neighbor", "stranger", "advisor"])
def test_the_first_form_of_somebody_is_nobody_elses(client, admitted, who):
    draft = factories.make_draft(admitted, "initial_i20")
    user = {
        "neighbor": lambda: factories.make_admitted("neighbor@school.example").user,
        "stranger": lambda: factories.make_user("stranger@school.example"),
        "advisor": factories.make_staff,
    }[who]()
    client.force_login(user)
    before = StudentRequest.objects.values().get()

    for part in ("", "edit/biographical/", "check/"):
        answer = client.get(f"{draft.get_absolute_url()}{part}")
        assert answer.status_code == 404
        assert draft.reference not in answer.content.decode()
    assert draft.reference not in client.get("/portal/").content.decode()
    assert StudentRequest.objects.values().get() == before


# Questions put to the database.


def test_home_and_the_tabs_stay_within_the_bound(browser, admitted, django_assert_num_queries):
    yesterday = timezone.now() - timedelta(days=1)
    StudentRecord.objects.filter(pk=admitted.pk).update(updated_at=yesterday)
    draft = factories.make_draft(admitted, "initial_i20")
    browser.get("/portal/")

    for part, count in [
        ("/portal/", 15),
        (f"{draft.get_absolute_url()}edit/home/", 13),
        (f"{draft.get_absolute_url()}edit/biographical/", 13),
        (f"{draft.get_absolute_url()}edit/dependents/", 13),
        (f"{draft.get_absolute_url()}edit/financial/", 13),
        (f"{draft.get_absolute_url()}check/", 14),
        ("/portal/profile/changes/", 13),
    ]:
        with django_assert_num_queries(count):
            assert browser.get(part).status_code == 200


def test_home_after_the_release_stays_within_the_bound(
    browser, released, django_assert_num_queries
):
    browser.get("/portal/")

    with django_assert_num_queries(15):
        browser.get("/portal/")


def test_before_the_first_form_is_begun_home_stays_within_the_bound(
    browser, django_assert_num_queries
):
    browser.get("/portal/")

    with django_assert_num_queries(14):
        browser.get("/portal/")


def test_the_days_of_an_early_portal_are_those_of_the_record(browser, admitted):
    rows = {str(each.label): each.value for each in browser.get("/portal/").context["dates"]}

    assert rows == {
        "You may enter the United States from": date(2026, 12, 4),
        "Your program starts on": date(2027, 1, 3),
        "We must register you by": date(2027, 2, 2),
    }

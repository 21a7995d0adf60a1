"""“Who is my advisor?”: the page and the desk name the same person, and whoever covers for him."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from isso.home.advisors import filed_under, letters_of, listed, shares_for
from isso.home.models import StaffMember, StaffPage
from isso.requests.assignment import advisor_for
from isso.requests.models import Caseload
from isso.requests.people.roles import Role
from isso.tests import factories

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("family_name", "letters"),
    [
        ("Okoye", "OKOYE"),
        ("de la Cruz", "DELACRUZ"),
        ("DE LA CRUZ", "DELACRUZ"),
        ("Östlund", "OSTLUND"),
        ("Ørsted", "ORSTED"),
        ("Šimić", "SIMIC"),
        ("Łukasz", "LUKASZ"),
        ("Åkesson", "AKESSON"),
        ("’t Hooft", "THOOFT"),
        ("O'Brien-Ng", "OBRIENNG"),
        ("  van  Dijk ", "VANDIJK"),
        ("李", ""),
        ("الأحمد", ""),
        ("Иванов", ""),
        ("12", ""),
        ("", ""),
    ],
)
def test_the_letters_a_name_is_filed_under(family_name, letters):
    assert filed_under(family_name) == letters


def share(letters="", departments="", **fields):
    first, _, last = letters.partition("-")
    return Caseload(letters_from=first, letters_to=last, departments=departments, **fields)


def test_lists_and_ranges_as_people_write_them():
    assert listed(" Physics,\nCivil  Engineering ,, ") == ["Physics", "Civil Engineering"]
    assert [letters_of(share(each)) for each in ("A-K", "Aa-Al", "Q-Q", "Q", "")] == [
        "A-K",
        "Aa-Al",
        "Q",
        "Q",
        "",
    ]


@pytest.mark.parametrize(
    ("family_name", "department", "takes"),
    [
        ("Abebe", "", ["Aa-Al"]),
        ("Alvarez", "", ["Aa-Al"]),
        ("A", "", ["Aa-Al"]),
        ("Amadi", "", ["Am-K"]),
        ("Kzlov", "", ["Am-K"]),
        ("Östlund", "", ["L-Zz"]),
        ("Zhou", "", ["L-Zz"]),
        ("Zhou", "physics ", [""]),
        ("", "Civil  engineering", [""]),
        ("Zhou", "History", ["L-Zz"]),
        ("李", "", ["L-Zz"]),
        ("", "", ["L-Zz"]),
    ],
)
def test_departments_come_first_then_letters_then_the_catch_all(family_name, department, takes):
    shares = [
        share("Aa-Al"),
        share("Am-K"),
        share("L-Zz", is_catch_all=True),
        share(departments="Physics, Civil Engineering"),
    ]

    assert [letters_of(each) for each in shares_for(shares, family_name, department)] == takes


@given(st.text(max_size=12))
def test_any_name_has_one_place_in_a_whole_alphabet(family_name):
    shares = [share("A-Bm"), share("Bn-K"), share("L-Z")]

    assert len(shares_for(shares, family_name)) == bool(filed_under(family_name))


RULES = {
    "reprints": share(place=1, type_keys=["reprint"]),
    "CPT of physics": share(place=2, departments="Physics", type_keys=["cpt"]),
    "physics A-K": share("A-K", "Physics", place=3),
    "chemistry": share(departments="Chemistry", place=4),
    "letters A-Z": share("A-Z", place=5),
    "nobody else's": share(place=6, is_catch_all=True),
    "comes too late": share(place=7, departments="Chemistry"),
}


@pytest.mark.parametrize(
    ("family_name", "department", "type_key", "rule"),
    [
        ("Abebe", "Physics", "reprint", "reprints"),
        ("Abebe", "Physics", "cpt", "CPT of physics"),
        ("Abebe", "Physics", "opt", "physics A-K"),
        ("Abebe", "Physics", "", "physics A-K"),
        ("Zhou", "Physics", "", "letters A-Z"),
        ("Zhou", "Physics", "cpt", "CPT of physics"),
        ("Zhou", "chemistry", "cpt", "chemistry"),
        ("李", "chemistry", "", "chemistry"),
        ("Zhou", "", "cpt", "letters A-Z"),
        ("李", "", "cpt", "nobody else's"),
        ("李", "", "reprint", "reprints"),
        ("", "", "", "nobody else's"),
    ],
)
def test_the_first_rule_that_fits_decides(family_name, department, type_key, rule):
    shuffled = list(RULES.values())[::-1]

    assert shares_for(shuffled, family_name, department, type_key) == [RULES[rule]]


@given(
    st.permutations(list(RULES)),
    st.sampled_from(["Abebe", "Zhou", "李", ""]),
    st.sampled_from(["Physics", "Chemistry", "History", ""]),
    st.sampled_from(["reprint", "cpt", "opt", ""]),
)
def test_whatever_the_order_the_first_that_fits_decides_and_the_catch_all_is_last(
    order, family_name, department, type_key
):
    rules = []
    for place, name in enumerate(order):
        told = RULES[name]
        fields = {"is_catch_all": told.is_catch_all, "type_keys": told.type_keys, "place": place}
        rules.append(share(letters_of(told), told.departments, **fields))

    def fits(each):
        return shares_for([each], family_name, department, type_key) == [each]

    real = [each for each in rules if not each.is_catch_all and fits(each)]
    catch_all = [each for each in rules if each.is_catch_all]
    found = shares_for(rules[::-1], family_name, department, type_key)

    assert found == (real or catch_all)[:1]


@pytest.fixture
def staff(home):
    """The staff page with three advisors, one of whom looks after a department."""
    home.add_child(instance=StaffPage(title="Staff", slug="staff"))
    return {
        name: StaffMember.objects.create(
            name=name,
            title="Advisor",
            email=f"{name.lower()}@demo.example",
            phone="617-555-0103",
            booking_url=f"https://calendar.demo.example/{name.lower()}",
            **fields,
        )
        for name, fields in {
            "Ana": {"letters_from": "A", "letters_to": "K"},
            "Jonas": {"letters_from": "L", "letters_to": "Y"},
            "Leila": {"departments": "Physics, Chemistry"},
        }.items()
    }


def answer(client, query):
    html = client.get(f"/staff/?{query}").text
    found = re.search(r'<section class="callout".*?</section>', html, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


REACH = "Book an appointment with {0} {1}@demo.example 617-555-0103"


def told(name):
    return f"{name} , Advisor " + REACH.format(name, name.lower())


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("family_name=Abebe", f"Your advisor {told('Ana')}"),
        ("family_name=%C3%96stlund", f"Your advisor {told('Jonas')}"),
        ("family_name=Abebe&department=Physics", f"Your advisor {told('Leila')}"),
        ("department=Chemistry", f"Your advisor {told('Leila')}"),
        (
            "family_name=Zhou",
            "Your advisor Nobody's letters or departments fit. The office answers you itself. "
            "Contact the office: isso@demo.example",
        ),
    ],
)
def test_the_answer_names_the_person_and_the_ways_to_him(staff, client, query, words):
    assert answer(client, query) == words


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("family_name=", "Type your family name or choose your department."),
        ("family_name=&department=", "Type your family name or choose your department."),
        (
            "family_name=%D8%A7%D9%84%D8%A3%D8%AD%D9%85%D8%AF",
            "Type your family name in Latin letters, as in the lines at the bottom of your "
            "passport&#x27;s photo page.",
        ),
        ("family_name=" + "x" * 81, "Family name: write at most 80 characters."),
        ("family_name=%00", "Null characters are not allowed."),
        (
            "department=Alchemy",
            "Select a valid choice. Alchemy is not one of the available choices.",
        ),
        (
            "department=%3Cscript%3E",
            "Select a valid choice. &lt;script&gt; is not one of the available choices.",
        ),
    ],
)
def test_what_cannot_be_answered_gets_a_sentence(staff, client, query, sentence):
    html = client.get(f"/staff/?{query}").text
    summary = re.search(r'<div class="error-summary".*?</div>', html, re.S)[0]

    assert re.findall(r"<li>\s*(?:<a [^>]*>)?([^<]*)", summary) == [sentence]
    assert answer(client, query) == ""


@pytest.mark.parametrize(
    ("absences", "words"),
    [
        (
            {"Ana": (TODAY, dt.date(2026, 12, 4), "Jonas")},
            f"Your advisor Ana is away until December 4, 2026; Jonas covers. {told('Jonas')}",
        ),
        (
            {"Ana": (TODAY, None, "Jonas")},
            f"Your advisor Ana is away; Jonas covers. {told('Jonas')}",
        ),
        (
            {"Ana": (TODAY, None, "Jonas"), "Jonas": (TODAY, TODAY, "Leila")},
            f"Your advisor Ana is away; Leila covers. {told('Leila')}",
        ),
        (
            {"Ana": (TODAY, TODAY, "Jonas"), "Jonas": (TODAY, TODAY, "Ana")},
            "Your advisor Ana is away until November 24, 2026. "
            "Contact the office: isso@demo.example",
        ),
        ({"Ana": (TODAY - dt.timedelta(9), TODAY - dt.timedelta(1), "Jonas")}, None),
        ({"Ana": (TODAY + dt.timedelta(1), None, "Jonas")}, None),
    ],
)
def test_whoever_is_away_is_covered(staff, client, tuesday, absences, words):
    for name, (first, last, cover) in absences.items():
        StaffMember.objects.filter(name=name).update(
            away_from=first, away_until=last, cover=staff[cover]
        )

    assert answer(client, "family_name=Abebe") == (words or f"Your advisor {told('Ana')}")


def test_an_answer_stays_out_of_shared_caches(staff, client):
    asked, plain = client.get("/staff/?family_name=Abebe"), client.get("/staff/")

    assert asked["Cache-Control"] == "max-age=300, private"
    assert asked["X-Robots-Tag"] == "noindex"
    assert plain["Cache-Control"] == "max-age=300"
    assert [response.has_header("Set-Cookie") for response in (asked, plain)] == [False, False]


PEOPLE = [
    ("Abebe", ""),
    ("Östlund", ""),
    ("de la Cruz", ""),
    ("Zhou", ""),
    ("Abebe", "Physics"),
    ("Lopez", "chemistry"),
    ("Lopez", "History"),
]


@pytest.mark.parametrize("away", [None, "Ana", "Jonas", "Leila"])
@pytest.mark.parametrize(("family_name", "department"), PEOPLE)
def test_the_desk_and_the_page_agree(staff, office, client, tuesday, away, family_name, department):
    users = {
        name: factories.make_staff(Role.ADVISOR, email=person.email)
        for name, person in staff.items()
    }
    # Not what the staff list says: the portal's own caseloads count.
    Caseload.objects.create(advisor=users["Ana"], letters_from="M", letters_to="Z")
    Caseload.objects.create(
        advisor=users["Jonas"], letters_from="A", letters_to="L", is_catch_all=True
    )
    Caseload.objects.create(advisor=users["Leila"], departments="Physics, Chemistry")
    if away:
        StaffMember.objects.filter(name=away).update(
            away_from=TODAY, cover=staff["Jonas" if away == "Ana" else "Ana"]
        )
    record = factories.make_student(family_name=family_name, department=department)

    # Visitors choose from the departments that have an advisor of their own.
    listed_one = {"physics": "Physics", "chemistry": "Chemistry"}.get(department.casefold(), "")
    words = answer(client, f"family_name={family_name}&department={listed_one}")

    person = advisor_for(record).email.partition("@")[0].capitalize()
    assert words.endswith(told(person))


def test_a_rule_about_a_type_changes_who_works_on_it_and_not_whose_student_it_is(
    staff, office, client, tuesday
):
    ana, jonas = (
        factories.make_staff(Role.ADVISOR, email=staff[name].email) for name in ("Ana", "Jonas")
    )
    Caseload.objects.create(advisor=jonas, type_keys=["reprint"], place=1)
    Caseload.objects.create(advisor=ana, letters_from="A", letters_to="Z", place=2)
    leila = factories.make_staff(Role.ADVISOR, email=staff["Leila"].email)
    person = factories.make_student(family_name="Abebe")
    with_own = factories.make_student("own@school.example", advisor=leila)

    assert answer(client, "family_name=Abebe").endswith(told("Ana"))
    assert [advisor_for(each) for each in (person, with_own)] == [ana, leila]
    assert [advisor_for(each, "reprint") for each in (person, with_own)] == [jonas, jonas]
    assert [advisor_for(each, "cpt") for each in (person, with_own)] == [ana, leila]


def test_an_advisor_of_one_s_own_who_has_left_gets_nothing(staff, office, tuesday):
    left = factories.make_staff(Role.ADVISOR, email="left@demo.example")
    ana = factories.make_staff(Role.ADVISOR, email=staff["Ana"].email)
    Caseload.objects.create(advisor=ana, is_catch_all=True)
    person = factories.make_student(advisor=left)
    left.is_active = False
    left.save()

    assert advisor_for(person) == ana


def test_a_cover_who_has_left_the_portal_takes_no_requests(staff, office, tuesday):
    ana = factories.make_staff(Role.ADVISOR, email=staff["Ana"].email)
    Caseload.objects.create(advisor=ana, letters_from="A", letters_to="Z")
    StaffMember.objects.filter(name="Ana").update(away_from=TODAY, cover=staff["Jonas"])

    assert advisor_for(factories.make_student()) == ana


def fields_refused(row):
    try:
        row.full_clean()
    except ValidationError as error:
        return set(error.message_dict)
    return set()


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"letters_from": "K", "letters_to": "A"}, {"letters_to"}),
        ({"letters_from": "1"}, {"letters_from"}),
        ({"letters_from": "A", "letters_to": "Ö"}, {"letters_to"}),
        ({"away_until": TODAY}, {"away_from"}),
        ({"away_from": TODAY, "away_until": TODAY - dt.timedelta(1)}, {"away_until"}),
        ({"booking_url": "javascript:alert(1)"}, {"booking_url"}),
        ({"letters_from": "Aa", "letters_to": "Al", "away_from": TODAY}, set()),
    ],
)
def test_what_the_staff_list_refuses(fields, errors, db):
    assert fields_refused(StaffMember(name="Ana", title="Advisor", **fields)) == errors


def test_nobody_covers_for_himself(staff):
    staff["Ana"].cover = staff["Ana"]

    with pytest.raises(ValidationError, match="nobody covers for himself"):
        staff["Ana"].full_clean()


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"letters_from": "A"}, {"letters_to"}),
        ({"letters_to": "A"}, {"letters_from"}),
        ({}, {"letters_from"}),
        ({"letters_from": "K", "letters_to": "A"}, {"__all__"}),
        ({"letters_from": "a", "letters_to": "b"}, {"letters_from", "letters_to"}),
        ({"letters_from": "Aa", "letters_to": "Al"}, set()),
        ({"departments": "Physics"}, set()),
        ({"type_keys": ["cpt"]}, set()),
        ({"is_catch_all": True}, set()),
    ],
)
def test_what_a_caseload_refuses(fields, errors, db):
    caseload = Caseload(advisor=factories.make_staff(Role.ADVISOR), **fields)

    assert fields_refused(caseload) == errors

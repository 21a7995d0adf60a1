"""Which words count as the same, however they are typed."""

import pytest

from isso.pages.finding.words import LONGEST_QUERY, cleaned, stems, stems_of


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("i20", "i20"),
        ('"i 20', "i 20"),
        ("a\\b\x00c", "a b c"),
        ("(visa) AND* NEAR/2", "visa AND NEAR 2"),
        ("-visa --", "visa"),
        ("naïve café", "naïve café"),
        ("spring_break", "spring break"),
        ("a b c d e f g h i j", "a b c d e f g h"),
        ("<b>visa</b>", "b visa b"),
        ("\u202evisa\u200f \ud800", "visa"),
        ("y" * 5000, "y" * LONGEST_QUERY),
        (" \t\n", ""),
    ],
)
def test_a_query_becomes_plain_words(typed, plain):
    assert cleaned(typed) == plain


@pytest.mark.parametrize(
    "same",
    [
        ("I-20", "i20", "I20", "I-20s"),
        ("DS-2019", "ds2019"),
        ("student", "students", "Students", "student’s", "STUDENTS"),
        ("visa", "visas"),
        ("dependency", "dependencies"),
        ("tax", "taxes", "TAX"),
        ("travel", "travels", "traveling", "traveled", "travelling"),
        ("enroll", "enrolled", "enrollment", "enrolling"),
        ("extend", "extended", "extending"),
        ("process", "processes", "processing"),
        ("date", "dates"),
        ("café", "cafe", "Cafes"),
        ("Co-op", "coop", "co-ops"),
        ("Check-In", "checkin"),
    ],
)
def test_words_count_as_the_same(same):
    assert {stems(word)[0] for word in same} == {stems(same[0])[0]}


@pytest.mark.parametrize(
    ("one", "other"),
    [("OPT", "CPT"), ("I-20", "I-765"), ("status", "state"), ("bus", "bu"), ("F-1", "J-1")],
)
def test_words_differ(one, other):
    assert stems(one)[0] != stems(other)[0]


def test_a_hyphenated_word_is_found_by_its_long_parts_too():
    assert stems_of("full-time I-20") == {"fulltim", "full", "time", "i20"}

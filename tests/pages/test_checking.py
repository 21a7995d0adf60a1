"""What the panel “Before you publish” says about a page, rule by rule."""

import pytest

from isso.pages.checking import Finding, count_syllables, findings, reading_grade
from isso.pages.pieces import Piece, pieces_of

LINK = "Name the page or the form, for example “Travel signature”."
SIZE = "Add kind and size, for example “(PDF, 120 KB)”."
PICTURE = "Say what it shows, for those who do not see it."


def says_nothing(words):
    return [(f"The link “{words}” does not say where it leads.", LINK)]


def has_no_size(words):
    return [(f"The link to the file “{words}” does not say how large it is.", SIZE)]


NO_DESCRIPTION = [("A picture has no description.", PICTURE)]
SKIPPED = [("A heading skips a level.", "Go from a large heading to the next smaller one.")]


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("html", '<a href="/x/">Travel signature</a>', []),
        ("html", '<a href="/x/">click here</a>', says_nothing("click here")),
        ("html", '<a href="/x/">Here.</a>', says_nothing("Here.")),
        ("html", '<a href="/x/">read <b>more</b></a>', says_nothing("read more")),
        ("html", '<a href="/x/">Read more about OPT</a>', []),
        ("html", '<a href="/x/"></a>', says_nothing("")),
        ("html", '<a href="//x">https://x.gov/a</a>', says_nothing("https://x.gov/a")),
        ("html", '<a href="//x">www.x.gov</a>', says_nothing("www.x.gov")),
        ("html", '<a linktype="document" id="1">Form A</a>', has_no_size("Form A")),
        ("html", '<a linktype="document" id="1">Form A (PDF, 120 KB)</a>', []),
        ("html", '<a href="/files/a.PDF?v=1">Form A</a>', has_no_size("Form A")),
        ("html", '<a linktype="page" id="1">Form A</a>', []),
        ("html", "<h2>A</h2><h3>B</h3><h2>C</h2>", []),
        ("html", "<h2>A</h2><h4>B</h4>", SKIPPED),
        ("html", '<embed embedtype="image" id="1" alt=""/>', NO_DESCRIPTION),
        ("html", '<embed embedtype="image" id="1" alt="The door"/>', []),
        ("image", "", NO_DESCRIPTION),
        ("image", "The door", []),
        ("table", " ", [("A table has no caption.", "Say in one line what the table shows.")]),
        ("table", "Fees", []),
        ("text", "click here", []),
    ],
)
def test_each_rule(kind, value, found):
    assert findings([Piece(kind, value, "Text")]) == [
        Finding("Text", what, remedy) for what, remedy in found
    ]


PLAIN = "You may work on campus. Ask us first. We will help you with the form. " * 10
HEAVY = (
    "Notwithstanding aforementioned considerations, international participants anticipating "
    "curricular employment authorization necessitate institutional documentation. " * 10
)


@pytest.mark.parametrize(
    ("text", "grade"), [("Too few words.", None), ("", None), (PLAIN, 1), (HEAVY, 43)]
)
def test_the_reading_grade(text, grade):
    assert reading_grade(text) == grade


@pytest.mark.parametrize(
    ("word", "count"),
    [("form", 1), ("office", 2), ("table", 2), ("the", 1), ("immigration", 4), ("SEVP", 1)],
)
def test_syllables(word, count):
    assert count_syllables(word) == count


def test_a_page_that_reads_like_a_regulation_is_told_so():
    assert findings([Piece("html", f"<p>{PLAIN}</p>", "Text")]) == []
    assert findings([Piece("html", f"<p>{HEAVY}</p>", "Text")]) == [
        Finding(
            "The whole page",
            "It reads like school grade 43.",
            "Aim for grade 8: shorter sentences, shorter words.",
        )
    ]


def test_a_page_is_read_piece_by_piece_without_a_query(
    guidance, section, django_assert_num_queries
):
    chosen = [section("A"), section("B")]
    body = [
        ("paragraph", "<p>Bring it.</p>"),
        ("steps", {"title": "How", "steps": [{"title": "Ask", "text": "Now"}]}),
        ("related", {"title": "", "pages": chosen}),
        ("callout", {"tone": "warn", "title": "Wait", "text": "<p>Wait for it.</p>"}),
    ]
    page = guidance("Travel", body=body)
    page = type(page).objects.get(pk=page.pk)

    with django_assert_num_queries(0):
        found = [(piece.kind, piece.value) for piece in pieces_of(page)]

    assert [each for each in found if each[1] not in ("Travel", "Ask first.")] == [
        ("html", "<p>Bring it.</p>"),
        ("text", "How"),
        ("text", "Ask"),
        ("text", "Now"),
        ("chosen", chosen[0].pk),
        ("chosen", chosen[1].pk),
        ("text", "Wait"),
        ("html", "<p>Wait for it.</p>"),
        ("text", "Advising team"),
    ]

"""The PDF itself: every script is printed right, and nothing that anybody typed is markup."""

from dataclasses import replace
from datetime import date

import pytest

from isso.requests.letters.typesetting import CannotBeSet, Issue, Letterhead, typeset
from isso.requests.rules.letter_kinds import Letter

from .reading import about, codes_in, lines_of

ADDRESS = "https://office.example/portal/letters/ABCDEFGHJ-KMNPQRSTV-WXYZ23456/"
HEAD = Letterhead("Example University", "Office of Visitors", ("12 College Walk", "617-555-0100"))
ISSUE = Issue(
    "7KQM-3XAP",
    date(2026, 10, 5),
    ("Ines Carter", "International Student Advisor"),
    address=ADDRESS,
    valid_until=date(2027, 1, 3),
)
LETTER = Letter(
    title="Enrollment verification",
    opening="We confirm that this person is enrolled at Example University.",
    lines=(("Name", "Amara Okoye"), ("Field of study", "Data Science")),
    addressee="Harbor Bank",
    closing="We are glad to answer questions.",
)


def named(name):
    return typeset(replace(LETTER, lines=(("Name", name),)), HEAD, ISSUE)


def test_a_letter_from_top_to_bottom():
    assert lines_of(typeset(LETTER, HEAD, ISSUE)) == [
        "Example University",
        "Office of Visitors",
        "12 College Walk",
        "617-555-0100",
        "October 5, 2026",
        "Reference 7KQM-3XAP",
        "Harbor Bank",
        "Enrollment verification",
        "We confirm that this person is enrolled at Example University.",
        "Name Amara Okoye",
        "Field of study Data Science",
        "We are glad to answer questions.",
        "Sincerely,",
        "Ines Carter",
        "International Student Advisor",
        "Office of Visitors",
        "Is this letter real? Scan the code, or open this address:",
        ADDRESS,
        "The page shows what we printed. Compare it with this letter, line by line. We",
        "confirm it until January 3, 2027.",
        "Office of Visitors, 7KQM-3XAP 1 / 1",
    ]


def test_the_code_is_read_from_paper():
    assert codes_in(typeset(LETTER, HEAD, ISSUE)) == [ADDRESS]


def test_the_same_letter_has_the_same_bytes():
    assert typeset(LETTER, HEAD, ISSUE) == typeset(LETTER, HEAD, ISSUE)
    assert typeset(LETTER, HEAD, ISSUE) != typeset(
        LETTER, HEAD, replace(ISSUE, address=f"{ADDRESS}?")
    )


def test_screen_readers_find_title_language_and_tags():
    assert about(typeset(LETTER, HEAD, ISSUE)) == ("Enrollment verification", "en", True)


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Ánh Tuyết",
        "Žofie Müller-Øst Łukasiewicz",
        "Γιώργος Παπαδόπουλος",
        "Юлия Щукина",
        "محمد عبد الله الحسن",
        "فاطمة الزهراء بنت إبراهيم",
        "علی\u200cرضا پورمحمدی",
        "王小明",
        "歐陽 娜娜",
        "山田 さくら",
        "김철수",
        "अमित शर्मा",
        "श्रीकृष्ण त्रिपाठी",
        "שרה כהן",
        "শেখ মুজিবুর রহমান",
        "மு. கருணாநிதி",
        "వెంకటేశ్వర్లు",
        "ಶ್ರೀನಿವಾಸ",
        "ശ്രീകുമാർ",
        "નરેન્દ્ર",
        "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
        "ଶ୍ରୀକାନ୍ତ",
        "ශ්‍රී ලංකා",
        "ສົມຊາຍ",
        "အောင်ဆန်း",
        "አበበ በቂላ",
        "გიორგი",
        "Արամ",
        "Mohammed محمد Li 李",
    ],
)
def test_a_name_in_any_of_our_scripts_is_printed_letter_for_letter(name):
    # A reader that goes from left to right meets a name from right to left before its label.
    found = next(line for line in lines_of(named(name)) if "Name" in line)
    assert found.replace("Name", "").strip() == name


@pytest.mark.parametrize("name", ["สมชาย ใจดี", "สุรชัย", "សុខ ភក្ដី"])
def test_thai_and_khmer_are_printed_though_readers_copy_some_signs_twice(name):
    found = next(line for line in lines_of(named(name)) if "Name" in line)
    assert set(found.replace("Name", "")) == {*name, " "}


@pytest.mark.parametrize(
    ("name", "sign"), [("བསྟན་འཛིན", "བ"), ("Ada ᠮᠣᠩᠭᠣᠯ", "ᠮ"), ("މުޙައްމަދު", "\u07aa")]
)
def test_a_name_that_no_font_has_is_refused_and_never_printed_as_boxes(name, sign):
    with pytest.raises(CannotBeSet) as refusal:
        named(name)
    assert (str(refusal.value), refusal.value.__cause__) == ("", None)
    assert refusal.value.sign == sign


def test_a_letter_without_end_is_refused_before_it_is_set():
    with pytest.raises(CannotBeSet) as refusal:
        typeset(replace(LETTER, visitors=("word " * 6_000,)), HEAD, ISSUE)
    assert refusal.value.sign == ""


def test_a_panic_of_the_typesetter_is_a_letter_that_cannot_be_set(monkeypatch):
    # As PyO3 names it: no Exception, so that the worker would end.
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})

    def compile_with(error):
        def fail(*args, **kwargs):
            raise error

        return fail

    monkeypatch.setattr("typst.compile", compile_with(panic("quotes people")))
    with pytest.raises(CannotBeSet) as refusal:
        typeset(LETTER, HEAD, ISSUE)
    assert (str(refusal.value), refusal.value.__cause__) == ("", None)
    monkeypatch.setattr("typst.compile", compile_with(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        typeset(LETTER, HEAD, ISSUE)


HOSTILE = [
    '#panic("x")',
    '#read("/etc/passwd") #sys.inputs',
    "$ x^2 $ *bold* _emph_ `raw` ```x```",
    "= Heading - item + item / term: x",
    "@reference <label> https://evil.example // comment /* open",
    '"] #[ \\u{202e} \\ ~ --- \' " {{ x }} %(x)s',
    "<script>alert(1)</script> &amp; \\end{document}",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_a_person_typed_is_markup(words):
    letter = replace(
        LETTER,
        lines=(("Name", words),),
        addressee=words,
        visitors=(words,),
        visit=words,
    )
    found = lines_of(typeset(letter, HEAD, ISSUE))
    shown = [words, f"Name {words}", f"• {words}", f"Days of the visit: {words}"]

    assert [line for line in found if words in line] == shown


def test_the_offices_own_words_are_no_markup_either():
    head = Letterhead("#panic() University", "*Office*", ("$1 Street",))
    found = lines_of(typeset(LETTER, head, replace(ISSUE, signer=("#x",), reference="@a")))
    assert found[:3] + found[4:5] == [
        "#panic() University",
        "*Office*",
        "$1 Street",
        "Reference @a",
    ]


def test_a_long_letter_goes_on_on_the_next_page():
    many = tuple((f"Fact {number}", "value " * 30) for number in range(40))
    found = lines_of(typeset(replace(LETTER, lines=many), HEAD, ISSUE))
    pages = [line for line in found if line.startswith("Office of Visitors, 7KQM-3XAP")]
    assert pages == [f"Office of Visitors, 7KQM-3XAP {page} / 4" for page in (1, 2, 3, 4)]


def test_a_preview_says_so_and_has_no_code():
    pdf = typeset(LETTER, HEAD, Issue("7KQM-3XAP", date(2026, 10, 5), ()))
    found = lines_of(pdf)

    assert codes_in(pdf) == []
    assert found[0] == "Preview"
    assert found[-2] == "This is a preview. It counts for nothing, and nobody can check it."

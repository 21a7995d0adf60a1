"""Finds people by the words an advisor has in hand: names, SEVIS IDs, university IDs, addresses."""

import re
import unicodedata

from django.db.models import Exists, OuterRef, Q

from .models import FormerSevisId, StudentRecord

LONGEST_SEARCH = 100
MOST_WORDS = 6
NAMES = ("family_name", "given_name", "preferred_name", "passport_name")
NUMBERS = ("sevis_id", "institution_id")
ADDRESSES = ("email", "personal_email", "user__email")
# What people paste along with a name; it says nothing about who is meant.
NOISE = frozenset({"i20", "ds2019", "ds2019s", "i20s", "i94"})
# One letter written as two, in passports and on keyboards without it.
DOUBLED = {"ss": "ß", "ae": "æä", "oe": "œöø", "ue": "ü", "aa": "å", "th": "þ"}
APART = {"d": "đð", "l": "ł", "o": "ø", "i": "ı", "h": "ħ", "t": "ŧ"}
APOSTROPHES = "'’‘ʼ`´"


def found_by(text, people=None):
    """Return the records that match every word of ``text``, in the order of names.

    Accents, capitals, hyphens and apostrophes do not matter, neither in the text nor in the name.
    """
    people = StudentRecord.objects.all() if people is None else people
    for word in words_of(text):
        people = people.filter(_matches(word))
    return people.order_by("family_name", "given_name", "pk")


def words_of(text):
    """Return the words that count; the name of a form counts only where nothing else was typed."""
    plain = unicodedata.normalize("NFC", text.replace("\x00", "")[:LONGEST_SEARCH]).casefold()
    words = re.sub(r"[,;()\"<>]", " ", plain).split()
    telling = [word for word in words if word.replace("-", "") not in NOISE]
    return [word for word in telling or words if re.search(r"\w", word)][:MOST_WORDS]


def _matches(word):
    if "@" in word:
        return _any_of(ADDRESSES, "icontains", word)
    condition = _any_of(NAMES, "iregex", pattern_of(word)) | _any_of(ADDRESSES, "icontains", word)
    if any(map(str.isdigit, word)):
        number = word.replace("-", "")
        former = FormerSevisId.objects.filter(record=OuterRef("pk"), sevis_id__icontains=number)
        condition |= _any_of(NUMBERS, "icontains", number) | Exists(former)
    return condition


def _any_of(columns, lookup, value):
    return Q(*[(f"{column}__{lookup}", value) for column in columns], _connector=Q.OR)


def pattern_of(word):
    """Return a regular expression for a word however its letters are accented.

    Both databases understand it, and neither can be relied on to fold accents by itself.
    """
    folded = "".join(_folded(letter) for letter in word)
    pattern, at = "", 0
    while at < len(folded):
        pair = folded[at : at + 2]
        if pair in DOUBLED:
            either = "".join(map(_letter, pair))
            pattern += f"({either}|[{_both_cases(DOUBLED[pair])}])"
            at += 2
        else:
            pattern += _letter(pair[0])
            at += 1
    return pattern


def _folded(letter):
    if letter in APOSTROPHES:
        return "'"
    for plain, others in APART.items():
        if letter in others:
            return plain
    for plain, others in DOUBLED.items():
        if letter in others and letter in "ßæœþ":
            return plain
    return "".join(
        each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each)
    )


def _letter(letter):
    if letter == "'":
        return f"[{APOSTROPHES}]?"
    if letter in "-‐‑–":
        return "[-‐‑– ]?"
    if letter in _ACCENTED:
        # Some keyboards write an accent as a sign of its own after its letter.
        return f"[{letter}{letter.upper()}{_ACCENTED[letter]}][\u0300-\u036f]?"
    return re.escape(letter)


def _both_cases(letters):
    return letters + letters.upper() if letters != "ß" else "ßẞ"


def _accented():
    """Return a–z → its accented letters, small and capital, as Unicode has them."""
    found = {chr(code): "" for code in range(ord("a"), ord("z") + 1)}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        plain = unicodedata.normalize("NFD", letter)[0].lower()
        if plain in found and letter.lower() != plain:
            found[plain] += letter
    for plain, others in APART.items():
        found[plain] += others + "".join(each.upper() for each in others if each != "ı")
    return found


_ACCENTED = _accented()

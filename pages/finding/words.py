"""Words: how texts and questions are cut into them, and when two count as the same."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONGEST_QUERY = 100
MOST_WORDS = 8

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
HYPHENS = re.compile(r"[-'’]")
# Parts of a hyphenated word that stand for themselves: "full" in "full-time", not "I" in "I-20".
SHORTEST_PART = 3

# Words of a question that say nothing about its topic.
COMMON = """
    a about am an and are as at be but by can could did do does for from get had has have how i if
    in into is it its me my need no not of on or our please shall should so that the their them
    then there they this to us want was we what when where which who why will with would you your
"""
FILLERS = frozenset(COMMON.split())


def cleaned(typed: str) -> str:
    """Reduce what was typed to a few plain words."""
    words = WORD.findall(typed.replace("_", " ")[: 2 * LONGEST_QUERY])
    return " ".join(words[:MOST_WORDS])[:LONGEST_QUERY].strip()


def words_in(text: str) -> Iterator[tuple[re.Match, tuple[str, ...]]]:
    """Give each word of a text with the stems it is found by; the first stands for it whole."""
    for match in WORD.finditer(text):
        yield match, stems(match[0])


def stems_of(text: str) -> frozenset[str]:
    """Return all stems a text can be found by."""
    return frozenset(stem for _match, found in words_in(text) for stem in found)


@lru_cache(maxsize=20_000)
def stems(word: str) -> tuple[str, ...]:
    """Return the stems of one word: "I-20" and "i20" share one, so do "visa" and "visas"."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    parts = HYPHENS.split(plain)
    whole = _stem("".join(parts))
    if len(parts) == 1:
        return (whole,)
    return (whole, *(_stem(part) for part in parts if len(part) >= SHORTEST_PART))


# Rough, but the same for the text and the question: (ending, what stays, shortest word).
ENDINGS = (
    ("ies", "y", 5),
    ("sses", "ss", 5),
    ("xes", "x", 5),
    ("ches", "ch", 6),
    ("shes", "sh", 6),
    ("ments", "", 8),
    ("ment", "", 7),
    ("ings", "", 7),
    ("ing", "", 6),
    ("ed", "", 5),
    ("ss", "ss", 2),
    ("us", "us", 2),
    ("is", "is", 2),
    ("s", "", 4),
)


def _stem(word):
    if not word.isalpha():
        return word[:-1] if word.endswith("s") and word[-2:-1].isdigit() else word
    for ending, rest, shortest in ENDINGS:
        if word.endswith(ending) and len(word) >= shortest:
            word = word.removesuffix(ending) + rest
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word

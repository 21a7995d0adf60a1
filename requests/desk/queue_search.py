"""What a search of the queue finds: requests by the words of people, employers and references.

People and employers are sought first, in one pass each over one index, and what they are called
tells which of them together have every word. The large table of requests is then read by keys.
"""

import re
from collections import defaultdict
from functools import reduce
from itertools import product
from operator import and_, or_

from django.db.models import Q

from isso.requests.records.filing import plain
from isso.requests.records.models import FormerSevisId, StudentRecord

from ..models import StudentRequest

MOST_WORDS = 6
# So many people or employers are named one by one; words of more are met on every page.
MOST_NAMED = 1000
_REFERENCE = re.compile(r"[2-9A-Z]{4}-?[2-9A-Z]{0,4}", re.IGNORECASE)
NOTHING = Q(pk__in=())


class Word:
    """One word that is sought: as it is compared in names, and as the start of a reference."""

    def __init__(self, typed):
        self.typed = typed.upper()
        self.letters = plain(typed)
        self.of_person = Q(search_words__contains=self.letters)
        self.of_employer = Q(employer_words__contains=self.letters)
        self.reference = ""
        if _REFERENCE.fullmatch(typed):
            start = self.typed.replace("-", "")
            self.reference = f"{start[:4]}-{start[4:]}" if len(start) > 4 else start


def found_by(text):
    """Return the condition that a request has every word of ``text``, each of them anywhere.

    Asks two to four queries. Only signs find nothing.
    """
    words = [Word(each) for each in dict.fromkeys(text.split()[:MOST_WORDS])]
    if not all(word.letters for word in words):
        return NOTHING
    alone = [*_references(words), *_former_ids(words)]
    employers = _employers(words)
    elsewhere = frozenset().union(*employers or (), *(has for has, _condition in alone))
    people = _people(words, elsewhere)
    if employers is None or people is None:
        return _word_by_word(words, alone)
    return _together(
        frozenset(words),
        [(has, Q(student__in=keys)) for has, keys in people.items()],
        # The index has no request without an employer.
        [
            (has, Q(employer_words__gt="", employer_words__in=all_))
            for has, all_ in employers.items()
        ],
        alone,
    )


def _references(words):
    """Return [({word}, condition)] for the requests whose reference begins with a word."""
    starts = [word for word in words if word.reference]
    if not starts:
        return []
    # By the order of an index; "Z" is the last of the letters in a reference.
    ranges = ((word.reference, word.reference.ljust(9, "Z")) for word in starts)
    condition = reduce(or_, (Q(reference__range=each) for each in ranges))
    rows = list(StudentRequest.objects.filter(condition).values_list("pk", "reference").order_by())
    named = {
        word: [pk for pk, reference in rows if reference.startswith(word.reference)]
        for word in starts
    }
    return [(frozenset({word}), Q(pk__in=keys)) for word, keys in named.items() if keys]


def _former_ids(words):
    """Return [({word}, condition)] for the people who had a word as their SEVIS ID before."""
    ids = {word.typed: word for word in words if any(map(str.isdigit, word.typed))}
    if not ids:
        return []
    rows = FormerSevisId.objects.filter(sevis_id__in=ids).values_list("sevis_id", "record")
    return [(frozenset({ids[sevis_id]}), Q(student=key)) for sevis_id, key in rows.order_by()]


def _employers(words):
    """Return {words: the employers that have exactly these of them}, or None: too many."""
    named = StudentRequest.objects.filter(
        reduce(or_, (word.of_employer for word in words)), employer_words__gt=""
    ).order_by("employer_words")
    return _by_words(named.values_list("employer_words", "employer_words").distinct(), words)


def _people(words, elsewhere):
    """Return {words: the keys of people who have exactly these of them}, or None: too many.

    What stands nowhere ``elsewhere`` must be part of a name.
    """
    needed = [word for word in words if word not in elsewhere]
    condition = reduce(and_ if needed else or_, (word.of_person for word in needed or words))
    people = StudentRecord.objects.filter(condition).order_by()
    return _by_words(people.values_list("pk", "search_words"), words)


def _by_words(rows, words):
    rows = list(rows[: MOST_NAMED + 1])
    if len(rows) > MOST_NAMED:
        return None
    found = defaultdict(list)
    for key, text in rows:
        found[frozenset(word for word in words if word.letters in text)].append(key)
    return found


def _together(words, *sources):
    """Return the condition that these sources, one or more at once, have all the words."""
    found = NOTHING
    for chosen in product(*([(frozenset(), None), *source] for source in sources)):
        parts = [(has, condition) for has, condition in chosen if has]
        # Where a part could be left out, the others say the same of more requests.
        if _have_all(parts, words) and not any(
            _have_all(parts[:at] + parts[at + 1 :], words) for at in range(len(parts))
        ):
            found |= reduce(and_, (condition for _has, condition in parts))
    return found


def _have_all(parts, words):
    return words == frozenset().union(*(has for has, _condition in parts))


def _word_by_word(words, alone):
    """Return the same condition for words that very many have: asked of each row in its turn."""
    conditions = {
        word: Q(student__search_words__contains=word.letters) | word.of_employer for word in words
    }
    for (word,), condition in alone:
        conditions[word] |= condition
    return reduce(and_, conditions.values())

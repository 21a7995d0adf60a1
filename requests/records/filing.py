"""How people are filed and found: letters without accents, as an advisor types them.

What stands here is worked out from other columns of the record and saved along with them, so that
lists over many thousands of requests need no more than an index.
"""

import re
import unicodedata

from django.db import models

from isso.home.advisors import filed_under

SEARCHED = (
    "family_name",
    "given_name",
    "preferred_name",
    "passport_name",
    "sevis_id",
    "institution_id",
)
# Letters that Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t"}
    | {"æ": "a", "œ": "o", "þ": "t", "ß": "s"}
)
# Passports and keyboards without accents write one letter as two: Müller and Mueller are the same.
_DOUBLED = re.compile(r"(?<=[aou])e|ss|aa|th")
_ONE_OF_TWO = {"ss": "s", "aa": "a", "th": "t"}


def plain(text):
    """Return a word as it is compared: small letters and digits, without accents and hyphens."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    letters = "".join(each for each in folded if each.isalnum())
    return _DOUBLED.sub(lambda pair: _ONE_OF_TWO.get(pair.group(), ""), letters)


def plain_words(*texts):
    """Return the words of these texts (or None) as they are compared, each once."""
    words = [plain(word) for text in texts for word in (text or "").split()]
    return " ".join(dict.fromkeys(filter(None, words)))


class FiledUnder(models.CharField):
    """The letters A to Z of a family name, which ranges of letters compare."""

    def pre_save(self, model_instance, add):
        """Work it out anew whenever it is saved."""
        value = filed_under(model_instance.family_name)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class SearchWords(models.TextField):
    """Names and numbers of a person as they are compared, for searches within words."""

    def pre_save(self, model_instance, add):
        """Work it out anew whenever it is saved."""
        value = plain_words(*(getattr(model_instance, name) for name in SEARCHED))
        setattr(model_instance, self.attname, value)
        return value


WORKED_OUT_FROM = {"filed_under": {"family_name"}, "search_words": set(SEARCHED)}


def file_again(record, changed):
    """Set what is worked out from the columns in ``changed``; return its columns, to save them."""
    names = [name for name, sources in WORKED_OUT_FROM.items() if not sources.isdisjoint(changed)]
    for name in names:
        record._meta.get_field(name).pre_save(record, add=False)
    return names

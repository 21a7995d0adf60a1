"""Compares words as people read them: without accents, capitals, spaces and hyphens."""

import unicodedata

# Letters that Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def folded(text) -> str:
    """Return what is the same for “García-López” and “GARCIA LOPEZ”.

    Vowel signs of Indic scripts stay: without them different names would become one.
    """
    apart = unicodedata.normalize("NFKD", str(text)).casefold().translate(_LETTERS)
    apart = unicodedata.normalize("NFKD", apart)
    return "".join(
        char
        for char in apart
        if char.isalnum()
        or (unicodedata.category(char)[0] == "M" and not unicodedata.combining(char))
    )

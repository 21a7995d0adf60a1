"""Which advisor a request goes to: by the first letter of the family name, else the catch-all."""

import unicodedata

from .models import Caseload


def first_letter(family_name):
    """Return the letter A to Z a family name is filed under, or "" when it has none.

    Accents do not count (Ørsted under O, Šimić under S); names in other scripts have no letter.
    """
    folded = unicodedata.normalize("NFKD", family_name.replace("Ø", "O").replace("ø", "o"))
    for letter in folded.upper():
        if "A" <= letter <= "Z":
            return letter
        if letter.isalpha():
            return ""
    return ""


def advisor_for(record):
    """Return the user who takes this person's requests, or None when nobody does, in one query."""
    if record.advisor_id:
        return record.advisor
    letter = first_letter(record.family_name)
    caseloads = list(Caseload.objects.filter(advisor__is_active=True).select_related("advisor"))
    for caseload in caseloads:
        if letter and caseload.letters_from <= letter <= caseload.letters_to:
            return caseload.advisor
    return next((each.advisor for each in caseloads if each.is_catch_all), None)

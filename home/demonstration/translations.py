"""Load the demonstration's pages in further languages: a folder of TOML files for each.

An entry names the page it translates; what it leaves out stays as in the page it stands for.
"""

import tomllib
from pathlib import Path

from wagtail.models import Locale

FOLDER = Path(__file__).parent / "translations"


def translations():
    """Yield (language code, entry) of every translated page, parents before their children."""
    for folder in sorted(FOLDER.iterdir()):
        entries = [tomllib.loads(file.read_text()) for file in sorted(folder.glob("*.toml"))]
        for entry in sorted(entries, key=lambda entry: entry["translation_of"].count("/")):
            yield folder.name, entry


def missing_translations(by_path):
    """Yield (new page, entry) of each translation that is not there yet."""
    for code, entry in translations():
        source = by_path.get(entry["translation_of"])
        locale, _is_new = Locale.objects.get_or_create(language_code=code)
        if source is None or source.has_translation(locale):
            continue
        yield source.copy_for_translation(locale).specific, entry

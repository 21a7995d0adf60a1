"""``make translations``: compile locale/*.po, which translators edit, into what Django reads.

Both files are kept, so that a fresh machine needs no gettext programs to show a second language.
"""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def catalogs():
    """List the catalogs of every language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def compiled(path):
    """Return a catalog as Django reads it."""
    return polib.pofile(str(path)).to_binary()


if __name__ == "__main__":
    for path in catalogs():
        path.with_suffix(".mo").write_bytes(compiled(path))
        print(f"{path.parent.parent.name}: {len(polib.pofile(str(path)))} messages")

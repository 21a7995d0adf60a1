"""The words of the site in its second language: compiled, complete, and in their places."""

import re
from ast import literal_eval
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize
from wagtail.models import Page

from isso.tests import kept
from isso.tests.translations import catalogs, compiled

STRING = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(?:gettext|ngettext|_)\(u?({STRING})")
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


def language(path):
    return path.parent.parent.name


def test_there_is_a_catalog_for_the_second_language():
    assert [language(path) for path in catalogs()] == ["ar"]


@pytest.mark.parametrize("path", catalogs(), ids=language)
def test_what_django_reads_is_what_translators_wrote(path):
    assert path.with_suffix(".mo").read_bytes() == compiled(path)


@pytest.mark.parametrize("path", catalogs(), ids=language)
def test_a_translation_keeps_the_places_of_names_and_numbers(path):
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(path))
        if not entry.msgid_plural
        and set(PLACEHOLDER.findall(entry.msgid)) != set(PLACEHOLDER.findall(entry.msgstr))
    ]

    assert wrong == []


def test_every_word_of_the_frame_is_translated(db, client, settings):
    settings.DEMONSTRATION = True
    kept.demonstration()
    pages = [page.url for page in Page.objects.live().filter(locale__language_code="ar")]
    shown = set()
    doors = [f"/ar/accounts/{door}/" for door in ("login", "help", "help/sent", "invitation/x")]
    for address in [*pages, *doors, "/ar/search/?query=xyzzy", "/ar/nothing/"]:
        shown |= {template.name for template in client.get(address).templates if template.name}

    [catalog] = catalogs()
    translated = {entry.msgid for entry in polib.pofile(str(catalog)) if entry.translated()}
    words = {(str(name), each) for name in shown for each in words_of(name)}

    assert len(words) > 50
    assert {(name, each) for name, each in words if each not in translated} == set()


def words_of(name):
    """List what a template of ours wants translated."""
    # Templates name themselves with a SafeString, which no path takes.
    path = Path(settings.BASE_DIR) / "templates" / "".join(name)
    if not path.is_file():
        return []
    return [literal_eval(found) for found in CALL.findall(templatize(path.read_text()))]

"""The demonstration that tests put back is the one that was loaded."""

from django.contrib.auth.models import Group
from django.db import transaction

from isso.tests import kept
from isso.tests.access.fingerprint import changed, fingerprint

# How SQLite keeps its index of words; the words are compared in ``wagtailsearch_indexentry_fts``.
INSIDE_THE_INDEX = {
    f"wagtailsearch_indexentry_fts_{part}" for part in ("data", "idx", "docsize", "config")
}


def test_what_is_put_back_is_what_was_loaded(db, settings, monkeypatch):
    settings.DEMONSTRATION = True
    monkeypatch.setattr(kept, "_kept", {})
    before = fingerprint(INSIDE_THE_INDEX)
    found = []

    for _time in range(2):
        with transaction.atomic():
            kept.demonstration()
            found.append((fingerprint(INSIDE_THE_INDEX), kept._files()))
            transaction.set_rollback(True)
        assert fingerprint(INSIDE_THE_INDEX) == before

    (loaded, files), (put_back, files_afterwards) = found
    assert changed(loaded, put_back) == []
    assert files_afterwards == files
    assert len(changed(before, loaded)) > 50


def test_what_is_numbered_anew_is_no_other_beginning(db, monkeypatch):
    """A database that was emptied and filled again holds the same pairs under other numbers."""
    monkeypatch.setattr(kept, "_kept", {})
    times = []

    def make():
        times.append(Group.objects.create(name="Made once"))

    for _time in range(2):
        with transaction.atomic():
            kept.once(make)
            assert Group.objects.filter(name="Made once").count() == 1
            transaction.set_rollback(True)
        for group in Group.objects.all():
            permissions = list(group.permissions.all())
            group.permissions.clear()
            group.permissions.set(permissions)

    assert len(times) == 1

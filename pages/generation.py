"""Which generation of the public site is the present one: it changes with everything shown there.

A page kept in memory carries the generation it was rendered in (site/page_cache.py) and is worth
nothing in the next one. All processes read the same stamp: a file where they share a computer,
Redis where they do not. docs/decisions/0011-page-cache.md says why.
"""

import functools
import uuid
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import post_page_move

# Saving a draft writes these of the page's own fields, none of which a visitor sees.
DRAFT_FIELDS = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
}

_shown: set[type[Model]] = set()


class FileStamp:
    """A file that grows by one byte with each change, for processes on one computer."""

    def __init__(self, path: Path):
        self.path = path

    def read(self):
        """Return the generation; raise OSError where it cannot be known."""
        try:
            facts = self.path.stat()
        except FileNotFoundError:
            self.move()
            facts = self.path.stat()
        return facts.st_ino, facts.st_size, facts.st_mtime_ns

    def move(self):
        """Begin the next generation."""
        try:
            self._append()
        except PermissionError:
            # Made by another account, such as root's at a release: begin a file of our own.
            self.path.unlink(missing_ok=True)
            self._append()

    def _append(self):
        # Times of files are coarse; a length never comes back.
        with self.path.open("ab") as file:
            file.write(b".")


class RedisStamp:
    """A key in Redis, for web servers on several computers."""

    key = "pages.generation"

    def __init__(self, address: str, **options):
        import redis  # noqa: PLC0415 (only where it is used)

        # A client of our own: Django's cache makes one for each question, which costs twice as
        # much as the question itself.
        self._redis = redis.Redis.from_url(address, **options)

    def read(self):
        """Return the generation; raise RedisError where it cannot be known."""
        return self._redis.get(self.key) or self._begin()

    def _begin(self):
        self._redis.set(self.key, _never_used_before(), nx=True)
        return self._redis.get(self.key)

    def move(self):
        """Begin the next generation."""
        self._redis.set(self.key, _never_used_before())


def _never_used_before():
    # A number would begin again when Redis is emptied, and old pages with it.
    return uuid.uuid4().hex


@functools.cache
def stamp() -> FileStamp | RedisStamp:
    """Return the stamp that all processes share."""
    if settings.PAGE_STAMP == "redis":
        cache = settings.CACHES["default"]
        return RedisStamp(cache["LOCATION"], **cache.get("OPTIONS", {}))
    return FileStamp(Path(settings.DATA_DIR) / "page-generation")


def purge() -> None:
    """Make every page kept so far worthless, in every process."""
    stamp().move()


def shows(*models: type[Model]) -> None:
    """Let a room tell which models stand on public pages, so that a change of theirs purges."""
    _shown.update(models)
    _is_shown.cache_clear()


def shows_all_of(app: AppConfig, *, but: tuple[str, ...] = ()) -> None:
    """Let a room tell that all its models stand on public pages, but for what visitors write."""
    shows(*(m for m in app.get_models(include_auto_created=True) if m.__name__ not in but))


def watch() -> None:
    """Purge whenever something that is shown changes; called once at start-up."""
    for signal in (post_save, post_delete, m2m_changed, post_page_move):
        signal.connect(_purge_once_committed, dispatch_uid="isso.pages.generation")


@functools.cache
def _is_shown(model):
    return issubclass(model, tuple(_shown))


def _purge_once_committed(sender, using=None, update_fields=None, **_facts):
    if _is_shown(sender) and not (update_fields and DRAFT_FIELDS.issuperset(update_fields)):
        # An editor's work must not fail because the stamp cannot be written.
        transaction.on_commit(purge, using=using, robust=True)

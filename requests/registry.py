"""What can be asked for: the types of the folder types/, found by listing it, and office forms.

Office forms stand in the database, which this room does not know: whoever does registers a
``Shelf`` at start-up (connections.py).
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from . import types
from .request_type import RequestType


class Shelf(Protocol):
    """Where types stand that no file states, each in numbered versions that never change."""

    def offered(self) -> dict[str, RequestType]:
        """Return by key the newest version of each type that may be started."""

    def newest(self) -> dict[str, RequestType]:
        """Return by key the newest version of each type, also of those no longer offered."""

    def version(self, key: str, number: int) -> RequestType | None:
        """Return one version of one type, or None."""


_shelves: list[Shelf] = []


def register_shelf(shelf: Shelf) -> None:
    """Add a place where types stand; called once at start-up."""
    if shelf not in _shelves:
        _shelves.append(shelf)


@cache
def folder_types():
    """Return the types of the folder by key, in the order of the file names.

    Raises ValueError when two files claim one key or a file states no type.
    """
    found = {}
    for module_info in iter_modules(types.__path__):
        module = import_module(f"{types.__name__}.{module_info.name}")
        stated = [
            value
            for value in vars(module).values()
            if isinstance(value, type)
            and issubclass(value, RequestType)
            and value.__module__ == module.__name__
        ]
        if len(stated) != 1:
            raise ValueError(f"types/{module_info.name}.py must state exactly one request type")
        request_type = stated[0]()
        if request_type.key in found or request_type.key != module_info.name:
            raise ValueError(f"types/{module_info.name}.py must have the key {module_info.name!r}")
        found[request_type.key] = request_type
    return found


def all_types():
    """Return every request type that may be started, by key, in its newest version."""
    found = dict(folder_types())
    for shelf in _shelves:
        found |= shelf.offered()
    return found


def known_types():
    """Return also those that are offered no longer: requests of them go on."""
    found = dict(folder_types())
    for shelf in _shelves:
        found |= shelf.newest()
    return found


def get_type(key, version=None):
    """Return the type with this key, in the version a request was made with; raises KeyError.

    A type of the folder has the one version its file states.
    """
    if key in folder_types():
        return folder_types()[key]
    for shelf in _shelves:
        found = shelf.newest().get(key) if version is None else shelf.version(key, version)
        if found is not None:
            return found
    raise KeyError(key)


def find_type(key):
    """Return the newest version of the type with this key, or None."""
    try:
        return get_type(key)
    except KeyError:
        return None


def type_choices():
    """Return (key, title) pairs for form fields and filters, with what is no longer offered."""
    return [(key, each.title) for key, each in known_types().items()]

"""Finds the request types by listing the folder types/: the folder is the registry."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from . import types
from .request_type import RequestType


@cache
def all_types():
    """Return every request type by key, in the order of the file names.

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


def get_type(key):
    """Return the request type with this key; raises KeyError."""
    return all_types()[key]


def type_choices():
    """Return (key, title) pairs for form fields and filters."""
    return [(key, each.title) for key, each in all_types().items()]

"""Every kind of data that ends, found by listing the folder kinds/."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from . import kinds


@cache
def all_kinds():
    """Return every kind by key, in the order of the files; raises ValueError for a doubled key."""
    found = {}
    for module_info in iter_modules(kinds.__path__):
        for kind in import_module(f"{kinds.__name__}.{module_info.name}").KINDS:
            if kind.key in found:
                raise ValueError(f"kinds/{module_info.name}.py repeats the key {kind.key!r}")
            found[kind.key] = kind
    return found


def planned_kinds():
    """Return the kinds that are announced before anything happens, by key."""
    return {key: kind for key, kind in all_kinds().items() if kind.is_planned}


def purged_kinds():
    """Return the kinds that need no plan, by key."""
    return {key: kind for key, kind in all_kinds().items() if not kind.is_planned}

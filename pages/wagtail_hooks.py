"""Registers with Wagtail's admin what helps an editor; it stands beside this file."""

from wagtail import hooks

from . import locks

# Before other guards: who locked a page has the first word about it.
hooks.register("before_delete_page", locks.refuse_page, order=-1)
hooks.register("before_move_page", locks.refuse_page, order=-1)
hooks.register("before_delete_snippet", locks.refuse_snippets, order=-1)
hooks.register("before_bulk_action", locks.refuse_many, order=-1)

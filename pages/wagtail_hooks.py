"""Registers with Wagtail's admin what helps an editor; it stands beside this file."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import locks, search_admin

# Before other guards: who locked a page has the first word about it.
hooks.register("before_delete_page", locks.refuse_page, order=-1)
hooks.register("before_move_page", locks.refuse_page, order=-1)
hooks.register("before_delete_snippet", locks.refuse_snippets, order=-1)
hooks.register("before_bulk_action", locks.refuse_many, order=-1)

register_snippet(search_admin.SEARCH_ALIASES)
register_snippet(search_admin.MISSED_SEARCHES)
hooks.register("register_reports_menu_item", search_admin.missed_searches_item)
hooks.register("register_admin_urls", search_admin.best_bet_address)

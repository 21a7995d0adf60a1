"""Registers with Wagtail's admin what helps an editor; it stands beside this file."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import checker, fixed_addresses, locks, reports, reviews, search_admin

# Before other guards: who locked a page has the first word about it.
hooks.register("before_delete_page", locks.refuse_page, order=-1)
hooks.register("before_move_page", locks.refuse_page, order=-1)
hooks.register("before_delete_snippet", locks.refuse_snippets, order=-1)
hooks.register("before_bulk_action", locks.refuse_many, order=-1)
hooks.register("before_delete_page", fixed_addresses.refuse_page)
hooks.register("before_move_page", fixed_addresses.refuse_page)
hooks.register("before_unpublish_page", fixed_addresses.refuse_unpublishing)
hooks.register("before_bulk_action", fixed_addresses.refuse_many)

register_snippet(search_admin.SEARCH_ALIASES)
register_snippet(search_admin.MISSED_SEARCHES)
hooks.register("register_reports_menu_item", search_admin.missed_searches_item)
hooks.register("register_admin_urls", search_admin.best_bet_address)
hooks.register("construct_reports_menu", reports.complete_menu)
hooks.register("construct_wagtail_userbar", checker.use_our_checker)


@hooks.register("register_admin_urls")
def report_addresses():
    """Add the reports for editors."""
    return [
        path("reports/check-again/", reviews.PagesToCheck.as_view(), name="pages_to_check"),
        path(
            "reports/check-again/results/",
            reviews.PagesToCheck.as_view(results_only=True),
            name="pages_to_check_results",
        ),
        path("reports/check-again/<int:page_id>/", reviews.mark_checked, name="pages_mark_checked"),
        path(
            "reports/broken-links/", reports.BrokenLinksReport.as_view(), name="pages_broken_links"
        ),
        path(
            "reports/outside-links/",
            reports.OutsideLinksReport.as_view(),
            name="pages_outside_links",
        ),
    ]


@hooks.register("insert_global_admin_css")
def editors_css():
    """Add the styles of what editors see."""
    return format_html('<link rel="stylesheet" href="{}">', static("isso/editors.css"))


@hooks.register("register_log_actions")
def checked(actions):
    """Let the history of a page say that somebody checked it."""
    actions.register_action(
        reviews.CHECKED, _("Check"), _("Checked that everything on it is still right")
    )

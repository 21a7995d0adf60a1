"""What editors keep for the search: aliases, best bets, and the report of what found nothing."""

from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.contrib.search_promotions.views.settings import CreateView as BestBetCreateView
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from .finding.words import cleaned
from .models import MissedSearch, SearchAlias


class AliasCreateView(CreateView):
    """A new alias, begun with the words of a search that found nothing."""

    def get_initial_form_instance(self):
        """Fill in what the link of the report carries."""
        alias = super().get_initial_form_instance() or SearchAlias()
        alias.typed = cleaned(self.request.GET.get("words", ""))
        return alias


class SearchAliasViewSet(SnippetViewSet):
    """What people type, and what it means here."""

    model = SearchAlias
    icon = "tag"
    menu_label = _("Search aliases")
    menu_name = "search-aliases"
    add_to_settings_menu = True
    menu_order = 890
    list_display = ["typed", "words", "page"]
    search_fields = ["typed", "words"]
    add_view_class = AliasCreateView


class BestBetWithWords(BestBetCreateView):
    """A new best bet, begun with the words of a search that found nothing."""

    def get_initial(self):
        """Fill in what the link of the report carries."""
        return {"query_string": cleaned(self.request.GET.get("words", ""))}


class NextSteps(Column):
    """What to do about a search that found nothing: one link each."""

    def get_cell_context_data(self, instance, parent_context):
        """Carry the words to the forms."""
        context = super().get_cell_context_data(instance, parent_context)
        words = urlencode({"words": instance.words})
        context["value"] = format_html(
            '<a href="{}?{}">{}</a> · <a href="{}?{}">{}</a>',
            reverse(SEARCH_ALIASES.get_url_name("add")),
            words,
            _("Make an alias"),
            reverse("best_bet_with_words"),
            words,
            _("Make a best bet"),
        )
        return context


class MissedSearchViewSet(SnippetViewSet):
    """What people searched for in vain; nobody writes it but the site."""

    model = MissedSearch
    icon = "search"
    inspect_view_enabled = True
    list_display = ["words", "times", "last_on", NextSteps("next", label=_("What you can do"))]
    search_fields = ["words"]
    list_export = ["words", "times", "last_on"]


SEARCH_ALIASES = SearchAliasViewSet()
MISSED_SEARCHES = MissedSearchViewSet()


class MissedSearchesItem(MenuItem):
    """The report in the menu, for those who may read it."""

    def is_shown(self, request):
        """Ask for the permission to view."""
        return request.user.has_perm("pages.view_missedsearch")


def missed_searches_item():
    """Put the report into the menu “Reports”."""
    return MissedSearchesItem(
        _("Searches without result"),
        reverse(MISSED_SEARCHES.get_url_name("list")),
        name="missed-searches",
        icon_name="search",
        order=1310,
    )


def best_bet_address():
    """Serve the form of a best bet with its words filled in."""
    return [path("best-bets/add/", BestBetWithWords.as_view(), name="best_bet_with_words")]

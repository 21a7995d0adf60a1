"""What the demonstration's editors taught its search: other words, and best answers."""

import tomllib
from pathlib import Path

from wagtail.contrib.search_promotions.models import Query
from wagtail.models import Page

from isso.pages.models import SearchAlias

FILE = Path(__file__).parent / "office.toml"


def load_search_words():
    """Enter the aliases and best bets that are missing; their pages have to be there."""
    facts = tomllib.loads(FILE.read_text())
    for entry in facts["search_alias"]:
        page = _page(entry["page"]) if "page" in entry else None
        SearchAlias.objects.get_or_create(
            typed=entry["typed"], defaults={"words": entry.get("words", ""), "page": page}
        )
    for entry in facts["best_bet"]:
        query = Query.get(entry["words"])
        if not query.editors_picks.exists():
            query.editors_picks.create(page=_page(entry["page"]), sort_order=0)


def _page(path):
    return Page.objects.get(
        depth__gt=1, url_path__endswith=path, slug=path.strip("/").split("/")[-1]
    )

"""Load the demonstration office from the TOML files beside this module.

Both loaders may run again at any time: what is there already is left as an editor may have
changed it. Page kinds of higher rooms are added with ``register_page_kind``.
"""

import datetime as dt
import tomllib
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from wagtail.models import Page, Site

from isso.pages.models import (
    FormsIndexPage,
    GlossaryPage,
    GuidancePage,
    SectionPage,
    SiteMapPage,
)

from ..models import (
    AboutPage,
    ContactPage,
    CostsPage,
    DirectionsPage,
    EventPage,
    EventsPage,
    FaqPage,
    HomePage,
    KeyDatesPage,
    NewsItemPage,
    NewsPage,
    PortalGuidePage,
    ProcessingTimesPage,
    StaffPage,
    StatisticsPage,
)
from ..opening import put_home_page
from .dated import event_fields, news_fields
from .office import load_office
from .streams import references, stream
from .translations import missing_translations

__all__ = ["load_office", "load_pages", "register_page_kind"]

FOLDER = Path(__file__).parent
PLAIN_FIELDS = (
    "title",
    "lede",
    "in_short",
    "maintained_by",
    "reports_to",
    "map_link",
    "building",
    "transit",
    "accessible_entrance",
    "mail_rules",
    "account_help",
)
STREAM_FIELDS = (
    "body",
    "tasks",
    "doors",
    "services",
    "figures",
    "helpers",
    "after_statuses",
    "topics",
)

PageFactory = Callable[[dict], Page]

_kinds: dict[str, PageFactory] = {}


def register_page_kind(kind: str, factory: PageFactory) -> None:
    """Teach the loader a page kind of a higher room: ``factory`` makes the unsaved page."""
    _kinds[kind] = factory


for _name, _model in {
    "home": HomePage,
    "about": AboutPage,
    "staff": StaffPage,
    "statistics": StatisticsPage,
    "directions": DirectionsPage,
    "contact": ContactPage,
    "key_dates": KeyDatesPage,
    "portal_guide": PortalGuidePage,
    "section": SectionPage,
    "request_index": SectionPage,
    "guidance": GuidancePage,
    "forms": FormsIndexPage,
    "forms_index": FormsIndexPage,
    "site_map": SiteMapPage,
    "events": EventsPage,
    "news": NewsPage,
    "faq": FaqPage,
    "glossary": GlossaryPage,
    "costs": CostsPage,
    "processing_times": ProcessingTimesPage,
}.items():
    register_page_kind(_name, lambda entry, model=_model: model(**fields_of(entry, model)))

register_page_kind(
    "event", lambda entry: EventPage(**fields_of(entry, EventPage) | event_fields(entry))
)
register_page_kind(
    "news_item", lambda entry: NewsItemPage(**fields_of(entry, NewsItemPage) | news_fields(entry))
)


def fields_of(entry: dict, model: type[Page]) -> dict:
    """Translate the keys of a TOML file into the fields of a page model, streams excepted."""
    today = timezone.localdate()
    fields = texts_of(entry, model)
    if "reviewed_on" in _names(model):
        reviewed_on = today - dt.timedelta(days=entry.get("reviewed_days_ago", 30))
        fields |= {
            "reviewed_on": reviewed_on,
            "review_by": today + dt.timedelta(days=entry.get("review_in_days", 180)),
        }
    return fields | {
        "slug": entry["path"].strip("/").rpartition("/")[2] or "home",
        "show_in_menus": entry.get("show_in_menus", model.show_in_menus_default),
    }


def texts_of(entry: dict, model: type[Page]) -> dict:
    """Pick the plain texts of a TOML file that a page model has fields for."""
    names = _names(model)
    texts = {name: entry[name].strip() for name in PLAIN_FIELDS if name in entry and name in names}
    return texts | {"search_description": " ".join(entry.get("lede", "").split())[:300]}


def _names(model):
    return {field.name for field in model._meta.get_fields()}


def page_files() -> list[dict]:
    """Read every page file, parents before their children."""
    files = sorted((FOLDER / "pages").glob("*.toml"))
    entries = [tomllib.loads(file.read_text()) for file in files]
    return sorted(entries, key=lambda entry: entry["path"].count("/"))


def load_pages(site: Site | None = None) -> list[Page]:
    """Build what is missing of the page tree; returns the pages made.

    First the pages, then their bodies: a body may link to a page that comes later.
    """
    site = site or Site.objects.filter(is_default_site=True).first()
    by_path, made = {}, []
    entries = [entry for entry in page_files() if entry["kind"] in _kinds]
    for entry in entries:
        page, is_new = _find_or_make(entry, site, by_path)
        by_path[entry["path"]] = page
        if is_new:
            made.append((page, entry))
            site = site or page.get_site()
    found = references(by_path, entries)
    for page, entry in made:
        _fill(page, entry, found)
    for page, entry in missing_translations(by_path):
        for name, value in texts_of(entry, type(page)).items():
            setattr(page, name, value)
        _fill(page, entry, found)
        made.append((page, entry))
    return [page for page, _entry in made]


def _fill(page, entry, found):
    for name in STREAM_FIELDS:
        if name in entry and hasattr(page, name):
            setattr(page, name, stream(entry[name], type(page), name, found))
    page.save_revision(clean=False).publish()


def _find_or_make(entry, site, by_path):
    path = entry["path"]
    if path == "/":
        return _find_or_make_home(entry, site)
    parent = by_path[path.rstrip("/").rpartition("/")[0] + "/"]
    page = _kinds[entry["kind"]](entry)
    if existing := parent.get_children().filter(slug=page.slug).first():
        return existing.specific, False
    return parent.add_child(instance=page), True


def _find_or_make_home(entry, site):
    if existing := HomePage.objects.first():
        return existing, False
    return put_home_page(_kinds["home"](entry), site), True

"""The page tree as visitors see it: what lies around one page, and all of it for the site map."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import Http404
from django.utils.translation import get_language_info
from wagtail.models import Page, PageViewRestriction, get_page_models

from .languages import root_page

# Deeper addresses than this are nobody's page, only a costly question to the database.
MOST_LEVELS = 8

# Enough for a title and an address, and for the page that is shown.
FIELDS = (
    "id",
    "title",
    "slug",
    "path",
    "depth",
    "numchild",
    "url_path",
    "search_description",
    "live",
    "show_in_menus",
    "content_type",
    "alias_of",
    "locale",
    "locale__language_code",
)


@dataclass
class Entry:
    """One line of a menu or of the site map."""

    title: str
    url: str
    is_current: bool = False
    is_on_trail: bool = False
    language: str = ""
    children: list["Entry"] = field(default_factory=list)


@dataclass
class SiteTree:
    """The pages a public page needs to show: its trail from home, and the menu around it."""

    root: Page
    pages: list[Page]
    url_path: str
    # The page at the address in other languages.
    translations: list[Page] = field(default_factory=list)

    @cached_property
    def found(self):
        """The page at the address, or nothing."""
        return next((page for page in self.pages if page.url_path == self.url_path), None)

    @cached_property
    def trail(self):
        """The pages from the section down to the page itself."""
        return [page for page in self.pages if self.url_path.startswith(page.url_path)]

    @property
    def children(self):
        """The pages below the page itself that stand in the menu, in the order of the tree."""
        depth = self.root.depth + self.url_path.removeprefix(self.root.url_path).count("/") + 1
        return [
            page
            for page in self.pages
            if page.depth == depth
            and page.url_path.startswith(self.url_path)
            and page.live
            and page.show_in_menus
        ]

    def languages(self, request):
        """Link to the same page in the other languages, each named in its own."""
        return [
            Entry(
                get_language_info(page.locale.language_code)["name_local"],
                page.get_url(request),
                language=page.locale.language_code,
            )
            for page in self.translations
        ]

    def menu(self, request):
        """Nest what belongs into menus: all sections, and the branch that leads to this page."""
        return _nest(
            [page for page in self.pages if page.live and page.show_in_menus],
            request,
            current=self.url_path,
        )


def read_tree(root, path_components=()):
    """Read in one query the trail to an address below ``root`` and the pages along it.

    The translations of the page at the address come along.
    """
    url_path = root.url_path + "".join(f"{component}/" for component in path_components)
    in_menu = is_public() & Q(show_in_menus=True)
    wanted = in_menu & Q(depth=root.depth + 1)
    prefix = root.url_path
    for offset, component in enumerate(path_components, start=1):
        prefix += f"{component}/"
        wanted |= Q(url_path=prefix)
        wanted |= in_menu & Q(depth=root.depth + offset + 1, url_path__startswith=prefix)
    here = Page.objects.filter(url_path=url_path).values("translation_key")
    elsewhere = is_public() & Q(translation_key__in=here) & ~Q(locale=root.locale_id)
    pages = Page.objects.filter(Page.objects.descendant_of_q(root) & wanted | elsewhere)
    pages = pages.select_related("locale").only(*FIELDS).annotate(is_restricted=_is_restricted())
    found = list(pages.order_by("path"))
    return SiteTree(
        root,
        [page for page in found if page.locale_id == root.locale_id],
        url_path,
        [page for page in found if page.locale_id != root.locale_id],
    )


def tree_for(request, page=None):
    """Return the tree around a page, read once a request; without a page, the sections alone."""
    if not hasattr(request, "site_tree"):
        root = root_page(request)
        if root is None:
            return None
        below = page.url_path.removeprefix(root.url_path) if page else ""
        request.site_tree = read_tree(root, [part for part in below.split("/") if part])
    return request.site_tree


def site_root(request):
    """Return the home page in the language of the address; without one there is nothing."""
    if (root := root_page(request)) is None:
        raise Http404
    return root


def nested(root, request):
    """Nest the public pages below ``root``, for the site map."""
    unlisted = [model for model in get_page_models() if not getattr(model, "in_site_map", True)]
    public = Page.objects.descendant_of(root).filter(is_public()).not_exact_type(*unlisted)
    return _nest(list(public.only(*FIELDS).order_by("path")), request)


def is_public():
    """Match live pages that no restriction of theirs or above them hides, without a query first."""
    hiding = _restrictions().filter(shown__startswith=F("page__path"))
    return Q(live=True) & ~Exists(hiding)


def _is_restricted():
    """Tell of each page whether a restriction hides it, or the page it is an alias of."""
    above = Q(shown__startswith=F("page__path")) | Q(shown__startswith=F("page__aliases__path"))
    return Exists(_restrictions().filter(above))


def _restrictions():
    """Return all restrictions, to be compared with the page of the query around them."""
    return PageViewRestriction.objects.annotate(
        shown=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    )


def _nest(pages, request, current=""):
    entries = {}
    top = []
    for page in pages:
        entry = Entry(
            page.title,
            page.get_url(request),
            is_current=page.url_path == current,
            is_on_trail=current.startswith(page.url_path),
        )
        entries[page.path] = entry
        parent = entries.get(page.path[: -page.steplen])
        # A page under one that is left out is left out too.
        if parent:
            parent.children.append(entry)
        elif page.depth == pages[0].depth:
            top.append(entry)
    return top

"""The page kinds every room may build on, and the plain ones."""

from .base import BasePage, BodyMixin, GuidanceContent
from .forms_index import FormEntry, FormsIndexPage
from .glossary import GlossaryPage, GlossaryTerm
from .guidance import GuidancePage, SectionPage
from .search_words import MissedSearch, SearchAlias
from .site_map import SiteMapPage

__all__ = [
    "BasePage",
    "BodyMixin",
    "FormEntry",
    "FormsIndexPage",
    "GlossaryPage",
    "GlossaryTerm",
    "GuidanceContent",
    "GuidancePage",
    "MissedSearch",
    "SearchAlias",
    "SectionPage",
    "SiteMapPage",
]

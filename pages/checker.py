"""The content checker of the preview: all of axe, and the office's own rules beside it."""

from django.forms import Media
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.userbar import ContentCheckerItem

from .checking import EMPTY_WORDS

RULES = {
    "isso-link-text": ("main a[href]", "serious"),
    "isso-file-size": ("main a[href*='.pdf' i], main a[href^='/documents/']", "moderate"),
    "isso-table-caption": ("main table", "serious"),
}


class OfficeChecker(ContentCheckerItem):
    """Wagtail's checker without its short list of rules, with ours."""

    # What stands around the page is not the editor's to mend.
    axe_include = ["main"]
    axe_run_only = None
    axe_custom_rules = ContentCheckerItem.axe_custom_rules + [
        {
            "id": name,
            "impact": impact,
            "selector": selector,
            "tags": ["best-practice"],
            "any": [f"check-{name}"],
            "enabled": True,
        }
        for name, (selector, impact) in RULES.items()
    ]
    axe_custom_checks = [
        *ContentCheckerItem.axe_custom_checks,
        {"id": "check-isso-link-text", "options": {"words": sorted(EMPTY_WORDS)}},
        {"id": "check-isso-file-size"},
        {"id": "check-isso-table-caption"},
    ]
    axe_messages = ContentCheckerItem.axe_messages | {
        "isso-link-text": {
            "error_name": _("The link does not say where it leads"),
            "help_text": _("Name the page or the form it opens"),
        },
        "isso-file-size": {
            "error_name": _("The link does not say how large the file is"),
            "help_text": _("Add kind and size, for example (PDF, 120 KB)"),
        },
        "isso-table-caption": {
            "error_name": _("The table has no caption"),
            "help_text": _("Say in one line what the table shows"),
        },
    }

    @property
    def media(self):
        """Bring the code of our rules."""
        return Media(js=[versioned_static("isso/js/checker.js")])


def use_our_checker(request, items, page):
    """Answer ``construct_wagtail_userbar``: our checker in the place of Wagtail's."""
    items[:] = [
        OfficeChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]

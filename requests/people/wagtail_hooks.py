"""Puts into Wagtail's admin what this room knows: groups of sections, and the end of sessions."""

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from isso.pages.models import SectionPage

from .sections import setup_section_editors


@hooks.register("after_publish_page")
@hooks.register("after_delete_page")
def follow_sections(request, page):
    """Give a new or renamed section its group, and let that of a deleted one go."""
    if isinstance(page.specific_deferred, SectionPage):
        setup_section_editors()


@hooks.register("insert_global_admin_js")
def warn_before_the_session_ends():
    """Warn in the admin, too, two minutes before the session ends."""
    warning = render_to_string("components/session_warning.html")
    script = static("isso/js/session.js")
    return format_html('{}<script type="module" src="{}"></script>', warning, script)


@hooks.register("register_account_menu_item")
def own_sessions(request):
    """Lead from the account's page to the browsers in which one is signed in."""
    return {
        "url": reverse("account_sessions"),
        "label": _("Where you are signed in"),
        "help_text": _("See your sessions, and sign out the browsers you do not use."),
    }

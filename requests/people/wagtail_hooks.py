"""Keeps the groups of the sections in step with the sections."""

from wagtail import hooks

from isso.pages.models import SectionPage

from .sections import setup_section_editors


@hooks.register("after_publish_page")
@hooks.register("after_delete_page")
def follow_sections(request, page):
    """Give a new or renamed section its group, and let that of a deleted one go."""
    if isinstance(page.specific_deferred, SectionPage):
        setup_section_editors()

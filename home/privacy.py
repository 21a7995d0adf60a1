"""The privacy notice every office has: its first words, and the link to it in the foot of pages."""

import datetime as dt
import tomllib
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from isso.pages.models import GuidancePage

from .models import HomePage, OfficeSettings

WORDS = Path(__file__).with_suffix(".toml")
SLUG = "privacy"
CHECKED_AGAIN_AFTER = dt.timedelta(days=180)


@transaction.atomic
def put_privacy_notice(site: Site | None):
    """Make the notice of an office that names none, or name the page that stands at its address.

    A page that an editor has unpublished stays so: then nothing leads to it.
    """
    if site is None or not HomePage.objects.filter(pk=site.root_page_id).exists():
        return
    office = OfficeSettings.for_site(site)
    if office.privacy_page_id:
        return
    notice = site.root_page.get_children().filter(slug=SLUG).first()
    office.privacy_page = notice or site.root_page.add_child(instance=_first_notice())
    office.save(update_fields=["privacy_page"])


def _first_notice():
    words, today = tomllib.loads(WORDS.read_text()), timezone.localdate()
    return GuidancePage(
        title=words["title"],
        slug=SLUG,
        show_in_menus=False,
        lede=words["lede"],
        search_description=words["lede"],
        in_short=words["in_short"],
        body=[("paragraph", text.strip()) for text in words["body"]],
        maintained_by=_("The office"),
        reviewed_on=today,
        review_by=today + CHECKED_AGAIN_AFTER,
    )

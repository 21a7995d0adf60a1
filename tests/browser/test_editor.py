"""An editor's day in real Chromium: write, preview, have it approved; an alert, other hours."""

import datetime as dt
import re
from contextlib import suppress

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import TimeoutError
from wagtail.models import Site

from isso.home.models import AboutPage
from isso.pages.models import GuidancePage, SectionPage
from isso.requests.people.moderation import setup_moderation
from isso.requests.people.roles import Role
from isso.requests.people.sections import setup_section_editors
from isso.tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

PAGE = {
    "title": "Laboratory guests",
    "in_short": "Ask early.",
    "maintained_by": "Scholar team",
    "reviewed_on": "2026-10-05",
    "review_by": "2027-04-05",
}
# What the editor types into each block, by the end of the field's name.
BLOCKS = {
    "Callout": {"title": "Ask before you book", "tone": "warn"},
    "Steps": {"title": "How it goes", "steps-0-value-title": "Write to the host"},
    "Deadline": {"title": "Tell us", "rule": "two months before the visit"},
    "Document checklist": {"title": "Have ready", "items-0-value-text": "Letter of the host"},
    "Contact": {"name": "Scholar team", "email": "scholars@school.example"},
}
WRITTEN = ["paragraph", "callout", "steps", "deadline", "checklist", "contact"]


@pytest.fixture
def scholars(monday, site):
    """An office with a section for scholars, an editor of it and an editor of the whole site."""
    factories.make_office()
    home = Site.objects.get(is_default_site=True).root_page
    home.add_child(instance=AboutPage(title="About the office", slug="about"))
    section = home.add_child(instance=SectionPage(title="For scholars", slug="scholars"))
    factories.make_staff(Role.EDITOR)
    setup_section_editors()
    setup_moderation()
    writer = factories.make_user("writer@staff.example", "Section Writer", is_staff=True)
    writer.groups.add(Group.objects.get(name="Editor: For scholars"))
    return section


def test_an_editors_day(scholars, tab_for, site, monday):
    visitor, writer = tab_for(), tab_for("writer@staff.example")
    editor = tab_for("editor@staff.example")

    # Write, look, hand over: nothing is public before another person has read it.
    write(writer, f"{site}/admin/pages/add/pages/guidancepage/{scholars.pk}/")
    assert preview_title(writer) == "Laboratory guests"
    hand_over(writer)
    assert visitor.goto(f"{site}/scholars/laboratory-guests/").status == 404
    approve(editor, GuidancePage.objects.get())
    visitor.goto(f"{site}/scholars/laboratory-guests/")
    assert visitor.locator("main h1").inner_text() == "Laboratory guests"
    assert [block.block_type for block in GuidancePage.objects.get().body] == WRITTEN

    # Other hours on Friday show at once, though the page was in the cache.
    assert friday(visitor, site) == "9:00 am – 4:00 pm"
    change_hours(editor, site, day="2026-10-09", reason="Staff day")
    assert friday(visitor, site) == "10:00 am – 12:00 pm Staff day"

    # An alert for tomorrow shows tomorrow.
    publish_alert(editor, site, "Storm on Wednesday", show_from="2026-10-06 08:00")
    assert alerts(visitor, site) == []
    monday.move_to(dt.datetime(2026, 10, 6, 8, tzinfo=factories.MONDAY.tzinfo), tick=False)
    assert alerts(visitor, site) == ["Warning: Storm on Wednesday"]


def write(tab, address):
    """Fill in a guidance page with six kinds of blocks and keep it as a draft."""
    tab.goto(address, wait_until="networkidle")
    for name, value in PAGE.items():
        tab.locator(f"#id_{name}").fill(value)
    tab.keyboard.press("Escape")  # the calendar of the last date
    insert(tab, "Text")
    type_into_last(tab, "Guests of a laboratory need a letter.")
    for number, (kind, fields) in enumerate(BLOCKS.items(), start=1):
        insert(tab, kind)
        for name, value in fields.items():
            field = tab.locator(f"[name=body-{number}-value-{name}]")
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        if kind == "Callout":
            type_into_last(tab, "Flights are not refunded.")
    tab.get_by_role("button", name="Save draft").click()
    tab.wait_for_url("**/edit/")


def type_into_last(tab, text):
    """Type into the newest box of formatted text."""
    tab.locator("#panel-child-content-body-section [role=textbox]").last.click()
    tab.keyboard.type(text)


def insert(tab, kind):
    """Put one more block at the end."""
    choice = tab.get_by_role("option", name=re.compile(f"^{kind}")).first
    # A calendar that still closes may swallow the first click.
    for _try in range(3):
        tab.locator("#panel-child-content-body-section").get_by_title("Insert a block").last.click()
        with suppress(TimeoutError):
            choice.click(timeout=3_000)
            return
    raise AssertionError(f"The list of blocks did not open for “{kind}”.")


def preview_title(tab):
    """Read the title in the preview beside the form."""
    tab.get_by_role("button", name="Toggle preview").click()
    frame = tab.frame_locator("iframe[title=Preview]").last
    return frame.locator("main h1").inner_text()


def hand_over(tab):
    """Submit for approval."""
    tab.get_by_role("button", name="More actions").click()
    tab.get_by_role("button", name="Submit to Approval by the office").click()
    tab.get_by_text("has been submitted for moderation").wait_for()


def approve(tab, page):
    """Approve as another person, from the page that waits."""
    tab.goto(f"{tab.url.partition('/admin/')[0]}/admin/")
    tab.get_by_role("link", name=page.draft_title).first.click()
    tab.wait_for_url("**/edit/")
    tab.get_by_role("button", name="More actions").click()
    tab.get_by_role("button", name=re.compile("approve and publish", re.IGNORECASE)).first.click()
    tab.get_by_text("has been updated").first.wait_for()


def publish_alert(tab, site, title, show_from):
    """Write an alert with its time and publish it."""
    tab.goto(f"{site}/admin/snippets/home/alert/add/")
    tab.locator("#id_title").fill(title)
    tab.locator("#id_show_from").fill(show_from)
    tab.keyboard.press("Escape")
    tab.get_by_role("button", name="More actions").click()
    tab.get_by_role("button", name="Publish").click()
    tab.wait_for_url("**/home/alert/")


def change_hours(tab, site, day, reason):
    """Enter other hours for one day."""
    tab.goto(f"{site}/admin/snippets/home/hoursexception/add/")
    for name, value in {"start": day, "end": day, "reason": reason}.items():
        tab.locator(f"#id_{name}").fill(value)
        tab.keyboard.press("Escape")
    tab.get_by_role("button", name="Add Hours").click()
    tab.locator("#id_hours-0-opens").fill("10:00")
    tab.locator("#id_hours-0-closes").fill("12:00")
    tab.keyboard.press("Escape")
    tab.get_by_role("button", name="Save", exact=True).click()
    tab.wait_for_url("**/home/hoursexception/")


def alerts(tab, site):
    """Read the alerts on top of a public page."""
    tab.goto(f"{site}/about/")
    return [" ".join(text.split()) for text in tab.locator(".alert-strip").all_inner_texts()]


def friday(tab, site):
    """Read Friday's line in the week of the hours card."""
    tab.goto(f"{site}/about/")
    line = tab.locator(".hours-card tr", has=tab.get_by_role("rowheader", name="Friday"))
    return " ".join(line.locator("td").inner_text().split())

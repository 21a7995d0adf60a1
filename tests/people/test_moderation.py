"""What an editor of a section submits goes live when an editor of the office approves it."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from isso.home.approvals import waiting_around
from isso.home.models import OfficeApproval
from isso.pages.models import SectionPage
from isso.requests.people.moderation import setup_moderation
from isso.requests.people.roles import Role
from isso.tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    home = Site.objects.get(is_default_site=True).root_page
    section = home.add_child(instance=SectionPage(title="For scholars", slug="scholars"))
    call_command("setup_office", verbosity=0)
    return section.add_child(instance=SectionPage(title="Arrival", slug="arrival"))


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def writer(page):
    """The browser of an editor of that section."""
    user = make_user("writer@staff.example", "Wanda Writer", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor: For scholars"))
    return sign_in(user)


@pytest.fixture
def office(page):
    """The browser of an editor of the office."""
    return sign_in(make_staff(Role.EDITOR))


def submit(writer, page, button="submit"):
    writer.post(
        f"/admin/pages/{page.pk}/edit/",
        nested_form_data(
            {
                "title": "Your arrival",
                "slug": "arrival",
                "lede": "",
                "body": streamfield([("paragraph", rich_text("<p>Come in.</p>"))]),
                "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
                f"action-{button}": "1",
            }
        ),
    )
    page.refresh_from_db()


def answer(client, page, action, comment=""):
    state = page.current_workflow_state.current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, {"comment": comment})


def found(page):
    page = SectionPage.objects.get(pk=page.pk)
    state = page.current_workflow_state
    return page.title, state.status if state else None


def test_submitted_it_waits_and_approved_it_is_live(writer, office, page):
    submit(writer, page)
    waiting = found(page)
    answer(office, page, "approve")

    assert waiting == ("Arrival", "in_progress")
    assert found(page) == ("Your arrival", None)
    assert mail.outbox[0].to == ["editor@staff.example"]


def test_sent_back_it_waits_for_its_writer_with_the_reason(writer, office, page):
    submit(writer, page)
    answer(office, page, "reject", "Please name the form.")

    assert found(page) == ("Arrival", "needs_changes")
    form = writer.get(f"/admin/pages/{page.pk}/edit/").text
    assert "Please name the form." in form
    submit(writer, page)
    assert found(page) == ("Arrival", "in_progress")


def test_nobody_approves_his_own(writer, page):
    submit(writer, page)

    assert answer(writer, page, "approve").status_code in (302, 403)
    submit(writer, page, "publish")
    assert found(page) == ("Arrival", "in_progress")


def colleague(**fields):
    """Let there be somebody else who could approve."""
    user = make_user("second@staff.example", "Second Editor", is_staff=True, **fields)
    if not user.is_superuser:
        user.groups.add(Group.objects.get(name=Role.EDITOR))


@pytest.mark.parametrize(
    ("others", "approved"),
    [
        # The only approver of an office must not wait for ever.
        (None, True),
        ({}, False),
        ({"is_superuser": True}, False),
        ({"is_active": False}, True),
    ],
)
@pytest.mark.parametrize("is_superuser", [False, True])
def test_an_editor_who_asks_for_approval_gets_it_from_somebody_else(
    page, others, approved, is_superuser
):
    editor = make_staff(Role.EDITOR)
    editor.is_superuser = is_superuser
    editor.save()
    if others is not None:
        colleague(**others)
    client = sign_in(editor)
    submit(client, page)

    shown = [[each.title for each in found] for found in waiting_around(editor)]
    answer(client, page, "approve")

    assert shown == ([["Your arrival"], []] if approved else [[], ["Your arrival"]])
    assert found(page) == (("Your arrival", None) if approved else ("Arrival", "in_progress"))


def test_what_waits_goes_on_waiting_when_an_earlier_office_is_set_up_again(writer, office, page):
    old = GroupApprovalTask.objects.create(name="Approval by an editor")
    old.groups.add(Group.objects.get(name=Role.EDITOR))
    WorkflowTask.objects.update(task=old)
    OfficeApproval.objects.all().delete()
    submit(writer, page)

    call_command("setup_office", verbosity=0)
    call_command("setup_office", verbosity=0)

    assert [type(task.specific) for task in page.get_workflow().tasks] == [OfficeApproval]
    assert GroupApprovalTask.objects.filter(groups__name=Role.EDITOR).count() == 0
    assert found(page) == ("Arrival", "in_progress")
    answer(office, page, "approve")
    assert found(page) == ("Your arrival", None)


def test_a_workflow_the_office_chose_itself_stays(page):
    own = Workflow.objects.create(name="Two persons")
    WorkflowPage.objects.update(workflow=own)

    setup_moderation()

    assert page.get_workflow() == own


def test_setting_up_twice_makes_one_workflow(page):
    setup_moderation()

    assert WorkflowPage.objects.get(page=Page.get_first_root_node()).workflow == page.get_workflow()
    assert [
        workflow.name for workflow in Workflow.objects.filter(workflow_pages__isnull=False)
    ] == ["Approval by the office"]

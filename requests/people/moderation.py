"""Moderation: what a section's editor submits goes live once an editor of the office approves."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from isso.home.models import OfficeApproval

from .roles import Role

# Wagtail's own beginning, asked of a group that this office does not have.
WAGTAILS_WORKFLOW = "Moderators approval"
MODERATED_SNIPPETS = (("home", "alert"), ("requests", "reminder"))


def setup_moderation():
    """Let the editors approve what others write: pages, alerts and reminders; runs again."""
    renew_task_of_before()
    setup_page_moderation()
    setup_snippet_moderation()


def setup_page_moderation():
    """Let the editors approve pages of the whole site; what the office chose itself stays."""
    root = Page.get_first_root_node()
    chosen = WorkflowPage.objects.select_related("workflow").filter(page=root).first()
    if chosen and chosen.workflow.name != WAGTAILS_WORKFLOW:
        return
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": approval_workflow()})


def setup_snippet_moderation():
    """Let the editors approve alerts and reminders, too; what the office chose itself stays."""
    for app, model in MODERATED_SNIPPETS:
        kind = ContentType.objects.get_by_natural_key(app, model)
        if not WorkflowContentType.objects.filter(content_type=kind).exists():
            WorkflowContentType.objects.create(content_type=kind, workflow=approval_workflow())


def approval_workflow():
    """Return “Approval by the office”: one task, which any editor may do for others."""
    task = OfficeApproval.objects.filter(groups__name=Role.EDITOR, active=True).first()
    if not task:
        task = OfficeApproval.objects.create(name=_("Approval by an editor"))
        task.groups.add(Group.objects.get(name=Role.EDITOR))
    workflow = Workflow.objects.filter(workflow_tasks__task=task, active=True).first()
    if not workflow:
        workflow = Workflow.objects.create(name=_("Approval by the office"))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def renew_task_of_before():
    """Turn the task of an earlier version, which let people approve their own, into ours.

    It stays the same task, so that what waits for it goes on waiting.
    """
    ours = GroupApprovalTask.objects.filter(name=_("Approval by an editor"), active=True)
    for old in ours.filter(groups__name=Role.EDITOR):
        groups = list(old.groups.all())
        kept = {field.attname: getattr(old, field.attname) for field in Task._meta.concrete_fields}
        old.groups.clear()
        old.delete(keep_parents=True)
        kind = ContentType.objects.get_for_model(OfficeApproval)
        task = OfficeApproval(**kept | {"task_ptr_id": kept["id"], "content_type_id": kind.pk})
        task.save()
        task.groups.set(groups)

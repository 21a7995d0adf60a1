"""Moderation: what a section's editor submits goes live once an editor of the office approves."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from .roles import Role

# Wagtail's own beginning, asked of a group that this office does not have.
WAGTAILS_WORKFLOW = "Moderators approval"
MODERATED_SNIPPETS = (("home", "alert"), ("requests", "reminder"))


def setup_moderation():
    """Let the editors approve what others write: pages, alerts and reminders; runs again."""
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
    """Return “Approval by the office”: one task, which any editor may do."""
    task = GroupApprovalTask.objects.filter(groups__name=Role.EDITOR, active=True).first()
    if not task:
        task = GroupApprovalTask.objects.create(name=_("Approval by an editor"))
        task.groups.add(Group.objects.get(name=Role.EDITOR))
    workflow = Workflow.objects.filter(workflow_tasks__task=task, active=True).first()
    if not workflow:
        workflow = Workflow.objects.create(name=_("Approval by the office"))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow

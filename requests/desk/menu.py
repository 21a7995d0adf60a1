"""One menu for everything about the portal, gathered from the rooms that bring it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

# Names of the items in the order in which they are shown; who may not use one never gets it.
GATHERED = (
    "desk-queue",
    "desk-students",
    "desk-admitted",
    "desk-scholars",
    "desk-alerts",
    "desk-invitations",
    "desk-troubles",
    "desk-department-access",
    "desk-for-departments",
    "desk-sevis",
    "desk-messages",
    "desk-inbox",
    "desk-failures",
    "desk-intakes",
    "desk-figures",
    "registers",
    "desk-readings",
    "desk-staff",
    "desk-imports",
    "mails",
    "desk-directory",
    "desk-caseloads",
    "desk-reply-templates",
    "desk-policies",
    "desk-office-forms",
    "desk-retention",
    "mail-wording",
)


def gather(request, items):
    """Move what belongs to the portal out of the main menu into the one of the desk."""
    found = {item.name: item for item in items if item.name in GATHERED}
    if not found:
        return
    items[:] = [item for item in items if item.name not in found]
    submenu = [found[name] for name in GATHERED if name in found]
    for order, item in enumerate(submenu):
        item.order = order
    items.append(
        SubmenuMenuItem(
            _("Portal desk"), Menu(items=submenu), name="portal-desk", icon_name="tasks", order=90
        )
    )

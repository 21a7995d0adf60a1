"""The roles people hold; each is a Django group of the same name, set up here.

An editor sees no student data, an advisor edits no pages: the two tables below share
nothing but the door to the admin.
"""

from django.contrib.auth.models import Group, Permission
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)


class Role(models.TextChoices):
    """What a person is to the office."""

    STUDENT = "student", _("Student")
    SCHOLAR = "scholar", _("Visiting scholar")
    DEPARTMENT = "department", _("Department administrator")
    COMPLIANCE = "compliance", _("Research Compliance officer")
    HR = "hr", _("Human Resources officer")
    ADVISOR = "advisor", _("Office advisor")
    SUPERVISOR = "supervisor", _("Office supervisor")
    EDITOR = "editor", _("Editor")


STAFF_ROLES = frozenset({Role.ADVISOR, Role.SUPERVISOR, Role.EDITOR})
# Colleagues of other offices who work on requests.
PARTNER_ROLES = frozenset({Role.DEPARTMENT, Role.COMPLIANCE, Role.HR})
# Whoever may do everything; no group, and without a last day.
ADMINISTRATOR = "administrator"
# The names of the groups that edit one section begin so (sections.py).
SECTION_EDITOR = "Editor: "
# Those who may read every student's record and requests: the office is one team.
CASE_ROLES = frozenset({Role.ADVISOR, Role.SUPERVISOR})

ALL_VERBS = ("add", "change", "delete", "view", "publish", "lock", "unlock")
ADMIN_DOOR = {"wagtailadmin.admin": ("access",)}
PORTAL_READING = {
    "records.studentrecord": ("view",),
    "records.dependent": ("view",),
    "records.employmentauthorization": ("view",),
    "records.recordchange": ("view",),
    "notices.notice": ("view",),
    "notices.deliveryevent": ("view",),
    "requests.approverdirectoryentry": ("view", "add", "change"),
}

# Role → "app.model" → verbs. A model that does not exist (yet) is passed over.
PERMISSIONS = {
    Role.EDITOR: {
        **ADMIN_DOOR,
        "home.hoursschedule": ALL_VERBS,
        "home.hoursslot": ALL_VERBS,
        "home.hoursexception": ALL_VERBS,
        "home.exceptionhours": ALL_VERBS,
        "home.staffmember": ALL_VERBS,
        "home.keydate": ALL_VERBS,
        "home.alert": ALL_VERBS,
        "home.statisticsyear": ALL_VERBS,
        "home.statisticsrow": ALL_VERBS,
        "home.costofattendance": ALL_VERBS,
        "home.exchangerate": ALL_VERBS,
        "pages.glossaryterm": ALL_VERBS,
        "pages.formentry": ALL_VERBS,
        "home.officesettings": ("change",),
        "requests.reminder": ALL_VERBS,
        "simple_translation.translation": ("submit",),
        "pages.searchalias": ALL_VERBS,
        "pages.missedsearch": ("view", "delete"),
        "wagtailsearchpromotions.searchpromotion": ("add", "change", "delete"),
    },
    Role.ADVISOR: {**ADMIN_DOOR, **PORTAL_READING},
    Role.SUPERVISOR: {
        **ADMIN_DOOR,
        **PORTAL_READING,
        "records.accesslog": ("view",),
        "records.importrun": ("view", "add"),
        "notices.mailwording": ALL_VERBS,
        "requests.requestpolicy": ALL_VERBS,
        # A form that was published is withdrawn, never deleted: its requests are read by it.
        "requests.officeform": ("add", "change", "view", "publish", "lock", "unlock"),
        "requests.caseload": ALL_VERBS,
        "requests.replytemplate": ALL_VERBS,
        # A hold is lifted, never deleted.
        "requests.retentionhold": ("add", "view"),
        "requests.approverdirectoryentry": ALL_VERBS,
    },
}
PAGE_VERBS = ("add_page", "change_page", "publish_page")
COLLECTION_VERBS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)


def may_read_cases(user) -> bool:
    """Tell whether this user works on requests: advisors, supervisors and superusers."""
    return _holds(user, CASE_ROLES)


def may_enter_admin(user) -> bool:
    """Tell whether this user is staff: whoever the admin lets in."""
    return _holds(user, STAFF_ROLES) or (
        user.is_active and any(role.startswith(SECTION_EDITOR) for role in user.roles)
    )


def may_look_after_staff(user) -> bool:
    """Tell whether this user gives roles and closes accounts: supervisors and superusers."""
    return _holds(user, {Role.SUPERVISOR})


def role_label(name: str) -> str:
    """Return a role as it is called on screen; groups of sections are called by their names."""
    if name == ADMINISTRATOR:
        return gettext("Administrator")
    return str(Role(name).label) if name in Role.values else name


def _holds(user, roles):
    return user.is_active and (user.is_superuser or bool(roles & user.roles))


def setup_roles():
    """Make the groups and give each exactly its permissions; safe to run again."""
    Group.objects.bulk_create([Group(name=role) for role in Role.values], ignore_conflicts=True)
    groups = {group.name: group for group in Group.objects.filter(name__in=Role.values)}
    _give_permissions(groups)
    _let_editors_edit(groups[Role.EDITOR])


def _give_permissions(groups):
    grants = Group.permissions.through.objects
    wanted = {
        (groups[role].pk, permission)
        for permission, roles in _roles_of_permissions().items()
        for role in roles
    }
    given = {
        (group, permission): pk
        for pk, group, permission in grants.filter(group__in=groups.values()).values_list(
            "pk", "group_id", "permission_id"
        )
    }
    grants.filter(pk__in=[given[each] for each in given.keys() - wanted]).delete()
    grants.bulk_create(
        [grants.model(group_id=group, permission_id=each) for group, each in wanted - given.keys()],
        ignore_conflicts=True,
    )


def _roles_of_permissions():
    """Return primary key of a permission → the roles that hold it."""
    roles = {}
    for role, table in PERMISSIONS.items():
        for label, verbs in table.items():
            app, model = label.split(".")
            for verb in verbs:
                roles.setdefault((app, f"{verb}_{model}"), set()).add(role)
    known = Permission.objects.filter(codename__in={codename for _app, codename in roles})
    return {
        pk: roles[app, codename]
        for pk, app, codename in known.values_list("pk", "content_type__app_label", "codename")
        if (app, codename) in roles
    }


def _let_editors_edit(group):
    root = Page.get_first_root_node()
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page=root, permission=permission)
            for permission in Permission.objects.filter(
                content_type__app_label="wagtailcore", codename__in=PAGE_VERBS
            )
        ],
        ignore_conflicts=True,
    )
    collection = Collection.get_first_root_node()
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=collection, permission=permission)
            for permission in Permission.objects.filter(
                content_type__app_label__in=["wagtailimages", "wagtaildocs"],
                codename__in=COLLECTION_VERBS,
            )
        ],
        ignore_conflicts=True,
    )

"""Editors of one section: a group for each top section of the site, which the office gives people.

Whoever is in “Editor: For scholars” writes below that section and nowhere else. The group may add
and change, not publish: what its people write goes the way of moderation.py.
"""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from isso.pages.models import SectionPage

from .roles import SECTION_EDITOR

# Below the home page of each language: root, home, section.
SECTION_DEPTH = 3
LONGEST_NAME = 150
PAGE_VERBS = ("add_page", "change_page")
# Who adds a file may change it, too; those of others can only be chosen.
COLLECTION_VERBS = ("add_image", "choose_image", "add_document", "choose_document")


def setup_section_editors():
    """Make the group of each top section, and drop those whose section is gone; runs again."""
    collection = Collection.get_first_root_node()
    door = Permission.objects.filter(codename="access_admin")
    page_permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_VERBS
    )
    file_permissions = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=COLLECTION_VERBS
    )
    for section in SectionPage.objects.filter(depth=SECTION_DEPTH).select_related("locale"):
        group = _group_of(section)
        group.permissions.set(door)
        for permission in page_permissions:
            GroupPagePermission.objects.get_or_create(
                group=group, page=section.page_ptr, permission=permission
            )
        for permission in file_permissions:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
    section_groups().filter(page_permissions__isnull=True).delete()


def section_groups():
    """Return the groups of all sections."""
    return Group.objects.filter(name__startswith=SECTION_EDITOR)


def _group_of(section):
    """Return the section's group under the section's present title; its people stay in it."""
    group = section_groups().filter(page_permissions__page=section.page_ptr).first() or Group()
    name = SECTION_EDITOR + section.title
    if not section.locale.is_default:
        name += f" ({section.locale.language_code})"
    name = name[:LONGEST_NAME]
    if Group.objects.filter(name=name).exclude(pk=group.pk).exists():
        name = (SECTION_EDITOR + section.url_path)[:LONGEST_NAME]
    if group.name != name:
        group.name = name
        group.save()
    return group

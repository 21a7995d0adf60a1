"""Every field an editor meets says what it does for the visitor, or explains itself."""

from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.admin.panels.publishing_panel import PublishingPanel
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.contrib.settings.registry import registry
from wagtail.contrib.settings.views import get_setting_edit_handler
from wagtail.models import get_page_models

from isso.home.statistics_admin import CountForm, PasteForm
from isso.pages.models.search_words import MissedSearch

# What nobody could misunderstand, by its label.
SELF_EXPLAINING = {
    "Name": {"ApproverDirectoryEntry", "StaffMember"},
    "Weekday": {"HoursSlot"},
    "Opens": {"ExceptionHours", "HoursSlot"},
    "Closes": {"ExceptionHours", "HoursSlot"},
    "Tuition": {"CostOfAttendance"},
    "Housing, food and personal expenses": {"CostOfAttendance"},
    "Health insurance": {"CostOfAttendance"},
    "Fees": {"CostOfAttendance"},
}
# Editors read and delete these, but fill in nothing.
WRITTEN_BY_THE_SITE = {MissedSearch}
FORMS_OF_OUR_OWN = [PasteForm, CountForm]


def test_every_field_says_what_it_does_or_explains_itself():
    silent = {}
    for place, label, help_text in fields_editors_meet():
        if not help_text:
            silent.setdefault(label, set()).add(place)

    assert silent == SELF_EXPLAINING


def fields_editors_meet():
    """Return place, label and help text of each field of our pages, snippets and settings."""
    viewsets.populate()
    handlers = [model.get_edit_handler() for model in get_page_models() if is_ours(model)]
    handlers += [get_setting_edit_handler(model) for model in registry]
    handlers += [
        viewset._edit_handler
        for viewset in viewsets.viewsets
        if isinstance(viewset, ModelViewSet)
        and viewset._edit_handler
        and is_ours(viewset.model)
        and viewset.model not in WRITTEN_BY_THE_SITE
    ]
    found = {
        field
        for handler in handlers
        for field in fields_of(handler, handler.get_form_class().base_fields)
    }
    return found | {
        (form.__name__, str(field.label), str(field.help_text))
        for form in FORMS_OF_OUR_OWN
        for field in form.base_fields.values()
    }


def fields_of(panel, form_fields):
    """Walk a panel, the rows that can be added in it, and the blocks of its streams."""
    if isinstance(panel, PublishingPanel):
        # Wagtail's own, with its own words beside the dates.
        return
    if isinstance(panel, InlinePanel):
        rows = panel.child_edit_handler
        yield from fields_of(rows, rows.get_form_class().base_fields)
    elif isinstance(panel, FieldPanel):
        owner = panel.model._meta.get_field(panel.field_name).model
        field = form_fields[panel.field_name]
        if is_ours(owner):
            yield owner.__name__, str(field.label), str(panel.help_text or field.help_text or "")
        if hasattr(field, "block"):
            yield from fields_of_block(field.block)
    else:
        for child in getattr(panel, "children", ()):
            yield from fields_of(child, form_fields)


def fields_of_block(block):
    """Walk a block: the fields of a struct; a choice in a stream describes itself instead."""
    if isinstance(block, blocks.ListBlock):
        yield from fields_of_block(block.child_block)
    for child in getattr(block, "child_blocks", {}).values():
        if isinstance(block, blocks.BaseStructBlock):
            yield type(block).__name__, str(child.label), help_of(child)
        elif isinstance(block, blocks.BaseStreamBlock):
            description = str(getattr(child.meta, "description", ""))
            yield type(child).__name__, str(child.label), description
        yield from fields_of_block(child)


def help_of(block):
    """Return what stands under a block in the editor."""
    field = getattr(block, "field", None)
    said = field.help_text if field else getattr(block.meta, "help_text", "")
    return str(said or "")


def is_ours(model):
    """Tell our models from Wagtail's, which bring their own words."""
    return model.__module__.startswith("isso.")

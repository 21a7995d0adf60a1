"""The registers of records: people, their authorized work and every change."""

from django.contrib.admin import display
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdminGroup

from isso.requests.notices.register import Register

from .groups import SENSITIVE_FIELDS
from .models import EmploymentAuthorization, RecordChange, StudentRecord


def yes_or_no(field, label):
    """Return a column of words: modeladmin's own asks for icons of Django's admin, not here."""

    @display(description=label, ordering=field)
    def column(row):
        return _("Yes") if getattr(row, field) else _("No")

    return column


class StudentRecordRegister(Register):
    """Everybody the office has a record of."""

    model = StudentRecord
    person = "pk"
    menu_label = _("Students and scholars")
    menu_icon = "group"
    list_display = ("full_name", "visa_class", "sevis_status", "stage", "department", "program_end")
    list_filter = ("visa_class", "sevis_status", "stage", "education_level")
    search_fields = ("family_name", "given_name", "sevis_id", "institution_id", "email")
    list_export = (
        "family_name",
        "given_name",
        "institution_id",
        "visa_class",
        "sevis_status",
        "stage",
        "education_level",
        "department",
        "program_start",
        "program_end",
    )
    export_filename = "records"
    # The case page shows these to whom it concerns; a register is for looking somebody up.
    inspect_view_fields_exclude = (*sorted(SENSITIVE_FIELDS), "id", "user")


class EmploymentRegister(Register):
    """All work the office authorized."""

    model = EmploymentAuthorization
    person = "record_id"
    menu_label = _("Authorized work")
    menu_icon = "clipboard-list"
    list_display = (
        "record",
        "kind",
        "employer",
        "start",
        "end",
        yes_or_no("full_time", _("Full time")),
        "status",
    )
    list_filter = ("kind", "status", "full_time")
    list_select_related = ("record",)
    search_fields = ("record__family_name", "record__given_name", "employer", "reference")
    list_export = (
        "record",
        "kind",
        "employer",
        "address_city",
        "address_state",
        "start",
        "end",
        "full_time",
        "status",
        "reference",
    )
    export_filename = "authorized-work"


class RecordChangeRegister(Register):
    """Who changed what in which record."""

    model = RecordChange
    person = "record_id"
    menu_label = _("Changes")
    menu_icon = "history"
    list_display = ("record", "field", "at", "by", "source")
    list_filter = ("field", "source")
    list_select_related = ("record", "by")
    search_fields = ("record__family_name", "record__given_name", "field", "source")
    list_export = ("record", "field", "old_shown", "new_shown", "at", "by", "source")
    export_filename = "record-changes"
    inspect_view_fields = ("record", "field", "old_shown", "new_shown", "at", "by", "source")


class RecordRegisters(ModelAdminGroup):
    """The menu of the registers."""

    menu_label = _("Registers")
    menu_icon = "folder-open-inverse"
    menu_order = 710
    items = (StudentRecordRegister, EmploymentRegister, RecordChangeRegister)

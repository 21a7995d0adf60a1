"""What supervisors settle: policies, and who may approve for a department."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import ApproverDirectoryEntry, RequestPolicy
from ..registry import type_choices


class PolicyForm(WagtailAdminModelForm):
    """A policy whose numbers are checked against the type that is being chosen."""

    def _post_clean(self):
        """Tell each number its policy: a new one is not saved yet when the numbers are checked."""
        super()._post_clean()
        for form in self.formsets["numbers"].forms:
            form.instance.policy = self.instance


class PolicyViewSet(SnippetViewSet):
    """Open or closed, target days and the numbers of each request type."""

    model = RequestPolicy
    icon = "clipboard-list"
    menu_label = _("Policies")
    menu_name = "desk-policies"
    add_to_admin_menu = True
    list_display = [
        "__str__",
        BooleanColumn("is_open", label=_("Open")),
        "target_days",
        "review_by",
        BooleanColumn("live", label=_("Live")),
    ]
    search_fields = ["type_key", "citation"]
    edit_handler = ObjectList(
        [
            HelpPanel(template="desk/policy_trial_hint.html"),
            FieldPanel("type_key", widget=forms.Select(choices=type_choices)),
            *RequestPolicy.panels[1:],
        ],
        base_form_class=PolicyForm,
    )


class DirectoryViewSet(ModelViewSet):
    """Persons whom the office knows to be entitled to approve."""

    model = ApproverDirectoryEntry
    name = "desk_directory"
    url_prefix = "desk-directory"
    icon = "list-ul"
    menu_label = _("Approver directory")
    menu_name = "desk-directory"
    add_to_admin_menu = True
    list_display = ["name", "email", "department", BooleanColumn("is_active", label=_("Active"))]
    list_filter = ["is_active", "department"]
    search_fields = ["name", "email", "department"]
    panels = [
        FieldPanel("name"),
        FieldPanel("email"),
        FieldPanel("department"),
        FieldPanel("is_active"),
    ]

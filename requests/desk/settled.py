"""What supervisors settle: policies, caseloads and who may approve for a department."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from ..assignment import possible_advisors
from ..models import ApproverDirectoryEntry, Caseload, RequestPolicy
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


class CaseloadViewSet(ModelViewSet):
    """Which advisor takes which letters and departments."""

    model = Caseload
    name = "desk_caseloads"
    url_prefix = "desk-caseloads"
    icon = "group"
    menu_label = _("Caseloads")
    menu_name = "desk-caseloads"
    add_to_admin_menu = True
    list_display = [
        "letters_from",
        "letters_to",
        "departments",
        "advisor",
        BooleanColumn("is_catch_all", label=_("Catch-all")),
    ]
    panels = [
        FieldPanel("advisor"),
        FieldRowPanel([FieldPanel("letters_from"), FieldPanel("letters_to")]),
        FieldPanel("departments"),
        FieldPanel("is_catch_all"),
    ]

    def get_form_class(self, for_update=False):
        """Offer only those who may answer for a request."""
        return narrowed_to_advisors(super().get_form_class(for_update))


def narrowed_to_advisors(form_class):
    """Return the form with the members of the office as the only choices of advisor."""

    class CaseloadForm(form_class):
        """A caseload of somebody who works on requests."""

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["advisor"].queryset = possible_advisors()

    return CaseloadForm


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

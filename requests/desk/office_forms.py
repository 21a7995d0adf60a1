"""Where supervisors build request types of their own: edit, preview as somebody, publish."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.panels.publishing_panel import PublishingPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import OfficeForm


class OfficeFormViewSet(SnippetViewSet):
    """Plain request types without code; publishing makes a version (models/office_form.py)."""

    model = OfficeForm
    icon = "form"
    menu_label = _("Office forms")
    menu_name = "desk-office-forms"
    add_to_admin_menu = True
    list_display = [
        "title",
        Column("type_key", label=_("Key")),
        "target_days",
        BooleanColumn("live", label=_("Open")),
    ]
    search_fields = ["title", "key", "summary"]
    copy_view_enabled = False
    panels = [
        TitleFieldPanel("title", targets=["key"]),
        FieldPanel("key", widget=SlugInput),
        FieldPanel("summary"),
        FieldPanel("explanation"),
        FieldPanel("sections"),
        FieldPanel("documents"),
        FieldPanel("conditions"),
        MultiFieldPanel([FieldPanel("asks_approver"), FieldPanel("questions")], _("Approver")),
        MultiFieldPanel(
            [
                FieldPanel("attestations"),
                FieldPanel("target_days"),
                FieldPanel("releases"),
                FieldPanel("stock_reasons"),
            ],
            _("From sending to the answer"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("topic"), FieldPanel("audience")]),
                FieldPanel("also_called"),
                FieldPanel("citation"),
            ],
            _("How it is found"),
        ),
        PublishingPanel(),
    ]

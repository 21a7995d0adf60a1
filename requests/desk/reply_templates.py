"""Reply templates: worded by supervisors, inserted by advisors into what they write."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import ReplyTemplate
from ..registry import type_choices
from ..reply_variables import VARIABLES, fill

# The action of the lifecycle → what its note is.
PLACES = {
    "ask_clarification": ReplyTemplate.Place.CLARIFICATION,
    **dict.fromkeys(
        ("deny", "dismiss", "withdraw", "reopen"),
        ReplyTemplate.Place.DECISION,
    ),
}


class VariablesPanel(HelpPanel):
    """The list of the variables beside the text that uses them."""

    def __init__(self, **kwargs):
        super().__init__(**{"template": "desk/reply_variables.html"} | kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        """The list on one page."""

        def get_context_data(self, parent_context=None):
            """Add each variable with what it stands for."""
            context = super().get_context_data(parent_context)
            known = [(f"{{{name}}}", each.meaning) for name, each in VARIABLES.items()]
            return context | {"variables": known}


class ReplyTemplateViewSet(ModelViewSet):
    """The templates, each for one place and for some types or all."""

    model = ReplyTemplate
    name = "desk_reply_templates"
    url_prefix = "desk-reply-templates"
    icon = "edit"
    menu_label = _("Reply templates")
    menu_name = "desk-reply-templates"
    add_to_admin_menu = True
    list_display = [
        "title",
        Column("get_place_display", label=_("Place"), sort_key="place"),
        Column("types_in_words", label=_("Types of requests")),
    ]
    list_filter = ["place"]
    search_fields = ["title", "text"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("place"),
            FieldPanel("text", widget=forms.Textarea(attrs={"rows": 12})),
            VariablesPanel(heading=_("Variables")),
            FieldPanel("type_keys"),
        ]
    )

    def get_form_class(self, for_update=False):
        """Offer the types by their titles."""
        return with_types_to_choose(super().get_form_class(for_update))


def with_types_to_choose(form_class):
    """Return the form with a box for each type of request."""

    class ReplyTemplateForm(form_class):
        """A template, with the types that offer it."""

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            plain = self.fields["type_keys"]
            self.fields["type_keys"] = forms.MultipleChoiceField(
                label=plain.label,
                help_text=plain.help_text,
                choices=type_choices(),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    return ReplyTemplateForm


def with_template(typed, key, offered, student_request, user):
    """Return what was typed and below it the template chosen by its ``key``, filled in.

    What is not among those offered here inserts nothing.
    """
    chosen = next((each for each in offered if str(each.pk) == key), None)
    if chosen is None:
        return typed
    filled = fill(chosen, student_request, user)
    return f"{typed.rstrip()}\n\n{filled}" if typed.strip() else filled

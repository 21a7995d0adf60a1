"""Caseloads: the rules by which requests find their advisor, in order, and whom each would find."""

from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from isso.home.advisors import filed_under

from ..assignment import advisor_for, caseloads, possible_advisors, rule_for
from ..models import Caseload
from ..registry import type_choices
from .reply_templates import with_types_to_choose


class WhoForm(forms.Form):
    """Somebody who might ask, and for what."""

    family_name = forms.CharField(label=_("Family name"), max_length=80, required=False)
    department = forms.CharField(label=_("Department"), max_length=120, required=False)
    type_key = forms.ChoiceField(label=_("Request type"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type_key"].choices = [("", _("Any")), *type_choices()]

    def clean(self):
        """Ask for something to go by."""
        found = super().clean()
        if not self.errors and not any(found.values()):
            raise forms.ValidationError(_("Type a family name or a department, or choose a type."))
        return found

    def answer(self):
        """Return the rule that decides, and who gets the request with today's absences."""
        asked, rules = self.cleaned_data, caseloads()
        person = SimpleNamespace(
            family_name=asked["family_name"], department=asked["department"], advisor_id=None
        )
        return {
            "rule": rule_for(rules, person, asked["type_key"]),
            "advisor": advisor_for(person, asked["type_key"], rules),
            "letters": filed_under(asked["family_name"]),
        }


class CaseloadIndex(IndexView):
    """The rules in their order, and a question to try them with."""

    def get_context_data(self, **kwargs):
        """Add the question, and its answer once it is asked."""
        is_asked = "who" in self.request.GET
        form = WhoForm(self.request.GET if is_asked else None)
        answer = form.answer() if is_asked and form.is_valid() else None
        return super().get_context_data(**kwargs) | {"who": form, "answer": answer}


class CaseloadViewSet(ModelViewSet):
    """Which advisor takes which letters, departments and types of requests."""

    model = Caseload
    name = "desk_caseloads"
    url_prefix = "desk-caseloads"
    icon = "group"
    menu_label = _("Caseloads")
    menu_name = "desk-caseloads"
    add_to_admin_menu = True
    index_view_class = CaseloadIndex
    index_template_name = "desk/caseloads.html"
    ordering = ["place", "letters_from", "pk"]
    list_display = [
        Column("takes", label=_("Takes")),
        "advisor",
        Column("place", label=_("Place")),
    ]
    panels = [
        FieldPanel("advisor"),
        FieldRowPanel([FieldPanel("letters_from"), FieldPanel("letters_to")]),
        FieldPanel("departments"),
        FieldPanel("type_keys"),
        FieldPanel("is_catch_all"),
        FieldPanel("place"),
    ]

    def get_form_class(self, for_update=False):
        """Offer only those who may answer for a request, and the types by their titles."""
        return narrowed_to_advisors(with_types_to_choose(super().get_form_class(for_update)))


def narrowed_to_advisors(form_class):
    """Return the form with the members of the office as the only choices of advisor."""

    class CaseloadForm(form_class):
        """A caseload of somebody who works on requests."""

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["advisor"].queryset = possible_advisors()

    return CaseloadForm

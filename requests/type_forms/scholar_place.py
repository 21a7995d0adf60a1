"""Who hosts a scholar, and where: the host, the people who answer questions, and the place."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import UsPhone, postal_code, state, street, text, yes_no
from ..request_form import RequestForm
from .approver import EMAIL


class HostForm(RequestForm):
    """The host and what a host promises: 22 CFR 62.20(f) asks sponsors to see to it."""

    host_department = text(_("Department"), 120)
    host_name = text(_("Name of the host"), 160, help_text=_("A member of our faculty."))
    host_email = forms.CharField(
        label=_("E-mail address of the host"), max_length=254, validators=[EMAIL]
    )
    host_phone = UsPhone(label=_("Phone of the host"))
    contact_name = text(_("Who answers questions about this request?"), 160)
    contact_email = forms.CharField(
        label=_("E-mail address of this person"), max_length=254, validators=[EMAIL]
    )
    cost_center = text(_("Cost center"), 40, required=False)
    host_duties = yes_no(
        _("Does the host accept the duties of a host?"),
        help_text=_(
            "A workplace, an introduction, regular meetings, and a word to our office at once when "
            "dates, place, work or money change or the scholar does not come."
        ),
    )

    @classmethod
    def prefill(cls, facts):
        """The department stands in the record since it began."""
        return {"host_department": facts.department}

    def clean_host_duties(self):
        """Nobody is invited without a host."""
        if self.cleaned_data["host_duties"] == "no":
            raise forms.ValidationError(
                _("A scholar needs a host who accepts these duties. Speak with the host first.")
            )
        return self.cleaned_data["host_duties"]


class SiteForm(RequestForm):
    """The site of activity, as SEVIS keeps it: a building, never a post office box."""

    activity_site = text(
        _("Name of the site of activity"), 60, help_text=_("For example: Biology, Harris Hall.")
    )
    activity_street = street(_("Street and number"), 64)
    activity_room = text(_("Building and room"), 64, required=False)
    activity_city = text(_("City"), 60)
    activity_state = state()
    activity_postal_code = postal_code()

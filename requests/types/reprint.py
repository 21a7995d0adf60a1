"""I-20 or DS-2019 reprint: a new copy for travel, new information, or a lost or damaged form."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..effects import ChangeRecord
from ..form_fields import Date, choice, long_text, text, yes_no
from ..request_type import FormPage, Policy, RequestForm, RequestType, Slot, Step
from ..rules.dates import add_months, travel_signature_valid_until
from ..rules.eligibility import sevis_status_is, visa_class_is

REASONS = [
    ("travel", _("I will travel and need a travel signature")),
    ("updated", _("My information has changed")),
    ("lost", _("My form is lost")),
    ("stolen", _("My form was stolen")),
    ("damaged", _("My form is damaged")),
]
FOR_WHOM_MYSELF = "self"


class ReasonForm(RequestForm):
    """Why a new copy, and for whom."""

    reason = choice(_("Why do you need a new copy?"), REASONS)
    for_whom = forms.MultipleChoiceField(
        label=_("Who needs one?"), widget=forms.CheckboxSelectMultiple
    )

    def set_limits(self, situation):
        """Offer the person and the dependents on the record."""
        people = [(FOR_WHOM_MYSELF, _("Myself"))]
        people += [(str(each.id), each.name) for each in situation.facts.dependents]
        self.fields["for_whom"].choices = people

    @classmethod
    def prefill(cls, facts):
        """Most copies are for the person alone."""
        return {"for_whom": [FOR_WHOM_MYSELF]}


class DetailsForm(RequestForm):
    """What each reason needs to know; questions of other reasons stay empty."""

    departure = Date(label=_("Day you leave the United States"), required=False)
    return_on = Date(label=_("Day you come back"), required=False)
    countries = text(_("Countries you will visit"), 200, required=False)
    visa_renewal = yes_no(_("Will you apply for a new visa on this trip?"), required=False)
    what_changed = forms.MultipleChoiceField(
        label=_("What has changed?"),
        choices=[
            ("name", _("Name")),
            ("citizenship", _("Citizenship")),
            ("major", _("Major")),
            ("funding", _("Funding")),
            ("other", _("Something else")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    new_value = text(_("What should the new copy say?"), 250, required=False)
    circumstances = long_text(_("What happened, and when?"), 500, required=False)
    delivery = choice(
        _("How do you want to receive it?"),
        [("pdf", _("As a PDF in this portal")), ("pick_up", _("Pick up at the office"))],
    )

    asked_for = {
        "travel": ("departure", "return_on", "countries"),
        "updated": ("what_changed", "new_value"),
        "lost": ("circumstances",),
        "stolen": ("circumstances",),
        "damaged": (),
    }

    def set_limits(self, situation):
        """Ask only what the chosen reason needs and bound the travel dates."""
        reason = situation.answers.get("reason")
        optional = {"travel": ("visa_renewal",)}.get(reason, ())
        keep = {*self.asked_for.get(reason, ()), *optional, "delivery"}
        for name in list(self.fields):
            if name not in keep:
                del self.fields[name]
            elif name in self.asked_for.get(reason, ()):
                self.fields[name].required = True
        if "return_on" in self.fields:
            self.fields["departure"].between(situation.today)
            self.fields["return_on"].between(situation.today, situation.facts.program_end)
            if situation.facts.program_end:
                self.fields["return_on"].help_text = _(
                    "No later than your program end date, %(date)s."
                ) % {"date": date_format(situation.facts.program_end, "F j, Y")}

    @classmethod
    def prefill(cls, facts):
        """The PDF is what most people want."""
        return {"delivery": "pdf"}

    def clean(self):
        """Travel runs forward, ends inside the program and lasts less than five months."""
        cleaned = super().clean()
        leave, back = cleaned.get("departure"), cleaned.get("return_on")
        if leave and leave < self.situation.today:
            self.add_error("departure", _("Choose today or a later day."))
        if leave and back:
            end = self.situation.facts.program_end
            if back <= leave:
                self.add_error("return_on", _("You must come back after the day you leave."))
            elif end and back > end:
                self.add_error(
                    "return_on",
                    _("Your program ends on %(date)s. A copy for a later return does not help.")
                    % {"date": date_format(end, "F j, Y")},
                )
            elif back > add_months(leave, 5):
                # 8 CFR 214.2(f)(4): an absence over five months ends the record.
                self.add_error(
                    "return_on",
                    ValidationError(
                        _("Absences over five months end your record. Speak with an ISSO advisor.")
                    ),
                )
        return cleaned


def reason_is(*reasons):
    """Return a condition for slots that only some reasons ask for."""

    def asked(answers):
        return answers.get("reason") in reasons

    return asked


class Reprint(RequestType):
    """A new copy of the I-20 or DS-2019 with nothing but what is already true."""

    key = "reprint"
    title = _("I-20 or DS-2019 reprint")
    summary = _("A travel signature, new information, or a lost, stolen or damaged form.")
    icon = "printer"
    topic = _("Travel")
    audience = _("Everyone")
    also_called = ("travel signature", "new I-20", "replacement", "lost I-20")
    citation = "8 CFR 214.2(f)(4); 22 CFR 62.12"
    releases = _("Reprinted I-20 or DS-2019")
    sevis_event = "Reprint"
    target_days = 3
    policies = {
        "weeks_ahead": Policy(
            _("Ask this long before travel"), 2, 1, 12, _("weeks"), _("Office practice")
        ),
    }
    rules = (
        visa_class_is("F-1", "J-1", citation="8 CFR 214.2(f)(4)"),
        sevis_status_is("active", citation="8 CFR 214.3(k)"),
    )
    pages = (
        FormPage("reason", _("The reason"), ReasonForm),
        FormPage("details", _("The details"), DetailsForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "passport",
                    _("Passport, page with your photo"),
                    _("All four corners visible."),
                    asked_if=reason_is("travel", "updated"),
                ),
                Slot("visa", _("Newest visa page"), asked_if=reason_is("travel")),
                Slot(
                    "proof_of_change",
                    _("Proof of the change"),
                    _("For example your new passport or a marriage certificate."),
                    asked_if=reason_is("updated"),
                ),
                Slot("damaged_form", _("Scan of the damaged form"), asked_if=reason_is("damaged")),
                Slot(
                    "police_report",
                    _("Police report"),
                    required=False,
                    asked_if=reason_is("stolen"),
                ),
            ),
        ),
    )
    attestations = (
        _("What I wrote is true, and my address and program in the portal are correct."),
    )
    steps = (
        Step(
            _("Look at your last travel signature and your program end date."),
            _("You"),
        ),
        Step(_("Choose the reason and answer the questions."), _("You")),
        Step(_("Send it at least two weeks before you travel."), _("You")),
        Step(_("We check your enrollment and print the new form."), _("ISSO")),
        Step(_("Download it, print it and sign it."), _("You")),
    )
    stock_reasons = (
        _("Your travel signature is still valid for this trip."),
        _("Your program ends before you come back."),
        _("The passport scan is not readable."),
        _("Your passport expires soon. Upload the new one if you have it."),
    )

    def effective_dates(self, cleaned):
        """Travel from departure to return; other reasons have no dates."""
        return cleaned.get("departure"), cleaned.get("return_on")

    def effects(self, cleaned, facts, today):
        """A travel copy carries a new travel signature."""
        if cleaned.get("reason") == "travel" and FOR_WHOM_MYSELF in cleaned.get("for_whom", ()):
            return [ChangeRecord({"travel_signature_on": today})]
        return []

    def panel(self, situation):
        """Show until when the last travel signature serves."""
        signed = situation.facts.travel_signature_on
        if not signed:
            return [(_("Last travel signature"), _("None on record"), "warn")]
        on_opt = situation.facts.stage == "graduated"
        until = travel_signature_valid_until(signed, situation.facts.program_end, on_opt)
        tone = "ok" if until >= situation.today else "bad"
        return [
            (_("Last travel signature"), date_format(signed, "F j, Y"), ""),
            (_("Serves for re-entry until"), date_format(until, "F j, Y"), tone),
        ]

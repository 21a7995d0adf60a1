"""What somebody reports who moved, has another phone number, or another name.

The person ticks what has changed; only those pages are asked, so only they change the record.
"""

from datetime import timedelta
from typing import ClassVar

from django import forms
from django.core.validators import EmailValidator, MinLengthValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import Suffix
from isso.requests.records.countries import name_of

from ..form_fields import Date, UsPhone, country, postal_code, state, street, text, yes_no
from ..request_form import RequestForm
from ..rules.dates import address_report_due
from ..rules.postal import zip_fits_state
from ..rules.windows import Window, in_words

US, MAILING, ABROAD = "us_address", "mailing_address", "foreign_address"
CONTACT, PREFERRED, LEGAL, EMERGENCY = "contact", "preferred_name", "legal_name", "emergency"
TOPICS = [
    (US, _("Where I live in the United States")),
    (MAILING, _("Where I get mail in the United States")),
    (ABROAD, _("My address abroad")),
    (CONTACT, _("Phone or e-mail")),
    (PREFERRED, _("The name to call me")),
    (LEGAL, _("My legal name")),
    (EMERGENCY, _("My emergency contact")),
]
NO_DIGITS = RegexValidator(r"\d", _("A name has no digits."), inverse_match=True)
EMAIL = EmailValidator(_("Enter an address such as name@example.edu."))
PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ()./-]{4,24}$",
    _("Enter the number with its country code, such as +221 33 000 0001."),
)
SAME_AS_BEFORE = _(
    "This is what your record says already. Change it, or go back and untick this topic."
)


def reports(*topics):
    """Return a condition that holds when one of these topics is ticked."""

    def asked(answers):
        return bool(set(topics) & set(answers.get("changed") or ()))

    return asked


def move_window(situation):
    """A move lies at most a year back and not far ahead; a late report is taken, too."""
    ahead = situation.policy["days_ahead"]
    first = situation.today - timedelta(days=365)
    return Window(
        first=first,
        last=situation.today + timedelta(days=ahead),
        why_first=_("Of an earlier move, tell our office."),
        why_last=_("Report a later move when it is closer, and no later than 10 days after it."),
        citation="8 CFR 214.2(f)(17)",
    )


class TopicsForm(RequestForm):
    """What has changed; everything else is not asked."""

    changed = forms.MultipleChoiceField(
        label=_("What has changed?"), choices=TOPICS, widget=forms.CheckboxSelectMultiple
    )


class TopicForm(RequestForm):
    """The questions of one topic; they disappear when it is not ticked."""

    topic: ClassVar[str]

    def set_limits(self, situation):
        """Ask nothing about what has not changed."""
        if not reports(self.topic)(situation.answers):
            self.fields.clear()

    def refuse_unchanged(self, cleaned, field, before):
        """Object when every answer is what the record says already."""
        if (
            cleaned
            and not self.errors
            and all((cleaned.get(name) or "") == (value or "") for name, value in before.items())
        ):
            self.add_error(field, SAME_AS_BEFORE)


class HomeForm(TopicForm):
    """Where somebody lives: a street with a number, never a post office box."""

    topic = US
    windows: ClassVar = {"moved_on": move_window}

    moved_on = Date(label=_("Since when do you live there?"))
    us_street = street(
        _("Street, number and apartment"),
        64,
        help_text=_("All in one line, as the post writes it: 415 South Street Apt 2B."),
    )
    us_city = text(_("City"), 60)
    us_state = state()
    us_postal_code = postal_code()
    zip_is_right = forms.BooleanField(
        label=_("Yes, this ZIP code belongs to this state"), required=False
    )
    us_until = Date(
        label=_("Only until"),
        required=False,
        help_text=_("For a hotel or a friend's home: the last day. Report the next one then."),
    )
    us_explanation = text(
        _("Why might the post not know this address?"),
        200,
        required=False,
        validators=[MinLengthValidator(5, _("Write 5 to 200 characters."))],
        help_text=_("For example a new building. Leave it empty otherwise."),
    )
    family_moves = yes_no(_("Do your family members on your record move with you?"))

    @classmethod
    def prefill(cls, facts):
        """Show the address on record, to be overwritten."""
        return _address(facts.us_address, "us", ("city", "state", "postal_code"))

    def set_limits(self, situation):
        """Ask about family only where there is one, about the ZIP code only where it is odd."""
        super().set_limits(situation)
        if self.fields and not situation.facts.dependents:
            del self.fields["family_moves"]
        said = situation.answers
        if zip_fits_state(said.get("us_postal_code"), said.get("us_state")):
            self.fields.pop("zip_is_right", None)

    def clean(self):
        """An odd ZIP code is confirmed; a temporary home ends after it begins."""
        cleaned = super().clean()
        fits = zip_fits_state(cleaned.get("us_postal_code"), cleaned.get("us_state"))
        if not fits and not cleaned.get("zip_is_right"):
            self.add_error(
                "us_postal_code",
                _("ZIP codes of %(state)s begin differently. Correct it, or tick that it is right.")
                % {"state": cleaned["us_state"]},
            )
        moved, until = cleaned.get("moved_on"), cleaned.get("us_until")
        if moved and until and until <= moved:
            self.add_error("us_until", _("Choose a day after the one you moved in."))
        if not until:
            before = _address(
                self.situation.facts.us_address, "us", ("city", "state", "postal_code")
            )
            self.refuse_unchanged(cleaned, "us_street", before)
        return cleaned


class MailingForm(TopicForm):
    """Where mail arrives; here a post office box is right."""

    topic = MAILING

    mailing_elsewhere = yes_no(_("Do you get mail at another address than where you live?"))
    mailing_street = text(_("Street or post office box"), 64, required=False)
    mailing_city = text(_("City for mail"), 60, required=False)
    mailing_state = state(required=False)
    mailing_postal_code = postal_code(required=False)

    @classmethod
    def prefill(cls, facts):
        """Show the mailing address on record."""
        found = _address(facts.mailing_address, "mailing", ("city", "state", "postal_code"))
        return found | {"mailing_elsewhere": "yes"}

    def set_limits(self, situation):
        """The parts are asked only of who has another address."""
        super().set_limits(situation)
        for name, field in self.fields.items():
            if name != "mailing_elsewhere":
                field.widget.attrs["data-show-if"] = "mailing_elsewhere=yes"

    def clean(self):
        """Another address is whole."""
        cleaned = super().clean()
        if cleaned.get("mailing_elsewhere") == "yes":
            for name in ("mailing_street", "mailing_city", "mailing_state", "mailing_postal_code"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Answer this question, or answer No above."))
        return cleaned


class AbroadForm(TopicForm):
    """The address outside the United States, with SEVIS's limits."""

    topic = ABROAD

    foreign_street = text(_("Street and number outside the United States"), 60)
    foreign_line2 = text(_("Second line"), 60, required=False)
    foreign_city = text(_("City outside the United States"), 60)
    foreign_province = text(_("Province or region"), 30, required=False)
    foreign_postal_code = text(_("Postal code"), 20, required=False)
    foreign_country = country(_("Country"))

    @classmethod
    def prefill(cls, facts):
        """Show the address on record."""
        parts = ("line2", "city", "province", "postal_code", "country")
        found = _address(facts.foreign_address, "foreign", parts)
        return found | {"foreign_country": name_of(found["foreign_country"])}

    def clean(self):
        """Something in it is new."""
        cleaned = super().clean()
        self.refuse_unchanged(cleaned, "foreign_street", self.prefill(self.situation.facts))
        return cleaned


class ContactForm(TopicForm):
    """How the office reaches somebody."""

    topic = CONTACT

    us_phone = UsPhone(label=_("US phone number"), required=False)
    has_no_us_phone = forms.BooleanField(label=_("I have no US phone yet"), required=False)
    foreign_phone = text(
        _("Phone number abroad"), 26, required=False, validators=[PHONE], help_text=_("With +.")
    )
    email = forms.CharField(label=_("E-mail address"), max_length=254, validators=[EMAIL])
    personal_email = forms.CharField(
        label=_("Another e-mail address"),
        max_length=254,
        required=False,
        validators=[EMAIL],
        help_text=_("For example one you keep after you graduate."),
    )

    @classmethod
    def prefill(cls, facts):
        """Show the numbers and addresses on record."""
        found = {name: getattr(facts, name) for name in cls.base_fields}
        return found | {"has_no_us_phone": facts.has_no_us_phone or ""}

    def clean(self):
        """A US number, or the word that there is none: SEVIS wants one of them."""
        cleaned = super().clean()
        if not self.fields or "us_phone" in self.errors:
            return cleaned
        if cleaned.get("us_phone") and cleaned.get("has_no_us_phone"):
            self.add_error("has_no_us_phone", _("Enter a number or tick this box, not both."))
        elif not (cleaned.get("us_phone") or cleaned.get("has_no_us_phone")):
            self.add_error("us_phone", _("Enter your number, or tick that you have none yet."))
        return cleaned


class PreferredNameForm(TopicForm):
    """The name to call somebody by; it needs no proof."""

    topic = PREFERRED

    preferred_name = text(_("Name to call you"), 180, required=False, validators=[NO_DIGITS])

    @classmethod
    def prefill(cls, facts):
        """Show the name on record."""
        return {"preferred_name": facts.preferred_name}


class LegalNameForm(TopicForm):
    """The name in the new passport."""

    topic = LEGAL

    family_name = text(
        _("Family name"),
        80,
        validators=[NO_DIGITS],
        help_text=_("As in your passport. If you have only one name, write it here."),
    )
    given_name = text(_("Given name"), 80, required=False, validators=[NO_DIGITS])
    passport_name = text(
        _("Name in the lines at the bottom of the passport page"),
        39,
        required=False,
        validators=[NO_DIGITS],
    )
    suffix = forms.ChoiceField(
        label=_("Suffix"), choices=[("", "—"), *Suffix.choices], required=False
    )

    @classmethod
    def prefill(cls, facts):
        """Show the name on record."""
        return {name: getattr(facts, name) for name in cls.base_fields}

    def clean(self):
        """Something in it is new."""
        cleaned = super().clean()
        self.refuse_unchanged(cleaned, "family_name", self.prefill(self.situation.facts))
        return cleaned


class EmergencyForm(TopicForm):
    """Whom to call when something happens; it stays with the office."""

    topic = EMERGENCY

    emergency_name = text(_("Who to call in an emergency"), 160)
    emergency_relation = text(_("How you know this person"), 60)
    emergency_phone = text(_("Phone of this person"), 30, validators=[PHONE])
    emergency_email = forms.CharField(
        label=_("E-mail of this person"), max_length=254, required=False, validators=[EMAIL]
    )
    emergency_language = text(_("Language this person speaks"), 60, required=False)

    @classmethod
    def prefill(cls, facts):
        """Show the contact on record."""
        return {
            name: facts.emergency.get(name.removeprefix("emergency_"), "")
            for name in cls.base_fields
        }


def late_words(moved_on, today):
    """Return (words, tone) about the 10 days to report a move: 8 CFR 214.2(f)(17), 265.1."""
    due = address_report_due(moved_on)
    if due < today:
        words = _("The law asked for it by %(day)s. We take it still: send it today.")
        return words % {"day": in_words(due)}, "warn"
    return _("By %(day)s, 10 days after the move") % {"day": in_words(due)}, "ok"


def _address(parts, prefix, names):
    """Return the answers that show an address on record."""
    return {f"{prefix}_street": parts.get("line1", "")} | {
        f"{prefix}_{name}": parts.get(name, "") for name in names
    }

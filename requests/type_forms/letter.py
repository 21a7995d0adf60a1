"""What a letter asks: its kind, what to print, who comes to visit, and how to receive it."""

from typing import ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..form_fields import Date, choice, long_text, text
from ..request_form import RequestForm
from ..rules.letter_kinds import KINDS, addable, always_on, kinds_for, lacking, visitors_in
from ..rules.letter_lines import LINES
from ..rules.windows import Window

PAPER = "paper"
MOST_VISITORS = 6
CITATION = "22 CFR 41.31"
# The letter is in English, and a passport has names in Latin letters, too.
LATIN = RegexValidator(
    r"[^\u0020-\u024f\u1e00-\u1eff\u2010-\u2027\r\n]",
    _("Write it in Latin letters, as in a passport."),
    inverse_match=True,
)


def names_visitors(answers):
    """Tell whether the kind that was chosen invites somebody."""
    kind = KINDS.get(answers.get("kind"))
    return kind is not None and kind.names_visitors


def visit_window(situation):
    """A visit lies ahead."""
    return Window(first=situation.today, why_first=_("A visit lies ahead."), citation=CITATION)


class Facts(forms.MultipleChoiceField):
    """Facts of the record; one that is not offered any more is read and left out."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value):
        """Take any fact there is; the letter prints only those its kind and the record allow."""
        return value in LINES


class KindForm(RequestForm):
    """Which letter, and to whom."""

    kind = choice(
        _("Which letter do you need?"), [(key, each.label) for key, each in KINDS.items()]
    )
    addressee = text(
        _("Who gets it?"),
        200,
        required=False,
        validators=[LATIN],
        help_text=_(
            "A person, an office or a bank, with nothing else. Leave it empty for “To whom it may "
            "concern”."
        ),
    )

    def set_limits(self, situation):
        """Offer the letters of students, or those of visiting scholars."""
        self.fields["kind"].choices = kinds_for(situation.facts)

    def clean_kind(self):
        """Refuse a letter that would lack what it is for."""
        kind = self.cleaned_data["kind"]
        missing = lacking(kind, self.situation.facts, self.situation.today)
        if missing:
            raise forms.ValidationError(
                _(
                    "Your record lacks what this letter must say: %(facts)s. Write to us so that "
                    "we can add it, or choose another letter."
                )
                % {"facts": ", ".join(missing)}
            )
        return kind


class PrintForm(RequestForm):
    """What else to print, each fact as it stands in the record."""

    include = Facts(label=_("What else may we print?"), required=False)

    def set_limits(self, situation):
        """Offer what this kind may say and the record holds, with its value.

        What was ticked for another kind, or has left the record, is named as not printed.
        """
        kind, found = situation.answers.get("kind"), {}
        if kind in KINDS:
            found = addable(kind, situation.facts, situation.today)
            self.fields["include"].help_text = _(
                "It always says: %(facts)s. Tick only what the reader needs besides."
            ) % {"facts": ", ".join(always_on(kind))}
        self.offered = set(found)
        ticked = set(situation.answers.get("include") or ()) - self.offered
        self.fields["include"].choices = [
            *((name, f"{label}: {value}") for name, (label, value) in found.items()),
            *(
                (name, _("%(fact)s: not printed") % {"fact": line.label})
                for name, line in LINES.items()
                if name in ticked
            ),
        ]

    def clean_include(self):
        """Keep what is offered for the kind that is chosen now."""
        return [name for name in self.cleaned_data["include"] if name in self.offered]


class VisitorsForm(RequestForm):
    """Who comes to visit, and when: the student's own words, which the office does not confirm."""

    windows: ClassVar = {"visit_from": visit_window, "visit_until": visit_window}

    visitors = long_text(
        _("Who visits you?"),
        600,
        validators=[LATIN],
        help_text=_(
            "One person on a line: name as in the passport, relation to you. At most six people."
        ),
    )
    visit_from = Date(label=_("First day of the visit"))
    visit_until = Date(label=_("Last day of the visit"))

    def set_limits(self, situation):
        """Ask nothing where nobody is invited."""
        if not names_visitors(situation.answers):
            self.fields.clear()

    def clean_visitors(self):
        """Every line names a person and the relation."""
        typed = self.cleaned_data["visitors"]
        people = visitors_in(typed)
        if len(people) > MOST_VISITORS:
            raise forms.ValidationError(
                ngettext(
                    "Name at most %(most)d person.", "Name at most %(most)d people.", MOST_VISITORS
                )
                % {"most": MOST_VISITORS}
            )
        if any("," not in each.strip(",") for each in people):
            raise forms.ValidationError(
                _("Write the relation behind each name, like “Awa Diallo, mother”.")
            )
        return "\n".join(people)

    def clean(self):
        """A visit ends after it begins."""
        cleaned = super().clean()
        first, last = cleaned.get("visit_from"), cleaned.get("visit_until")
        if first and last and last < first and "visit_until" not in self.errors:
            self.add_error("visit_until", _("The last day lies before the first."))
        return cleaned


class DeliveryForm(RequestForm):
    """How to receive it; the PDF is in the portal in any case."""

    delivery = choice(
        _("How do you want to receive it?"),
        [
            ("pdf", _("As a PDF in this portal")),
            (PAPER, _("As a PDF, and on paper at our front desk")),
        ],
    )
    copies = forms.IntegerField(
        label=_("Copies on paper"), min_value=1, required=False, help_text=""
    )

    def set_limits(self, situation):
        """Show the number of copies to who wants paper, and how many there may be."""
        field, most = self.fields["copies"], situation.policy["copies"]
        field.help_text = _("At most %(most)d.") % {"most": most}
        field.widget.attrs |= {"data-show-if": f"delivery={PAPER}", "max": most}

    @classmethod
    def prefill(cls, facts):
        """The PDF is what most people want."""
        return {"delivery": "pdf"}

    def clean(self):
        """Paper needs a number, and no more than the office prints."""
        cleaned, most = super().clean(), self.situation.policy["copies"]
        if cleaned.get("delivery") == PAPER and "copies" not in self.errors:
            copies = cleaned.get("copies")
            if not copies:
                self.add_error("copies", _("Enter how many copies you need."))
            elif copies > most:
                self.add_error("copies", _("Ask for at most %(most)d copies.") % {"most": most})
        return cleaned

"""Reports about the training itself: what USCIS sent, time without work, and an early end."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice, long_text, text, yes_no
from ..request_form import RequestForm
from ..rules.opt_reporting import UNDECIDED, card_days, days_of, longest_card, past_days_of
from ..rules.windows import in_words
from .opt_report import CARD, LEAVING, NO_WORK, STATUS, OnlyFor, training_in, window_for
from .stem_opt import CARD_NUMBER

RECEIPT, EAD, REFUSAL = "receipt", "ead", "refusal"
OTHER = "other"


def is_document(*documents):
    """Return a condition for the papers of USCIS."""

    def asked(answers):
        return answers.get("what") == CARD and answers.get("document") in documents

    return asked


class NoWorkForm(OnlyFor, RequestForm):
    """Since when somebody has no work; every job on the record ends on the day before."""

    reports = (NO_WORK,)
    windows: ClassVar = {
        "without_work_since": window_for(
            reports, lambda situation: past_days_of(training_in(situation), situation.today)
        )
    }

    without_work_since = Date(label=_("First day without work"))
    search = long_text(
        _("How do you look for work?"),
        1000,
        required=False,
        help_text=_("This helps us to advise you; SEVIS does not get it."),
    )


class CardForm(OnlyFor, RequestForm):
    """What USCIS sent: the receipt, the card with its days, or a refusal."""

    reports = (CARD,)
    windows: ClassVar = dict.fromkeys(
        ("card_start", "card_end"),
        window_for(reports, lambda situation: card_days(situation.facts, training_in(situation))),
    )

    document = choice(
        _("What did you receive?"),
        [
            (RECEIPT, _("The receipt notice (Form I-797C)")),
            (EAD, _("The EAD card")),
            (REFUSAL, _("A denial, or I withdrew my application")),
        ],
    )
    receipt_number = text(
        _("Receipt number"),
        13,
        required=False,
        validators=[CARD_NUMBER],
        help_text=_("Three letters and ten digits, on the notice."),
    )
    card_start = Date(label=_("First day on the card"), required=False)
    card_end = Date(label=_("Last day on the card"), required=False)
    card_number = text(
        _("Card number"),
        13,
        required=False,
        validators=[CARD_NUMBER],
        help_text=_("13 characters on the front of the card."),
    )
    refused_on = Date(label=_("Day of the decision, or of your withdrawal"), required=False)
    NEEDED: ClassVar = {
        RECEIPT: ("receipt_number",),
        EAD: ("card_start", "card_end", "card_number"),
        REFUSAL: ("refused_on",),
    }

    def set_limits(self, situation):
        """Each document has its own questions."""
        super().set_limits(situation)
        for document, names in self.NEEDED.items():
            for name in names if self.fields else ():
                self.fields[name].widget.attrs["data-show-if"] = f"document={document}"

    def clean(self):
        """The questions of the document are answered; a card runs forward and not too long."""
        cleaned = super().clean()
        document = cleaned.get("document")
        for name in self.NEEDED.get(document, ()):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Answer this question."))
        work = training_in(self.situation)
        if work and document in (RECEIPT, REFUSAL) and work.status not in UNDECIDED:
            self.add_error("document", _("Our record says that USCIS approved it. Send the card."))
        start, end = cleaned.get("card_start"), cleaned.get("card_end")
        if document == EAD and start and end:
            self._check_days(work, start, end)
        if (
            document == REFUSAL
            and (day := cleaned.get("refused_on"))
            and day > self.situation.today
        ):
            self.add_error("refused_on", _("Choose today or an earlier day."))
        return cleaned

    def _check_days(self, work, start, end):
        if end < start:
            self.add_error("card_end", _("The last day must not come before the first day."))
        elif work and end > (last := longest_card(work._replace(start=start))):
            words = _("A card that begins then ends on %(date)s at the latest. Look at it again.")
            self.add_error("card_end", words % {"date": in_words(last)})


class LeavingForm(OnlyFor, RequestForm):
    """Somebody ends the training early and leaves for good."""

    reports = (LEAVING,)
    windows: ClassVar = {
        "leaves_on": window_for(reports, lambda situation: days_of(training_in(situation)))
    }

    leaves_on = Date(label=_("Day you leave the United States"))
    opt_ends_accepted = yes_no(
        _("Your OPT ends on that day and cannot be given back. Do you want that?")
    )
    leaving_reason = long_text(_("Why do you leave?"), 500, required=False)

    def clean_opt_ends_accepted(self):
        """Who only travels keeps the permission and reports nothing."""
        if self.cleaned_data["opt_ends_accepted"] == "no":
            raise forms.ValidationError(
                _("Then do not send this report. A trip abroad needs none; it may need a reprint.")
            )
        return self.cleaned_data["opt_ends_accepted"]


class StatusForm(OnlyFor, RequestForm):
    """Somebody no longer is an F-1 student."""

    reports = (STATUS,)
    windows: ClassVar = {
        "status_from": window_for(
            reports, lambda situation: past_days_of(training_in(situation), situation.today)
        )
    }

    new_status = choice(
        _("Which status do you have now?"),
        [
            ("H-1B", _("H-1B worker")),
            ("LPR", _("Permanent resident (green card)")),
            (OTHER, _("Another status")),
        ],
    )
    new_status_name = text(_("Name of that status"), 40, required=False)
    status_from = Date(label=_("Since which day?"))

    def set_limits(self, situation):
        """The name is asked of other statuses alone."""
        super().set_limits(situation)
        if self.fields:
            self.fields["new_status_name"].widget.attrs["data-show-if"] = f"new_status={OTHER}"

    def clean(self):
        """Another status has a name."""
        cleaned = super().clean()
        if cleaned.get("new_status") == OTHER and not cleaned.get("new_status_name"):
            self.add_error("new_status_name", _("Write which status it is."))
        return cleaned

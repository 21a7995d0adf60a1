"""The page of a change of major: what the new subjects are, and what moves with them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice, cip, long_text, text, yes_no
from ..request_form import RequestForm
from ..rules.exchange import studies_ended_on
from ..rules.windows import Window, in_words
from .confirming import EARLIER, LATER, STAYS

CITATION = "8 CFR 214.3(g)(2)(ii)"
EXCHANGE_CITATION = "22 CFR 62.23"
CIP_HELP = _("Two digits, a period and four digits. The registrar or your department knows it.")
END_MOVES = [
    (STAYS, _("I finish on the date of my form")),
    (LATER, _("I need more time")),
    (EARLIER, _("I finish earlier")),
]
# The pairs of subject and code: the answers, and the columns of the record.
MAJOR = (("new_major", "major"), ("new_cip", "cip_code"))
SECOND = (("second_major", "second_major"), ("second_cip", "second_cip_code"))
MINOR = (("minor", "minor"), ("minor_cip", "minor_cip_code"))
SUBJECTS = (*MAJOR, *SECOND, *MINOR)


def studies_window(situation):
    """The change holds within the program."""
    facts = situation.facts
    ends = studies_ended_on(facts)
    if ends is None:
        return None
    return Window(
        facts.program_start,
        ends,
        why_last=_("Your program ends on %(date)s.") % {"date": in_words(ends)},
        citation=EXCHANGE_CITATION if facts.visa_class == "J-1" else CITATION,
    )


class SubjectsForm(RequestForm):
    """Every subject as it is after the change; what is left empty is none."""

    approver_sees = ("new_major", "second_major", "minor", "effective_on", "end_moves")
    windows = {"effective_on": studies_window}

    new_major = text(_("Major"), 120, help_text=_("As the registrar writes it."))
    new_cip = cip(_("CIP code of the major"), help_text=CIP_HELP)
    second_major = text(_("Second major, if you have one"), 120, required=False)
    second_cip = cip(_("CIP code of the second major"), required=False, help_text=CIP_HELP)
    minor = text(_("Minor, if you have one"), 120, required=False)
    minor_cip = cip(_("CIP code of the minor"), required=False, help_text=CIP_HELP)
    subject_remark = long_text(
        _("What do you study, in more words?"),
        500,
        required=False,
        help_text=_("It stands beside the subject in SEVIS."),
    )
    degree = text(_("Degree, as it is called after the change"), 120, required=False)
    department = text(_("Department"), 120)
    effective_on = Date(label=_("First day on which it holds"))
    end_moves = choice(_("Does the change move the day on which you finish?"), END_MOVES)
    same_objective = yes_no(
        _("Does your exchange keep its purpose?"),
        help_text=_("Item 4 of your DS-2019 names it."),
    )

    def set_limits(self, situation):
        """SEVIS knows one subject and a remark of J-1, up to three subjects of F-1."""
        unasked = (
            (name for name, _column in (*SECOND, *MINOR))
            if situation.facts.visa_class == "J-1"
            else ("subject_remark", "same_objective")
        )
        for name in unasked:
            del self.fields[name]

    @classmethod
    def prefill(cls, facts):
        """Begin with the subjects as they are now."""
        now = {name: getattr(facts, column) for name, column in SUBJECTS}
        now["subject_remark"] = facts.subject_remark
        return now | {"degree": facts.degree, "department": facts.department}

    def clean_same_objective(self):
        """A J-1 program keeps the objective for which it was approved: 22 CFR 62.41."""
        if self.cleaned_data["same_objective"] == "no":
            raise forms.ValidationError(
                _(
                    "A J-1 program keeps the purpose for which you came. Speak with our office "
                    "about other ways."
                )
            )
        return self.cleaned_data["same_objective"]

    def clean(self):
        """Each subject has its code, none stands twice, and something is new."""
        cleaned = super().clean()
        for (subject, _column), (code, _code_column) in (SECOND, MINOR):
            if subject in self.fields and not ({subject, code} & set(self.errors)):
                self._pair(cleaned, subject, code)
        codes = [name for name in ("new_cip", "second_cip", "minor_cip") if cleaned.get(name)]
        for number, name in enumerate(codes):
            if cleaned[name] in [cleaned[other] for other in codes[:number]]:
                self.add_error(name, _("You name this code twice."))
        if not self.errors and not changed_subjects(cleaned, self.situation.facts):
            self.add_error(
                "new_major", _("Your record says this already. Change at least one answer.")
            )
        return cleaned

    def _pair(self, cleaned, subject, code):
        if cleaned.get(subject) and not cleaned.get(code):
            self.add_error(code, _("Enter the code of this subject."))
        if cleaned.get(code) and not cleaned.get(subject):
            self.add_error(subject, _("Enter the subject of this code, or leave both empty."))


def changed_subjects(cleaned, facts):
    """Return the columns of the record that become something else.

    No subject means that it is given up; a degree keeps its name where none is written.
    """
    columns = dict(SUBJECTS) | {name: name for name in ("subject_remark", "department")}
    if cleaned.get("degree"):
        columns["degree"] = "degree"
    return {
        column: cleaned[name] or ""
        for name, column in columns.items()
        if name in cleaned and (cleaned[name] or "") != getattr(facts, column)
    }

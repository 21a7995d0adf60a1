"""The first pages of OPT: when studies end, and from when to when to work."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import EducationLevel

from ..form_fields import Date, choice, text, yes_no
from ..request_form import RequestForm
from ..rules.dates import days_in, opt_filing_window, opt_latest_end
from ..rules.optional_training import (
    opt_end_by,
    opt_requests,
    post_opt_ends,
    post_opt_starts,
    pre_opt_days,
)
from ..rules.training import opt_used
from ..rules.windows import Window, in_words

PRE, POST = "pre", "post"
GRADUATE_LEVELS = (EducationLevel.MASTER, EducationLevel.DOCTORATE)
KINDS = [
    (POST, _("After I complete my program")),
    (PRE, _("Before I complete my program")),
]


def completion_of(situation):
    """Return the day studies end: as answered where that is a day, or as on the I-20."""
    try:
        return date.fromisoformat(str(situation.answers.get("completion_date") or ""))
    except ValueError:
        return situation.facts.program_end


def completion_days(situation):
    """When studies may end: on the I-20's date, or earlier; a later day is an extension."""
    ends, today = situation.facts.program_end, situation.today
    if ends is None:
        return None
    return Window(
        min(today, ends),
        ends,
        "",
        _("Your I-20 says %(date)s. If you finish later, ask for an extension first.")
        % {"date": in_words(ends)},
        "8 CFR 214.2(f)(7)(iii)",
    )


def start_days(situation):
    """When OPT may begin; the two kinds have their own."""
    completion, today = completion_of(situation), situation.today
    if completion is None:
        return None
    if situation.answers.get("opt_kind") == PRE:
        return pre_opt_days(situation.facts, completion, today)
    return post_opt_starts(completion, today)


def end_days(situation):
    """When OPT may end; the months left bind it more closely once the first day is known."""
    completion, today = completion_of(situation), situation.today
    if completion is None:
        return None
    if situation.answers.get("opt_kind") == PRE:
        return pre_opt_days(situation.facts, completion, today)
    return post_opt_ends(completion, today, opt_used(situation.facts))


class PlanForm(RequestForm):
    """Which OPT, and when the studies end."""

    approver_sees = ("opt_kind", "degree_and_major", "completion_date", "only_thesis_left")
    windows = {"completion_date": completion_days}

    opt_kind = choice(_("When do you want to work?"), KINDS)
    degree_and_major = text(_("Degree and major, as on your I-20"), 250)
    completion_date = Date(label=_("Last day of your last term, not the day of the ceremony"))
    only_thesis_left = yes_no(_("Is only your thesis or dissertation left?"), required=False)
    academic_year_met = yes_no(
        _("Have you studied full time for one full academic year?"),
        help_text=_("About nine months. Time in a language program does not count."),
    )

    def set_limits(self, situation):
        """Only graduate students are asked about a thesis, and they must answer."""
        if situation.facts.education_level in GRADUATE_LEVELS:
            self.fields["only_thesis_left"].required = True
        else:
            del self.fields["only_thesis_left"]

    @classmethod
    def prefill(cls, facts):
        """The end date on the I-20 is right for most."""
        words = (facts.degree, facts.major)
        return {
            "completion_date": facts.program_end,
            "degree_and_major": ", ".join(word for word in words if word),
        }

    def clean_academic_year_met(self):
        """SEVIS asks the office to confirm it: 8 CFR 214.2(f)(10)."""
        if self.cleaned_data["academic_year_met"] == "no":
            raise forms.ValidationError(
                _("OPT needs one full academic year of full-time study first.")
            )
        return self.cleaned_data["academic_year_met"]

    def clean(self):
        """Each kind has its own time in which it can be asked for, and to be filed."""
        cleaned = super().clean()
        situation, kind = self.situation, cleaned.get("opt_kind")
        window = kind and opt_requests(situation.facts, situation.policy, kind)
        if window and not window.first <= situation.today <= window.last:
            dates = {"first": in_words(window.first), "last": in_words(window.last)}
            self.add_error(
                "opt_kind",
                _("We take this kind of request from %(first)s to %(last)s.") % dates,
            )
        completion = cleaned.get("completion_date")
        if kind == POST and completion and "completion_date" not in self.errors:
            last = opt_filing_window(completion)[1]
            if situation.today > last:
                self.add_error(
                    "completion_date",
                    _("USCIS took Form I-765 until %(date)s only. Speak with our office.")
                    % {"date": in_words(last)},
                )
        return cleaned


class DatesForm(RequestForm):
    """From when to when, inside what is left of the 12 months."""

    approver_sees = ("requested_start", "requested_end", "opt_full_part", "pre_period")
    windows = {"requested_start": start_days, "requested_end": end_days}

    requested_start = Date(label=_("First day of OPT"))
    requested_end = Date(label=_("Last day of OPT"))
    opt_full_part = choice(
        _("Full time or part time?"),
        [
            ("part", _("Part time, 20 hours a week or fewer")),
            ("full", _("Full time, more than 20 hours a week")),
        ],
    )
    pre_period = choice(
        _("When will you work?"),
        [
            ("session", _("While classes are in session")),
            ("vacation", _("Only in official vacations")),
            ("coursework_done", _("After all coursework, with the thesis left")),
        ],
    )

    def set_limits(self, situation):
        """OPT after completion is full time for SEVIS; only the other kind is asked."""
        if situation.answers.get("opt_kind") == POST:
            del self.fields["opt_full_part"], self.fields["pre_period"]

    def clean(self):
        """OPT runs forward, inside the months left, and part time while classes are held."""
        cleaned = super().clean()
        start, end = cleaned.get("requested_start"), cleaned.get("requested_end")
        if "pre_period" in self.fields:
            self._check_session(cleaned, start, end)
        if not (start and end) or self.errors.keys() & {"requested_start", "requested_end"}:
            return cleaned
        if end < start:
            self.add_error("requested_end", _("The last day must not come before the first day."))
            return cleaned
        last = self.last_day(start, cleaned.get("opt_full_part") != "part")
        if last and end > last:
            self.add_error(
                "requested_end",
                _(
                    "Choose %(date)s or an earlier day. You asked for %(days)d days and have "
                    "%(left)d left of the 12 months."
                )
                % {
                    "date": in_words(last),
                    "days": days_in(start, end),
                    "left": max(days_in(start, last), 0),
                },
            )
        return cleaned

    def last_day(self, start, full_time):
        """Return the last day of OPT begun on ``start``; None while no completion is known."""
        last = opt_end_by(start, opt_used(self.situation.facts), full_time=full_time)
        completion = completion_of(self.situation)
        if completion is None:
            return None
        if "pre_period" in self.fields:
            return min(last, completion)
        return min(last, opt_latest_end(completion))

    def _check_session(self, cleaned, start, end):
        """Part time while classes are in session: 8 CFR 214.2(f)(10)(ii)(A)."""
        if cleaned.get("opt_full_part") != "full":
            return
        facts = self.situation.facts
        if cleaned.get("pre_period") == "session":
            self.add_error(
                "opt_full_part",
                _("While classes are in session OPT is part time, 20 hours a week or fewer."),
            )
        elif cleaned.get("pre_period") == "vacation" and start and end and facts.term_end:
            begins = facts.term_start or start
            if start <= facts.term_end and end >= begins:
                self.add_error(
                    "requested_start",
                    _("Your term lasts until %(date)s. Full time is possible after that day.")
                    % {"date": in_words(facts.term_end)},
                )

"""The pages of a reduced course load: why, in which term, and how many credits are left."""

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import CourseLoadReason

from ..form_fields import Date, choice, long_text, yes_no
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.course_load import (
    ACADEMIC,
    COMMUTER,
    FINAL_TERM,
    credits_that_count,
    difficulty_was_used,
    end_window,
    full_load,
    half_load,
    is_first_term,
    start_window,
)
from ..rules.exchange import studies_ended_on
from ..rules.windows import in_words
from .approver import ApproverForm
from .questionnaire import Questionnaire

NEEDS_APPROVER = (*ACADEMIC, FINAL_TERM)
MOST_CREDITS = 60


def asks_approver(answers):
    """Whether the department confirms the reason; of an illness it never hears."""
    return answers.get("reason") in NEEDS_APPROVER


def load_starts(situation):
    """When the load may begin."""
    ends = studies_ended_on(situation.facts)
    return ends and start_window(situation.facts, situation.today, ends)


def load_ends(situation):
    """When the load may end, once its first day is known."""
    start, ends = day_in(situation.answers, "start"), studies_ended_on(situation.facts)
    if start is None or ends is None:
        return None
    reason = situation.answers.get("reason")
    return end_window(situation.facts, start, reason, ends, situation.policy)


class ReasonForm(RequestForm):
    """Why fewer courses; each reason has its own limits."""

    approver_sees = ("reason", "explanation")

    reason = choice(_("Why do you need fewer courses?"), CourseLoadReason.choices)
    explanation = long_text(
        _("Explain it in a few sentences"),
        500,
        help_text=_("Do not name an illness; the medical letter says enough."),
    )
    has_dropped = yes_no(_("Have you dropped a course already?"))

    def set_limits(self, situation):
        """Only border commuters study part time all along."""
        if not situation.facts.is_commuter:
            field = self.fields["reason"]
            field.choices = [each for each in field.choices if each[0] != COMMUTER]

    def clean_reason(self):
        """Academic difficulty is accepted once at each level."""
        reason, used = self.cleaned_data["reason"], difficulty_was_used(self.situation.facts)
        if reason in ACADEMIC and used:
            raise forms.ValidationError(
                _(
                    "Academic difficulty counts once at each level. You used it from %(start)s to "
                    "%(end)s."
                )
                % {"start": in_words(used.start), "end": in_words(used.end)}
            )
        return reason

    def clean_has_dropped(self):
        """The permission stands in SEVIS before the course is dropped."""
        if self.cleaned_data["has_dropped"] == "yes":
            raise forms.ValidationError(
                _(
                    "The permission must come before you drop. Add the course again if you can, "
                    "and speak with our office today."
                )
            )
        return self.cleaned_data["has_dropped"]


class LoadForm(RequestForm):
    """Which term, and what is left of the load."""

    approver_sees = ("start", "end", "credits_now", "credits_after", "online_credits", "courses")
    windows = {"start": load_starts, "end": load_ends}

    start = Date(label=_("First day of the term"))
    end = Date(label=_("Last day of the term"))
    credits_now = forms.IntegerField(label=_("Credits now"), min_value=0, max_value=MOST_CREDITS)
    credits_after = forms.IntegerField(
        label=_("Credits after the change"), min_value=0, max_value=MOST_CREDITS
    )
    online_credits = forms.IntegerField(
        label=_("How many of these are online?"), min_value=0, max_value=MOST_CREDITS
    )
    courses = long_text(
        _("Courses you want to drop"), 500, help_text=_("Code and title, one on each line.")
    )
    has_campus_job = yes_no(_("Do you work on campus?"))

    @classmethod
    def prefill(cls, facts):
        """Begin with the term and the credits the record knows."""
        return {"start": facts.term_start, "end": facts.term_end, "credits_now": facts.credits}

    def set_limits(self, situation):
        """Say how much a full load is."""
        facts, policy = situation.facts, situation.policy
        self.fields["credits_after"].help_text = _("A full load has %(full)d credits.") % {
            "full": full_load(facts, policy)
        }
        if situation.answers.get("reason") == FINAL_TERM:
            self.fields["courses"].required = False

    def clean(self):
        """Hold the credits against the limit of the reason, and the term against the program."""
        cleaned = super().clean()
        after, online = cleaned.get("credits_after"), cleaned.get("online_credits")
        if after is not None:
            self._check_load(cleaned.get("credits_now"), after)
        if after is not None and online is not None:
            self._check_online(after, online)
        start = cleaned.get("start")
        reason = self.situation.answers.get("reason")
        if start and reason in ACADEMIC:
            self._check_first_term(start)
        if reason == FINAL_TERM and cleaned.get("end"):
            self._check_last_term(cleaned["end"])
        return cleaned

    def _check_load(self, now, after):
        full = full_load(self.situation.facts, self.situation.policy)
        if after >= full:
            self.add_error(
                "credits_after",
                _("This is a full load of %(full)d credits: you need no permission.")
                % {"full": full},
            )
        elif now is not None and after > now:
            self.add_error("credits_after", _("These are more credits than you have now."))

    def _check_online(self, after, online):
        facts, policy = self.situation.facts, self.situation.policy
        reason = self.situation.answers.get("reason")
        if online > after:
            self.add_error("online_credits", _("These are more credits than you keep."))
        elif reason in ACADEMIC and credits_that_count(after, online) < half_load(facts, policy):
            self.add_error(
                "credits_after",
                _(
                    "Keep at least half of a full load: %(half)d credits. Of online credits three "
                    "count at most."
                )
                % {"half": half_load(facts, policy)},
            )
        elif reason == FINAL_TERM and after == 0:
            self.add_error("credits_after", _("Keep at least one course in your last term."))
        elif reason == FINAL_TERM and online == after:
            self.add_error(
                "online_credits", _("In your last term at least one course is in person.")
            )

    def _check_first_term(self, start):
        if not is_first_term(self.situation.facts, start, self.situation.policy):
            self.add_error(
                "start",
                _(
                    "Academic difficulty counts only in your first term at this level. Speak with "
                    "our office about other ways."
                ),
            )

    def _check_last_term(self, end):
        ends = studies_ended_on(self.situation.facts)
        if ends and end < ends:
            self.add_error(
                "end",
                _(
                    "Your form says that your program ends on %(date)s. If this is your last "
                    "term, ask for early completion first."
                )
                % {"date": in_words(ends)},
            )


class LoadApproverForm(ApproverForm):
    """Who confirms academic difficulty or the last term; nobody hears of an illness."""

    def set_limits(self, situation):
        """Ask nobody where the office alone decides."""
        if asks_approver(situation.answers):
            super().set_limits(situation)
        else:
            self.fields.clear()


class LoadQuestionnaire(Questionnaire):
    """What the academic/program advisor confirms: 8 CFR 214.2(f)(6)(iii)."""

    reason_confirmed = choice(
        _("What is the reason?"),
        [
            *((each, CourseLoadReason(each).label) for each in NEEDS_APPROVER),
            ("none", _("None of these")),
        ],
    )
    courses_approved = long_text(_("Which courses may the student drop?"), 500, required=False)
    credits_after = forms.IntegerField(
        label=_("How many credits does the student keep?"), min_value=0, max_value=MOST_CREDITS
    )
    last_term = choice(
        _("Does the student complete everything that is left in this term?"),
        [
            ("yes", _("Yes, this is the last term")),
            ("goes_on", _("No, the student goes on full time next term")),
            ("unclear", _("That is not clear")),
        ],
    )

    refusals = {
        ("reason_confirmed", "none"): _(
            "Only these reasons count. Return it to the student with a comment."
        ),
        ("last_term", "unclear"): _(
            "Settle it with the student first. Return the request with a comment."
        ),
    }

    def clean(self):
        """The last term is the last one."""
        cleaned = super().clean()
        is_final = cleaned.get("reason_confirmed") == FINAL_TERM
        if is_final and cleaned.get("last_term") == "goes_on":
            self.add_error("last_term", _("Then this is not the last term. Choose another reason."))
        return cleaned

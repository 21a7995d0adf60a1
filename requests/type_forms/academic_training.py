"""The pages of academic training: the work, its days, its plan, pay and insurance."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import (
    Date,
    UsPhone,
    choice,
    dollars,
    long_text,
    money,
    postal_code,
    state,
    street,
    text,
    yes_no,
)
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.exchange import (
    CITATION,
    POST,
    PRE,
    has_completed_studies,
    studies_ended_on,
    training_last_day,
    training_start_window,
)
from ..rules.windows import Window, in_words
from .approver import EMAIL
from .questionnaire import Questionnaire

INSURANCE_CITATION = "22 CFR 62.14"
TIMING = [
    (PRE, _("Before I complete my program")),
    (POST, _("After I complete my program")),
]


def timing_of(situation):
    """Return whether the training lies before or after completion, or "" while unknown."""
    if has_completed_studies(situation.facts, situation.today):
        return POST
    timing = situation.answers.get("timing")
    return timing if timing in (PRE, POST) else ""


def start_window(situation):
    """When the training may begin; needs to know whether it is before or after completion."""
    timing, facts = timing_of(situation), situation.facts
    if not timing or not facts.program_end:
        return None
    return training_start_window(facts, situation.today, timing)


def end_window(situation):
    """Until when it may last, once its first day is known."""
    timing, facts = timing_of(situation), situation.facts
    start = day_in(situation.answers, "start_date")
    if not (timing and start and facts.program_start and facts.program_end):
        return None
    last, why = training_last_day(
        facts, timing, situation.policy, start, day_in(situation.answers, "end_date")
    )
    # A first day beyond every limit is refused itself; its end is bound by the limit alone.
    first = start if start <= last else None
    return Window(first, last, _("It cannot end before it begins."), why, CITATION)


def insurance_window(situation):
    """Insurance lasts as long as the training: 22 CFR 62.14."""
    end = day_in(situation.answers, "end_date")
    return end and Window(
        end,
        why_first=_("J-1 students need health insurance until the last day of training."),
        citation=INSURANCE_CITATION,
    )


class WorkForm(RequestForm):
    """Where the training is, and who leads it."""

    approver_sees = (
        *("timing", "employer_name", "training_street", "training_city", "training_state"),
        *("job_title", "supervisor_name", "remote_share"),
    )

    timing = choice(_("When is the training?"), TIMING)
    sponsor_is_us = yes_no(
        _("Is this university your program sponsor?"),
        help_text=_("Item 2 of your DS-2019 names the sponsor."),
    )
    employer_name = text(_("Employer"), 100, help_text=_("As written on your offer letter."))
    training_street = street(_("Street and number where you will train"), 60)
    training_city = text(_("City"), 60)
    training_state = state()
    training_postal_code = postal_code()
    job_title = text(_("Job title"), 100)
    supervisor_name = text(_("Name of your training supervisor"), 100)
    supervisor_email = forms.CharField(
        label=_("Supervisor’s e-mail address"), max_length=255, validators=[EMAIL]
    )
    supervisor_phone = UsPhone(label=_("Supervisor’s phone"))
    remote_share = forms.IntegerField(
        label=_("Percent of the hours you work remotely"),
        min_value=0,
        max_value=100,
        help_text=_("0 when you always work at the address above."),
    )

    def set_limits(self, situation):
        """Who trains after completion already goes on after completion."""
        if has_completed_studies(situation.facts, situation.today):
            # The field goes on reading both: an earlier answer keeps its meaning at completion.
            self.fields["timing"].widget.choices = TIMING[1:]
        self.fields["remote_share"].help_text = _(
            "0 when you always work at the address above, at most %(most)d."
        ) % {"most": situation.policy["remote_share"]}

    def clean_timing(self):
        """Nobody trains before a completion that lies behind."""
        timing, facts = self.cleaned_data["timing"], self.situation.facts
        if timing == PRE and has_completed_studies(facts, self.situation.today):
            raise forms.ValidationError(
                _("You completed your program on %(date)s. Choose the other answer.")
                % {"date": in_words(studies_ended_on(facts))}
            )
        return timing

    def clean_sponsor_is_us(self):
        """Only the sponsor on the DS-2019 can give training: 22 CFR 62.23(f)."""
        if self.cleaned_data["sponsor_is_us"] == "no":
            raise forms.ValidationError(
                _(
                    "Only the sponsor named on your DS-2019 can give academic training. Ask that "
                    "organization."
                )
            )
        return self.cleaned_data["sponsor_is_us"]

    def clean_remote_share(self):
        """Training is not remote for the most part."""
        share, most = self.cleaned_data["remote_share"], self.situation.policy["remote_share"]
        if share > most:
            raise forms.ValidationError(
                _("At most %(most)d percent may be remote. Agree on more days at the site.")
                % {"most": most}
            )
        return share


class DatesForm(RequestForm):
    """From when to when, and how many hours."""

    approver_sees = ("start_date", "end_date", "hours_per_week")
    windows = {"start_date": start_window, "end_date": end_window}

    start_date = Date(label=_("First day of training"))
    end_date = Date(label=_("Last day of training"))
    hours_per_week = forms.IntegerField(
        label=_("Hours a week"),
        min_value=1,
        max_value=60,
        help_text=_("Part time uses up your months like full time."),
    )


class PlanForm(RequestForm):
    """Why the training belongs to the studies."""

    approver_sees = ("goals", "duties", "relation", "why_critical")

    goals = long_text(_("Goals: what do you want to learn?"), 1000)
    duties = long_text(_("Tasks: what will you do there?"), 1000)
    relation = long_text(_("How does it relate to your major?"), 1000)
    why_critical = long_text(
        _("Why is it an integral or critical part of your program?"),
        1000,
        help_text=_("The government asks your advisor the same question."),
    )


class MoneyForm(RequestForm):
    """Pay, other funds and health insurance."""

    windows = {"insurance_until": insurance_window}

    paid = yes_no(_("Is it paid?"))
    salary_per_month = money(
        _("Pay a month, before taxes, in US dollars"), required=False, help_text=_("If it is paid.")
    )
    funding_source = text(
        _("Other money you live on"),
        250,
        required=False,
        help_text=_("If it is unpaid, or the pay is low: who pays, and how much a month."),
    )
    insurance_until = Date(label=_("Last day of your health insurance"))

    def set_limits(self, situation):
        """The amount belongs to one answer."""
        self.fields["salary_per_month"].widget.attrs["data-show-if"] = "paid=yes"

    @classmethod
    def prefill(cls, facts):
        """Show until when the record knows of insurance."""
        return {"insurance_until": facts.insurance_end}

    def clean(self):
        """Somebody who trains has to live on something."""
        cleaned = super().clean()
        paid, pay = cleaned.get("paid"), cleaned.get("salary_per_month")
        if "salary_per_month" in self.errors:
            return cleaned
        if paid == "yes" and not pay:
            self.add_error("salary_per_month", _("Enter the pay a month, as on the offer letter."))
        elif paid and not cleaned.get("funding_source"):
            least = self.situation.policy["living_costs_a_month"]
            if paid == "no":
                self.add_error("funding_source", _("Write who pays for your living costs."))
            elif pay < least:
                self.add_error(
                    "funding_source",
                    _(
                        "We count %(least)s a month for living costs and your pay is %(pay)s. "
                        "Write where the other %(gap)s come from."
                    )
                    % {
                        "least": dollars(least),
                        "pay": dollars(pay),
                        "gap": dollars(least - pay),
                    },
                )
        return cleaned


class TrainingQuestionnaire(Questionnaire):
    """The recommendation 22 CFR 62.23(f)(5) asks of a dean or academic advisor."""

    goals_confirmed = long_text(
        _("What are the goals and objectives of this training?"),
        1000,
    )
    description = long_text(
        _("Describe the training: tasks, place, and who supervises it."),
        1000,
    )
    related = long_text(_("How does it relate to the student’s field of study?"), 1000)
    integral = long_text(
        _("Why is it an integral or critical part of the student’s academic program?"), 1000
    )
    dates_agreed = yes_no(_("Do you agree with the dates and the hours a week shown above?"))
    good_standing = yes_no(_("Is the student in good academic standing?"))

    refusals = {
        ("dates_agreed", "no"): _("Return it to the student and write which dates or hours fit."),
        ("good_standing", "no"): _(
            "Only students in good academic standing may train. Return it to the student."
        ),
    }

"""The pages of a scholar's departure: whether the program ends early, and when one leaves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.requests.records.countries import name_of

from ..form_fields import Date, choice, country, long_text, text, yes_no
from ..rules.early_end import new_end_window
from ..rules.scholar_leaving import (
    EARLY,
    FINISHES,
    OTHER_STATUS,
    PLANNED,
    WITHDRAWS,
    bar_at,
    end_in,
    ends_early,
    leaving_window,
)
from ..rules.scholars import is_scholar
from .asked_when import AskedWhenForm

REASONS = [
    (FINISHES, _("I finish my research, teaching or training earlier")),
    (OTHER_STATUS, _("I change to another status or go to another employer")),
    (WITHDRAWS, _("I stop before it is finished")),
]
LEAVES, TRANSFERS, STAYS = "leave", "transfer", "stay"
PLANS = [
    (LEAVES, _("I leave the United States")),
    (TRANSFERS, _("I go to another J-1 sponsor in the United States")),
    (STAYS, _("I stay in another status")),
]
FOREIGN = ("street", "city", "province", "postal_code", "country")
ASKED_OF_WHO_LEAVES = ("leaves_on", "family_leaves", *(f"foreign_{part}" for part in FOREIGN))
ASKED_OF_WHO_ENDS_EARLY = ("new_end_date", "reason", "explanation")


def end_window(situation):
    """Days for an earlier end, where there is one."""
    asked = ends_early(situation.answers) and is_scholar(situation.facts)
    return new_end_window(situation) if asked else None


class EndForm(AskedWhenForm):
    """Whether the program ends before the day on the form."""

    asked_when = dict.fromkeys(ASKED_OF_WHO_ENDS_EARLY, ("what", (EARLY,)))
    windows = {"new_end_date": end_window}

    what = choice(
        _("What do you tell us?"),
        [
            (EARLY, _("My program here ends before the date on my DS-2019")),
            (PLANNED, _("My program ends on that date, and I tell you what I do then")),
        ],
    )
    new_end_date = Date(label=_("Last day of your program"))
    reason = choice(_("Why does it end earlier?"), REASONS)
    explanation = long_text(
        _("Anything SEVIS should say about it"), 500, required=False, help_text=_("Optional.")
    )


class AfterForm(AskedWhenForm):
    """What comes after the last day; who leaves says when, and where mail finds him."""

    asked_when = dict.fromkeys(ASKED_OF_WHO_LEAVES, ("plan", (LEAVES,)))
    windows = {"leaves_on": leaving_window}

    plan = choice(_("What do you do after your program?"), PLANS)
    leaves_on = Date(label=_("Day on which you leave"))
    family_leaves = yes_no(
        _("Does your whole family leave with you or before you?"),
        help_text=_("J-2 status ends when your program ends, wherever your family is."),
    )
    foreign_street = text(_("Street and number outside the United States"), 60)
    foreign_city = text(_("City outside the United States"), 60)
    foreign_province = text(_("Province or region"), 30, required=False)
    foreign_postal_code = text(_("Postal code"), 20, required=False)
    foreign_country = country(_("Country"))
    bar_is_known = forms.BooleanField(label=_("I know when I may come back"))

    def set_limits(self, situation):
        """Ask about the family who has one, and show what the end of the stay bars."""
        facts = situation.facts
        if not facts.dependents:
            del self.fields["family_leaves"]
        super().set_limits(situation)
        bar = bar_at(facts, end_in(situation.answers, facts))
        if bar is None:
            del self.fields["bar_is_known"]
        else:
            self.fields["bar_is_known"].help_text = bar.sentence

    @classmethod
    def prefill(cls, facts):
        """The record may know the address at home."""
        home = facts.foreign_address
        return {
            "foreign_street": home.get("line1", ""),
            "foreign_country": name_of(home.get("country", "")),
            **{f"foreign_{part}": home.get(part, "") for part in ("city", "province")},
            "foreign_postal_code": home.get("postal_code", ""),
        }

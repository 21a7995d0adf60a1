"""A scholar's site of activity: one more place of work, another address, or a place that ends."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import NoteSite
from ..request_form import FormPage, Slot
from ..request_type import AskedBy, BeforeArrival, RequestType, SevisEntry, Step
from ..rules.dates import exchange_address_record_due
from ..rules.postal import zip_fits_state
from ..rules.scholar_sites import (
    ADD,
    CITATION,
    END,
    program_window,
    scholar_is_in_the_program,
    site_of,
)
from ..type_forms.scholar_site import PLACE, SiteForm

LABELS = {
    "name": _("Name"),
    "line1": _("Street"),
    "line2": _("Second line"),
    "city": _("City"),
    "state": _("State"),
    "postal_code": _("ZIP code"),
}


def is_added(answers):
    """Whether these answers tell of one more place."""
    return answers.get("what") == ADD


class ScholarSite(RequestType):
    """Where a scholar works, as the department that hosts the scholar reports it."""

    key = "scholar_site"
    title = _("Site of activity of a scholar")
    summary = _("Report one more place of work, another address, or a place that has ended.")
    icon = "map-pinned"
    topic = _("Program")
    audience = _("Departments that host scholars")
    also_called = ("site of activity", "SOA", "place of work", "second laboratory", "building")
    asked_by = AskedBy.DEPARTMENT
    before_arrival = BeforeArrival.ALSO
    citation = CITATION
    sevis_event = "SiteOfActivity"
    target_days = 5
    rules = (scholar_is_in_the_program,)
    pages = (
        FormPage("site", _("The place"), SiteForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "agreement",
                    _("Agreement with the other place"),
                    _("If it does not belong to the university."),
                    required=False,
                    asked_if=is_added,
                ),
            ),
        ),
    )
    attestations = (
        _("The scholar really works at this place, and it is no mailbox."),
        _("The work there belongs to the purpose of the DS-2019, and the dates stay as they are."),
        _("Work with controlled equipment or data there is known to Research Compliance."),
    )
    steps = (
        Step(_("Agree with the scholar on the place."), _("Department")),
        Step(_("Report it before the work there begins, or within 10 days."), _("Department")),
        Step(_("We look whether it fits the purpose of the program."), SHORT_NAME),
        Step(_("We enter it in SEVIS within 10 business days."), SHORT_NAME),
        Step(_("Your pages and the scholar’s record show it."), _("Department")),
    )
    stock_reasons = (
        _("This is a post office box or an office where the scholar does not work."),
        _("The work there does not belong to the purpose of the program."),
        _("Research Compliance has to look at work there first."),
        _("The agreement with the other place is missing."),
        _("The ZIP code does not fit the city."),
    )

    def purpose(self, answers):
        """Two reports differ in what happens, and to which place."""
        what = answers.get("what") or ""
        place = answers.get("site_name" if what == ADD else "site") or ""
        return f"{what}|{place}".casefold()[:255] if what and place else ""

    def request_window(self, facts, policy):
        """While the program lasts."""
        return program_window(facts)

    def effective_dates(self, cleaned):
        """From the first day there, or until the last."""
        what = cleaned.get("what")
        begins = cleaned.get("begins_on") if what == ADD else None
        return begins, cleaned.get("ended_on") if what == END else None

    def effects(self, cleaned, facts, today):
        """The record has the place, changed or ended; one of them is the primary one."""
        site = site_of(cleaned, facts)
        if site is None and cleaned["what"] != ADD:
            # Somebody has taken it out since; that hinders nobody.
            return []
        if cleaned["what"] == END:
            ended = NoteSite({"ended_on": cleaned["ended_on"]}, site=site.id)
            following = _next_primary(cleaned, facts)
            return (
                [ended, NoteSite({"is_primary": True}, site=following.id)] if following else [ended]
            )
        place = _place(cleaned) | {"is_primary": cleaned["site_is_primary"] == "yes"}
        return [NoteSite(place, site=None if cleaned["what"] == ADD else site.id)]

    def sevis_entries(self, cleaned, facts):
        """Add, edit or delete; where the primary place ends, another becomes it first."""
        site = site_of(cleaned, facts)
        if site is None and cleaned["what"] != ADD:
            return ()
        if cleaned["what"] == END:
            following = _next_primary(cleaned, facts)
            primary = [
                SevisEntry("SiteOfActivity Edit", (_on_record(each), (_("Primary"), "Y")))
                for each in ([following] if following else [])
            ]
            return (*primary, SevisEntry("SiteOfActivity Delete", (_on_record(site),)))
        values = (
            *((LABELS[part], value) for part, value in _place(cleaned).items()),
            (_("Primary"), "Y" if cleaned["site_is_primary"] == "yes" else "N"),
        )
        if cleaned["what"] == ADD:
            remarks = (_("Remarks"), " ".join(cleaned["work_there"].split()))
            return (SevisEntry("SiteOfActivity Add", (*values, remarks)),)
        return (SevisEntry("SiteOfActivity Edit", (_on_record(site), *values)),)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """Within 10 business days of the report: 22 CFR 62.13(b)."""
        return exchange_address_record_due(reported_on, add_business_days)

    def panel(self, situation):
        """Show the places on the record, and what in the new one may be wrong."""
        rows = [
            (
                _("Primary place") if each.is_primary else _("Another place"),
                f"{each.name}, {each.line1}, {each.city}",
                "",
            )
            for each in situation.facts.sites
        ]
        answers = situation.answers
        typed = answers.get("site_postal_code"), answers.get("site_state")
        if answers.get("what") != END and not zip_fits_state(*typed):
            rows.append((_("Address"), _("ZIP code and state may not fit"), "warn"))
        return rows


def _place(cleaned):
    return {part: cleaned[answer] for part, answer in PLACE.items()}


def _on_record(site):
    return (_("Site on the record"), site.name)


def _next_primary(cleaned, facts):
    site = site_of(cleaned, facts)
    return site_of(cleaned, facts, "next_primary") if site.is_primary else None

"""STEM OPT extension: the I-20 with which a student asks USCIS for 24 more months of work."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import AuthorizeEmployment, IssueForm
from ..request_form import FormPage, Slot
from ..request_type import RequestType, SevisEntry, Step
from ..rules.dates import (
    address_record_due,
    stem_bridge_until,
    stem_dates,
    stem_validations,
)
from ..rules.eligibility import sevis_status_is, visa_class_is
from ..rules.optional_training import nothing_is_undecided
from ..rules.sevis import sevis_day
from ..rules.stem_extension import (
    STEM,
    no_stem_on_this_opt,
    not_too_long_without_work,
    on_post_completion_opt,
    stem_extension_is_left,
    stem_requests,
)
from ..rules.training import post_completion_opt
from ..rules.unemployment import ALLOWED, unemployment_days
from ..rules.windows import in_words
from ..type_forms.employer import (
    employer_address,
    employer_values,
    full_part_value,
    reported_job,
)
from ..type_forms.stem_opt import CardForm, DegreeForm, EarlierForm, StemEmployerForm


class StemOpt(RequestType):
    """Twenty-four months more for a degree on the STEM list, with one employer in E-Verify."""

    key = "stem_opt"
    title = _("STEM OPT extension")
    summary = _("Get the I-20 with which you ask USCIS for 24 more months of OPT.")
    icon = "flask-conical"
    topic = _("Work")
    audience = _("F-1 students on OPT")
    also_called = (
        *("STEM", "I-983", "24 months"),
        *("extension of OPT", "E-Verify", "work after graduation"),
    )
    citation = STEM
    releases = _("I-20 with STEM OPT recommendation")
    sevis_event = "OPTEmployment"
    target_days = 10
    rules = (
        visa_class_is("F-1", citation=STEM),
        sevis_status_is("active", citation=STEM),
        nothing_is_undecided("STEM"),
        no_stem_on_this_opt,
        on_post_completion_opt,
        stem_extension_is_left,
        not_too_long_without_work,
    )
    pages = (
        FormPage("card", _("Your OPT now"), CardForm),
        FormPage("degree", _("Your STEM degree"), DegreeForm),
        FormPage("earlier", _("Earlier STEM OPT"), EarlierForm),
        FormPage("employer", _("Your employer"), StemEmployerForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "i983",
                    _("Form I-983, pages 1 to 4"),
                    _(
                        "Signed by hand or with a drawn digital signature in sections 2, 4 and 6. "
                        "A typed name is not a signature. Leave the evaluation page empty."
                    ),
                ),
                Slot("ead", _("EAD card, both sides")),
                Slot("opt_i20", _("I-20 with your OPT, signed by you")),
                Slot("diploma", _("Diploma or transcript of the STEM degree")),
                Slot("passport", _("Passport, page with your photo")),
                Slot("i94", _("I-94 print-out"), _("From the CBP I-94 website, newest entry.")),
                Slot(
                    "draft_i765",
                    _("Draft of Form I-765"),
                    _("We look for mistakes. Do not file it before you have the new I-20."),
                    required=False,
                ),
            ),
        ),
    )
    attestations = (
        _("I will report to the office after 6, 12, 18 and 24 months, even if nothing changed."),
        _("I will send my own evaluation after 12 months and at the end."),
        _("I will report every change of job, pay, hours or address within 10 days."),
        _("I know that all OPT together ends after 150 days without work."),
    )
    steps = (
        Step(_("Compare the CIP code of your degree with the DHS STEM list."), _("You")),
        Step(_("Ask your employer for the EIN and the E-Verify number."), _("Employer")),
        Step(_("Complete Form I-983 with your employer; both sign it."), _("You")),
        Step(_("Answer the questions from 90 days before your EAD ends, and submit."), _("You")),
        Step(_("We check the plan and the STEM list, and release the new I-20."), SHORT_NAME),
        Step(
            _("File Form I-765 within 60 days of our recommendation, before your EAD ends."),
            _("You"),
        ),
        Step(_("Send us the receipt notice, and later your new EAD card."), _("You")),
        Step(_("Report after 6, 12, 18 and 24 months, and every change in 10 days."), _("You")),
    )
    stock_reasons = (
        _("Your employer is not in E-Verify."),
        _("The EIN or the E-Verify number is missing or wrong."),
        _("The employer who signs Form I-983 must train you; a staffing agency does not."),
        _("A signature or a section is missing on Form I-983."),
        _("The evaluation page of Form I-983 must be empty now."),
        _("The dates on Form I-983 are not those of the extension."),
        _("The CIP code or level of this degree is not on the DHS STEM list."),
        _("Your EAD has expired. Speak with our office today."),
        _("The scan is not readable."),
    )

    def request_window(self, facts, policy):
        """The last 90 days of OPT, which are also the time of USCIS."""
        return stem_requests(facts)

    def deadline(self, facts, policy):
        """The last day of OPT."""
        window = stem_requests(facts)
        return window and window.last

    def effective_dates(self, cleaned):
        """The two years that follow the present card."""
        ends = cleaned.get("ead_end")
        return stem_dates(ends) if ends else (None, None)

    def effects(self, cleaned, facts, today):
        """Completion keeps what was recommended, its reports, and the job; the EAD approves it."""
        start, end = stem_dates(cleaned["ead_end"])
        return [
            AuthorizeEmployment(
                kind="STEM",
                completion="post",
                status="requested",
                start=start,
                end=end,
                full_time=cleaned["full_part"] == "full",
                employer=cleaned["employer_name"],
                address=employer_address(cleaned),
                validations=stem_validations(start, end),
                details={
                    "ein": cleaned["ein"].replace("-", ""),
                    "hours_per_week": cleaned["hours_per_week"],
                    "job_title": cleaned["job_title"],
                },
                is_recommended=True,
                job=reported_job(cleaned, max(start, cleaned["job_start"]), today),
            ),
            IssueForm(
                "stem",
                employment_note=f"STEM OPT {start.isoformat()} – {end.isoformat()}, "
                f"{cleaned['employer_name']}",
            ),
        ]

    def sevis_entries(self, cleaned, facts):
        """Extend OPT with the employer."""
        start, end = stem_dates(cleaned["ead_end"])
        values = (
            (_("Start date"), sevis_day(start)),
            (_("End date"), sevis_day(end)),
            (_("Full or part time"), full_part_value(cleaned["full_part"] == "full")),
        )
        employer = employer_values(cleaned, max(start, cleaned["job_start"]))
        return (SevisEntry("OPTEmployment Extend", (*values, *employer)),)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """The recommendation must stand in SEVIS before OPT ends, so that USCIS can be asked."""
        due, ends = address_record_due(reported_on), cleaned.get("ead_end")
        return min(due, ends) if ends else due

    def panel(self, situation):
        """Show the dates of the extension, and the days without work so far."""
        facts, today = situation.facts, situation.today
        opt = post_completion_opt(facts)
        if opt is None:
            return []
        start, end = stem_dates(opt.end)
        days = unemployment_days(facts, min(today, opt.end))
        return [
            (
                _("STEM OPT"),
                _("%(start)s to %(end)s") % {"start": in_words(start), "end": in_words(end)},
                "",
            ),
            (_("Your OPT ends"), in_words(opt.end), ""),
            (
                _("Days without work"),
                _("%(days)d of %(most)d days") % {"days": days, "most": ALLOWED},
                "ok" if days <= ALLOWED - 30 else "warn",
            ),
            (
                _("You may go on working while USCIS decides"),
                _("until %(date)s, if you file in time")
                % {"date": in_words(stem_bridge_until(opt.end))},
                "",
            ),
            (
                _("CIP code of your record"),
                _("%(code)s. The advisor compares it with the DHS STEM list.")
                % {"code": facts.cip_code or _("none")},
                "",
            ),
        ]

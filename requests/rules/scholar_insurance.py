"""What the health insurance of an exchange visitor must pay at least: 22 CFR 62.14."""

from django.utils.translation import gettext_lazy as _

CITATION = "22 CFR 62.14"
# In whole US dollars, for each accident or illness.
MEDICAL_AT_LEAST = 100_000
REPATRIATION_AT_LEAST = 25_000
EVACUATION_AT_LEAST = 50_000
DEDUCTIBLE_AT_MOST = 500
# What the insured person may have to pay of each bill, in percent.
COINSURANCE_AT_MOST = 25
AT_LEAST = {
    "insurance_medical": (MEDICAL_AT_LEAST, _("for each accident or illness")),
    "insurance_repatriation": (REPATRIATION_AT_LEAST, _("for repatriation of remains")),
    "insurance_evacuation": (EVACUATION_AT_LEAST, _("for medical evacuation")),
}
NO_RATING = "none"
# Who must stand behind the insurance, 22 CFR 62.14(c).
BACKED_BY = (
    ("am_best", _("Insurer rated A- or better by A.M. Best")),
    ("standard_poors", _("Insurer rated A- or better by Standard & Poor’s")),
    ("weiss", _("Insurer rated B+ or better by Weiss Research")),
    ("fitch", _("Insurer rated A- or better by Fitch")),
    ("moodys", _("Insurer rated A3 or better by Moody’s")),
    ("government", _("The government of the home country guarantees it")),
    ("group", _("The university’s own plan for employees or students")),
    ("hmo", _("A federally qualified Health Maintenance Organization")),
    (NO_RATING, _("None of these, or not known")),
)


def insurance_objections(cleaned):
    """Return {name of the answer: sentence} where a plan pays less than the law wants."""
    found = {}
    for name, (least, for_what) in AT_LEAST.items():
        if cleaned.get(name) is not None and cleaned[name] < least:
            found[name] = _("The plan must pay %(least)s or more %(for_what)s.") % {
                "least": f"${least:,}",
                "for_what": for_what,
            }
    deductible = cleaned.get("insurance_deductible")
    if deductible is not None and deductible > DEDUCTIBLE_AT_MOST:
        found["insurance_deductible"] = _(
            "The deductible may be %(most)s at most for each accident or illness."
        ) % {"most": f"${DEDUCTIBLE_AT_MOST:,}"}
    coinsurance = cleaned.get("insurance_coinsurance")
    if coinsurance is not None and coinsurance > COINSURANCE_AT_MOST:
        found["insurance_coinsurance"] = _(
            "The insured person may have to pay %(most)d percent of a bill at most."
        ) % {"most": COINSURANCE_AT_MOST}
    if cleaned.get("insurance_backed_by") == NO_RATING:
        found["insurance_backed_by"] = _(
            "The law accepts only an insurer with one of these ratings or guarantees."
        )
    return found

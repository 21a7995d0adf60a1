"""What people really type, and what the demonstration site answers first."""

from isso.pages.finding.ranking import site_search
from isso.tests import kept

FIRST = {
    "i20": "Reprint of Form I-20 or DS-2019",
    "I-20": "Reprint of Form I-20 or DS-2019",
    "i 20": "Reprint of Form I-20 or DS-2019",
    "lost my I-20": "Reprint of Form I-20 or DS-2019",
    "travel signature": "Reprint of Form I-20 or DS-2019",
    "travel endorsement": "Reprint of Form I-20 or DS-2019",
    "travel": "Travel and re-entry",
    "traveling abroad": "Travel and re-entry",
    "opt": "Optional Practical Training (OPT)",
    "EAD": "Optional Practical Training (OPT)",
    "i765": "Optional Practical Training (OPT)",
    "cpt": "Curricular Practical Training (CPT)",
    "internships": "Curricular Practical Training (CPT)",
    "e-verify": "STEM OPT extension",
    "how do I extend my I-20": "Program extension",
    "ds2019": "Invited scholars and Form DS-2019",
    "ssn": "Social Security number",
    "taxes": "Taxes",
    "1040nr": "Taxes",
    "insurance": "Health insurance",
    "bring my wife": "Add a family member",
    "check in": "Check-In",
    "address change": "Address and contact update",
    "transfer": "Transfer to another school",
    "scams": "Housing and safety from scams",
    "spring break": "Spring break",
    "work": "Work and training",
    "hours": "About the office",
    "contact": "Contact us",
    "staff": "Staff",
    "Okafor": "Ana Okafor",
    "statistics": "Statistics",
}

# A word of the glossary is explained in the list itself; the page about it follows.
AFTER_THE_WORD = {
    "stem": "STEM OPT extension",
    "grace period": "Program end and grace period",
    "RCL": "Reduced course load",
}


def test_the_first_answer_is_the_right_one(db, settings):
    settings.DEMONSTRATION = True
    kept.demonstration()

    answers = {query: site_search(query) for query in FIRST}

    assert {query: hits[0].title if hits else "" for query, hits in answers.items()} == FIRST
    assert {
        query: next(hit.title for hit in site_search(query) if hit.kind != "Word explained")
        for query in AFTER_THE_WORD
    } == AFTER_THE_WORD
    # Lists that name many things never stand before the page that explains one.
    i20 = [hit.title for hit in answers["i20"]]
    lists = {"About the office", "Key dates", "All forms", "Site map"}
    assert lists.isdisjoint(i20[: i20.index("Travel and re-entry")])
    assert [hit.title for hit in site_search("student")] == [
        hit.title for hit in site_search("students")
    ]

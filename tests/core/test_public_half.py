"""What the public site shows of the portal: statuses, forms, and requests by their other names."""

import pytest

from isso.home.portal_words import status_words
from isso.pages.finding.ranking import site_search
from isso.pages.form_rows import provided_rows
from isso.requests.lifecycle import STUDENT_LABELS
from isso.requests.models import RequestGuidePage
from isso.requests.registry import folder_types


def test_the_guide_explains_every_status_a_student_can_see_once(db):
    assert [words.label for words in status_words()] == list(
        dict.fromkeys(str(label) for label in STUDENT_LABELS.values())
    )
    assert all(words.sentence and words.icon for words in status_words())


def test_all_forms_lists_each_request_with_a_published_guide(office):
    RequestGuidePage.objects.get(type_key="reprint").unpublish()

    rows = [(row.title, row.kind, row.topic, row.audience) for row in provided_rows()]

    assert rows == [
        (str(each.title), "portal", str(each.topic), str(each.audience))
        for key, each in folder_types().items()
        if key != "reprint"
    ]
    assert all(topic and audience for _title, _kind, topic, audience in rows)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("internship", "Curricular Practical Training (CPT)"),
        ("Co-op", "Curricular Practical Training (CPT)"),
        ("i20", "I-20 or DS-2019 reprint"),
        ("arrival", "Office Check-In"),
        ("registration", "Office Check-In"),
        ("extend I-20", "Program extension"),
        ("spouse", "Add a family member"),
        ("E-Verify", "STEM OPT extension"),
    ],
)
def test_a_search_finds_a_request_by_what_people_call_it(office, query, title):
    hits = site_search(query)

    assert (hits[0].title, hits[0].kind) == (title, "Request in the portal")
    assert len({hit.url for hit in hits}) == len(hits)

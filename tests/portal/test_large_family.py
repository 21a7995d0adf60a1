"""A family of 25: each page of the request takes as many queries as for one person."""

import pytest

from isso.tests import factories
from isso.tests.answers.initial_i20 import family

NAMES = [f"Kid{chr(65 + number)}" for number in range(25)]


@pytest.mark.parametrize("count", [1, 25])
def test_more_people_take_no_more_queries(office, monday, client, count, django_assert_num_queries):
    answers = family(*NAMES[:count])
    draft = factories.make_draft(factories.make_admitted(), "initial_i20", **answers)
    client.force_login(draft.student.user)
    queries = {"edit/home/": 13, "edit/dependents/": 13, "check/": 14, "": 14}

    for path, number in queries.items():
        with django_assert_num_queries(number):
            page = client.get(f"/portal/requests/{draft.reference}/{path}")
        assert page.status_code == 200

    page = client.get(f"/portal/requests/{draft.reference}/edit/dependents/")
    assert len(page.context["groups"]) == count + 1
    assert draft.documents.count() == 3 + 2 * count


def test_a_request_takes_as_many_files_as_its_type_says(office, monday):
    record = factories.make_admitted()
    draft = factories.make_draft(record, "initial_i20", **family(*NAMES))

    # More than the thirty of other requests.
    assert draft.documents.uploaded().count() == 53

"""A supervisor builds a request type in the admin: refused with words, previewed, published."""

import html
import json

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from isso.requests.models import OfficeForm, OfficeFormVersion
from isso.requests.office_forms.writing import as_columns
from isso.requests.registry import all_types
from isso.tests import factories
from isso.tests.office_forms.bank_letter import KEY, LETTER, changed, make_form, publish

ADD = reverse("wagtailsnippets_requests_officeform:add")


def posted(definition=LETTER, **more):
    """Return the editor's fields as a browser posts them."""
    columns = as_columns(definition)
    data = {name: value for name, value in columns.items() if not isinstance(value, list | bool)}
    data["asks_approver"] = "on" if columns["asks_approver"] else ""
    for name in ("documents", "questions"):
        data[name] = streamfield([(kind, _ticked(value)) for kind, value in columns[name]])
    data["conditions"] = streamfield([(name, "") for name, _value in columns["conditions"]])
    data["sections"] = streamfield(
        [
            (
                kind,
                value
                | {"fields": streamfield([(k, _ticked(each)) for k, each in value["fields"]])},
            )
            for kind, value in columns["sections"]
        ]
    )
    values = {
        f"conditions-{at}-value-{name}": value
        for at, (_name, said) in enumerate(columns["conditions"])
        for name, value in (said or {}).items()
    }
    return nested_form_data(data | {"key": "bank-letter"} | more) | values


def _ticked(value):
    return {name: each for name, each in value.items() if each is not False}


def edit(form):
    return reverse("wagtailsnippets_requests_officeform:edit", args=[form.pk])


def test_a_supervisor_saves_a_draft_and_publishes_it(supervisor, staff):
    supervisor.post(ADD, posted())
    form = OfficeForm.objects.get()
    assert (form.live, KEY in all_types()) == (False, False)

    supervisor.post(edit(form), posted(**{"action-publish": "1"}))

    version = OfficeFormVersion.objects.get()
    assert (version.definition, version.published_by) == (LETTER, staff["supervisor"])
    assert all_types()[KEY].title == "Bank letter"


def test_a_broken_form_is_refused_at_its_field_and_nothing_typed_is_lost(supervisor):
    broken = posted(changed(without=("bank",)), **{"action-publish": "1"})

    answer = supervisor.post(ADD, broken)

    assert OfficeForm.objects.count() == 0
    form = answer.context["form"]
    assert list(form.errors) == ["sections"]
    sentence = (
        "“Its name” is shown by the answer to “bank”, but there is no such field. Name an earlier "
        "field, or clear the condition."
    )
    (error,) = form.errors["sections"].as_data()
    assert sentence in json.dumps(error.as_json_data(), ensure_ascii=False)
    # The editor's script gets it as JSON, which holds no quotation marks as they are.
    assert json.dumps(sentence)[1:-1] in html.unescape(answer.content.decode())
    assert form["title"].value() == "Bank letter"
    assert len(form["sections"].value()[1].value["fields"]) == 10


def test_unpublishing_withdraws_it(supervisor):
    form = publish(make_form())

    supervisor.post(reverse("wagtailsnippets_requests_officeform:unpublish", args=[form.pk]))

    assert KEY not in all_types()


@pytest.mark.parametrize(
    ("mode", "title", "reason"),
    [
        ("student", "This student may start it today", ""),
        (
            "newstudent",
            "This student cannot start it today",
            "First complete your Check-In.",
        ),
    ],
)
def test_the_preview_meets_the_student_chosen(supervisor, mode, title, reason):
    form = make_form()
    address = reverse("wagtailsnippets_requests_officeform:preview_on_edit", args=[form.pk])

    assert supervisor.post(address, posted()).json() == {"is_valid": True, "is_available": True}
    answer = supervisor.get(f"{address}?mode={mode}")

    page = answer.content.decode()
    assert (title in page, reason in page) == (True, True)
    assert [str(each.page.title) for each in answer.context_data["pages"]] == [
        "The bank",
        "The letter",
        "Your files",
        "Your academic/program advisor",
    ]


def test_nobody_else_builds_forms(advisor, editor):
    form = make_form()
    for browser in (advisor, editor):
        for address in (ADD, edit(form)):
            assert browser.post(address, posted(**{"action-publish": "1"})).status_code == 302
    assert (OfficeForm.objects.count(), OfficeFormVersion.objects.count()) == (1, 0)


@pytest.mark.parametrize("many", [False, True])
def test_a_form_that_was_published_is_never_deleted_also_by_a_superuser(office, sign_in, many):
    form = publish(make_form())
    root = sign_in(factories.make_user("root@staff.example", is_superuser=True, is_staff=True))
    one = reverse("wagtailsnippets_requests_officeform:delete", args=[form.pk])
    bulk = reverse("wagtail_bulk_action", args=["requests", "officeform", "delete"])

    answer = root.post(f"{bulk}?id={form.pk}" if many else one)

    assert (answer.status_code, answer.url, OfficeForm.objects.get()) == (302, edit(form), form)

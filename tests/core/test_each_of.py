"""What is asked about each of several: as often as the answers say, in numbered names."""

from datetime import date

import pytest
from django import forms

from isso.requests.each_of import Each, EachForm, asks_each, how_many
from isso.requests.request_form import Situation, Slot


class GuestRow(forms.Form):
    """The questions about one guest."""

    name = forms.CharField(label="Name")
    age = forms.IntegerField(label="Age", required=False)


GUESTS = Each("guest", GuestRow, most=3, heading="Guest {number}")


@asks_each(GUESTS)
class GuestsForm(EachForm):
    """Who comes."""

    guest_count = how_many("How many come?", 3)

    def clean_row(self, number, row):
        """Somebody called Nobody does not come."""
        if row["name"] == "Nobody":
            self.object_to(number, "name", "Nobody does not come.")


def form_of(answers, data=None):
    return GuestsForm(data, situation=Situation(None, date(2026, 11, 27), None, answers))


@pytest.mark.parametrize(
    ("typed", "count"), [("", 0), ("x", 0), ("-1", 0), ("0", 0), ("2", 2), ("99", 3), ("²", 0)]
)
def test_as_many_are_asked_as_the_answers_say(typed, count):
    form = form_of({"guest_count": typed})
    assert list(form.fields) == [
        "guest_count",
        *(f"guest_{number}_{name}" for number in range(1, count + 1) for name in ("name", "age")),
    ]
    assert [str(heading) for heading, _prefix in form.groups] == [
        f"Guest {number}" for number in range(1, count + 1)
    ]


def test_a_label_has_its_number_where_no_heading_stands():
    assert str(GuestsForm.base_fields["guest_2_name"].label) == "Guest 2: Name"
    assert str(form_of({"guest_count": "2"}).fields["guest_2_name"].label) == "Name"


def test_each_is_looked_at():
    data = {"guest_count": "2", "guest_1_name": "Ada", "guest_2_name": "Nobody"}
    assert form_of(data, data).errors == {"guest_2_name": ["Nobody does not come."]}


def test_those_behind_move_up_when_one_goes():
    answers = {"other": "x", "guest_count": "3"}
    answers |= {f"guest_{number}_name": name for number, name in enumerate("ABC", start=1)}

    left = GUESTS.without(answers, 2)

    assert left["other"] == "x"
    assert GUESTS.rows(left) == [{"name": "A", "age": None}, {"name": "C", "age": None}]
    assert [name for name in left if name.startswith("guest_3")] == []


def test_places_for_files_belong_to_those_there_are():
    slots = GUESTS.slots(Slot("photo", "Photo"), asked_if=lambda row: row["age"] == "3")
    answers = {"guest_count": "2", "guest_1_age": "3", "guest_3_age": "3"}
    assert [(slot.name, str(slot.label)) for slot in slots if slot.is_asked(answers)] == [
        ("guest_1_photo", "Guest 1: Photo")
    ]

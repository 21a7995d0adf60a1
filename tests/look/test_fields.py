"""A question and its hint, errors and controls belong together for every kind of widget."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.template.loader import render_to_string

CHOICES = [("a", "First"), ("b", "Second")]
WIDGETS = {
    "text": forms.CharField(),
    "textarea": forms.CharField(widget=forms.Textarea),
    "select": forms.ChoiceField(choices=CHOICES),
    "radios": forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect),
    "checkboxes": forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple),
    "one_checkbox": forms.BooleanField(),
    "date": forms.DateField(widget=forms.DateInput(attrs={"type": "date"})),
    "three_boxes": forms.DateField(widget=forms.SelectDateWidget),
    "two_boxes": forms.SplitDateTimeField(),
    "file": forms.FileField(),
}
GROUPS = {"radios", "checkboxes", "three_boxes", "two_boxes"}


class Markup(HTMLParser):
    """Collects what the assertions below ask for."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def ids(self):
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    def values(self, tag, attribute):
        return [attrs[attribute] for name, attrs in self.tags if name == tag and attribute in attrs]


def bound(kind):
    """Make an empty, sent form of one question; every kind here is required."""
    field = WIDGETS[kind]
    field.help_text = "A hint"
    return type("Form", (forms.Form,), {"answer": field})({}, {})


def field_markup(form):
    return Markup(form["answer"].as_field_group())


@pytest.mark.parametrize("kind", WIDGETS)
def test_hint_and_error_are_announced_with_the_control(kind):
    markup = field_markup(bound(kind))

    holder = "fieldset" if kind in GROUPS else None
    described = [
        attrs["aria-describedby"]
        for tag, attrs in markup.tags
        if "aria-describedby" in attrs and tag == (holder or tag)
    ]
    assert described == ["id_answer_helptext id_answer_error"]
    assert {"id_answer_helptext", "id_answer_error"} <= set(markup.ids())


@pytest.mark.parametrize("kind", WIDGETS)
def test_every_control_has_a_name(kind):
    markup = field_markup(bound(kind))

    tags = [tag for tag, _ in markup.tags]
    assert ("legend" in tags) == (kind in GROUPS)
    if kind not in GROUPS:
        assert markup.values("label", "for") == ["id_answer"]


@pytest.mark.parametrize("kind", WIDGETS)
def test_summary_line_leads_to_the_first_control(kind):
    form = bound(kind)
    page = render_to_string("components/error_summary.html", {"form": form})

    (target,) = Markup(page).values("a", "href")
    controls = [
        attrs["id"]
        for tag, attrs in field_markup(form).tags
        if tag in ("input", "select", "textarea") and "id" in attrs
    ]
    assert target == f"#{controls[0]}"


@pytest.mark.parametrize("kind", WIDGETS)
def test_no_id_is_given_twice(kind):
    ids = field_markup(bound(kind)).ids()

    assert sorted(ids) == sorted(set(ids))


def test_summary_says_the_same_words_as_the_field():
    class Form(forms.Form):
        end = forms.DateField(error_messages={"required": "Enter the last day of work"})

    form = Form({})
    words = "Enter the last day of work"
    assert render_to_string("components/error_summary.html", {"form": form}).count(words) == 1
    assert form["end"].as_field_group().count(words) == 1


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("text", "Fill in: Answer"),
        ("date", "Fill in: Answer"),
        ("select", "Choose an answer: Answer"),
        ("radios", "Choose an answer: Answer"),
        ("checkboxes", "Choose an answer: Answer"),
        ("one_checkbox", "Check the box: Answer"),
        ("file", "Add a file: Answer"),
    ],
)
def test_an_empty_answer_is_named_in_the_summary_and_at_the_field(kind, words):
    form = bound(kind)

    assert form["answer"].error_lines == [words]
    assert words in form["answer"].as_field_group()
    assert words in render_to_string("components/error_summary.html", {"form": form})


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (forms.CharField(max_length=3), "long", "Answer: write at most 3 characters."),
        (forms.IntegerField(min_value=1), "0", "Answer: enter 1 or more."),
        (forms.IntegerField(max_value=60), "400", "Answer: enter 60 or less."),
        (
            forms.IntegerField(max_value=60, error_messages={"max_value": "Not so many."}),
            "400",
            "Not so many.",
        ),
        (forms.MultipleChoiceField(choices=[("a", "A")]), ["b"], None),
    ],
)
def test_a_limit_is_named_with_its_question(field, typed, words):
    form_class = type("Form", (forms.Form,), {"answer": field})

    bound_field = form_class({"answer": typed})["answer"]

    assert bound_field.error_lines == ([words] if words else list(bound_field.errors))


def test_summary_shows_form_errors_and_given_problems_escaped():
    class Form(forms.Form):
        def clean(self):
            raise forms.ValidationError("Dates <overlap>")

    html = render_to_string(
        "components/error_summary.html",
        {"form": Form({}), "problems": [{"text": "Add the offer letter", "href": "#slot-offer"}]},
    )

    assert "Dates &lt;overlap&gt;" in html
    assert Markup(html).values("a", "href") == ["#slot-offer"]
    assert Markup(html).values("div", "role") == ["alert"]


def test_a_form_without_errors_has_no_summary():
    class Form(forms.Form):
        name = forms.CharField()

    assert render_to_string("components/error_summary.html", {"form": Form()}).strip() == ""


@pytest.mark.parametrize(
    ("field", "marked"),
    [
        (forms.CharField(), False),
        (forms.CharField(required=False), True),
        (forms.CharField(required=False, disabled=True), False),
        (forms.BooleanField(required=False), False),
    ],
)
def test_only_questions_one_may_skip_say_optional(field, marked):
    form = type("Form", (forms.Form,), {"answer": field})()

    assert ("(optional)" in form["answer"].as_field_group()) == marked

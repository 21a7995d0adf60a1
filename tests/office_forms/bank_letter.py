"""An office form for tests: a bank letter with ten kinds of fields, and ways to change it."""

from dataclasses import replace

from django.http import QueryDict

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import OfficeForm, StudentRequest
from isso.requests.office_forms.definition import Condition, Definition, Field, Section, ShowIf
from isso.requests.office_forms.writing import as_columns
from isso.tests import factories

KEY = "form-bank-letter"
BANK = Field("choice", "bank", "Which bank?", options=("River Bank", "Another bank"))
BANK_NAME = Field(
    "text", "bank_name", "Its name", show_if=ShowIf("bank", ("Another bank",)), audience="approver"
)
LETTER = Definition(
    title="Bank letter",
    summary="A letter that says you study here, for opening an account.",
    explanation="Banks ask for it when they open an account.",
    sections=(
        Section(
            "The bank",
            (
                BANK,
                BANK_NAME,
                Field("address", "branch", "Branch", required=False),
                Field("date", "visit", "When do you go there?"),
            ),
        ),
        Section(
            "The letter",
            (
                Field("checkboxes", "states", "It states", options=("Studies", "Funding")),
                Field(
                    "money",
                    "amount",
                    "Amount of your funding",
                    show_if=ShowIf("states", ("Funding",)),
                    audience="approver",
                ),
                Field("number", "copies", "Copies"),
                Field("email", "send_to", "Where to send it", required=False),
                Field("phone", "phone", "Your phone"),
                Field("country", "tax_country", "Where you pay taxes", required=False),
                Field("long_text", "remarks", "Anything else?", required=False),
                Field(
                    "file", "statement", "Last statement", show_if=ShowIf("states", ("Funding",))
                ),
                Field(
                    "choice",
                    "template",
                    "Template of the letter",
                    options=("Short", "Long"),
                    audience="office",
                ),
                Field(
                    "text",
                    "addressee",
                    "Name of the banker",
                    show_if=ShowIf("template", ("Long",)),
                    audience="office",
                ),
            ),
        ),
    ),
    documents=(Field("file", "passport", "Passport"),),
    conditions=(Condition("visa_class", ("F-1", "J-1")), Condition("check_in_done")),
    asks_approver=True,
    questions=(
        Field("choice", "good", "In good standing?", options=("Yes", "No")),
        Field("long_text", "why_not", "Why not?", show_if=ShowIf("good", ("No",))),
    ),
    attestations=("What I wrote is true.",),
    releases="Bank letter",
    target_days=4,
    topic="Money",
    audience="Everyone",
    also_called=("account letter",),
)
ANSWERS = {
    "bank": "Another bank",
    "bank_name": "Harbor Savings",
    "visit": "2026-11-02",
    "states": ["Studies"],
    "copies": "2",
    "phone": "+221 33 000 0001",
    "approver_name": "Prof. Wu",
    "approver_email": "wu@demo.example",
}


def changed(*, without=(), **fields):
    """Return the letter with these fields said otherwise, or left out."""
    sections = tuple(
        replace(
            section,
            fields=tuple(
                replace(each, **fields.get(each.name, {}))
                for each in section.fields
                if each.name not in without
            ),
        )
        for section in LETTER.sections
    )
    return replace(LETTER, sections=sections)


def make_form(definition=LETTER, key="bank-letter", **columns):
    """Save an office form as a draft."""
    form = OfficeForm(key=key, live=False, **as_columns(definition) | columns)
    form.full_clean()
    form.save()
    return form


def publish(form, definition=None, user=None):
    """Publish a form, or what it shall say from now on, and return it as it is then."""
    for name, value in as_columns(definition).items() if definition else ():
        setattr(form, name, value)
    form.full_clean()
    form.save_revision(user=user).publish(user=user)
    return OfficeForm.objects.get(pk=form.pk)


def make_letter(record, **changes):
    """Start a bank letter as its student, with every answer and file it asks for."""
    actor = Actor.for_user(record.user)
    draft = drafting.start(record, KEY, actor, start_key="letter")
    for page in draft.type.pages:
        if page.form:
            posted = QueryDict(mutable=True)
            for name, value in (ANSWERS | changes).items():
                posted.setlist(name, value if isinstance(value, list) else [value])
            draft, _form = drafting.save_page(draft, page, posted, actor)
        for slot in page.slots:
            if slot.is_asked(draft.answers):
                drafting.attach(draft, slot, factories.pdf_file(f"{slot.name}.pdf"), actor)
    return StudentRequest.objects.get(pk=draft.pk)

"""Which kind a released document is, and which issued form of the record it shows."""

from isso.requests.records.choices import FormKind, VisaClass
from isso.requests.records.models import IssuedForm

from .models import Document

FORM_OF_VISA = {
    VisaClass.F1: Document.Kind.I20,
    VisaClass.M1: Document.Kind.I20,
    VisaClass.J1: Document.Kind.DS2019,
}
KIND_OF_FORM = {
    FormKind.I20: Document.Kind.I20,
    FormKind.DS2019: Document.Kind.DS2019,
    FormKind.LETTER: Document.Kind.LETTER,
}
RELEASED_KINDS = (Document.Kind.I20, Document.Kind.DS2019, Document.Kind.LETTER)


def form_kind_for(record):
    """Return the kind of form this person holds, an I-20 or a DS-2019, or "" for neither."""
    return FORM_OF_VISA.get(record.visa_class, "")


def is_for(kind, record):
    """Return whether a document of this kind can be this person's: no F-1 student has a DS-2019."""
    forms = (Document.Kind.I20, Document.Kind.DS2019)
    return kind not in forms or form_kind_for(record) in ("", kind)


def kind_promised(student_request):
    """Return the kind of document its type promises: the person's form, else a letter."""
    words = str(student_request.promise)
    names_form = "I-20" in words or "DS-2019" in words
    form = form_kind_for(student_request.student)
    return str(form) if names_form and form else str(Document.Kind.LETTER)


def tie_to_issued_form(student_request):
    """Tie what was released with a request to the form that its completion noted."""
    for form in IssuedForm.objects.filter(
        record=student_request.student,
        reference=student_request.reference,
        dependent__isnull=True,
    ):
        student_request.documents.released().filter(
            kind=KIND_OF_FORM.get(form.kind), issued_form__isnull=True
        ).update(issued_form=form)

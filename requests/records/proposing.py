"""A record for somebody whom only a department knows: it names the person and matches nobody.

Whether that is somebody the office knows already is for an advisor to say (requests/joining.py).
"""

from django.db import transaction

from .changing import add_records
from .choices import Stage, VisaClass
from .models import StudentRecord


@transaction.atomic
def propose_scholar(*, department, family_name, given_name, email, by):
    """Make the record of a scholar whom a department wants to host; raises ValidationError."""
    record = StudentRecord(
        family_name=_plain(family_name),
        given_name=_plain(given_name),
        email=email.strip(),
        department=department,
        visa_class=VisaClass.NONE,
        stage=Stage.PROPOSED,
    )
    written = ("family_name", "given_name", "email", "department", "visa_class", "stage")
    record.clean_fields(exclude=[f.name for f in record._meta.fields if f.name not in written])
    add_records([record], by=by, source=f"Proposed by {department}"[:120])
    return record


def _plain(name):
    return " ".join(name.replace("\x00", "").split())

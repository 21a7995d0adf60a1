"""The archive a copy is: record.json for programs, record.html for people, and the files."""

import json
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from isso.requests.notices.office import office_context

from ..left_out_of_copies import SENTENCES
from .asked import general_messages_part, requests_part
from .mails import mails_part
from .papers import papers_part
from .parts import field_names
from .record import record_parts

# Raised when a name of the data changes its meaning.
FORMAT = 1


def write_archive(record, target, going_on):
    """Write a person's whole copy into the file ``target``; ``record.user`` is the person.

    ``going_on`` is called between the steps; what it raises ends the writing.
    """
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        parts = record_parts(record)
        going_on()
        asked = requests_part(record)
        references = [entry.cells_by_name["reference"].value for entry in asked.entries]
        parts += [asked, general_messages_part(record), mails_part(record, references)]
        parts.append(papers_part(record, archive, going_on))
        archive.writestr("record.json", _as_json(parts))
        archive.writestr("record.html", _as_page(record, parts))
        archive.writestr("record.css", render_to_string("portal/record_copy/record.css"))


def _as_json(parts):
    office = office_context()
    about = {
        "format": FORMAT,
        "made_at": timezone.now(),
        "office": office["office_name"],
        "times": "ISO 8601, UTC",
        "fields": field_names(parts),
        "left_out": [str(each) for each in SENTENCES],
    }
    whole = {"about": about} | {part.key: part.as_json() for part in parts}
    return json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def _as_page(record, parts):
    context = office_context() | {
        "name": record.full_name,
        "made_at": timezone.now(),
        "parts": parts,
        "left_out": SENTENCES,
    }
    return render_to_string("portal/record_copy/record.html", context)

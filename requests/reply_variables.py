"""What a reply template may say of a request: a list of variables, and nothing beyond it.

Braces, so that a text stays readable to whoever writes it; no template language, which could reach
what is not meant for a mail or a message.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.notices.office import office_context

BRACES = re.compile(r"\{\s*(\w+)\s*\}")


@dataclass(frozen=True)
class Variable:
    """One variable: what it stands for, and how it is read of a request and the one who writes."""

    meaning: Any
    read: Callable


def _day(day):
    return date_format(day, "F j, Y") if day else ""


VARIABLES = {
    "student": Variable(
        gettext_lazy("The name the student goes by"),
        lambda student_request, user: (
            student_request.student.preferred_name or student_request.student.full_name
        ),
    ),
    "request": Variable(
        gettext_lazy("What is asked for, such as “I-20 or DS-2019 reprint”"),
        lambda student_request, user: str(student_request.type.title),
    ),
    "reference": Variable(
        gettext_lazy("The reference, such as 7KQM-3XAP"),
        lambda student_request, user: student_request.reference,
    ),
    "advisor": Variable(
        gettext_lazy("Your own name"), lambda student_request, user: user.get_full_name()
    ),
    "due": Variable(
        gettext_lazy("The day by which the office aims to finish"),
        lambda student_request, user: _day(student_request.due_on),
    ),
    "deadline": Variable(
        gettext_lazy("The legal deadline of the request"),
        lambda student_request, user: _day(student_request.deadline),
    ),
    "program_end": Variable(
        gettext_lazy("The program end date"),
        lambda student_request, user: _day(student_request.student.program_end),
    ),
    "office": Variable(
        gettext_lazy("The name of the office"),
        lambda student_request, user: office_context()["office_name"],
    ),
    "office_email": Variable(
        gettext_lazy("The e-mail address of the office"),
        lambda student_request, user: office_context()["office_email"],
    ),
    "office_phone": Variable(
        gettext_lazy("The telephone number of the office"),
        lambda student_request, user: office_context()["office_phone"],
    ),
}


def fill(template, student_request, user):
    """Return the text of a template for one request, as ``user`` would write it.

    What is not known stays in its braces; ``unfilled`` finds it before anything is sent.
    """

    def value(found):
        variable = VARIABLES.get(found[1])
        return (variable.read(student_request, user) if variable else "") or found[0]

    return BRACES.sub(value, template.text)


def unfilled(text):
    """Return the variables that still stand in a text, such as ["{due}"]."""
    return [f"{{{name}}}" for name in dict.fromkeys(BRACES.findall(text)) if name in VARIABLES]


def objection_to(text):
    """Return which variables of a template nobody knows, and which ones there are, or ""."""
    unknown = [name for name in dict.fromkeys(BRACES.findall(text)) if name not in VARIABLES]
    if not unknown:
        return ""
    return _("Unknown: %(names)s. These variables can be used: %(known)s.") % {
        "names": ", ".join(f"{{{name}}}" for name in unknown),
        "known": ", ".join(f"{{{name}}}" for name in VARIABLES),
    }


def objection_to_sending(text):
    """Return that a variable was left standing in what somebody is about to send, or ""."""
    left = unfilled(text)
    if not left:
        return ""
    return _("Not known for this request: %(names)s. Write it in your own words.") % {
        "names": ", ".join(left)
    }

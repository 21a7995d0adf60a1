"""Nothing is missing: each request type against each item that makes a type complete.

Run with ``-s`` to read the table. A cell is ok, says that it does not apply, or names what is
missing; the last fails.
"""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from isso.pages.templatetags.isso import icon_names
from isso.requests.models import RequestPolicy
from isso.requests.registry import folder_types
from isso.requests.request_type import RequestType

from .specification import SPECIFICATION

ROOT = Path(settings.BASE_DIR)
OK, DOES_NOT_APPLY, MISSING = "ok", "none", "MISSING"
MAILS = ("request_submitted", "clarification_requested", "approved", "denied", "status_changed")
# These look at the portal, not at the type.
SAME_FOR_ALL = ("mails", "policy review")
APPROVER_MAILS = ("approver_request", "approver_reminder", "approver_receipt")


def missing(wanted, found):
    """Return a cell: what is wanted and not found."""
    lacking = [name for name in wanted if name not in set(found)]
    return f"{MISSING} {', '.join(lacking)}" if lacking else OK


def present(yes, what=""):
    """Return a cell for something that is there or not."""
    return OK if yes else f"{MISSING} {what}".strip()


def own(request_type, name):
    """Whether a type itself states something."""
    return name in vars(type(request_type))


def fields(request_type, wanted):
    names = [n for page in request_type.pages if page.form for n in page.form.base_fields]
    return missing(wanted.fields, names)


def uploads(request_type, wanted):
    return missing(wanted.uploads, [slot.name for slot in request_type.slots])


def approver(request_type, wanted):
    if not wanted.approver:
        return DOES_NOT_APPLY if not request_type.approval_steps else f"{MISSING} too many"
    asked = [n for each in request_type.approval_steps for n in each.questionnaire.base_fields]
    return missing(wanted.approver, asked)


def releases(request_type, wanted):
    if not wanted.releases:
        return DOES_NOT_APPLY if not request_type.releases else f"{MISSING} too many"
    return present(request_type.releases)


def purpose(request_type, wanted):
    if not wanted.several_at_once:
        return "one at a time" if not own(request_type, "purpose") else f"{MISSING} too many"
    return present(own(request_type, "purpose"))


def numbers(request_type, wanted):
    if not wanted.numbers:
        return DOES_NOT_APPLY if not request_type.policies else f"{MISSING} too many"
    return present(
        request_type.policies and all(each.citation for each in request_type.policies.values())
    )


def review(request_type, wanted):
    """Every policy an editor publishes names its source and the day it is looked at again."""
    needed = [RequestPolicy._meta.get_field(name) for name in ("citation", "review_by")]
    return present(all(not each.blank for each in needed))


def mails(request_type, wanted):
    names = [*MAILS, *(APPROVER_MAILS if request_type.approval_steps else ())]
    names += ["document_released"] if request_type.releases else []
    parts = [f"{name}.{part}" for name in names for part in ("html", "txt", "subject.txt")]
    found = [path.name for path in (ROOT / "templates" / "notices").iterdir()]
    return missing(parts, found)


def guide(request_type, wanted):
    pages = (ROOT / "home" / "demonstration" / "pages").glob("*.toml")
    keys = [tomllib.loads(each.read_text()).get("type_key") for each in pages]
    return present(keys.count(request_type.key) == 1)


def demonstration(request_type, wanted):
    told = tomllib.loads((ROOT / "requests/demonstration/requests.toml").read_text())
    return present(request_type.key in {each["type"] for each in told["request"]})


def sevis(is_there):
    """Return a cell that asks about SEVIS, where the type has anything to do with it."""

    def cell(request_type, wanted):
        if not wanted.sevis:
            return DOES_NOT_APPLY if not request_type.sevis_event else f"{MISSING} too many"
        return present(is_there(request_type))

    return cell


def eligibility_table(request_type, wanted):
    path = ROOT / "tests" / "types" / f"test_{request_type.key}.py"
    text = path.read_text() if path.exists() else ""
    return present("verdict_of(" in text and "parametrize" in text)


def answers(request_type, wanted):
    return present((ROOT / "tests" / "answers" / f"{request_type.key}.py").exists())


CELLS = {
    "fields": fields,
    "uploads": uploads,
    "approver": approver,
    "steps": lambda each, _w: present(len(each.steps) >= 4 and all(s.who for s in each.steps)),
    "effects": lambda each, _w: present(own(each, "effects")),
    "stock reasons": lambda each, _w: present(len(each.stock_reasons) >= 4),
    "citation": lambda each, _w: present("CFR" in each.citation),
    "icon": lambda each, _w: present(each.icon in icon_names(), each.icon),
    "guide page": guide,
    "mails": mails,
    "numbers": numbers,
    "policy review": review,
    "purpose": purpose,
    "attestations": lambda each, _w: present(each.attestations),
    "eligibility": lambda each, _w: present(each.rules),
    "eligibility table": eligibility_table,
    "complete answers": answers,
    "SEVIS entries": sevis(lambda each: each.sevis_event and own(each, "sevis_entries")),
    "SEVIS deadline": sevis(lambda each: each.sevis_event),
    "panel": lambda each, _w: present(type(each).panel is not RequestType.panel),
    "releases": releases,
    "target days": lambda each, _w: present(1 <= each.target_days <= 90),
    "found by search": lambda each, _w: present(each.also_called and each.topic and each.audience),
    "demonstration": demonstration,
}


def table():
    """Return {key: {item: cell}} for every type of the specification."""
    return {
        key: {
            item: cell(folder_types()[key], wanted) if key in folder_types() else f"{MISSING} type"
            for item, cell in CELLS.items()
        }
        for key, wanted in SPECIFICATION.items()
    }


def printed(rows):
    """Return the table as text, one line for each item and one column for each type."""
    first = max(map(len, CELLS))
    lines = [" " * first + "  " + "  ".join(rows)]
    for item in CELLS:
        words = [
            MISSING if row[item].startswith(MISSING) else row[item].replace("one at a time", "one")
            for row in rows.values()
        ]
        cells = (word.ljust(len(key)) for key, word in zip(rows, words, strict=True))
        lines.append(f"{item.ljust(first)}  {'  '.join(cells)}".rstrip())
    return "\n".join(lines)


def test_the_specification_names_every_type():
    assert sorted(folder_types()) == sorted(SPECIFICATION)


def test_no_cell_is_missing():
    rows = table()
    print(f"\n{printed(rows)}\n")
    assert [
        f"{key}, {item}: {cell}"
        for key, row in rows.items()
        for item, cell in row.items()
        if cell.startswith(MISSING)
    ] == []


@pytest.mark.parametrize("item", [each for each in CELLS if each not in SAME_FOR_ALL])
def test_a_type_that_has_nothing_lacks_every_item(item):
    """The table itself can fail: an empty type is missing in each line."""

    class Empty(type(folder_types()["cpt"]).__mro__[1]):
        key, icon, citation, target_days = "empty", "no such icon", "", 0

    assert CELLS[item](Empty(), SPECIFICATION["cpt"]).startswith(MISSING)


def test_the_document_of_the_types_is_current():
    call_command("request_types_table", check=True)

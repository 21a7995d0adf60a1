"""Who may know whom: the import arrows of the rooms, read from the code itself."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)

# Lowest first. A room imports itself and lower rooms only.
ROOMS = [
    "isso.pages",
    "isso.home",
    "isso.requests.notices",
    "isso.requests.people",
    "isso.requests.records",
    "isso.requests",
    "isso.site",
]

# The direction inside isso.requests, lowest first (docs/decisions/0001-folders.md); what is not
# named here may stand anywhere, as long as nothing runs in a circle.
PORTAL = [
    {"actor", "rules"},
    {"request_form"},
    {"permissions", "request_type"},
    {"each_of"},
    {"type_forms"},
    {"lifecycle", "types", "office_forms"},
    {"registry"},
    {"models"},
    {"assignment", "clock", "queues"},
    {"perform", "drafting"},
    {"desk", "management", "views"},
]


def python_files():
    """Every file of the rooms, as (module name, path)."""
    for room in ("site", "home", "pages", "requests"):
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(("isso", *parts)).removesuffix(".__init__"), path


def imports(module, path):
    """Every module of ours that a file imports, relative imports resolved."""
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("isso."))
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            if source.startswith("isso"):
                # "from . import views" names a module, "from .views import home" a thing in one.
                yield from (
                    f"{source}.{name.name}" if is_module(f"{source}.{name.name}") else source
                    for name in node.names
                )


def is_module(name):
    path = ROOT.joinpath(*name.split(".")[1:])
    return path.is_dir() or path.with_suffix(".py").is_file()


def room_of(module):
    return max((room for room in ROOMS if f"{module}.".startswith(f"{room}.")), key=len)


def portal_part(module):
    """The file or folder of isso.requests that a module belongs to."""
    return module.removeprefix("isso.requests.").split(".")[0]


def portal_line(part):
    return next((number for number, parts in enumerate(PORTAL) if part in parts), None)


ARROWS = sorted({(m, t) for m, path in python_files() for t in imports(m, path)})
PORTAL_ARROWS = {
    (portal_part(source), portal_part(target))
    for source, target in ARROWS
    if room_of(source) == room_of(target) == "isso.requests"
    and portal_part(source) != portal_part(target)
}


def test_nothing_imports_the_tests():
    assert [arrow for arrow in ARROWS if arrow[1].startswith("isso.tests")] == []


def test_every_room_imports_only_lower_rooms():
    wrong = [
        f"{source} → {target}"
        for source, target in ARROWS
        if ROOMS.index(room_of(target)) > ROOMS.index(room_of(source))
    ]
    assert wrong == []


def test_the_portal_imports_only_downwards():
    wrong = [
        f"{source} → {target}"
        for source, target in PORTAL_ARROWS
        if None not in (portal_line(source), portal_line(target))
        and portal_line(target) > portal_line(source)
    ]
    assert wrong == []


def test_nothing_in_the_portal_imports_in_a_circle():
    graph = {}
    for source, target in PORTAL_ARROWS:
        graph.setdefault(source, set()).add(target)
    # Raises CycleError, which names the circle.
    assert len(list(TopologicalSorter(graph).static_order())) > 0


@pytest.mark.parametrize("folder", ["types", "type_forms", "rules", "office_forms"])
def test_types_and_rules_know_no_model_no_view_and_no_mail(folder):
    allowed = (
        "request_form",
        "request_type",
        "each_of",
        "policy_number",
        "effects",
        "rules",
        "form_fields",
        "long_select",
        "types",
        "type_forms",
        "office_forms",
        "records.facts",
        "records.choices",
        "records.countries",
        "records.sponsors",
        "amount_field",
        # Statements of the office that know no model either.
        "isso.home.naming",
        "isso.home.cost_table",
        "isso.home.currencies",
    )
    wrong = [
        f"{source} → {target}"
        for source, target in ARROWS
        if source.startswith(f"isso.requests.{folder}")
        and not target.removeprefix("isso.requests.").startswith(allowed)
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", ["types", "type_forms", "rules", "office_forms"])
def test_types_and_rules_know_no_database(folder):
    wrong = [
        path.name
        for path in (ROOT / "requests" / folder).rglob("*.py")
        if "django.db" in path.read_text() or "django.core.mail" in path.read_text()
    ]
    assert wrong == []

"""Makes the people of ``people.toml``: accounts, records, caseloads and known approvers."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from isso.requests.people.departments import give_departments
from isso.requests.people.models import User
from isso.requests.records.models import (
    Dependent,
    EmploymentAuthorization,
    FundingStatement,
    Hold,
    IssuedForm,
    ReportedJob,
    ScholarDetails,
    SiteOfActivity,
    StemValidation,
    StudentRecord,
)

from ..models import ApproverDirectoryEntry, Caseload
from ..office_forms.told_people import dated, record_told, told_people

PASSWORD = "demo"  # noqa: S105
# Rows around a record that stand for themselves.
ROWS = {
    "dependent": Dependent,
    "funding": FundingStatement,
    "form": IssuedForm,
    "hold": Hold,
    "site": SiteOfActivity,
    "appointment": ScholarDetails,
}


def load_people(today):
    """Make everybody who is missing; whoever is there stays as somebody may have changed him."""
    told = told_people()
    known = set(User.objects.values_list("email", flat=True))
    # Hashed once: it is slow on purpose, and the same for all.
    password = make_password(PASSWORD)
    for person in told["person"]:
        if person["email"] not in known:
            _make_person(person, told["like"], password, today)
    for entry in told["approver"]:
        ApproverDirectoryEntry.objects.get_or_create(email=entry["email"], defaults=entry)
    if not Caseload.objects.exists():
        for entry in told["caseload"]:
            _make_caseload(**entry)


def contract_accounts():
    """Return the addresses that sign in with the password of the demonstration."""
    told = told_people()
    return [person["email"] for person in told["person"] if person.get("password")]


def _make_person(person, likes, password, today):
    user = User(
        email=person["email"],
        full_name=person["full_name"],
        is_staff=person.get("is_staff", False),
        is_superuser=person.get("is_superuser", False),
    )
    if person.get("password"):
        user.password = password
    else:
        user.set_unusable_password()
    user.save()
    if "role" in person:
        user.groups.add(Group.objects.get(name=person["role"]))
    if "departments" in person:
        give_departments(user, person["departments"], by=None, reason="Demonstration")
    if "record" in person:
        _make_record(user, record_told(person, likes, today), person, today)


def _make_record(user, facts, person, today):
    record = StudentRecord(user=user, email=user.email, source_as_of=today, **facts)
    record.full_clean()
    record.save()
    for name, model in ROWS.items():
        for told in person.get(name, ()):
            row = model(record=record, **dated(told, today))
            row.full_clean()
            row.save()
    for told in person.get("employment", ()):
        jobs, reports = told.get("job", ()), told.get("report", ())
        fields = {name: value for name, value in told.items() if name not in ("job", "report")}
        work = EmploymentAuthorization.objects.create(record=record, **dated(fields, today))
        for job in jobs:
            ReportedJob.objects.create(authorization=work, **dated(job, today))
        for report in reports:
            StemValidation.objects.create(authorization=work, **dated(report, today))


def _make_caseload(advisor, letters, is_catch_all=False):
    first, last = letters.split("-")
    Caseload.objects.create(
        advisor=User.objects.get(email=advisor),
        letters_from=first,
        letters_to=last,
        is_catch_all=is_catch_all,
    )

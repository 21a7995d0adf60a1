"""A large, repeatable data set: the same numbers always make the same people and requests.

Rows are written in bulk, past the doors, because 200,000 requests through them would take hours;
each still has the history, the snapshot and the dates that the doors would have left.
"""

import tomllib
from datetime import timedelta
from pathlib import Path
from random import Random

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from isso.requests.people.models import User
from isso.requests.people.roles import Role
from isso.requests.records.models import EmploymentAuthorization, StudentRecord

from ..models import Caseload
from .bulk_requests import RequestMaker

NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text())
GIVEN_NAMES, FAMILY_NAMES = NAMES["given"].split(), NAMES["family"].split()
SEED = 1861
BATCH = 2000
DOMAIN = "bulk.demo.example"
MAJORS = {
    "Biology": ("Biology", "Neuroscience"),
    "Civil Engineering": ("Civil Engineering",),
    "Computer Science": ("Computer Science", "Data Science", "Robotics"),
    "Economics": ("Economics", "Finance"),
    "History": ("History",),
    "Law": ("Law",),
    "Mechanical Engineering": ("Mechanical Engineering",),
    "Music": ("Music",),
    "Nursing": ("Nursing",),
    "Physics": ("Physics", "Astronomy"),
}
# Large departments have an advisor of their own; the letters of the others go on as they are.
ADVISORS = {
    "Miriam Okafor": "Computer Science",
    "Pavel Novak": "Economics, Law",
    "Grace Tanaka": "Mechanical Engineering, Civil Engineering",
}
OFFICE = "office.demo.example"
COUNTRIES = ("Brazil", "Canada", "China", "Egypt", "Germany", "India", "Japan", "Kenya", "Peru")
# Levels as the SEVIS codes, with the length of the program in days.
LEVELS = (("04", 1380), ("05", 720), ("06", 1800))


def load_bulk(students, requests, today, progress=lambda line: None):
    """Add so many people with so many requests, once; return how many of both."""
    if User.objects.filter(email__endswith=f"@{DOMAIN}").exists():
        progress("The large data set is there already.")
        return 0, 0
    random = Random(SEED)  # noqa: S311 (repeatable on purpose)
    _make_advisors()
    records = []
    for first in range(0, students, BATCH):
        batch = range(first, min(first + BATCH, students))
        records += _make_people([_person(number, random, today) for number in batch])
        progress(f"{len(records):,} of {students:,} people")
    maker = RequestMaker(random, records, today)
    for first in range(0, requests if records else 0, BATCH):
        maker.make(min(BATCH, requests - first))
        progress(f"{maker.made:,} of {requests:,} requests")
    return len(records), maker.made


def _make_advisors():
    """Make those who look after whole departments, with their caseloads."""
    role = Group.objects.get(name=Role.ADVISOR)
    for name, departments in ADVISORS.items():
        email = f"{name.split()[1].lower()}@{OFFICE}"
        defaults = {"full_name": name, "is_staff": True, "password": make_password(None)}
        advisor, is_new = User.objects.get_or_create(email=email, defaults=defaults)
        if is_new:
            advisor.groups.add(role)
            Caseload.objects.create(advisor=advisor, departments=departments)


def _person(number, random, today):
    """Return an unsaved user and record."""
    given, family = random.choice(GIVEN_NAMES), random.choice(FAMILY_NAMES)
    email = f"s{number:06d}@{DOMAIN}"
    department = random.choice(list(MAJORS))
    level, _length = random.choice(LEVELS)
    user = User(email=email, full_name=f"{given} {family}", password=make_password(None))
    record = StudentRecord(
        family_name=family,
        given_name=given,
        birth_date=today - timedelta(days=random.randrange(6700, 12000)),
        email=email,
        sevis_id=f"N9{number:09d}",
        institution_id=f"7{number:08d}",
        visa_class="J-1" if random.random() < 0.15 else "F-1",
        education_level=level,
        department=department,
        major=random.choice(MAJORS[department]),
        citizenship_country=random.choice(COUNTRIES),
        passport_expiry=today + timedelta(days=random.randrange(-20, 3000)),
        travel_signature_on=today - timedelta(days=random.randrange(10, 400)),
        source_as_of=today,
        **_studies(level, random, today),
    )
    if record.visa_class == "J-1":
        record.insurance_end = today + timedelta(days=random.randrange(-10, 360))
    return user, record


def _studies(level, random, today):
    """Return where somebody stands: a few have just come, some have finished, most study."""
    length = dict(LEVELS)[level]
    stage = random.choices(("check_in", "continuing", "graduated"), (3, 82, 15))[0]
    if stage == "check_in":
        start = today - timedelta(days=random.randrange(1, 25))
        checked_in = None
    else:
        ago = (60, length - 40) if stage == "continuing" else (length + 20, length + 340)
        start = today - timedelta(days=random.randrange(*ago))
        checked_in = start + timedelta(days=random.randrange(0, 20))
    return {
        "stage": stage,
        "sevis_status": "active" if checked_in else "initial",
        "program_start": start,
        "program_end": start + timedelta(days=length),
        "full_time_since": start if checked_in else None,
        "check_in_completed_on": checked_in,
    }


def _make_people(pairs):
    users = User.objects.bulk_create([user for user, _record in pairs])
    student = Group.objects.get(name=Role.STUDENT)
    membership = User.groups.through
    membership.objects.bulk_create(
        membership(user_id=user.pk, group_id=student.pk) for user in users
    )
    for user, (_user, record) in zip(users, pairs, strict=True):
        record.user = user
    records = StudentRecord.objects.bulk_create([record for _user, record in pairs])
    # Practical training begins within two months of the end of the program: 8 CFR 214.2(f)(11).
    EmploymentAuthorization.objects.bulk_create(
        EmploymentAuthorization(
            record=record,
            kind="OPT",
            completion="post",
            education_level=record.education_level,
            start=(start := record.program_end + timedelta(days=1 + record.pk % 60)),
            end=start + timedelta(days=364),
        )
        for record in records
        if record.stage == "graduated" and record.visa_class == "F-1"
    )
    return records

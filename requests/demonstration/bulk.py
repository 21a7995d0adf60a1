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
from isso.requests.records.models import StudentRecord

from .bulk_requests import RequestMaker

NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text())
GIVEN_NAMES, FAMILY_NAMES = NAMES["given"].split(), NAMES["family"].split()
SEED = 1861
BATCH = 2000
DOMAIN = "bulk.demo.example"
MAJORS = ("Physics", "History", "Data Science", "Nursing", "Music", "Law", "Civil Engineering")
COUNTRIES = ("Brazil", "Canada", "China", "Egypt", "Germany", "India", "Japan", "Kenya", "Peru")
# Levels as the SEVIS codes, with the length of the program in days.
LEVELS = (("04", 1380), ("05", 720), ("06", 1800))


def load_bulk(students, requests, today, progress=lambda line: None):
    """Add so many people with so many requests, once; return how many of both."""
    if User.objects.filter(email__endswith=f"@{DOMAIN}").exists():
        progress("The large data set is there already.")
        return 0, 0
    random = Random(SEED)  # noqa: S311 (repeatable on purpose)
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


def _person(number, random, today):
    """Return an unsaved user and record."""
    given, family = random.choice(GIVEN_NAMES), random.choice(FAMILY_NAMES)
    email = f"s{number:06d}@{DOMAIN}"
    level, length = random.choice(LEVELS)
    start = today - timedelta(days=random.randrange(60, length - 40))
    exchange = random.random() < 0.15
    user = User(email=email, full_name=f"{given} {family}", password=make_password(None))
    record = StudentRecord(
        family_name=family,
        given_name=given,
        email=email,
        sevis_id=f"N9{number:09d}",
        institution_id=f"7{number:08d}",
        visa_class="J-1" if exchange else "F-1",
        sevis_status="active",
        stage="continuing",
        education_level=level,
        major=random.choice(MAJORS),
        citizenship_country=random.choice(COUNTRIES),
        program_start=start,
        program_end=start + timedelta(days=length),
        full_time_since=start,
        check_in_completed_on=start + timedelta(days=random.randrange(0, 20)),
        passport_expiry=today + timedelta(days=random.randrange(100, 3000)),
        travel_signature_on=today - timedelta(days=random.randrange(10, 360)),
        source_as_of=today,
    )
    return user, record


def _make_people(pairs):
    users = User.objects.bulk_create([user for user, _record in pairs])
    student = Group.objects.get(name=Role.STUDENT)
    membership = User.groups.through
    membership.objects.bulk_create(
        membership(user_id=user.pk, group_id=student.pk) for user in users
    )
    for user, (_user, record) in zip(users, pairs, strict=True):
        record.user = user
    return StudentRecord.objects.bulk_create([record for _user, record in pairs])

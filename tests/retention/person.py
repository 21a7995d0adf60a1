"""One person about whom everything is known, and the search for what is left of her."""

from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from isso.requests.actor import Actor
from isso.requests.models import (
    CaseNote,
    DocumentIntake,
    IntakeRow,
    Message,
    OwnDate,
    RecordNote,
    StudentRequest,
)
from isso.requests.notices.models import DeliveryEvent, Notice
from isso.requests.notices.outbox import notify
from isso.requests.people.models import (
    AccessRequest,
    AccountChange,
    BrowserSession,
    DepartmentMembership,
    Invitation,
    RoleTerm,
    SignInTrouble,
    User,
)
from isso.requests.receiving import receive_document
from isso.requests.records.changing import authorize_employment, change_record
from isso.requests.records.models import (
    Dependent,
    ExchangeStay,
    FormerSevisId,
    FundingStatement,
    Hold,
    InvitationRun,
    IssuedForm,
    ReducedCourseLoad,
    ReportedAddress,
    ReportedJob,
    ScholarDetails,
    SiteOfActivity,
    StemValidation,
    StudentRecord,
)
from isso.tests import factories

NAME = "Quillfeather"
# Whatever of these is found anywhere afterward is one word too many.
WORDS = (
    NAME,
    "Wilhelmina",
    "wilma@",
    "N0099887766",
    "X55443322",
    "Thistledown",
    "P99881122",
    "6175550199",
    "a very private sentence",
)


def known_person(**fields):
    """Return the record of a person with a row in every table around people."""
    record = factories.make_student(
        "wilma@school.example",
        family_name=NAME,
        given_name="Wilhelmina",
        **{
            "sevis_id": "N0099887766",
            "institution_id": "X55443322",
            "passport_number": "P99881122",
            "us_phone": "6175550199",
            "us_address_line1": "7 Thistledown Lane",
            "personal_email": "wilma@home.example",
        }
        | fields,
    )
    _around(record)
    _requests(record)
    _traces(record)
    return StudentRecord.objects.get(pk=record.pk)


def _around(record):
    today = timezone.localdate()
    change_record(record, {"us_address_line1": "8 Thistledown Lane"}, by=None, source="Import")
    dependent = Dependent.objects.create(
        record=record, family_name=NAME, relation="child", email="wilma@child.example"
    )
    IssuedForm.objects.create(
        record=record, dependent=dependent, kind="I-20", issued_on=today, sevis_id="N0099887766"
    )
    ReportedAddress.objects.create(
        record=record,
        kind="us_address",
        line1="7 Thistledown Lane",
        valid_from=today,
        reported_on=today,
    )
    FundingStatement.objects.create(record=record, as_of=today, sponsor=4, other_remark=NAME)
    ScholarDetails.objects.create(record=record, host_name=NAME, host_email="wilma@host.example")
    SiteOfActivity.objects.create(record=record, name=f"{NAME} Hall")
    ExchangeStay.objects.create(record=record, start=today, end=today, sponsor=NAME)
    OwnDate.objects.create(record=record, step="visa", day=today)
    Hold.objects.create(record=record, kind="insurance", placed_on=today, reason=NAME)
    ReducedCourseLoad.objects.create(record=record, reason="01", start=today, end=today)
    FormerSevisId.objects.create(record=record, sevis_id="N0099887765", reason=NAME)
    work = authorize_employment(
        record, kind="OPT", start=today, end=today, by=None, source="Test", employer=NAME
    )
    ReportedJob.objects.create(
        authorization=work,
        employer=NAME,
        start=today,
        hours_per_week=20,
        supervisor_email="wilma@work.example",
    )
    StemValidation.objects.create(authorization=work, months=6, due_on=today)


def _requests(record):
    advisor = factories.make_staff(email="adviser@staff.example")
    for type_key, state in (
        ("cpt", "completed"),
        ("letter", "completed"),
        ("reprint", "denied"),
        ("program_extension", "withdrawn"),
    ):
        made = factories.make_request(record, type_key, state, advisor=advisor)
        words = "a very private sentence"
        Message.objects.create(
            student_request=made, author=record.user, from_office=False, text=words
        )
        CaseNote.objects.create(student_request=made, author=advisor, text=words)
        StudentRequest.objects.filter(pk=made.pk).update(outcome_note=words, recorded_text=words)
    RecordNote.objects.create(student=record, author=advisor, text="a very private sentence")
    receive_document(record, factories.pdf_file(f"{NAME}.pdf"), kind="ead")
    intake = DocumentIntake.objects.create(manifest_name="forms.csv", made_by=advisor)
    IntakeRow.objects.create(
        intake=intake,
        file_name=f"{NAME}.pdf",
        said={"family_name": NAME},
        outcome="released",
        student=record,
        file=factories.pdf_file(f"{NAME}.pdf"),
    )


def _traces(record):
    user, now = record.user, timezone.now()
    user.email = "wilma@school.example"
    EmailAddress.objects.create(user=user, email="wilma@school.example", verified=True)
    notice = Notice.objects.filter(recipient=user.email).first()
    DeliveryEvent.objects.create(
        notice=notice, event_id="1", delivery="bounced", at=now, note="wilma@school.example"
    )
    Invitation.objects.create(
        user=user,
        purpose="student",
        email="wilma@school.example",
        dedupe_key="one",
        expires_at=now + timedelta(days=3),
        accepted_at=now,
    )
    run = InvitationRun.objects.create(by=factories.make_staff(email="inviter@staff.example"))
    run.rows.create(record=record, outcome="invited", reason="wilma@school.example")
    User.objects.filter(pk=user.pk).update(
        personal_email="wilma@private.example", campus_email="wilma@former.example"
    )
    SocialAccount.objects.create(
        user=user, provider="campus", uid="X55443322", extra_data={"name": NAME}
    )
    RoleTerm.objects.create(user=user, role="student", reason=NAME, end_reason=NAME, ended_at=now)
    AccountChange.objects.create(user=user, act="close", reason=NAME)
    DepartmentMembership.objects.create(user=user, department="Biology", ended_at=now)
    AccessRequest.objects.create(
        name=NAME, email="Wilma@Private.example", department="Biology", once="1", confirmed_at=now
    )
    BrowserSession.objects.create(
        user=user, session_key="one", session_data=NAME, expire_date=now + timedelta(hours=8)
    )
    # By the account, by the record, by the address alone.
    for address, found in (
        ("wilma@typed.example", {"user": user}),
        ("wilma@guessed.example", {"record_key": record.pk}),
        ("Wilma@Private.example", {}),
    ):
        SignInTrouble.objects.create(email=address, waits=False, **found)
    for address in ("wilma@private.example", "wilma@former.example"):
        notify(
            "sign_in_code",
            to=address,
            dedupe=f"sign_in_code:{address}",
            context={},
            links={"code": ["sign_in_code", "a very private sentence", now.isoformat()]},
            audience="visitor",
        )
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(user),
        object_id=str(user.pk),
        label=f"Wilhelmina {NAME}",
        action="wagtail.edit",
        timestamp=now,
    )


def leave(record):
    """Let a person have left as the office leaves its records."""
    StudentRecord.objects.filter(pk=record.pk).update(stage="archived", sevis_status="completed")


def found_anywhere(words=WORDS):
    """Return table.column → words still there, over every text column of the database."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            for column in model._meta.local_concrete_fields:
                name = connection.ops.quote_name(column.column)
                cursor.execute(
                    f"SELECT CAST({name} AS text) FROM {connection.ops.quote_name(table)}"  # noqa: S608
                )
                text = "\n".join(str(row[0]) for row in cursor.fetchall()).lower()
                left = [word for word in words if word.lower() in text]
                if left:
                    found[f"{table}.{column.column}"] = left
    return found


def private_files():
    """Return the names of the files in the private storage."""
    folder = Path(settings.DATA_DIR) / "private"
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def actor_of(record):
    """Return the person as an actor."""
    return Actor.for_user(record.user)

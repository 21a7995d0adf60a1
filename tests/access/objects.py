"""A real object of the owner, or of the office, for every address that names one."""

from uuid import uuid4

from django.utils import timezone

from isso.home.models import (
    Alert,
    CostOfAttendance,
    ExchangeRate,
    HoursException,
    HoursSchedule,
    KeyDate,
    StaffMember,
    StatisticsYear,
)
from isso.pages.models import FormEntry, GlossaryTerm, MissedSearch, SearchAlias
from isso.requests.models import (
    ApproverDirectoryEntry,
    BulkRun,
    Caseload,
    DocumentIntake,
    IntakeRow,
    OfficeForm,
    Reminder,
    ReplyTemplate,
    RequestPolicy,
    RetentionEntry,
    RetentionHold,
)
from isso.requests.notices.models import MailWording, Notice, NoticeState
from isso.requests.people.invitations import invite
from isso.requests.people.models import AccessRequest, DepartmentMembership, SignInTrouble, User
from isso.requests.receiving import receive_document
from isso.requests.records.changing import authorize_employment, change_record
from isso.requests.records.models import ImportRow, ImportRun, InvitationRun
from isso.tests import factories


def primary_keys(owner):
    """Return name or namespace of an address → primary key of what it would show or change."""
    today, advisor = timezone.localdate(), User.objects.get(email="advisor@staff.example")
    (change,) = change_record(owner.record, {"passport_number": "P1234568"}, by=None, source="Test")
    owner.record.refresh_from_db()
    work = authorize_employment(
        owner.record, kind="CPT", start=today, end=today, by=None, source="Test", employer="Harbor"
    )
    imported = ImportRun.objects.create(file_name="a.csv", stage="checked", new=1, file="a.csv")
    ImportRow.objects.create(run=imported, number=2, person="Okoye", outcome="new")
    notice = Notice.objects.filter(recipient=owner.record.email).earliest("created_at")
    Notice.objects.filter(pk=notice.pk).update(state=NoticeState.FAILED)
    # For M-1 students, and thus for none of those who try.
    reminder = Reminder.objects.create(title="Hello", text="Hello", visa_class="M-1")
    objects = {
        "records_studentrecord_modeladmin_inspect": owner.record,
        "records_employmentauthorization_modeladmin_inspect": work,
        "records_recordchange_modeladmin_inspect": change,
        "notices_notice_modeladmin_inspect": notice,
        "notices_send_again": notice,
        "desk_import": imported,
        "desk_import_start": imported,
        "desk_import_file": imported,
        "desk_directory": ApproverDirectoryEntry.objects.create(name="Wu", email="wu@demo.example"),
        "desk_caseloads": Caseload.objects.create(
            advisor=advisor, letters_from="A", letters_to="K"
        ),
        "desk_reply_templates": ReplyTemplate.objects.create(title="Hello", text="Hello"),
        "desk_staff_person": advisor,
        "desk_staff_change": advisor,
        "wagtailsnippets_pages_missedsearch": MissedSearch.objects.create(words="bus"),
        "wagtailsnippets_pages_searchalias": SearchAlias.objects.create(typed="bus", words="way"),
        "wagtailsnippets_home_alert": Alert.objects.create(title="Snow"),
        "wagtailsnippets_home_costofattendance": CostOfAttendance.objects.create(
            year=2026,
            level="graduate",
            **dict.fromkeys(("tuition", "living", "insurance", "fees", "spouse", "child"), 1),
        ),
        "wagtailsnippets_home_exchangerate": ExchangeRate.objects.create(
            currency="INR", units=84, day=today
        ),
        "wagtailsnippets_pages_glossaryterm": GlossaryTerm.objects.create(
            term="SEVIS", definition="A list."
        ),
        "wagtailsnippets_home_hoursexception": HoursException.objects.create(
            start=today, end=today, reason="Snow"
        ),
        "wagtailsnippets_home_hoursschedule": HoursSchedule.objects.first(),
        "wagtailsnippets_home_keydate": KeyDate.objects.create(title="Fall", start=today),
        "wagtailsnippets_home_staffmember": StaffMember.objects.create(name="Wu", title="Advisor"),
        "wagtailsnippets_home_statisticsyear": StatisticsYear.objects.create(
            name="2026", as_of=today
        ),
        "wagtailsnippets_notices_mailwording": MailWording.objects.create(
            key="request_submitted", subject="Hello", text="Hello"
        ),
        "wagtailsnippets_pages_formentry": FormEntry.objects.create(title="Form", topic="Travel"),
        "wagtailsnippets_requests_reminder": reminder,
        "portal_put_away": reminder,
        "portal_department_scholar": owner.record,
        "portal_department_ask": owner.record,
        "portal_office_approval": owner.approval,
        "portal_office_approval_document": owner.approval,
        "wagtailsnippets_requests_officeform": OfficeForm.objects.create(
            title="Bank letter", key="bank-letter", summary="A letter.", live=False
        ),
        "wagtailsnippets_requests_requestpolicy": RequestPolicy.objects.create(
            type_key="cpt", target_days=7, citation="Practice", review_by=today
        ),
    }
    policy = objects["wagtailsnippets_requests_requestpolicy"]
    tried = {"is_open": True, "closed_text": "", "numbers": {}}
    trial = policy.trials.create(
        by=advisor,
        first_day=today,
        last_day=today,
        ended_at=timezone.now(),
        before=tried,
        after=tried,
    )
    trial.lines.create(effect="loses", record=owner.record, first_day=today)
    objects |= {"desk_try_policy": policy, "desk_trial": trial, "desk_trial_file": trial}
    objects["desk_retention_hold"] = RetentionEntry.objects.create(
        kind="people",
        object_id=owner.record.pk,
        record=owner.record,
        planned_on=today,
        acts_on=today,
    )
    objects["desk_retention_lift"] = RetentionHold.objects.create(
        record=owner.record, why="Audit", by=advisor
    )
    objects["desk_inbox_document"] = receive_document(
        owner.record, factories.pdf_file("card.pdf"), kind="ead"
    )
    intake = DocumentIntake.objects.create(manifest_name="Okoye.csv", made_by=advisor)
    row = IntakeRow.objects.create(
        intake=intake, file_name="okoye.pdf", outcome="set_aside", student=owner.record
    )
    objects["desk_intake"] = intake
    objects |= dict.fromkeys(("desk_intake_file", "desk_intake_discard", "desk_intake_assign"), row)
    invitation, _is_sent = invite(owner.record.user, "student")
    objects |= dict.fromkeys(("desk_invitation_resend", "desk_invitation_revoke"), invitation)
    objects["desk_trouble_settle"] = SignInTrouble.objects.create(email="who@home.example")
    asked = AccessRequest.objects.create(
        name="Grace Whitfield", email="grace@school.example", confirmed_at=timezone.now(), once="1"
    )
    objects["desk_department_access_decide"] = asked
    membership = DepartmentMembership.objects.create(user=advisor, department="Biology")
    objects["desk_department_person_end"] = membership
    run = InvitationRun.objects.create(by=advisor)
    run.rows.create(record=owner.record, outcome="refused", reason="Signs in already.")
    objects["desk_invitation_run"] = run
    bulk = BulkRun.objects.create(by=advisor, action="message", view_key="all", key=uuid4())
    objects["desk_bulk_run"] = bulk
    alert = owner.record.alerts.create(kind="passport", severity=2, step=-60, day=today)
    objects |= dict.fromkeys(("desk_alert_aside", "desk_alert_back"), alert)
    year = objects["wagtailsnippets_home_statisticsyear"]
    objects |= dict.fromkeys(("statistics_table", "statistics_paste", "statistics_count"), year)
    keys = {name: thing.pk for name, thing in objects.items()}
    return (
        keys
        | dict.fromkeys(
            (
                "desk_case",
                "desk_join",
                "desk_action",
                "desk_assign",
                "desk_next",
                "desk_looking",
                "desk_note",
                "desk_message",
                "desk_release",
                "desk_revoke_letter",
                "desk_sevis_record",
            ),
            owner.request.pk,
        )
        | {"desk_confirm": owner.request.pk}
        | dict.fromkeys(
            (
                "desk_student",
                "desk_student_start",
                "desk_student_department",
                "desk_student_document",
                "desk_student_note",
                "desk_student_messages",
                "desk_student_correct",
                "desk_student_invite",
                "desk_student_address",
                "desk_student_campus_end",
            ),
            owner.record.pk,
        )
    )

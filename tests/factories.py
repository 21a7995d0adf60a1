"""People, files and requests for tests; requests come about through the real doors.

Dates are relative to the day the caller passes or to today in the office's time zone, so freeze
the clock before you build.
"""

import io
import uuid
from datetime import datetime, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pikepdf
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone
from wagtail.models import Page, Site

from isso.home.models import (
    CostOfAttendance,
    ExchangeRate,
    HoursSchedule,
    HoursSlot,
    OfficeSettings,
)
from isso.pages.models import SectionPage
from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.approvals import confirm_approver
from isso.requests.letters.issuing import issue
from isso.requests.models import RequestGuidePage, StudentRequest
from isso.requests.people.departments import give_departments
from isso.requests.people.models import User
from isso.requests.people.roles import Role, setup_roles
from isso.requests.perform import perform
from isso.requests.records.facts import Work
from isso.requests.records.models import StudentRecord
from isso.requests.registry import folder_types, get_type
from isso.requests.releasing import release_document
from isso.requests.request_type import AskedBy

# Ten in the morning of the day on which the fixture ``monday`` stops the clock.
MONDAY = datetime(2026, 10, 5, 10, 0, tzinfo=ZoneInfo("America/New_York"))


def make_user(email, name="Test Person", **fields):
    """Make a user who may sign in, without any role."""
    return User.objects.create_user(email, "demo", full_name=name, **fields)


def make_staff(role=Role.ADVISOR, email=None):
    """Make a member of the office who holds one role, with that role's permissions."""
    setup_roles()
    user = make_user(email or f"{role}@staff.example", f"Office {role}", is_staff=True)
    user.groups.add(Group.objects.get(name=str(role)))
    return user


def make_student(email="student@school.example", **fields):
    """Make a continuing F-1 master's student for whom CPT and reprint are open."""
    today = timezone.localdate()
    defaults = {
        "family_name": "Okoye",
        "given_name": "Amara",
        "email": email,
        "sevis_id": f"N{StudentRecord.objects.count() + 1:010d}",
        "visa_class": "F-1",
        "sevis_status": "active",
        "stage": "continuing",
        "education_level": "05",
        "major": "Data Science",
        "full_time_since": today - timedelta(days=430),
        "program_start": today - timedelta(days=430),
        "program_end": today + timedelta(days=300),
        "check_in_completed_on": today - timedelta(days=420),
        "passport_number": "P1234567",
        "passport_country": "Nigeria",
        "passport_expiry": today + timedelta(days=900),
    } | fields
    user = make_user(email, f"{defaults['given_name']} {defaults['family_name']}".strip())
    return StudentRecord.objects.create(user=user, **defaults)


def make_newcomer(email="new@school.example", **fields):
    """Make a student who has just arrived and for whom Check-In is open."""
    today = timezone.localdate()
    return make_student(
        email,
        **{
            "family_name": "Ito",
            "given_name": "Hana",
            "stage": "check_in",
            "sevis_status": "initial",
            "full_time_since": None,
            "program_start": today - timedelta(days=5),
            "program_end": today + timedelta(days=700),
            "check_in_completed_on": None,
        }
        | fields,
    )


def make_admitted(email="admitted@school.example", **fields):
    """Make an admitted student who has paid the deposit and for whom nothing is made yet."""
    today = timezone.localdate()
    return make_student(
        email,
        **{
            "family_name": "Mehta",
            "given_name": "Arjun",
            "sevis_id": None,
            "visa_class": "none",
            "sevis_status": "",
            "stage": "pre_arrival",
            "major": "Civil Engineering",
            "cip_code": "14.0801",
            "full_time_since": None,
            "program_start": today + timedelta(days=90),
            "program_end": today + timedelta(days=790),
            "check_in_completed_on": None,
            "deposit_paid_on": today - timedelta(days=12),
            "passport_country": "India",
        }
        | fields,
    )


def work(kind, start, end, **changes):
    """Return one authorization as the rules read it: approved, full time, at any level."""
    defaults = {
        "id": 1,
        "kind": kind,
        "status": "approved",
        "completion": "post" if kind in ("OPT", "STEM") else "",
        "start": start,
        "end": end,
        "full_time": True,
        "education_level": "",
    }
    return Work(**defaults | changes)


def make_office_hours():
    """Open the office Monday to Friday, nine to four, so that business days exist."""
    schedule = HoursSchedule.objects.create(
        kind="office", name="Usual hours", valid_from=timezone.localdate() - timedelta(days=900)
    )
    HoursSlot.objects.bulk_create(
        HoursSlot(schedule=schedule, weekday=weekday, opens="09:00", closes="16:00")
        for weekday in range(5)
    )
    return schedule


def make_guides():
    """Publish a guide page for every request type, without which none is open.

    Most tests begin with this, and ten pages made one by one take a quarter of a second: the rows
    are written all at once, as Wagtail would leave them.
    """
    root = Site.objects.get(is_default_site=True).root_page
    parent = root.add_child(instance=SectionPage(title="Requests", slug="guides"))
    guides = [
        _guide(parent, number, each) for number, each in enumerate(folder_types().values(), 1)
    ]
    Page.objects.bulk_create(Page(**_page_fields(guide)) for guide in guides)
    pages = Page.objects.child_of(parent).order_by("path")
    for guide, page in zip(guides, pages, strict=True):
        guide.page_ptr_id = page.pk
    own_fields = RequestGuidePage._meta.local_concrete_fields
    RequestGuidePage._base_manager.get_queryset()._insert(guides, own_fields, using="default")
    Page.objects.filter(pk=parent.pk).update(numchild=len(guides))
    return Page.objects.get(pk=parent.pk)


def _guide(parent, number, request_type):
    today = timezone.localdate()
    slug = request_type.key.replace("_", "-")
    return RequestGuidePage(
        title=str(request_type.title),
        draft_title=str(request_type.title),
        slug=slug,
        url_path=f"{parent.url_path}{slug}/",
        path=Page._get_path(parent.path, parent.depth + 1, number),
        depth=parent.depth + 1,
        content_type=ContentType.objects.get_for_model(RequestGuidePage),
        locale=parent.locale,
        translation_key=uuid.uuid4(),
        live=True,
        type_key=request_type.key,
        in_short="In short.",
        maintained_by="The advisors",
        reviewed_on=today,
        review_by=today + timedelta(days=90),
    )


def _page_fields(guide):
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    return {name: getattr(guide, name) for name in names}


def make_office():
    """Set up what every request needs: the office's address, its hours and published guides."""
    site = Site.objects.get(is_default_site=True)
    OfficeSettings.objects.update_or_create(site=site, defaults={"email": "isso@demo.example"})
    make_office_hours()
    make_guides()
    make_prices()


def make_prices():
    """Enter what a year costs a master's student this year, and what a dollar costs in India."""
    today = timezone.localdate()
    amounts = {"tuition": 40_000, "living": 15_000, "insurance": 3_000, "fees": 1_000}
    CostOfAttendance.objects.create(
        year=today.year, level="master", spouse=9_000, child=6_000, **amounts
    )
    ExchangeRate.objects.create(currency="INR", units=84, day=today - timedelta(days=3))


def pdf_file(name="file.pdf", pages=1):
    """Return a small real PDF as a browser would upload it."""
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page()
        # Else every second makes another file of the same pages.
        pdf.save(buffer, deterministic_id=True)
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="application/pdf")


def answers_for(type_key, record, **changes):
    """Return a complete and valid set of answers of one type, as typed."""
    today = timezone.localdate()
    complete = import_module(f"isso.tests.answers.{type_key}").answers(record, today)
    return complete | changes


def asker_of(record, request_type):
    """Return (actor, department) of whoever asks: the person, or somebody of the department."""
    if request_type.asked_by == AskedBy.PERSON:
        return Actor.for_user(record.user), ""
    department = record.department or "Biology"
    email = f"{department.casefold().replace(' ', '.')}@department.example"
    member = User.objects.filter(email=email).first()
    if member is None:
        setup_roles()
        member = make_user(email, f"Administrator of {department}")
        give_departments(member, [department], by=None, reason="Test")
    return Actor.for_student(User.objects.get(pk=member.pk)), department


def make_draft(record, type_key="reprint", *, fill=True, **changes):
    """Start a request as who asks; with ``fill`` every answer and required file is there."""
    actor, department = asker_of(record, get_type(type_key))
    draft = drafting.start(
        record,
        type_key,
        actor,
        start_key=f"{record.pk}:{type_key}:{changes}",
        department=department,
    )
    if not fill:
        return draft
    answers = answers_for(type_key, record, **changes)
    for page in draft.type.pages:
        if page.form:
            draft, _form = drafting.save_page(draft, page, _as_posted(answers), actor)
        for slot in draft.slots_asked(page):
            if slot.required:
                drafting.attach(draft, slot, pdf_file(f"{slot.name}.pdf"), actor)
    return StudentRequest.objects.get(pk=draft.pk)


def _as_posted(answers):
    posted = QueryDict(mutable=True)
    for name, value in answers.items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    return posted


def everything_attested(student_request):
    """Return the attestations of a request as a student ticks them."""
    return [str(number) for number in range(len(student_request.type.attestations))]


def send(student_request):
    """Send a complete draft as who asks, on the way its type has."""
    action = "send_to_approver" if student_request.asks_approver else "submit"
    return perform(
        student_request,
        action,
        asker_of(student_request.student, student_request.type)[0],
        attestations=everything_attested(student_request),
    )


def endorse(student_request):
    """Let the approver who is asked agree."""
    approval = student_request.current_approval
    return perform(
        student_request,
        "endorse",
        Actor.for_approval(approval),
        answers={"is_official": "yes", "counts_as": "credit"},
        decided_name=approval.name,
        decided_title="Professor",
    )


def make_request(record=None, type_key="reprint", state="submitted", advisor=None, **changes):
    """Make a request and lead it through the doors to ``state``.

    States: draft, approver_review, submitted, in_review, clarification, approved, completed,
    denied, withdrawn. ``make_office()`` must have been called.
    """
    record = record or make_student()
    made = make_draft(record, type_key, **changes)
    if state == "draft":
        return made
    made = send(made)
    if state == "approver_review":
        return made
    if made.asks_approver:
        made = endorse(made)
    return _at_the_desk(made, state, advisor)


def _at_the_desk(made, state, advisor):
    if state == "submitted":
        return made
    if state == "withdrawn":
        return perform(made, "withdraw", asker_of(made.student, made.type)[0])
    advisor = advisor or User.objects.filter(groups__name="advisor").first() or make_staff()
    actor = Actor.for_user(advisor)
    made = perform(made, "start_review", actor)
    if state == "in_review":
        return made
    if state == "clarification":
        items = [{"name": first_name(made), "sentence": "Please look at this again."}]
        return perform(made, "ask_clarification", actor, items=items)
    if state == "denied":
        return perform(made, "deny", actor, note="The dates do not fit.")
    for approval in made.approvals.all():
        approve_person(approval, actor)
    made = approve(made, actor)
    if state == "approved":
        return made
    if made.type.prints_letter:
        issue(made.pk)
        return StudentRequest.objects.get(pk=made.pk)
    made = record_in_sevis(made, actor)
    release(made, actor)
    return perform(made, "complete", actor)


def approve(student_request, actor, note=""):
    """Approve a request, with the second person where its type asks for one."""
    if not student_request.type.second_person:
        return perform(student_request, "approve", actor, note=note)
    perform(student_request, "approve_first", actor, note=note)
    second = User.objects.filter(email="second@staff.example").first() or make_staff(
        email="second@staff.example"
    )
    return perform(student_request, "confirm_approval", Actor.for_user(second))


def record_in_sevis(student_request, actor):
    """Note today that an approved request was keyed, where its type keys anything."""
    if not student_request.type.sevis_event:
        return student_request
    given = {}
    if student_request.type.makes_sevis_id(student_request.answers):
        given = {"sevis_id": f"N9{student_request.pk:09d}"}
    return perform(student_request, "record", actor, recorded_on=timezone.localdate(), **given)


def first_name(student_request):
    """Return the name of the first answer asked, to mark it."""
    return next(iter(student_request.type.pages[0].form.base_fields))


def approve_person(approval, actor):
    """Confirm an approver who is in no directory."""
    confirm_approver(approval, actor)


def release(student_request, actor, title="Your document"):
    """Release a document to the student."""
    return release_document(student_request, pdf_file("i20.pdf"), title, actor)

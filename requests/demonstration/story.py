"""Tells the requests of ``requests.toml``: each step is done now, then moved to its own day."""

import re
import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from django.http import QueryDict
from django.utils import timezone

from isso.home.hours import office_calendar
from isso.requests.people.models import User
from isso.requests.records.models import StudentRecord
from isso.requests.records.proposing import propose_scholar
from isso.requests.records.reading import facts_for

from .. import conversation, drafting, releasing
from ..actor import Actor
from ..models import StudentRequest
from ..perform import perform
from ..type_forms.dependent_remove import answer_for
from .backdating import move_back, recount_clock, settle_mails
from .papers import paper

FILE = Path(__file__).parent / "requests.toml"
STORY = "demo: "
QUESTIONNAIRE = {
    "is_official": "yes",
    "counts_as": "credit",
    "course": "DS 599, 3 credits",
    "related": "The student applies the methods of the program every day.",
    "on_time": "yes",
    "good_standing": "yes",
    "recommended": "part",
    "only_thesis_left": "no",
    "requirements_left": "The two courses of this term.",
    "degree_as_on_record": "yes",
}
RELATIVE = re.compile(r"in (-?\d+) days")
FAMILY = "family: "


def load_requests(today):
    """Tell every request that is not there yet; return how many were told."""
    calendar, told = office_calendar(), 0
    # The door puts the person before the key; what a story was told with stands behind.
    known = {
        key.partition(":")[2]
        for key in StudentRequest.objects.filter(start_key__contains=STORY).values_list(
            "start_key", flat=True
        )
    }
    for story in tomllib.loads(FILE.read_text())["request"]:
        if _start_key(story) in known:
            continue
        tell(story, today, calendar)
        told += 1
    return told


def tell(story, today, calendar):
    """Let one request happen, step by step, and return it as it stands."""
    record = _record(story)
    student_request = None
    for step in story["steps"]:
        began = timezone.now()
        student_request = STEPS.get(step["do"], _perform)(student_request, step, story, record)
        moment = datetime.combine(
            calendar.add_business_days(today, -step["ago"]),
            step["at"],
            timezone.get_current_timezone(),
        )
        for each in (student_request, *student_request.followers.all()):
            move_back(each, since=began, by=began - moment)
    for each in (student_request, *student_request.followers.all()):
        recount_clock(each, calendar)
        settle_mails(each)
    return student_request


def _record(story):
    """Return whom a request is about; a department proposes somebody whom nobody knows yet."""
    if proposal := story.get("proposal"):
        return propose_scholar(department=story["department"], by=_asker(story, None), **proposal)
    return StudentRecord.objects.get(user__email=story["student"])


def _asker(story, record):
    """Return who asks: the person, or who sits in the department."""
    return User.objects.get(email=story["asker"]) if "asker" in story else record.user


def _start_key(story):
    return f"{STORY}{story['name']}"


def _actor(step, student_request, story, record):
    who, approval = step.get("by"), student_request.current_approval
    if who == "approver":
        return Actor.for_approval(approval)
    if who is None:
        return Actor.for_user(_asker(story, record))
    user = User.objects.get(email=who)
    # A colleague of the office that is asked decides by account.
    is_asked = student_request.office_asked and student_request.office_asked in user.roles
    return Actor.for_approval(approval, user) if is_asked else Actor.for_user(user)


def _start(student_request, step, story, record):
    return drafting.start(
        record,
        story["type"],
        Actor.for_user(_asker(story, record)),
        start_key=_start_key(story),
        department=story.get("department", ""),
    )


def _fill(student_request, step, story, record):
    """Type the answers, and attach every file that they ask for."""
    actor = Actor.for_user(_asker(story, record))
    today = timezone.localdate()
    told = story["answers"] | _family_named(story["answers"], record)
    for page in student_request.type.pages:
        if page.slug not in step.get("pages", [page.slug]):
            continue
        if page.form:
            posted = _posted(student_request.answers | told, today)
            student_request, _form = drafting.save_page(student_request, page, posted, actor)
        for slot in student_request.slots_asked(page):
            if slot.required and slot.name not in step.get("without", ()):
                file = paper(str(slot.label), record.full_name)
                drafting.attach(student_request, slot, file, actor)
                student_request.refresh_from_db()
    return student_request


def _family_named(answers, record):
    """Return the answers that name somebody of the family, as the form offers them."""
    family = {member.name: answer_for(member) for member in facts_for(record).dependents}
    return {
        name: family[value.removeprefix(FAMILY)]
        for name, value in answers.items()
        if isinstance(value, str) and value.startswith(FAMILY)
    }


def _posted(answers, today):
    posted = QueryDict(mutable=True)
    for name, value in dated_answers(answers, today).items():
        if value is not None:
            posted.setlist(name, value if isinstance(value, list) else [value])
    return posted


def dated_answers(answers, today):
    """Return answers in which "in 30 days" has become the date it means."""
    return {name: _dated(value, today) for name, value in answers.items()}


def _dated(value, today):
    found = RELATIVE.fullmatch(value) if isinstance(value, str) else None
    return (today + timedelta(days=int(found[1]))).isoformat() if found else value


def _perform(student_request, step, story, record):
    """Do an action of the lifecycle with what it needs to know."""
    actor = _actor(step, student_request, story, record)
    approval = student_request.current_approval
    data = {
        "note": step.get("text", ""),
        "items": step.get("items", ()),
        "office_answers": step.get("office_answers", {}),
        "attestations": [str(each) for each in range(len(student_request.type.attestations))],
    }
    if actor.approval_id:
        name = approval.name if step["by"] == "approver" else actor.label
        data |= {"decided_name": name, "decided_title": step["title"]}
        if step["do"] == "endorse":
            ends = record.program_end
            finish = {"completion_date": ends.isoformat() if ends else ""}
            told = dated_answers(step.get("answers", {}), timezone.localdate())
            known = QUESTIONNAIRE | finish | told
            asked = student_request.type.approval_steps[approval.step].questionnaire.base_fields
            data["answers"] = {name: known[name] for name in asked if name in known}
    if step["do"] == "record":
        data |= {"recorded_on": timezone.localdate(), "recorded_text": step["recorded_text"]}
        data["sevis_id"] = step.get("sevis_id", "")
    return perform(student_request, step["do"], actor, **data)


def _message(student_request, step, story, record):
    actor = _actor(step, student_request, story, record)
    conversation.send_message(student_request, step["text"], actor)
    return student_request


def _note(student_request, step, story, record):
    conversation.add_note(
        student_request, step["text"], _actor(step, student_request, story, record)
    )
    return student_request


def _release(student_request, step, story, record):
    file = paper(step["title"], record.full_name)
    actor = _actor(step, student_request, story, record)
    releasing.release_document(student_request, file, step["title"], actor)
    # Whether a document is there is read once and kept.
    return StudentRequest.objects.get(pk=student_request.pk)


STEPS = {
    "start": _start,
    "fill": _fill,
    "message": _message,
    "note": _note,
    "release_document": _release,
}

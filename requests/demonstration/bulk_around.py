"""What hangs on the requests of the large data set: submissions, approvals, questions, messages."""

from datetime import timedelta

from ..lifecycle import State
from ..models import Approval, ClarificationItem, Message, Snapshot, StudentRequest

# In percent: who writes a message, and where the one who was asked is not the right person.
WRITTEN_ABOUT, NOT_THE_RIGHT_ONE = 12, 6
FROM_STUDENTS = (
    "Could you tell me when this will be done? My employer asks.",
    "I have uploaded a better scan. Is anything else missing?",
    "I will be traveling next week. Can I still answer by e-mail?",
)
FROM_OFFICE = (
    "Thank you. We have everything we need and aim to finish it by the day shown above.",
    "Please bring your passport when you pick it up.",
)
QUESTIONS = {
    "offer_letter": "The letter does not show how many hours a week you will work.",
    "passport": "The page with your photo is cut off. Scan the whole page.",
    "i94": "This is an older entry. Download the newest one.",
    "funds_proof": "The statement is older than three months.",
}
MARKS = ["last_message_at", "unread_since", "unanswered_since", "new_for_student_since"]
QUESTION = "Please explain this in one or two sentences more."


def make_around(paths, random):
    """Write all that hangs on requests that are saved, given with the entries of their history."""
    sent = [(each, history) for each, history in paths if each.submitted_at]
    Snapshot.objects.bulk_create(
        Snapshot(
            student_request=each,
            number=number,
            answers=each.answers,
            type_version=each.type_version,
            made_at=entry["at"],
        )
        for each, history in sent
        for number, entry in enumerate(_submissions(history), start=1)
    )
    _make_approvals([(each, history) for each, history in sent if _was_asked(history)], random)
    _make_questions(sent)
    _make_messages(sent, random)


def _submissions(history):
    names = ("submit", "send_to_approver", "resubmit")
    return [entry for entry in history if entry["action"] in names]


def _was_asked(history):
    return any(entry["action"] == "send_to_approver" for entry in history)


def _make_approvals(asked, random):
    approvals, waiting = [], []
    for each, history in asked:
        decided = [entry["at"] for entry in history if entry["action"] == "endorse"]
        outcome = "endorsed" if decided else "waiting"
        if not decided and random.randrange(100) < NOT_THE_RIGHT_ONE:
            outcome, decided = "not_me", [each.submitted_at + timedelta(minutes=20)]
        step = each.type.approval_steps[0]
        approval = Approval(
            student_request=each,
            revision=1,
            name=each.answers[step.name_field],
            email=each.answers[step.email_field],
            is_in_directory=True,
            asked_at=each.submitted_at,
            outcome=outcome,
            decided_at=decided[0] if decided else None,
        )
        approvals.append(approval)
        if each.state == State.APPROVER_REVIEW:
            waiting.append(approval)
    Approval.objects.bulk_create(approvals)
    for approval in waiting:
        if approval.outcome == "waiting":
            approval.student_request.current_approval = approval
        else:
            approval.student_request.approver_missing = True
    StudentRequest.objects.bulk_update(
        [each.student_request for each in waiting], ["current_approval", "approver_missing"]
    )


def _make_questions(sent):
    """Ask about a file of the request, or about its first answer; closed once it goes on."""
    questions = []
    for each, history in sent:
        asked = [entry["at"] for entry in history if entry["action"] == "ask_clarification"]
        if not asked:
            continue
        after = [entry["at"] for entry in history if entry["at"] > asked[0]]
        slots = [slot.name for slot in each.type.slots if slot.name in QUESTIONS]
        name = slots[each.pk % len(slots)] if slots else next(iter(each.answers))
        questions.append(
            ClarificationItem(
                student_request=each,
                revision=1,
                name=name,
                sentence=QUESTIONS.get(name, QUESTION),
                asked_at=asked[0],
                closed_at=after[0] if after and each.state != State.CLARIFICATION else None,
            )
        )
        if each.state == State.CLARIFICATION:
            each.unlocked = [name]
    ClarificationItem.objects.bulk_create(questions)
    open_ones = [each for each, _history in sent if each.state == State.CLARIFICATION]
    StudentRequest.objects.bulk_update(open_ones, ["unlocked"])


def _make_messages(sent, random):
    """Let some students write, and the office answer; what is closed was answered."""
    messages, written = [], []
    for each, history in sent:
        if random.randrange(100) >= WRITTEN_ABOUT:
            continue
        at = each.submitted_at + (history[-1]["at"] - each.submitted_at) / 2
        messages.append(_message(each, each.started_by_id, random.choice(FROM_STUDENTS), at))
        is_answered = each.assignee_id and (not each.is_open or random.randrange(2))
        if is_answered:
            at = history[-1]["at"]
            messages.append(_message(each, each.assignee_id, random.choice(FROM_OFFICE), at))
            each.new_for_student_since = at if each.is_open else None
        else:
            each.unread_since = each.unanswered_since = at
        each.last_message_at = at
        written.append(each)
    Message.objects.bulk_create(messages)
    StudentRequest.objects.bulk_update(written, MARKS)


def _message(student_request, author_id, text, at):
    return Message(
        student_request=student_request,
        author_id=author_id,
        from_office=author_id != student_request.started_by_id,
        text=text,
        sent_at=at,
    )

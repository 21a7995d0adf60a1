"""The page behind an approver's link, for somebody without an account.

Looking decides nothing, however often a mail scanner looks. One POST shows the decision once
more, a second one makes it, through the one door.
"""

from functools import wraps

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from isso.requests.notices.link_pages import private
from isso.requests.notices.tokens import LinkProblem
from isso.requests.people.roles import Role
from isso.requests.records.access import log_read

from ..actor import Actor
from ..answers import readable, readable_pages, situation_of
from ..approvals import open_token
from ..file_answer import file_answer
from ..perform import NotAllowed, NotPossible, perform
from ..renewal import send_new_link
from .approver_forms import ENDORSE, DecisionForm, plain_answers, questions_for
from .approver_words import NEW_LINK, PROBLEMS, thanks_for
from .throttle import too_many

TRIES = {"limit": 20, "seconds": 600}


def behind_link(view):
    """Open a page to the holder of a link; ``view`` gets the waiting approval.

    Every answer is private: kept by no cache, found by no search engine, and its address goes
    into no Referer.
    """

    @never_cache
    @wraps(view)
    def guarded(request, token, **kwargs):
        try:
            response = _answer(view, request, token, **kwargs)
        except LinkProblem as problem:
            response = dead_link(request, token, problem)
        return private(response)

    return guarded


def _answer(view, request, token, **kwargs):
    try:
        return view(request, open_token(token), **kwargs)
    except (NotAllowed, NotPossible):
        # Somebody was faster. The link now tells what became of the request.
        open_token(token)
        raise LinkProblem("ended") from None


def dead_link(request, token, problem):
    """Say kindly why a link opens nothing, and what can be done."""
    status, title, sentence = PROBLEMS[problem.reason]
    context = {
        "title": title,
        "sentence": sentence,
        "approval": problem.subject,
        "token": token if problem.reason == "expired" else "",
    }
    return render(request, "portal/approval/dead_link.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link
def approval_page(request, approval):
    """Show what is asked to the holder of a link, and take the decision."""
    if request.method == "POST" and is_student(request.user):
        return render(request, "portal/approval/not_yours.html", status=403)
    return decision_page(request, approval)


def decision_page(request, approval, user=None):
    """Show what is asked; check a decision, show it once more, make it.

    ``user`` is the colleague of the office asked, where he decides by account.
    """
    step = step_of(approval)
    if request.method != "POST":
        name = user.full_name if user else approval.name
        form = DecisionForm(step=step, initial={"decided_name": name})
        return _page(request, approval, form, questions_for(step), user)
    if too_many("approval", str(approval.pk), **TRIES):
        return render(request, "portal/approval/too_often.html", status=429)

    form, questions = DecisionForm(request.POST, step=step), questions_for(step, request.POST)
    all_right = form.is_valid() and (not questions.is_bound or questions.is_valid())
    if not all_right or request.POST.get("step") == "change":
        return _page(request, approval, form, questions, user, status=200 if all_right else 422)
    if request.POST.get("step") != "confirm":
        return _check_page(request, approval, form, questions)
    return _decide(request, approval, form, questions, user)


def step_of(approval):
    """Return the step of approval in which this was asked."""
    return approval.student_request.type.approval_steps[approval.step]


def is_student(user):
    """Return whether a student sits at this browser, who may decide nothing here."""
    return user.is_authenticated and (Role.STUDENT in user.roles or hasattr(user, "record"))


def _page(request, approval, form, questions, user, status=200, problems=()):
    student_request = approval.student_request
    log_read(user, "approval", approval.pk, record=student_request.student_id)
    situation = situation_of(student_request)
    step = step_of(approval)
    shown = student_request.type.seen_in(step)
    if not step.office:
        shown = shown - {step.name_field, step.email_field}
    pages = [
        (page, [row for row in rows if row.name in shown and row.value])
        for page, rows in readable_pages(student_request.type, student_request.answers, situation)
    ]
    context = {
        "approval": approval,
        "step": step,
        "student_request": student_request,
        "pages": [(page, rows) for page, rows in pages if rows],
        "files": _files(approval),
        "form": form,
        "questions": questions,
        "problems": [*problems, *_problems_of(questions)],
    }
    return render(request, "portal/approval/page.html", context, status=status)


def _problems_of(questions):
    return [
        {"text": error, "href": f"#{field.first_control_id}"}
        for field in questions
        for error in field.error_lines
    ]


def _files(approval):
    student_request = approval.student_request
    shown = student_request.type.seen_in(step_of(approval))
    return student_request.documents.uploaded().filter(slot__in=shown)


def _check_page(request, approval, form, questions):
    """Show the decision in words; the typed values travel on as hidden fields."""
    names = {*form.fields, *questions.fields}
    context = {
        "approval": approval,
        "student_request": approval.student_request,
        "form": form,
        "decision": dict(form.fields["decision"].choices)[form.cleaned_data["decision"]],
        "answers": [
            (field.label, readable(field.field, field.value()))
            for field in questions
            if questions.is_bound and field.name not in questions.unasked
        ],
        "hidden": [
            (name, value)
            for name, values in request.POST.lists()
            if name in names
            for value in values
        ],
    }
    return render(request, "portal/approval/check.html", context)


def _decide(request, approval, form, questions, user):
    decided = form.cleaned_data
    decision = decided["decision"]
    try:
        perform(
            approval.student_request,
            decision,
            Actor.for_approval(approval, user),
            note=decided["comment"],
            answers=plain_answers(questions) if decision == ENDORSE else {},
            decided_name=decided["decided_name"],
            decided_title=decided["decided_title"],
            decided_from=get_adapter().get_client_ip(request),
        )
    except ValidationError as error:
        problems = [{"text": text} for text in error.messages]
        return _page(request, approval, form, questions, user, status=422, problems=problems)
    context = {"approval": approval, "thanks": thanks_for(decision, approval)}
    return render(request, "portal/approval/thanks.html", context)


@require_safe
@behind_link
def approval_document(request, approval, document_id):
    """Hand out one file to the holder of a link."""
    return document_answer(request, approval, document_id)


def document_answer(request, approval, document_id, user=None):
    """Return one file that is shown in this step; every other one does not exist."""
    document = _files(approval).filter(pk=document_id).first()
    whose = approval.student_request.student_id if document else None
    log_read(user, "approval document", document_id, allowed=document is not None, record=whose)
    if document is None:
        raise LinkProblem("invalid")
    return file_answer(document)


@require_POST
@never_cache
def new_link(request, token):
    """Mail a new link to the address the expired one went to."""
    try:
        send_new_link(token)
    except LinkProblem as problem:
        return private(dead_link(request, token, problem))
    context = {"thanks": NEW_LINK}
    return private(render(request, "portal/approval/thanks.html", context))

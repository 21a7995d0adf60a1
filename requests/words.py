"""What happens now, in the words of every status page and the guide, and days in words."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .lifecycle import STUDENT_LABELS, CloseReason, State

# Tone and icon of the status stamp; never color alone, the word is always there.
STAMPS = {
    State.DRAFT: ("muted", "pencil"),
    State.APPROVER_REVIEW: ("brand", "user-check"),
    State.SUBMITTED: ("brand", "hourglass"),
    State.IN_REVIEW: ("brand", "hourglass"),
    State.CLARIFICATION: ("warn", "message-square-warning"),
    State.APPROVED: ("ok", "check"),
    State.PROCESSING: ("ok", "check"),
    State.COMPLETED: ("ok", "circle-check"),
    State.DENIED: ("bad", "x"),
    State.WITHDRAWN: ("muted", "rotate-ccw"),
    State.EXPIRED: ("muted", "clock"),
}

# The general sentence of each status, for the guide; a request's own page says it with its facts.
EXPLANATIONS = {
    State.DRAFT: gettext_lazy(
        "You have started this request but not sent it. We cannot see or process it yet. When "
        "everything is right, open it and press Submit."
    ),
    State.APPROVER_REVIEW: gettext_lazy(
        "Your academic/program advisor has the request and has not approved it yet. You can send "
        "a polite reminder, correct the address, or have the e-mail sent again."
    ),
    State.SUBMITTED: gettext_lazy(
        "The request is in our list. One of our advisors is assigned, reviews it and processes it, "
        "normally within 5 to 7 business days. It is locked now; write us a message to add or "
        "change something, and do not send a second request."
    ),
    State.CLARIFICATION: gettext_lazy(
        "We need you to change or explain something. Open the request, change what is marked and "
        "press Submit again. Do not start a new request."
    ),
    State.APPROVED: gettext_lazy(
        "We have approved the request. We are recording it in SEVIS, the government’s student "
        "system, and preparing your document."
    ),
    State.COMPLETED: gettext_lazy(
        "Everything is done. If a document was promised, you find it under Documents for you."
    ),
    State.DENIED: gettext_lazy(
        "We could not approve the request. You can read the reason in it, and what you can do."
    ),
    State.WITHDRAWN: gettext_lazy("The request was taken back. You may start a new one."),
    State.EXPIRED: gettext_lazy(
        "Nothing happened for too long, or a legal deadline passed. The request says what to do."
    ),
}


def status_words():
    """Return (label, explanation, tone, icon) of each status a student can see, in order."""
    return [(STUDENT_LABELS[state], text, *STAMPS[state]) for state, text in EXPLANATIONS.items()]


def what_happens_now(student_request):
    """Return the sentences that tell this student what happens now with this request."""
    return SENTENCES[State(student_request.state)](student_request)


def in_business_days(days):
    """Write a number of business days."""
    return ngettext("%(days)d business day", "%(days)d business days", days) % {"days": days}


def _draft(student_request):
    if student_request.department:
        return _("It has not been sent. Finish it and press Submit.")
    if student_request.started_by_id != student_request.owner_id:
        if student_request.type.is_first_form:
            return _("We started this for you. Check every tab, and press Complete.")
        return _(
            "We started this request for you. Check what is filled in, complete it, and press "
            "Submit. Until then we cannot see or process it."
        )
    if student_request.type.is_first_form:
        return _("We have not received this yet. Fill in every tab and press Complete.")
    return _("We have not received this yet. Finish it and press Submit.")


def _approver_review(student_request):
    approval = student_request.current_approval
    if student_request.office_asked and approval is not None:
        return _("%(office)s has it since %(date)s. We tell you as soon as there is an answer.") % {
            "office": student_request.step.label,
            "date": _day(approval.asked_at),
        }
    if approval is None and student_request.department:
        return _(
            "The person you named is not the right one. Name somebody else, so that the request "
            "can go on."
        )
    if approval is None:
        return _(
            "The person you named is not the right one. Name another academic/program advisor, so "
            "that the request can go on."
        )
    return _(
        "%(name)s got the request on %(date)s and has not approved it yet. You may send a "
        "polite reminder or correct the address."
    ) % {"name": approval.name, "date": _day(approval.asked_at)}


def _with_office(student_request):
    advisor = student_request.assignee
    who = (
        _("%(name)s of our office has your request.") % {"name": advisor.get_short_name()}
        if advisor
        else _("Your request is in our list and an advisor will be assigned.")
    )
    when = (
        _(" We expect to be done by %(date)s.")
        % {"date": date_format(student_request.due_on, "l, F j, Y")}
        if student_request.due_on
        else ""
    )
    return who + when + _(" It is locked now; write a message to add something.")


def _clarification(student_request):
    if student_request.type.is_first_form:
        return _("Change what is marked and press Complete again.")
    return _("Change what is marked and press Submit again. Do not start a new request.")


def _approved(student_request):
    if student_request.type.followed_by:
        return _what_follows(student_request)
    if student_request.promise and not student_request.type.sevis_event:
        return _("We are preparing your document: %(document)s.") % {
            "document": student_request.promise
        }
    if student_request.promise:
        return _("We are recording it in SEVIS and preparing your document: %(document)s.") % {
            "document": student_request.promise
        }
    return _("We are recording it in SEVIS.")


def _what_follows(student_request):
    """Say how far the other half is, and nothing of what stands in it."""
    after = student_request.followers.order_by("-created_at", "-pk").first()
    name = {"name": student_request.student.full_name}
    if after is None or after.state == State.DRAFT:
        waits = _("We have approved it. Now %(name)s completes the own part and sends it to us.")
        return waits % name
    if after.is_open:
        return _("%(name)s has sent the own part. We are working on it.") % name
    return _(
        "We have approved it, but the part of %(name)s has ended (%(status)s). Write to us what "
        "you wish to do."
    ) % (name | {"status": str(after.student_label).lower()})


def _completed(student_request):
    if student_request.promise and student_request.department:
        return _("It is done. Your scholar has the document: %(document)s.") % {
            "document": student_request.promise
        }
    if student_request.promise:
        return _("Your document is ready. Download it below.")
    return _("It is recorded. There is nothing more to do.")


def _denied(student_request):
    if refusal := _refusal(student_request):
        return _("%(who)s has not agreed. The reason: %(reason)s") % {
            "who": refusal.name,
            "reason": student_request.outcome_note,
        }
    return _(
        "We could not approve it. Our reason: %(reason)s Write to us or visit walk-in advising."
    ) % {"reason": student_request.outcome_note}


def _refusal(student_request):
    """Return the approval in which somebody outside the office refused, or None."""
    if not any(step.may_refuse for step in student_request.type.approval_steps):
        return None
    return student_request.approvals.filter(outcome="refused").last()


def _withdrawn(student_request):
    if student_request.close_reason == CloseReason.BY_STUDENT:
        return _("You withdrew this request. You may start a new one.")
    reason = dict(CloseReason.choices).get(student_request.close_reason, "")
    return _("This request was withdrawn (%(reason)s). You may start a new one.") % {
        "reason": str(reason).lower()
    }


def _expired(student_request):
    return student_request.outcome_note or _(
        "Nothing happened for too long. Start a new request if you still need it."
    )


def _day(moment):
    return date_format(timezone.localtime(moment), "F j")


SENTENCES = {
    State.DRAFT: _draft,
    State.APPROVER_REVIEW: _approver_review,
    State.SUBMITTED: _with_office,
    State.IN_REVIEW: _with_office,
    State.CLARIFICATION: _clarification,
    State.APPROVED: _approved,
    State.PROCESSING: _approved,
    State.COMPLETED: _completed,
    State.DENIED: _denied,
    State.WITHDRAWN: _withdrawn,
    State.EXPIRED: _expired,
}

"""What the approver's pages say: after a decision, and when a link opens nothing."""

from django.utils.translation import gettext_lazy as _

from .approver_forms import ENDORSE, NOT_ME, REFUSE, RETURN

# Reason of a LinkProblem → (HTTP status, title, sentence).
PROBLEMS = {
    "invalid": (
        404,
        _("This link does not work"),
        _("It may be cut off. Open it again from the e-mail, or copy the whole address."),
    ),
    "expired": (
        410,
        _("This link has run out"),
        _("Links work for 30 days. We can send a new one to the address this one went to."),
    ),
    "decided": (
        410,
        _("This has been decided"),
        _("The decision is kept and cannot be changed here. Write to us if it was a mistake."),
    ),
    "replaced": (
        410,
        _("This link is no longer the right one"),
        _(
            "A newer link was sent, or somebody else was asked. Look for our newest e-mail "
            "to you; if there is none, nothing is left for you to do."
        ),
    ),
    "ended": (
        410,
        _("Nothing is left for you to do"),
        _("The request has moved on, so your approval is no longer needed. Thank you."),
    ),
}

THANKS = {
    ENDORSE: _("The request is now with our office, and the student has been told."),
    RETURN: _("The student has your comment and will send the request to you again."),
    NOT_ME: _("We ask the student to name somebody else. This link no longer works."),
}
# With a request of a department, whose scholar hears nothing of it.
THANKS_FOR_DEPARTMENTS = {
    ENDORSE: _("The request goes on, and the department has been told."),
    RETURN: _("The department has your comment and will send the request again."),
    NOT_ME: _("We ask the department to name somebody else. This link no longer works."),
    REFUSE: _("The request has ended. Only the department and our office read your reason."),
}
NEW_LINK = _("We have sent a new link. It is in your mail in a few minutes.")


def thanks_for(decision, approval):
    """Return what a decision has brought about."""
    words = THANKS_FOR_DEPARTMENTS if approval.student_request.department else THANKS
    return words.get(decision, THANKS_FOR_DEPARTMENTS[decision])

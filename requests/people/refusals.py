"""Why somebody does not get in, each on a page with a code, the next step and who helps."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BACK = _("Back to sign-in")


@dataclass(frozen=True)
class Refusal:
    """One reason; the code is what people read to the office on the phone."""

    code: str
    status: int
    title: Promise
    text: Promise
    # What a person can do, in this order.
    steps: tuple[Promise, ...] = ()
    # The address, by its name, where that is done, and the words that lead there.
    way: str = "account_login"
    way_words: Promise = BACK


OVER = Refusal(
    "S1",
    400,
    _("This sign-in is over"),
    _("It was open for too long, was used before, or began in another browser. Nothing happened."),
    (_("Start again with the button below, in this browser, in one go."),),
)
STOPPED = Refusal(
    "S2",
    400,
    _("You stopped at the campus sign-in"),
    _("Nothing happened, and you are not signed in."),
    (_("Start again when you are ready."),),
)
UNPROVEN = Refusal(
    "S3",
    400,
    _("We could not be sure who you are"),
    _("The answer of the campus sign-in was incomplete or not meant for you. Nothing happened."),
    (
        _("Start again with the button below."),
        _("If it happens again, tell us the code above: we look into it together with IT."),
    ),
)
NOT_INVITED = Refusal(
    "S4",
    403,
    _("Your campus account is not connected yet"),
    _(
        "Your campus account works, but it does not open the portal yet. We connect it by an "
        "invitation, never by your name or e-mail address."
    ),
    (
        _("Open the link in our newest invitation e-mail, and use the campus button there."),
        _("You signed in with a code until now? Do so once more, with the button below."),
        _("No invitation? Look into the spam folder, then write to us. We send you a new one."),
    ),
    "campus_connect",
    _("Sign in with a code and connect my campus account"),
)
CLOSED = Refusal(
    "S5",
    403,
    _("This account is closed"),
    _("Your campus account works, but the office has closed your access to this site."),
    (_("Write to us if you think that this is a mistake."),),
)
TAKEN = Refusal(
    "S6",
    409,
    _("This campus account cannot be connected"),
    _("It or you are connected already, but not with each other. Nothing was changed."),
    (
        _("Did somebody else sign in on this computer? Close the browser and start again."),
        _("Else write to us: only the office can change the connection."),
    ),
)
AWAY = Refusal(
    "S7",
    # The fault is the other server's, not ours: 424, as 5xx would call our own operators.
    424,
    _("The campus sign-in does not answer"),
    _("It is not your fault. The rest of this site works, and everything you saved is safe."),
    (
        _("Wait some minutes, then start again."),
        _("You sign in with a code from your e-mail? That still works."),
        _("Does the e-mail of your university not work either? Then ask IT."),
    ),
)
LONG_AGO = Refusal(
    "S8",
    403,
    _("Sign in once more first"),
    _("You signed in some time ago. Connecting an account needs to be sure that it is still you."),
    (_("Sign out, sign in again, and open this page within 15 minutes."),),
    "account_logout",
    _("Sign out"),
)
ANOTHERS = Refusal(
    "S9",
    409,
    _("Somebody else is signed in at the campus"),
    _("Nothing was connected."),
    (
        _("Sign out there, or close all windows of the browser."),
        _("Then open the link in our invitation again, or sign in and connect once more."),
    ),
)


def refuse(request, refusal, **context):
    """Show why, with what to do now and who helps."""
    context |= {"refusal": refusal}
    return render(request, "account/refused.html", context, status=refusal.status)

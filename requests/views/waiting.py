"""Requests waiting for me: an address, a code by mail, then a list, without an account.

Who asks learns nothing before the code: the pages are the same for known and unknown addresses.
"""

from allauth.account.adapter import get_adapter
from django import forms
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from isso.requests.notices.link_pages import private
from isso.requests.records.access import log_reads

from ..approvals import make_token
from ..type_forms.approver import approver_email
from ..waiting_codes import (
    CODE_LIFETIME,
    LIST_LIFETIME,
    is_code,
    new_number,
    send_code,
    waiting_for,
)
from ..waiting_offices import offices_of, waiting_for_offices_of
from .throttle import too_many

ASKED, OPENED = "waiting_asked", "waiting_opened"
MAILS_TO_AN_ADDRESS = {"limit": 3, "seconds": 900}
# Several people of a department may share one network address.
MAILS_FROM_A_CLIENT = {"limit": 20, "seconds": 900}
TRIES_OF_A_CODE = {"limit": 5, "seconds": 900}
SPENT = _("This code was tried too often. Ask for a new one, please.")
TOO_OFTEN = _("This was tried very often in a short time. Try again in 15 minutes.")


class AddressForm(forms.Form):
    """Whose requests are looked for."""

    email = approver_email(_("Your university e-mail address"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("We send a code there. No account is needed.")
        self.fields["email"].widget.attrs |= {"autocomplete": "email", "inputmode": "email"}


class CodeForm(forms.Form):
    """The code out of the mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text=_("Eight digits from our e-mail."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def waiting(request):
    """Ask for the address, then for the code, then show the list until its time is over."""
    return private(_answer(request))


def _answer(request):
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step == "leave":
        _forget(request)
        return redirect("portal_approvals")
    if email := _open_for(request):
        return _list(request, email)
    if offices_of(request.user) and not step and "address" not in request.GET:
        return _list_of_offices(request)
    asked = _kept(request, ASKED)
    if step == "address":
        return _send(request)
    if asked and step == "code":
        return _open(request, asked)
    if asked:
        return _show(request, "code", CodeForm())
    return _show(request, "address", AddressForm())


def _send(request):
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _show(request, "address", form, 422)
    client = get_adapter().get_client_ip(request)
    if too_many("approver-code-from", str(client), **MAILS_FROM_A_CLIENT):
        form.add_error(None, TOO_OFTEN)
        return _show(request, "address", form, 429)
    email, number = form.cleaned_data["email"].strip().lower(), new_number()
    # Beyond the limit of an address the page stays the same; only the mails stop, and a code that
    # nobody was sent opens nothing, or guessing would be limited by no address.
    is_sent = not too_many("approver-code-to", email, **MAILS_TO_AN_ADDRESS)
    if is_sent:
        send_code(email, number)
    request.session[ASKED] = _note(CODE_LIFETIME, email=email, number=number, is_sent=is_sent)
    return redirect("portal_approvals")


def _open(request, asked):
    form = CodeForm(request.POST)
    if too_many("approver-code", asked["number"], **TRIES_OF_A_CODE):
        _forget(request)
        return _show(request, "address", AddressForm(), 429, [{"text": SPENT}])
    if not form.is_valid():
        return _show(request, "code", form, 422)
    if not (is_code(asked["number"], form.cleaned_data["code"]) and asked["is_sent"]):
        form.add_error("code", _("This is not the code of our newest e-mail. Look again, please."))
        return _show(request, "code", form, 422)
    # The code is spent, and whoever knew the session before knows it no more.
    _forget(request)
    request.session.cycle_key()
    request.session[OPENED] = _note(LIST_LIFETIME, email=asked["email"])
    return redirect("portal_approvals")


def _list(request, email):
    approvals = list(waiting_for(email))
    rows = [_row(each, reverse("portal_approval", args=[make_token(each)])) for each in approvals]
    return _rows(request, None, approvals, rows, email=email)


def _list_of_offices(request):
    """Show a colleague of another office what waits for it; his account is proof enough."""
    approvals = list(waiting_for_offices_of(request.user))
    rows = [_row(each, reverse("portal_office_approval", args=[each.pk])) for each in approvals]
    return _rows(request, request.user, approvals, rows)


def _row(approval, href):
    return {
        "student": approval.student_request.student.full_name,
        "title": approval.student_request.type.title,
        "reference": approval.student_request.reference,
        "department": approval.student_request.department,
        "asked_at": approval.asked_at,
        "href": href,
    }


def _rows(request, user, approvals, rows, **context):
    read = (each.student_request.student_id for each in approvals)
    log_reads(user, "waiting for an approver", read)
    return render(request, "portal/approval/waiting.html", {"rows": rows} | context)


def _note(lifetime, **fields):
    return fields | {"until": (timezone.now() + lifetime).timestamp()}


def _kept(request, name):
    kept = request.session.get(name)
    return kept if kept and timezone.now().timestamp() < kept["until"] else None


def _open_for(request):
    opened = _kept(request, OPENED)
    return opened["email"] if opened else ""


def _forget(request):
    for name in (ASKED, OPENED):
        request.session.pop(name, None)


def _show(request, step, form, status=200, problems=()):
    context = {"step": step, "form": form, "problems": problems}
    return render(request, "portal/approval/waiting_door.html", context, status=status)

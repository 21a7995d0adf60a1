"""The pages of a request: one address each, saved at every press of a button."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isso.home.calendar import clock

from .. import drafting
from ..actor import Actor
from ..answers import form_for, situation_of
from ..autosaving import fingerprint, open_items
from ..lifecycle import EDITABLE
from ..perform import NotPossible
from ..preconditions import approver_objections
from .access import own_request
from .before_arrival.reading import is_tab_to_read, read_tab
from .before_arrival.tabs import tabs_for
from .each_one import groups_of, take_out_one
from .journey import address_of, home_of, neighbors, pages_to_fill, slots_asked, steps
from .moving_on import form_change
from .questions import questions_of, reply_name
from .rows import file_row
from .unsaved import forget, give_back, keep_typed


@dataclass
class Saved:
    """What saving a page came to: the bound form, and what was wrong with files and replies."""

    form: Any = None
    problems: list[dict] = field(default_factory=list)

    @property
    def attention(self):
        """How many answers or files need another look."""
        return len(self.form.errors if self.form else ()) + len(self.problems)


@keep_typed
@own_request
def page(request, student_request, slug):
    """Show one page (GET), or save it and go on (POST)."""
    if request.method != "POST" and is_tab_to_read(student_request, slug):
        return read_tab(request, student_request, slug)
    page = page_to_edit(student_request, slug)
    if request.method != "POST":
        typed = give_back(request, student_request.reference, slug)
        return show(request, student_request, page, typed=typed)
    student_request, saved = save(request, student_request, page)
    if "take_out" in request.POST:
        return take_out_one(request, student_request, page)
    if "later" in request.POST:
        messages.success(request, _("%(saved)s You can go on any time.") % {"saved": saved_at()})
        return redirect(home_of(student_request))
    if saved.form and saved.form.absent:
        # An answer has opened questions; nobody could answer them yet, so none is missing.
        messages.success(request, _("%(saved)s Now go on below.") % {"saved": saved_at()})
        return redirect(address_of(student_request, page))
    if saved.attention:
        return show(request, student_request, page, saved)
    _before, after = neighbors(student_request, page)
    return redirect(address_of(student_request, after))


def page_to_edit(student_request, slug):
    """Return the page; raises Http404, and NotPossible when nothing of it may change now."""
    page = student_request.type.page(slug)
    if page is None:
        raise Http404
    if student_request.state not in EDITABLE:
        raise NotPossible(
            _("This request is locked because it has been sent. Write a message to change it.")
        )
    if page not in pages_to_fill(student_request):
        raise NotPossible(_("There is nothing to fill in on that page now."))
    return page


def save(request, student_request, page):
    """Keep everything this page posted, right or wrong; return (request, Saved)."""
    actor = Actor.for_student(request.user)
    saved = Saved()
    if page.form:
        student_request, saved.form = drafting.save_page(student_request, page, request.POST, actor)
        _say_who_cannot_be_asked(student_request, saved.form)
    for item in open_items(student_request):
        if reply_name(item) in request.POST:
            drafting.answer_question(
                student_request, item.pk, request.POST[reply_name(item)], actor
            )
    forget(request, student_request.reference, page.slug)
    for slot in slots_asked(page, student_request):
        for uploaded in request.FILES.getlist(slot.name):
            saved.problems += _attach(student_request, slot, uploaded, actor)
    return student_request, saved


def _say_who_cannot_be_asked(student_request, form):
    """Say already at the field who cannot be asked to approve; the address stands as typed."""
    for step in student_request.type.approval_steps:
        names_one = not step.office and step.is_asked(student_request.answers)
        email = form.fields.get(step.email_field) if names_one else None
        if email is None or email.disabled or {step.name_field, step.email_field} & {*form.errors}:
            continue
        for sentence in approver_objections(student_request, step, form.cleaned_data):
            form.add_error(step.email_field, sentence)


def _attach(student_request, slot, uploaded, actor):
    try:
        drafting.attach(student_request, slot, uploaded, actor)
    except ValidationError as problem:
        sentence = " ".join(problem.messages)
        text = _("“%(name)s” was not kept. %(why)s") % {"name": uploaded.name, "why": sentence}
        return [{"text": text, "href": f"#id_{slot.name}", "slot": slot.name}]
    return []


def show(request, student_request, page, saved=None, typed=None):
    """Render a page: after saving with what needs attention, or with what was typed signed out."""
    situation = situation_of(student_request)
    form = saved.form if saved else None
    if page.form and form is None:
        names = drafting.editable_names(student_request)
        form = form_for(page, situation, names=names)
        form.initial |= _open_fields(form, typed) if typed else {}
    documents = list(student_request.documents.uploaded().order_by("added_at"))
    filled = {each.slot for each in documents if not each.is_infected}
    stops = steps(student_request, situation, filled, page)
    before, after = neighbors(student_request, page)
    problems = saved.problems if saved else []
    questions = questions_of(student_request, page, form, documents, problems)
    for item in (each for question in questions if typed for each in question.items):
        item.reply = typed.get(reply_name(item), item.reply)
    context = {
        "tab": "requests",
        "first_form": tabs_for(
            request.user,
            student_request.student,
            student_request,
            situation=situation,
            current=page.slug,
        ),
        "student_request": student_request,
        # What was typed signed out began with an older page; a newer save is not undone unasked.
        "seen": typed.get("seen", "") if typed else fingerprint(student_request, page),
        "is_given_back": typed is not None,
        "form_change": form_change(student_request, documents),
        "page_title": page.title,
        "intro": page.intro,
        "upload_slug": page.slug,
        "form": form,
        "problems": problems,
        "saved_sentence": _attention(saved) if saved else "",
        "groups": groups_of(student_request, form, questions),
        "questions": questions,
        "files": [file_row(each) for each in documents],
        "steps": stops,
        "step": pages_to_fill(student_request).index(page) + 1,
        "back": address_of(student_request, before) if before else "",
        "next": address_of(student_request, after),
        # A page's own calculator follows what is typed; the type's is about the record.
        "live_panel": page.panel(situation) if page.panel else None,
        "panel": () if page.panel else student_request.type.panel(situation),
    }
    return render(request, "portal/page.html", context)


def _open_fields(form, typed):
    """Return what was typed into the fields that may change now."""
    return {
        name: field.widget.value_from_datadict(typed, {}, name)
        for name, field in form.fields.items()
        if not field.disabled
    }


def saved_at():
    """Return the sentence that says when it was saved."""
    return _("Saved at %(time)s.") % {"time": clock(timezone.localtime().time())}


def _attention(saved):
    if not saved.attention:
        return saved_at()
    return saved_at() + ngettext(
        " %(count)d answer needs your attention.",
        " %(count)d answers need your attention.",
        saved.attention,
    ) % {"count": saved.attention}

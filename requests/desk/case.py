"""The case page and what is written on it: notes, messages, documents, confirmations."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.home.hours import calendar_for

from ..approvals import confirm_approver
from ..conversation import add_note, newest_of, send_message
from ..issued_documents import kind_promised
from ..letters.revoking import revoke_letter
from ..models import ReplyTemplate
from ..perform import NotAllowed, NotPossible, actions_for
from ..permissions import advisor
from ..releasing import RELEASABLE, release_document
from .access import CaseAccess, OfficeAccess
from .action_forms import show_errors
from .case_forms import MessageForm, NoteForm, ReleaseForm, RevokeLetterForm
from .casefile import CaseFile
from .looking import mark_of
from .next_case import list_url, next_url
from .presence import others_looking
from .queue import view_url
from .queue_words import age_in_words, is_late
from .reply_templates import with_template
from .threads import ThreadRead, ThreadSettled


class CaseBase(CaseAccess, WagtailAdminTemplateMixin, TemplateView):
    """What the case page and the pages of its actions share: the way there and the heading."""

    header_icon = "folder-open-inverse"

    def get_page_title(self):
        """Name the student."""
        return self.student_request.student.full_name

    def get_page_subtitle(self):
        """Name the request."""
        return str(self.student_request)

    def get_breadcrumbs_items(self):
        """Lead back to the queue."""
        return [
            *self.breadcrumbs_items,
            {"url": list_url(self.request.GET) or view_url("all"), "label": _("Queue")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    @property
    def thread(self):
        """The messages about a request are its thread."""
        return self.student_request

    def to_case(self):
        """Return to the case page."""
        return redirect(self.case_url)

    @property
    def from_list(self):
        """What the addresses of a case keep of the list the advisor came from (next_case.py)."""
        query = self.request.GET.urlencode()
        return f"?{query}" if query else ""

    @property
    def case_url(self):
        """The address of the case page."""
        return reverse("desk_case", args=[self.student_request.pk]) + self.from_list

    @property
    def next_url(self):
        """The address that leads to the next case of that list."""
        return reverse("desk_next", args=[self.student_request.pk]) + self.from_list

    @property
    def seen(self):
        """What the page shows as the state of things, to tell whether it is still so later."""
        return mark_of(self.student_request.version, self.student_request.last_message_at)

    def get_context_data(self, **kwargs):
        """Add the ways on and back, and who else is here."""
        ways = {
            "student_request": self.student_request,
            "others": others_looking(self.student_request.pk, self.request.user),
            "seen": self.seen,
            "from_list": self.from_list,
            "next_url": self.next_url,
            "queue_url": list_url(self.request.GET) or view_url("all"),
            "case_url": self.case_url,
        }
        return super().get_context_data(**ways | kwargs)


class CaseView(ThreadRead, CaseBase):
    """One request, with everything an advisor needs to decide on it."""

    template_name = "desk/case.html"

    @cached_property
    def case(self):
        """Everything there is to show."""
        case = CaseFile(self.student_request, self.other_requests)
        # Spares asking for each button whether the promised document is there.
        self.student_request.has_released_document = bool(case.released)
        return case

    def get_context_data(self, **kwargs):
        """Add the case, the legal actions and the forms."""
        student_request, today = self.student_request, timezone.localdate()
        context = {
            "case": self.case,
            "student_request": student_request,
            "age": age_in_words(student_request, today, calendar_for(self.request)),
            "is_late": is_late(student_request, today),
            "clocks": self.case.clocks(calendar_for(self.request)),
            "actions": actions_for(student_request, self.actor),
            "may_release": student_request.state in RELEASABLE,
            "note_form": NoteForm(prefix="note"),
            "message_form": MessageForm(prefix="message"),
            "release_form": ReleaseForm(
                prefix="release",
                initial={
                    "title": student_request.promise,
                    "kind": kind_promised(student_request),
                },
            ),
        }
        context |= self._templates()
        if self.case.letter:
            context["revoke_form"] = RevokeLetterForm(prefix="revoke")
        context |= kwargs
        context["message_form"].shown_below(newest_of(self.case.messages))
        return super().get_context_data(**context)

    def _templates(self):
        """Return what may be inserted into a message and into a note, in one query."""
        place = ReplyTemplate.Place
        found = ReplyTemplate.objects.filter(place__in=(place.MESSAGE, place.NOTE))
        offered = [each for each in found if each.is_for(self.student_request.type_key)]
        return {
            f"{name}_templates": [each for each in offered if each.place == name]
            for name in (place.MESSAGE, place.NOTE)
        }


class NextCase(OfficeAccess, View):
    """The way on: to the next case of the list the advisor came from, or back to that list."""

    http_method_names = ["get", "head"]

    def get(self, request, pk):
        """Lead there; which request follows is asked only now, when somebody wants to go on."""
        if address := next_url(request.user, request.GET, pk):
            return redirect(address)
        if back := list_url(request.GET):
            messages.success(request, _("That was the last one of this list."))
            return redirect(back)
        return redirect("desk_queue")


class CasePost(CaseView):
    """Something written on the case page: done and back, or the page again with its mistakes."""

    form_class = None
    form_name = ""
    done_text = ""
    # Whether it is not done before its writer has seen what happened meanwhile.
    waits_when_changed = False

    def get(self, request, *args, **kwargs):
        """Lead who opens the address of a form to the page it stands on."""
        return self.to_case()

    def post(self, request, *args, **kwargs):
        """Do it, or show what is wrong with what was typed still there."""
        if "insert" in request.POST:
            return self.insert()
        form = self.form_class(request.POST, request.FILES, prefix=self.form_name)
        if self.waits_when_changed and form.is_valid() and self._is_changed():
            return self._changed(form)
        if form.is_valid():
            try:
                self.write(**form.cleaned_data)
            except NotAllowed as error:
                raise Http404 from error
            except NotPossible as error:
                messages.error(request, str(error))
                return self.to_case()
            except ValidationError as error:
                show_errors(form, error)
        if form.is_valid():
            messages.success(request, self.done_text)
            return self.to_case()
        messages.error(request, _("This was not saved. See what to change below."))
        context = self.get_context_data(**{f"{self.form_name}_form": form})
        return self.render_to_response(context, status=422)

    def _is_changed(self):
        return self.request.POST.get("seen", self.seen) != self.seen

    def _changed(self, form):
        """Show the page as it is now, with what was typed, for whoever wrote without knowing."""
        context = self.get_context_data(**{f"{self.form_name}_form": form}, latest=self.case.latest)
        return self.render_to_response(context, status=409)

    def insert(self):
        """Show the page with the chosen template below what was typed."""
        typed = self.request.POST
        context = self.get_context_data()
        offered = context.get(f"{self.form_name}_templates", [])
        text = with_template(
            typed.get(f"{self.form_name}-text", ""),
            typed.get("template", ""),
            offered,
            self.student_request,
            self.request.user,
        )
        seen = newest_of(self.case.messages)
        form = self.form_class(prefix=self.form_name, initial={"text": text, "seen": seen})
        return self.render_to_response(context | {f"{self.form_name}_form": form})

    def write(self, **cleaned):
        """Do what the form is for; each subclass states it."""
        raise NotImplementedError


class AddNote(CasePost):
    """An internal note."""

    form_class = NoteForm
    form_name = "note"
    done_text = gettext_lazy("Note saved. The student does not see it.")

    def write(self, text):
        """Keep the note."""
        add_note(self.student_request, text, self.actor)


class SendMessage(ThreadSettled, CasePost):
    """A message to the student."""

    form_class = MessageForm
    form_name = "message"
    done_text = gettext_lazy("Message sent.")
    waits_when_changed = True

    def write(self, **cleaned):
        """Send the message."""
        send_message(self.student_request, actor=self.actor, **cleaned)


class ReleaseDocument(CasePost):
    """A document for the student."""

    form_class = ReleaseForm
    form_name = "release"
    done_text = gettext_lazy("Document released. The student can download it now.")

    def write(self, title, kind, file):
        """Release the file."""
        release_document(self.student_request, file, title, self.actor, kind)


class RevokeLetter(CasePost):
    """A letter that no longer counts."""

    form_class = RevokeLetterForm
    form_name = "revoke"
    done_text = gettext_lazy("The letter is revoked. Its page confirms nothing any more.")

    def write(self, why):
        """Revoke the letter."""
        revoke_letter(self.student_request, why, self.actor)


class ConfirmApprover(CaseBase):
    """The office knows the person who approved."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        """Note the confirmation."""
        approval = get_object_or_404(self.student_request.approvals, pk=kwargs["approval_pk"])
        if not advisor(self.student_request, self.actor):
            raise Http404
        confirm_approver(approval, self.actor)
        messages.success(request, _("%(name)s is confirmed as approver.") % {"name": approval.name})
        return self.to_case()

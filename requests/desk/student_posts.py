"""What an advisor does for a student without a case: start a request, add a document."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ..conversation import add_record_note
from ..drafting import NotOffered
from ..on_behalf import give_document, start_for
from ..perform import NotAllowed
from ..standing import offers_for
from .action_forms import show_errors
from .case_forms import NoteForm
from .student_access import StudentBase
from .student_forms import DocumentForm, StartForm


class StudentPost(StudentBase):
    """A form about one student: done and back, or the form again with its mistakes."""

    template_name = "desk/student/form.html"
    intro = ""
    button = ""

    def get_form(self, data=None, files=None):
        """Return the form, empty or with what was typed; each subclass states it."""
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        """Add the form and its words."""
        kwargs.setdefault("form", None)
        kwargs["form"] = kwargs["form"] or self.get_form()
        return super().get_context_data(**kwargs) | {
            "record": self.record,
            "intro": self.intro,
            "button": self.button,
        }

    def post(self, request, *args, **kwargs):
        """Do it, or show what is wrong with what was typed still there."""
        form = self.get_form(request.POST, request.FILES)
        if form.is_valid():
            try:
                return self.do(**form.cleaned_data)
            except NotAllowed as error:
                raise Http404 from error
            except ValidationError as error:
                show_errors(form, error)
        messages.error(request, _("This was not saved. See what to change below."))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def do(self, **cleaned):
        """Do what the form is for and return the answer; each subclass states it."""
        raise NotImplementedError


class StartForStudent(StudentPost):
    """Start a request that the student completes and sends."""

    page_subtitle = gettext_lazy("Start a request")
    button = gettext_lazy("Start and tell the student")
    intro = gettext_lazy(
        "The student finds the draft under Requests & Documents, gets a mail, completes it and "
        "sends it. You cannot see the draft; you see the request when it is sent."
    )

    def get_form(self, data=None, files=None):
        """Offer every type, the open ones first."""
        initial = {"type": self.request.GET.get("type", "")}
        return StartForm(data, offers=offers_for(self.record), initial=initial)

    def do(self, type, reason, note, start_key):
        """Start it, or lead to the one that is under way already."""
        try:
            started, is_new = start_for(
                self.record, type, self.actor, start_key=start_key, reason=reason, note=note
            )
        except NotOffered as error:
            raise ValidationError({"reason": str(error)}) from error
        words = {"request": started}
        if is_new:
            messages.success(
                self.request, _("%(request)s is started, and the student is told.") % words
            )
        elif started.submitted_at:
            messages.warning(self.request, _("%(request)s is under way already.") % words)
            return redirect("desk_case", started.pk)
        else:
            messages.warning(
                self.request,
                _("The student has a draft of this request already. Nobody was told again."),
            )
        return self.to_student()


class AddDocument(StudentPost):
    """Keep a file for the student without a request."""

    page_subtitle = gettext_lazy("Add a document")
    button = gettext_lazy("Add the document")

    def get_form(self, data=None, files=None):
        """Ask for the file, what it is and who sees it."""
        return DocumentForm(data, files, record=self.record)

    def do(self, file, **cleaned):
        """Keep it and say who sees it now."""
        document = give_document(self.record, file, self.actor, **cleaned)
        if document.released_at:
            text = _("“%(title)s” is released. The student can download it now.")
        else:
            text = _("“%(title)s” is kept. The student does not see it.")
        messages.success(self.request, text % {"title": document.title})
        return self.to_student()


class AddRecordNote(StudentPost):
    """Note something about the student that belongs to no request."""

    page_subtitle = gettext_lazy("Add a note")
    button = gettext_lazy("Save note")
    intro = gettext_lazy("The student does not see it.")

    def get_form(self, data=None, files=None):
        """Ask for the words."""
        return NoteForm(data)

    def do(self, text):
        """Keep the note."""
        add_record_note(self.record, text, self.actor)
        messages.success(self.request, _("Note saved. The student does not see it."))
        return self.to_student()

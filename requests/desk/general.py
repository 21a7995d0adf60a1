"""The general thread of one student: read, answered, or noted as needing no answer."""

from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ..conversation import general_thread_of, newest_of, send_message
from .case_forms import MessageForm
from .student_posts import StudentPost
from .threads import ThreadRead, ThreadSettled, messages_in


class StudentMessages(ThreadRead, ThreadSettled, StudentPost):
    """What a student and the office write to each other about no request."""

    template_name = "desk/student/messages.html"
    page_subtitle = gettext_lazy("Messages")

    @cached_property
    def thread(self):
        """The general thread; unsaved before the first message."""
        return general_thread_of(self.record)

    @cached_property
    def thread_shown(self):
        """Its messages, the oldest first."""
        return messages_in(self.thread)

    def get_form(self, data=None, files=None):
        """Ask for the words and the files."""
        return MessageForm(data, files, prefix="message")

    def get_context_data(self, **kwargs):
        """Add the thread, and to the form what is read above it."""
        context = super().get_context_data(**kwargs)
        context["form"].shown_below(newest_of(self.thread_shown))
        return context | {
            "thread": self.thread,
            "thread_messages": self.thread_shown,
        }

    def do(self, **cleaned):
        """Send the message."""
        send_message(self.thread, actor=self.actor, **cleaned)
        messages.success(self.request, _("Message sent."))
        return redirect(self.request.path)

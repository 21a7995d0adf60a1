"""The student page: one person with record, requests, documents and words, and what to do next."""

from isso.requests.records.access import log_read
from isso.requests.records.groups import SENSITIVE_FIELDS

from .case_forms import NoteForm
from .readings import readings_of
from .student_access import StudentBase
from .student_access_card import access_card, with_invitations
from .studentfile import StudentFile


class StudentView(StudentBase):
    """Everything about one student on one page."""

    template_name = "desk/student.html"

    def records(self):
        """Read the invitations along, for the card about the access."""
        return with_invitations(super().records())

    def get_page_subtitle(self):
        """Name the SEVIS ID beside the person's name."""
        return self.record.sevis_id or ""

    def get_breadcrumbs_items(self):
        """End at the person; the SEVIS ID is no page of its own."""
        return [
            *super().get_breadcrumbs_items()[:-2],
            {"url": "", "label": self.record.full_name},
        ]

    def get_context_data(self, **kwargs):
        """Add the file; a masked number is shown when asked for, and that is noted."""
        shown = self.request.GET.get("show", "")
        if shown in SENSITIVE_FIELDS and getattr(self.record, shown):
            log_read(self.request.user, shown, self.record.pk, record=self.record)
        else:
            shown = ""
        file = StudentFile(self.record, self.request.user, shown)
        return super().get_context_data(**kwargs) | {
            "file": file,
            "record": self.record,
            "note_form": NoteForm(),
            "access": access_card(self.record),
            "readings": readings_of(self.record, self.request.user),
        }

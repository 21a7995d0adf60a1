"""What this room tells the lower rooms through their registries, called once at start-up."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isso.home.advisors import register_shares
from isso.home.contact import register_sender
from isso.home.dashboard import register_quick_link
from isso.home.office import read_along
from isso.home.portal_words import register_status_words
from isso.home.processing_times import register_processing_times
from isso.home.schedule import register_publisher, register_schedule
from isso.pages.finding.sources import register_source
from isso.pages.fixed_addresses import FixedAddress, register_fixed
from isso.pages.form_rows import register_form_rows
from isso.pages.generation import shows
from isso.requests.notices.links import DeadLink, register_link, register_secret
from isso.requests.notices.reads import register_people_of_mails

from . import public_half, published_forms, scheduled
from .approvals import make_token
from .assignment import caseloads_of_people
from .models import (
    Approval,
    Caseload,
    MeasuredDuration,
    OfficeForm,
    OfficeFormVersion,
    PolicyNumber,
    RequestPolicy,
)
from .models.office_form import STAMP
from .people_of_mails import people_of_mails
from .registry import register_shelf
from .views.contact import send_contact_message
from .waiting_codes import code_for_mail


def connect():
    """Register every provider."""
    register_link("request", lambda reference: reverse("portal_request", args=[reference]))
    register_link("portal", lambda: reverse("portal_welcome"))
    register_link("documents", lambda: reverse("portal_requests") + "#documents")
    register_link("sent_documents", lambda: reverse("portal_send_document"))
    register_link("messages", lambda: reverse("portal_messages"))
    register_link("student_messages", lambda pk: reverse("desk_student_messages", args=[pk]))
    register_link("desk_messages", lambda: reverse("desk_messages"))
    register_link("mail_choice", lambda: reverse("portal_mail_choice"))
    register_link("own_copy", lambda: reverse("portal_copy"))
    register_link("waiting_for_me", lambda: reverse("portal_approvals"))
    register_link("case", lambda pk: reverse("desk_case", args=[pk]))
    register_link("failures", lambda: reverse("desk_failures"))
    register_link("retention", lambda: reverse("desk_retention"))
    register_link("approval", _approval_link)
    register_link("department_access_list", lambda: reverse("desk_department_access"))
    register_secret("approver_code", code_for_mail)
    register_people_of_mails(people_of_mails)
    register_shares(caseloads_of_people)
    register_sender(send_contact_message)
    register_schedule(scheduled.reminders)
    register_publisher(scheduled.publisher)
    register_quick_link(scheduled.ADD_REMINDER)
    register_status_words(public_half.status_words)
    register_processing_times(public_half.processing_times)
    register_form_rows(public_half.form_rows)
    register_fixed(FixedAddress("/portal-guide/", _("all pages of the portal")))
    register_source(public_half.OFFICE_FORMS)
    register_shelf(published_forms.PublishedForms())
    read_along(STAMP, published_forms.stamp_expression)
    # “All forms” and the search list them.
    shows(OfficeForm, OfficeFormVersion)
    # Guide pages say how long a request takes and what it costs.
    shows(RequestPolicy, PolicyNumber)
    # The staff page says who looks after whom.
    shows(Caseload)
    # The page of processing times says how long requests have taken.
    shows(MeasuredDuration)


def _approval_link(approval_id):
    approval = Approval.objects.get(pk=approval_id)
    if approval.outcome != Approval.Outcome.WAITING:
        raise DeadLink("The approval is no longer waited for.")
    return reverse("portal_approval", args=[make_token(approval)])

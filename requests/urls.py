"""Every address of the portal, below /portal/."""

from django.urls import path, register_converter

from .views import (
    acting,
    approver,
    approver_accounts,
    autosave,
    changes,
    checking,
    copy,
    department,
    department_starting,
    downloads,
    forwarding,
    letters,
    mail_choice,
    messaging,
    moving_on,
    overview,
    profile,
    reminders,
    sending,
    starting,
    status,
    travel,
    uploads,
    waiting,
    welcome,
    why,
    wizard,
)
from .views.before_arrival import next_steps


class Reference:
    """The part of an address that names one request, such as ``7KQM-3XAP``."""

    regex = "[0-9A-Z]{4}-[0-9A-Z]{4}"

    def to_python(self, value):
        """Return the reference as it is."""
        return value

    def to_url(self, value):
        """Return the reference as it is."""
        return value


register_converter(Reference, "reference")

urlpatterns = [
    path("", welcome.welcome, name="portal_welcome"),
    path("reminders/<int:pk>/put-away/", reminders.put_away, name="portal_put_away"),
    path("department/", department.department, name="portal_department"),
    path("department/requests/", department.asked, name="portal_department_asked"),
    path("department/invite/", department_starting.invite, name="portal_department_invite"),
    path("department/<int:pk>/", department.scholar, name="portal_department_scholar"),
    path("next-steps/", next_steps.own_dates, name="portal_own_dates"),
    path(
        "department/<int:pk>/ask/<slug:key>/",
        department_starting.ask,
        name="portal_department_ask",
    ),
    path("messages/", messaging.own_messages, name="portal_messages"),
    path("mails/", mail_choice.mail_choice, name="portal_mail_choice"),
    path("profile/", profile.profile, name="portal_profile"),
    path("profile/travel/", travel.travel, name="portal_travel"),
    path("profile/changes/", changes.changes, name="portal_changes"),
    path("profile/copy/", copy.copy, name="portal_copy"),
    path("profile/copy/file/", copy.copy_file, name="portal_copy_file"),
    path("requests/", overview.overview, name="portal_requests"),
    path("requests/why/", why.why, name="portal_why"),
    path("requests/new/<str:key>/", starting.start_page, name="portal_start"),
    path("requests/<reference:reference>/", status.status_page, name="portal_request"),
    path("requests/<reference:reference>/edit/<slug:slug>/", wizard.page, name="portal_page"),
    path(
        "requests/<reference:reference>/edit/<slug:slug>/autosave/",
        autosave.autosave,
        name="portal_autosave",
    ),
    path(
        "requests/<reference:reference>/new-form/",
        moving_on.move_on,
        name="portal_move_to_new_form",
    ),
    path("requests/<reference:reference>/check/", checking.check, name="portal_check"),
    path(
        "requests/<reference:reference>/upload/<slug:slug>/", uploads.upload, name="portal_upload"
    ),
    path(
        "requests/<reference:reference>/remove/<uuid:document_id>/",
        uploads.remove_upload,
        name="portal_remove_upload",
    ),
    path("requests/<reference:reference>/do/<slug:action>/", acting.act, name="portal_action"),
    path("requests/<reference:reference>/ask/", messaging.ask_when, name="portal_ask_when"),
    path("requests/<reference:reference>/message/", messaging.message, name="portal_message"),
    path(
        "requests/<reference:reference>/letter/",
        letters.letter_preview,
        name="portal_letter_preview",
    ),
    path("letters/<str:code>/", letters.letter_check, name="letter_check"),
    path("documents/send/", sending.send_document, name="portal_send_document"),
    path("documents/<uuid:document_id>/", downloads.document, name="portal_document"),
    path("approvals/", waiting.waiting, name="portal_approvals"),
    path(
        "approvals/office/<int:pk>/",
        approver_accounts.office_approval,
        name="portal_office_approval",
    ),
    path(
        "approvals/office/<int:pk>/documents/<uuid:document_id>/",
        approver_accounts.office_document,
        name="portal_office_approval_document",
    ),
    path("approvals/<str:token>/", approver.approval_page, name="portal_approval"),
    path("approvals/<str:token>/forward/", forwarding.forward, name="portal_approval_forward"),
    path("approvals/<str:token>/new-link/", approver.new_link, name="portal_approval_new_link"),
    path(
        "approvals/<str:token>/documents/<uuid:document_id>/",
        approver.approval_document,
        name="portal_approval_document",
    ),
]

"""Registers this room with Wagtail's admin."""

from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from .registers import NoticeRegister
from .views import send_notice_again
from .viewsets import MailWordingViewSet

modeladmin_register(NoticeRegister)
register_snippet(MailWordingViewSet)


@hooks.register("register_admin_urls")
def notice_addresses():
    """Add the address that sends a failed mail again."""
    return [
        path(
            "notices/notice/send-again/<uuid:notice_id>/",
            send_notice_again,
            name="notices_send_again",
        )
    ]

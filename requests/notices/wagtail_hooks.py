"""Registers this room with Wagtail's admin."""

from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from .registers import NoticeRegister
from .viewsets import MailWordingViewSet

modeladmin_register(NoticeRegister)
register_snippet(MailWordingViewSet)

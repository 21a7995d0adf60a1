"""What the office's people set about themselves beside Wagtail's own settings."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel

from ..mail_choice import MailChoiceForm


class MailChoicePanel(BaseSettingsPanel):
    """How often mails come, on the account page of the admin."""

    name = "mail_choice"
    title = _("Mails from the portal")
    order = 250
    form_class = MailChoiceForm
    form_object = "user"

"""Where supervisors edit the wording of mails."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import MailWording


class MailWordingViewSet(SnippetViewSet):
    """The office's own words for its mails."""

    model = MailWording
    menu_label = _("Mail wording")
    icon = "edit"
    menu_order = 730
    add_to_admin_menu = True
    list_display = ["__str__", "subject"]
    search_fields = ["key", "subject", "text"]
    panels = [
        FieldPanel("key"),
        FieldPanel("subject"),
        FieldPanel("text"),
        FieldPanel("html"),
    ]

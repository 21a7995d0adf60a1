"""The register of mails: what left, what waits and what failed, with every link redacted."""

from django.template import TemplateDoesNotExist
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Notice
from .reads import people_of_mails
from .register import Register, RegisterPage


class NoticePage(RegisterPage):
    """One mail as staff may read it."""

    def get_fields_dict(self):
        """Add the mail's words, without its links, and what the provider reported."""
        return [*super().get_fields_dict(), *self._words(), *self._reports()]

    def _words(self):
        try:
            mail = self.instance.redacted()
        except TemplateDoesNotExist:
            return [{"label": _("Text"), "value": _("This mail has no wording any more.")}]
        return [
            {"label": _("Subject"), "value": mail.subject},
            {"label": _("Text"), "value": mark_safe(linebreaks(mail.text, autoescape=True))},  # noqa: S308
        ]

    def _reports(self):
        return [
            {"label": _("Delivery report"), "value": f"{event.get_delivery_display()} {event.note}"}
            for event in self.instance.events.all()
        ]


class NoticeRegister(Register):
    """All mails."""

    model = Notice
    menu_label = gettext_lazy("Mails")
    menu_icon = "mail"
    menu_order = 720
    list_display = ("kind", "recipient", "about", "state", "delivery", "created_at", "sent_at")
    list_filter = ("state", "delivery", "audience", "key")
    search_fields = ("recipient", "recipient_name", "about")
    list_export = (
        "kind",
        "audience",
        "recipient",
        "about",
        "state",
        "delivery",
        "created_at",
        "sent_at",
        "attempts",
        "last_error",
    )
    export_filename = "mails"
    inspect_view_class = NoticePage
    inspect_view_fields = (
        "audience",
        "recipient",
        "recipient_name",
        "about",
        "state",
        "created_at",
        "sent_at",
        "attempts",
        "next_attempt_at",
        "last_error",
        "delivery",
    )

    def people_of(self, rows):
        """Return the keys of the records these mails are about or went to."""
        return people_of_mails(rows)

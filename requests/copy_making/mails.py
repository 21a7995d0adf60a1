"""The mails that went to a person, written once more from what the outbox keeps of them."""

from django.db.models import Q
from django.template import TemplateDoesNotExist
from django.utils.translation import gettext as _

from isso.requests.notices.models import MailWording, Notice

from .parts import Entry, Part, columns, said


def mails_part(record, references) -> Part:
    """Return the mails to this person, in two queries; links and codes are left out.

    They are those about the own requests, and those to the own login since there is one. An
    address in the record proves nothing: a family may share it.
    """
    user = record.user
    own = Q(about__in=references) | Q(
        about="", recipient__iexact=user.email, created_at__gte=user.date_joined
    )
    found = Notice.objects.filter(own, audience="student").order_by("created_at", "pk")
    wordings = {each.key: each for each in MailWording.objects.all()}
    return Part("mails", _("Mails to you"), [_entry(each, wordings) for each in found])


def _entry(notice, wordings):
    subject, text = _read(notice, wordings)
    return Entry(
        [
            *columns(notice, ("created_at", "recipient", "state")),
            said("request", _("Request"), notice.about),
            said("subject", _("Subject"), subject),
            said("text", _("Text"), text),
        ]
    )


def _read(notice, wordings):
    try:
        mail = notice.redacted(wordings)
    except TemplateDoesNotExist:
        # A mail of an earlier version, which nobody can write any more.
        return str(notice.kind()), ""
    return mail.subject, mail.text

"""How far a mail came, in one word for a list."""

from django.utils.translation import gettext as _

from isso.requests.notices.models import Delivery, NoticeState

_TROUBLE = (Delivery.BOUNCED, Delivery.REJECTED, Delivery.COMPLAINED)


def in_words(notice) -> tuple[str, bool]:
    """Return what is known of a mail's way, and whether somebody must look after it.

    What the provider reported says more than that the mail left us.
    """
    if notice is None:
        return _("Not kept"), False
    if notice.delivery:
        return notice.get_delivery_display(), notice.delivery in _TROUBLE
    return notice.get_state_display(), notice.state == NoticeState.FAILED

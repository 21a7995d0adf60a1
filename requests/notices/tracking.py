"""What the mail provider reports after a mail left, taken in once however often it is repeated."""

import logging
import uuid

from django.db import transaction
from django.utils import timezone

from .models import Delivery, DeliveryEvent, Notice

logger = logging.getLogger(__name__)

# The provider's words → ours; opened and clicked are left out on purpose: scanners do both.
MEANING = {
    "queued": Delivery.QUEUED,
    "sent": Delivery.QUEUED,
    "deferred": Delivery.DEFERRED,
    "delivered": Delivery.DELIVERED,
    "complained": Delivery.COMPLAINED,
    "rejected": Delivery.REJECTED,
    "failed": Delivery.REJECTED,
    "bounced": Delivery.BOUNCED,
}
WEIGHT = {value: weight for weight, value in enumerate(Delivery.values)}


def take_in_report(sender, event, esp_name, **kwargs):
    """Receive anymail's ``tracking`` signal; connected in apps.py."""
    delivery = MEANING.get(event.event_type)
    notice_id = _notice_id(event)
    if delivery is None or notice_id is None:
        return
    with transaction.atomic():
        notice = Notice.objects.select_for_update().filter(pk=notice_id).first()
        if notice is None:
            logger.warning("%s reported on a mail we do not know.", esp_name)
            return
        at = event.timestamp or timezone.now()
        _event, is_new = DeliveryEvent.objects.get_or_create(
            event_id=(event.event_id or f"{notice_id}:{event.event_type}:{at.isoformat()}")[:200],
            defaults={
                "notice": notice,
                "delivery": delivery,
                "note": (event.description or "")[:400],
                "at": at,
            },
        )
        # Reports may come late and out of order: bad news outweighs good, good outweighs none.
        if is_new and WEIGHT[delivery] > WEIGHT[notice.delivery]:
            Notice.objects.filter(pk=notice_id).update(delivery=delivery)


def _notice_id(event):
    try:
        return uuid.UUID(str((event.metadata or {}).get("notice")))
    except ValueError:
        return None

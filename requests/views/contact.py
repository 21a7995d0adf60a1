"""Sends what visitors write in the contact form: to the office, and a copy to them."""

from allauth.account.adapter import get_adapter
from django.db import transaction

from isso.requests.notices.models import Audience, Notice
from isso.requests.notices.outbox import notify

from .throttle import too_many

# A dormitory shares one network address.
FROM_A_CLIENT = {"limit": 20, "seconds": 3600}
# Somebody else's address may be typed in; he shall not get many copies.
FROM_AN_ADDRESS = {"limit": 5, "seconds": 3600}


@transaction.atomic
def send_contact_message(message, request) -> bool:
    """Write one row to the office and one to the writer; False when it was too often."""
    once = f"contact:{message.once}"
    if Notice.objects.filter(dedupe_key__startswith=once).exists():
        return True
    client = str(get_adapter().get_client_ip(request))
    if too_many("contact-from", client, **FROM_A_CLIENT):
        return False
    if too_many("contact-as", message.email.lower(), **FROM_AN_ADDRESS):
        return False
    context = {
        "sender_name": message.name,
        "sender_email": message.email,
        "topic": message.topic,
        "text": message.text,
    }
    notify(
        "contact_message",
        to=message.to,
        reply_to=message.email,
        dedupe=f"{once}:office",
        context=context,
        audience=Audience.STAFF,
    )
    notify(
        "contact_copy",
        to=message.email,
        name=message.name,
        reply_to=message.to,
        dedupe=f"{once}:copy",
        context=context,
        audience=Audience.VISITOR,
    )
    return True

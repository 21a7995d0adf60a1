"""Mails to a student about a document, where there is no request to speak of."""

from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify


def write_record_mail(key, record, occasion, link=("documents",), **context):
    """Put one mail to a student into the outbox, once for an ``occasion``; None without address."""
    email = record.user.email if record.user else record.email
    if not email:
        return None
    name = record.preferred_name or record.full_name
    return notify(
        key,
        to=email,
        name=name,
        dedupe=f"{occasion}:{key}:{email}",
        context=office_context() | {"name": name, "student_name": record.full_name} | context,
        links={"link": list(link)},
    )

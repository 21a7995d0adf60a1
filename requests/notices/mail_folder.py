"""Reads the folder into which Django's file backend writes mails during development."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

# What Django's file backend writes after each mail.
SEPARATOR = b"\n" + b"-" * 79 + b"\n"
NEWEST = 100


@dataclass(frozen=True)
class SentMail:
    """One mail as its reader would see it."""

    recipient: str
    sender: str
    subject: str
    sent_at: datetime | None
    text: str


def sent_mails(folder) -> list[SentMail]:
    """Return the newest mails of the folder, newest first."""
    if not folder or not Path(folder).is_dir():
        return []
    files = sorted(Path(folder).glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    mails = []
    for file in files[:NEWEST]:
        sources = [part for part in file.read_bytes().split(SEPARATOR) if part.strip()]
        mails.extend(_read(source) for source in reversed(sources))
    return mails[:NEWEST]


def _moment(header):
    if not header:
        return None
    at = parsedate_to_datetime(header)
    # "-0000" means: universal time, zone not told.
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _read(source):
    message = message_from_bytes(source.lstrip(b"\n"), policy=policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    return SentMail(
        recipient=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=_moment(message["Date"]),
        text=body.get_content() if body else "",
    )

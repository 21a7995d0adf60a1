"""What the public page may say for a code, and the log of who asked: when and which, never who."""

from isso.requests.records.access import log_read
from isso.requests.records.models import AccessLog

from ..models import IssuedLetter
from .codes import digest_of

CONFIRMED, NOT_VALID = "letter confirmed", "letter not valid"


def letter_with(code):
    """Return the letter that bears this code, valid or not, or None."""
    digest = digest_of(code)
    if not digest:
        return None
    return IssuedLetter.objects.filter(code_digest=digest).select_related("student_request").first()


def note_asked(letter):
    """Note that somebody opened the page of a letter; nothing is noted about him."""
    what = CONFIRMED if letter.is_valid else NOT_VALID
    student_request = letter.student_request
    log_read(
        None,
        what,
        student_request.reference,
        allowed=letter.is_valid,
        record=student_request.student_id,
    )


def times_confirmed(student_request):
    """Count how often the page has confirmed the letter of a request."""
    return AccessLog.objects.filter(what=CONFIRMED, object_id=student_request.reference).count()

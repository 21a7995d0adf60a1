"""Makes the letters of approved requests, each once however often the worker runs."""

import hashlib
import logging
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.records.files import CheckedFile, clean_name

from ..actor import Actor
from ..answers import situation_of, typed_answers
from ..lifecycle import State
from ..models import Document, IssuedLetter, StudentRequest
from ..perform import perform
from ..registry import all_types
from ..releasing import release_checked
from .codes import digest_of, new_code
from .head import letterhead, signer
from .typesetting import CannotBeSet, Issue, typeset

logger = logging.getLogger(__name__)

WORKER = Actor.system()


def letter_for(student_request, situation=None):
    """Return what the letter of a request says today, or None where there is none (yet)."""
    if not student_request.type.prints_letter:
        return None
    situation = situation or situation_of(student_request)
    cleaned, _errors = typed_answers(student_request, situation)
    return student_request.type.letter(cleaned, situation.facts, situation.today)


def preview_of(student_request):
    """Return the letter of a request as PDF that says it is a preview, or None.

    Raises CannotBeSet.
    """
    letter = letter_for(student_request)
    return None if letter is None else _preview(student_request, letter)


def _preview(student_request, letter):
    issue = Issue(student_request.reference, timezone.localdate(), signer(student_request.assignee))
    return typeset(letter, letterhead(), issue)


def obstacle_to(student_request, situation=None):
    """Say in a sentence why the letter of a request cannot be made now, or "".

    It never keeps anybody from approving: a letter of the office's own always goes.
    """
    situation = situation or situation_of(student_request)
    letter = letter_for(student_request, situation)
    if letter is None:
        return ""
    if objection := _objection(student_request, letter, situation):
        return objection
    try:
        _preview(student_request, letter)
    except CannotBeSet as error:
        return _why_not_set(letter, error.sign)
    return ""


def _objection(student_request, letter, situation):
    """Say what in the record keeps this letter from being true today, or ""."""
    if letter.lacking:
        return _("The record lacks what it must say: %(facts)s.") % {
            "facts": ", ".join(letter.lacking)
        }
    verdict = student_request.type.eligibility(situation.facts, situation.today, situation.policy)
    if verdict.is_open:
        return ""
    return _("The student may not have it today: %(reason)s") % {"reason": verdict.reason}


def _why_not_set(letter, sign):
    if not sign:
        return _("It is too long or cannot be typeset. Release a letter of your own instead.")
    where = ", ".join(label for label, value in letter.lines if sign in value) or letter.title
    return _(
        "Our fonts do not have the character “%(sign)s” (in: %(where)s). Change the record to "
        "Latin letters, as in the passport, or release a letter of your own instead."
    ) % {"sign": sign, "where": where}


def issue_waiting():
    """Make the letter of each approved request and complete it; return how many were made."""
    printing = [key for key, each in all_types().items() if each.prints_letter]
    waiting = StudentRequest.objects.filter(
        state=State.APPROVED, type_key__in=printing, issued_letter__isnull=True
    )
    made = 0
    for key in list(waiting.order_by("decided_at", "pk").values_list("pk", flat=True)):
        try:
            made += issue(key)
        except DatabaseError:
            raise
        except Exception as error:
            # It stays approved, and its case page says what is wrong; the others go on.
            _note_failure(key, type(error).__name__)
    return made


def _note_failure(key, kind):
    """Log a letter that could not be made once an hour, though it is tried every few seconds."""
    if cache.add(f"letter-not-made:{key}", kind, 3600):
        logger.warning("The letter of request %s could not be made (%s).", key, kind)


@transaction.atomic
def issue(key):
    """Issue the letter of one approved request from the record as it is now, and complete it.

    Returns False where another worker has it, where the approval was taken back, or where the
    record no longer holds what the letter must say or is no longer in force; the case page tells
    the last. Raises CannotBeSet.
    """
    locked = (
        StudentRequest.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("student__user", "assignee")
        .filter(pk=key, state=State.APPROVED, issued_letter__isnull=True)
        .first()
    )
    if locked is None:
        return False
    situation = situation_of(locked)
    letter = letter_for(locked, situation)
    if letter is None or _objection(locked, letter, situation):
        return False
    document = _issue(locked, letter, situation)
    try:
        perform(locked, "complete", WORKER)
    except Exception:
        # Its row goes back with the transaction; its file would stay, one more for every try.
        document.file.delete(save=False)
        raise
    return True


def _issue(student_request, letter, situation):
    code = new_code()
    issue = Issue(
        student_request.reference,
        situation.today,
        signer(student_request.assignee),
        address=settings.SITE_URL.rstrip("/") + reverse("letter_check", args=[code]),
        valid_until=situation.today + timedelta(days=situation.policy["valid_days"]),
    )
    pdf = typeset(letter, letterhead(), issue)
    document = release_checked(
        student_request, _as_file(letter.title, pdf), letter.title, Document.Kind.LETTER, WORKER
    )
    IssuedLetter.objects.create(
        student_request=student_request,
        document=document,
        code_digest=digest_of(code),
        title=letter.title,
        facts=letter.lines,
        has_visitors=bool(letter.visitors),
        issued_on=issue.issued_on,
        valid_until=issue.valid_until,
        signed_by=student_request.assignee,
    )
    return document


def _as_file(title, pdf):
    """Return the letter as a file that may be kept; we made it, so there is nothing to check."""
    return CheckedFile(
        content=ContentFile(pdf, name="letter.pdf"),
        content_type="application/pdf",
        extension="pdf",
        original_name=clean_name(f"{title}.pdf", "pdf"),
        size=len(pdf),
        sha256=hashlib.sha256(pdf).hexdigest(),
    )

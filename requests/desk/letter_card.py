"""What the case page shows of a letter: its words, whether it can be made, and who checked it."""

from django.urls import reverse
from django.utils.functional import cached_property

from ..letters.confirming import times_confirmed
from ..letters.issuing import obstacle_to
from ..models import IssuedLetter


class LetterCard:
    """The letter of one request, before and after it was issued."""

    def __init__(self, student_request, situation):
        self.student_request, self._situation = student_request, situation

    @cached_property
    def issued(self):
        """The letter as it was issued, or None."""
        return IssuedLetter.objects.filter(student_request=self.student_request).first()

    @cached_property
    def times_confirmed(self):
        """How often its page was opened while it was valid."""
        return times_confirmed(self.student_request)

    @cached_property
    def obstacle(self):
        """Why the worker cannot make it, or ""."""
        return obstacle_to(self.student_request, self._situation)

    @property
    def preview_url(self):
        """Where the letter can be read before it is issued."""
        return reverse("portal_letter_preview", args=[self.student_request.reference])

"""The secret part of a link in a mail: a row's key and a number, signed, and stored nowhere.

A row that raises its number makes every earlier link useless. What a link may still do, the row
says; the signature says only that the link is ours and meant for this kind of page.
"""

from dataclasses import dataclass

from django.core import signing


class LinkProblem(Exception):
    """A link that opens nothing; ``reason`` says why in one word, for a kind page."""

    def __init__(self, reason, subject=None):
        super().__init__(reason)
        self.reason = reason
        # The row that the link was about, where its page may tell more.
        self.subject = subject


@dataclass(frozen=True)
class LinkTokens:
    """The tokens of one kind of link; the ``salt`` keeps one kind from opening another."""

    salt: str

    def make(self, key: int, number: int) -> str:
        """Return the token of a row's present link; call it only while a mail is made."""
        return signing.dumps([key, number], salt=self.salt, compress=False)

    def read(self, token: str, max_age=None) -> tuple[int, int]:
        """Return key and number; raises LinkProblem ``expired`` or, for all else, ``invalid``."""
        try:
            key, number = signing.loads(token, salt=self.salt, max_age=max_age)
        except signing.SignatureExpired:
            raise LinkProblem("expired") from None
        except (signing.BadSignature, ValueError, TypeError):
            raise LinkProblem("invalid") from None
        return key, number

"""Who acts: a user, an approval (a person behind a link, without an account) or the system.

Permissions, history and the access matrix speak of actors and never of HTTP.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from isso.requests.people.roles import CASE_ROLES


class Kind(StrEnum):
    """The three kinds of actors."""

    USER = "user"
    APPROVAL = "approval"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Someone who acts on a request, with what the rules need to know of him and no more."""

    kind: Kind
    label: str
    user_id: int | None = None
    approval_id: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def for_user(cls, user):
        """Return the actor for a signed-in user; a superuser holds every role of the desk."""
        roles = frozenset(user.roles) | (CASE_ROLES if user.is_superuser else frozenset())
        return cls(Kind.USER, str(user), user_id=user.pk, roles=roles)

    @classmethod
    def for_student(cls, user):
        """Return the actor for a user on his own pages, where no role of the office counts."""
        return cls(Kind.USER, str(user), user_id=user.pk)

    @classmethod
    def for_approval(cls, approval):
        """Return the actor for the person behind an approver's link."""
        return cls(Kind.APPROVAL, approval.name, approval_id=approval.pk)

    @classmethod
    def system(cls):
        """Return the actor for what the worker does by itself."""
        return cls(Kind.SYSTEM, "Portal")

    @property
    def is_staff(self):
        """Whether this actor works at the desk."""
        return bool(self.roles & CASE_ROLES)

"""Who acts: a user, an approval (a person behind a link, without an account) or the system.

Permissions, history and the access matrix speak of actors and never of HTTP.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from isso.requests.people.departments import departments_of
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
    # The departments of which this actor is a member today, in small letters.
    departments: frozenset[str] = field(default_factory=frozenset)
    # Whether this actor may work on what he entered for a department that asked the office to.
    enters_for_departments: bool = False

    @classmethod
    def for_user(cls, user):
        """Return the actor for a signed-in user; a superuser holds every role of the desk."""
        roles = frozenset(user.roles) | (CASE_ROLES if user.is_superuser else frozenset())
        return cls._of(user, roles, roles)

    @classmethod
    def for_student(cls, user):
        """Return the actor for a user on his own pages, where no role of the office decides."""
        roles = frozenset(user.roles) | (CASE_ROLES if user.is_superuser else frozenset())
        return cls._of(user, roles, frozenset())

    @classmethod
    def _of(cls, user, held, counting):
        return cls(
            Kind.USER,
            str(user),
            user_id=user.pk,
            roles=counting,
            departments=frozenset(name.casefold() for name in departments_of(user)),
            enters_for_departments=bool(held & CASE_ROLES),
        )

    @classmethod
    def for_approval(cls, approval, user=None):
        """Return the actor for the person behind an approver's link, or of the office asked."""
        if user is None:
            return cls(Kind.APPROVAL, approval.name, approval_id=approval.pk)
        return cls(Kind.APPROVAL, str(user), user_id=user.pk, approval_id=approval.pk)

    @classmethod
    def system(cls):
        """Return the actor for what the worker does by itself."""
        return cls(Kind.SYSTEM, "Portal")

    @property
    def is_staff(self):
        """Whether this actor works at the desk."""
        return bool(self.roles & CASE_ROLES)

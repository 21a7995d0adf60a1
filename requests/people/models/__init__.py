"""Who signs in, and who is asked to."""

from .invitation import Invitation, InvitationState, Purpose
from .membership import DepartmentMembership
from .role_term import RoleTerm
from .session import BrowserSession
from .sign_in_trouble import SignInTrouble
from .user import User, UserManager

__all__ = [
    "BrowserSession",
    "DepartmentMembership",
    "Invitation",
    "InvitationState",
    "Purpose",
    "RoleTerm",
    "SignInTrouble",
    "User",
    "UserManager",
]

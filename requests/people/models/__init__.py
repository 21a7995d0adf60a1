"""Who signs in, and who is asked to."""

from .access_request import AccessOutcome, AccessRequest
from .account_change import AccountAct, AccountChange
from .invitation import OF_STAFF, Invitation, InvitationState, Purpose
from .membership import DepartmentMembership
from .role_term import RoleTerm
from .session import BrowserSession
from .sign_in_trouble import SignInTrouble
from .user import User, UserManager

__all__ = [
    "OF_STAFF",
    "AccessOutcome",
    "AccessRequest",
    "AccountAct",
    "AccountChange",
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

"""Who signs in, and who is asked to."""

from .invitation import Invitation, InvitationState, Purpose
from .user import User, UserManager

__all__ = ["Invitation", "InvitationState", "Purpose", "User", "UserManager"]

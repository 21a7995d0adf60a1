"""The log of who read which personal data, allowed or refused."""

from .models import AccessLog


def log_read(user, what: str, object_id="", allowed: bool = True, details: str = "") -> AccessLog:
    """Note that ``user`` (or somebody not signed in) read, or tried to read, something.

    ``details`` say how much and how it was chosen, never what was read or searched for.
    """
    return AccessLog.objects.create(
        user=user if user is not None and user.is_authenticated else None,
        what=what[:60],
        object_id=str(object_id)[:60],
        allowed=allowed,
        details=details[:250],
    )

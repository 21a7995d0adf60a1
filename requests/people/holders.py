"""Who holds a role today, for what goes to all of them."""

from django.db.models import Exists, OuterRef

from .models import RoleTerm, User


def holders_of(role):
    """Return the active users who hold a role today, in the order of their addresses."""
    run_out = RoleTerm.objects.run_out().filter(user=OuterRef("pk"), group__name=role)
    held = User.objects.filter(is_active=True, groups__name=str(role))
    return held.exclude(Exists(run_out)).order_by("email")

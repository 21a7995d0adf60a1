"""What the desk's lists offer to choose from, the same for everybody; read anew once a minute."""

from django.core.cache import cache

from isso.requests.records.models import StudentRecord

from ..assignment import possible_advisors
from ..saved_views import listed_views

# In seconds: a new department is offered a little later, and no page waits for the list of them.
OFFERED_FOR = 60


def offered():
    """Return the advisors, departments and saved views of the office."""
    return cache.get_or_set("desk.offered", _offered, OFFERED_FOR)


def _offered():
    return {
        "advisors": [(each.pk, str(each)) for each in possible_advisors()],
        "departments": StudentRecord.objects.departments(),
        "views": listed_views(),
    }

"""Who opens the staff pages: asked in every view, and every reading noted."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import cached_property

from isso.requests.people.roles import may_look_after_staff
from isso.requests.people.staff import staff_visible_to, with_access
from isso.requests.records.access import log_read


class StaffAccess:
    """A page about people of the office: for supervisors and administrators."""

    # What the access log calls it.
    noted = "staff"

    def dispatch(self, request, *args, **kwargs):
        """Turn away everybody else, and write down who looked or tried to."""
        allowed = may_look_after_staff(request.user)
        log_read(request.user, self.noted, kwargs.get("pk", ""), allowed=allowed)
        if not allowed:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self):
        """The person of the address, or 404 for a student and whoever is nobody here."""
        people = with_access(staff_visible_to(self.request.user))
        found = people.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            log_read(self.request.user, self.noted, self.kwargs["pk"], allowed=False)
            raise Http404
        return found

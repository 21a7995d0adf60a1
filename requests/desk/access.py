"""Who enters the desk: asked in every view, since a hidden menu protects nothing."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, Subquery
from django.http import Http404
from django.utils.functional import cached_property
from wagtail.permission_policies import ModelPermissionPolicy

from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_read

from ..actor import Actor
from ..lifecycle import OPEN
from ..models import StudentRequest


class LookOnlyPolicy(ModelPermissionPolicy):
    """Whoever works on requests may look at them; nobody may write past perform()."""

    def user_has_permission(self, user, action):
        """Grant ``view`` to the office and refuse every other verb, also to a superuser."""
        return action == "view" and may_read_cases(user)

    def user_has_any_permission(self, user, actions):
        """Ask for each verb by itself, since a superuser would pass otherwise."""
        return any(self.user_has_permission(user, action) for action in actions)


class OfficeAccess:
    """A page about many requests: for those who work on them."""

    def dispatch(self, request, *args, **kwargs):
        """Turn away who does not work on requests."""
        if not may_read_cases(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class CaseAccess:
    """A view of one request, named by ``pk`` in the address: 404 unless this user may see it."""

    def dispatch(self, request, *args, **kwargs):
        """Turn away who does not work on requests; write down who reads, or tried to."""
        if not may_read_cases(request.user):
            log_read(request.user, "case", kwargs["pk"], allowed=False)
            raise PermissionDenied
        read = self.student_request
        log_read(request.user, "case", read.reference, record=read.student_id)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def actor(self):
        """The user as the rules know him."""
        return Actor.for_user(self.request.user)

    @cached_property
    def student_request(self):
        """The request, read by way of what this user may see."""
        return self._student_request_and_others[0]

    @property
    def other_requests(self):
        """The other requests of this student that have not ended."""
        return self._student_request_and_others[1]

    @cached_property
    def _student_request_and_others(self):
        # Whose it is comes first, so that an index finds the few requests of this person.
        this = Q(pk=self.kwargs["pk"])
        student = Subquery(StudentRequest.objects.filter(this).values("student")[:1])
        found = (
            StudentRequest.objects.visible_to(self.request.user)
            .filter(this | Q(state__in=OPEN), student=student)
            .select_related(
                "student__user",
                "student__advisor",
                "assignee",
                "covers_for",
                "current_approval",
                "started_by",
                "follows",
            )
            .prefetch_related("approvals")
        )
        by_pk = {each.pk: each for each in found}
        if self.kwargs["pk"] not in by_pk:
            log_read(self.request.user, "case", self.kwargs["pk"], allowed=False)
            raise Http404
        return by_pk.pop(self.kwargs["pk"]), list(by_pk.values())

"""Shows a file within the case page: to the same people, and noted, as its download."""

from django.http import Http404
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from isso.requests.records.access import log_read

from ..file_answer import file_answer
from ..models import Document
from .access import OfficeAccess


@method_decorator(never_cache, name="dispatch")
class ShowDocument(OfficeAccess, View):
    """One file, for a frame or a picture of our own pages."""

    http_method_names = ["get", "head"]

    def get(self, request, document_id):
        """Answer with the file where this user may see it and a browser may show it."""
        # What is one's own stands in the portal; nobody works on it here.
        allowed = Document.objects.visible_to(request.user).exclude(student__user=request.user)
        found = allowed.filter(pk=document_id).select_related("student").first()
        if found is None:
            log_read(request.user, "document", document_id, allowed=False)
            raise Http404
        log_read(request.user, "document", document_id, record=found.student_id)
        return file_answer(found, is_shown=True)

"""Reminding admitted people, as many as a filter shows: first who gets what, then what was done."""

import hashlib

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.records.access import log_read, log_reads
from isso.requests.records.inviting import CannotInvite

from ..cohort_reminders import Kind, offers_to, sample_of, send
from .admitted import AdmittedBase, AdmittedList
from .listing import query_of

ROWS_PER_PAGE = 50
# Written while the advisor waits; the next press takes the next ones.
MOST_AT_ONCE = 200


class RemindAdmitted(AdmittedBase, WagtailAdminTemplateMixin, TemplateView):
    """Who of the list gets which mail and who none, and why; a POST writes the mails."""

    http_method_names = ("get", "head", "post")
    template_name = "desk/admitted_remind.html"
    page_title = gettext_lazy("Remind admitted students")
    header_icon = "mail"

    def get_breadcrumbs_items(self):
        """Lead back to the cohort as it was filtered."""
        url = f"{reverse('desk_admitted')}?{query_of(self.request)}"
        cohort = {"url": url, "label": AdmittedList.page_title}
        return [*self.breadcrumbs_items, cohort, {"url": "", "label": self.page_title}]

    def records(self, people):
        """Return the records with the logins they are mailed at."""
        return people.select_related("user")

    @cached_property
    def offers(self):
        """What each member of the list would get now, in its order."""
        return offers_to(self.found, self.records_of(self.found))

    @cached_property
    def mailed(self):
        """Those whom one press mails."""
        return [each for each in self.offers if each.kind][:MOST_AT_ONCE]

    @property
    def mark(self):
        """Return a mark of who gets what: another one means that it has changed."""
        lines = ",".join(f"{each.record.pk}{each.kind}" for each in self.mailed)
        return hashlib.sha256(lines.encode()).hexdigest()[:16]

    def get_context_data(self, **kwargs):
        """Add one page of who gets what, how many, and the words."""
        page = Paginator(self.offers, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        user, some = self.request.user, (each.record for each in page)
        log_reads(user, "admitted students to remind", some)
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "count": len(self.mailed),
            "waiting": sum(bool(each.kind) for each in self.offers) - len(self.mailed),
            "kinds": [
                (kind.label, number)
                for kind in Kind
                if (number := sum(each.kind == kind for each in self.offers))
            ],
            "samples": self.samples(),
            "mark": self.mark,
            "query": query_of(self.request),
        }

    def samples(self):
        """Return the different reminders, each as the first person of the list reads it."""
        first = {}
        for each in self.mailed:
            if each.kind == Kind.REMINDER:
                first.setdefault(each.progress, each)
        return [sample_of(each) for each in first.values()]

    def post(self, request):
        """Write the mails, if it is still the list that was looked at."""
        if request.POST.get("mark") != self.mark:
            text = _("The list has changed since you opened it. Look at it once more.")
            messages.warning(request, text)
            return self.render_to_response(self.get_context_data(), status=409)
        if not self.mailed:
            messages.warning(request, _("Nobody here gets a mail."))
            return self.render_to_response(self.get_context_data(), status=422)
        done = [(each, *self._send(each)) for each in self.mailed]
        people = [each.record for each, is_done, _text in done if is_done]
        details = f"{len(people)} people"
        log_read(request.user, "admitted students reminded", details=details, each_time=True)
        log_reads(request.user, "admitted students reminded", people, each_time=True)
        context = super().get_context_data(
            done=done, number=len(people), query=query_of(self.request)
        )
        return self.render_to_response(context)

    def _send(self, offer):
        try:
            return True, send(offer, by=self.request.user)
        except CannotInvite as problem:
            return False, str(problem)

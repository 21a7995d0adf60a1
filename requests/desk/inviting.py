"""Invite many at once: a list by filter, who gets an invitation and who not, then the report."""

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.records.access import log_reads
from isso.requests.records.choices import EducationLevel, Stage, VisaClass
from isso.requests.records.inviting_many import Preview, ask
from isso.requests.records.models import InvitationRow, InvitationRun, StudentRecord

from .access import OfficeAccess

ROWS_PER_PAGE = 50
SECONDS_BETWEEN_LOOKS = "3"
ANY = ("", gettext_lazy("Any"))
STAGES = [(each.value, each.label) for each in Stage if each != Stage.ARCHIVED]


class PeopleFilters(forms.Form):
    """Whom to invite."""

    stage = forms.ChoiceField(label=gettext_lazy("Stage"), choices=[ANY, *STAGES], required=False)
    visa_class = forms.ChoiceField(
        label=gettext_lazy("Visa class"), choices=[ANY, *VisaClass.choices], required=False
    )
    education_level = forms.ChoiceField(
        label=gettext_lazy("Level"), choices=[ANY, *EducationLevel.choices], required=False
    )
    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    again = forms.BooleanField(
        label=gettext_lazy("Invite again whose invitation has expired"), required=False
    )

    def __init__(self, data, people):
        super().__init__(data)
        self.fields["department"].choices = [ANY, *((name, name) for name in people.departments())]

    def asked(self):
        """Return what was chosen; a nonsense choice counts for nothing."""
        self.is_valid()
        return self.cleaned_data


class InviteMany(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """Who would be invited and who not; a POST has the worker invite them."""

    template_name = "desk/invite_many.html"
    page_title = gettext_lazy("Invite many people")
    header_icon = "mail"

    def get_breadcrumbs_items(self):
        """Lead back to the invitations."""
        return [*self.breadcrumbs_items, _the_list(), {"url": "", "label": self.page_title}]

    @cached_property
    def people(self):
        """Everybody this user may invite: all who are still with the office, but not himself."""
        return (
            StudentRecord.objects.visible_to(self.request.user)
            .exclude(user=self.request.user)
            .known()
            .exclude(stage=Stage.ARCHIVED)
        )

    @cached_property
    def filters(self):
        """What the address asks for."""
        return PeopleFilters(self.request.GET, self.people)

    @cached_property
    def preview(self):
        """The list, made as it stands at this moment."""
        asked = self.filters.asked()
        return Preview(self.people, asked, again=asked.get("again", False))

    def get_context_data(self, **kwargs):
        """Add the list, a page at a time, once somebody has asked for one."""
        context = super().get_context_data(**kwargs) | {"filters": self.filters}
        if not self.request.GET:
            runs = InvitationRun.objects.select_related("by")[:10]
            return context | {"preview": None, "runs": runs}
        pages = Paginator(self.preview.prospects, ROWS_PER_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        shown = (prospect.record for prospect, _reason in page)
        log_reads(self.request.user, "list of people to invite", shown)
        query = self.request.GET.copy()
        query.pop("page", None)
        return context | {
            "preview": self.preview,
            "count": len(self.preview.invited),
            "page_obj": page,
            "query": query.urlencode(),
        }

    def post(self, request):
        """Have them invited, if it is still the list that was looked at."""
        if request.POST.get("mark") != self.preview.mark:
            messages.warning(
                request, _("The list has changed since you opened it. Look at it once more.")
            )
            return self.render_to_response(self.get_context_data(), status=409)
        if not self.preview.invited:
            messages.warning(request, _("The list invites nobody."))
            return self.render_to_response(self.get_context_data(), status=422)
        return redirect("desk_invitation_run", ask(self.preview, request.user).pk)


class InvitationRunReport(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """How far a list is, and what became of each person."""

    template_name = "desk/invitation_run.html"
    page_title = gettext_lazy("Invitation of many people")
    header_icon = "mail"

    @cached_property
    def run(self):
        """The list named in the address."""
        return get_object_or_404(InvitationRun.objects.select_related("by"), pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self):
        """Lead back to the invitations."""
        return [*self.breadcrumbs_items, _the_list(), {"url": "", "label": self.page_title}]

    def get(self, request, *args, **kwargs):
        """Show the report; while the worker is at it, look again in a few seconds."""
        response = super().get(request, *args, **kwargs)
        if not self.run.ended_at:
            response["Refresh"] = SECONDS_BETWEEN_LOOKS
        return response

    def get_context_data(self, **kwargs):
        """Add the counts and one page of the rows, all of them or those of one outcome."""
        wanted = self.request.GET.get("outcome")
        outcome = wanted if wanted in InvitationRow.Outcome.values else ""
        counts = dict(self.run.rows.order_by().values_list("outcome").annotate(number=Count("pk")))
        rows = self.run.rows.exclude(record__user=self.request.user)
        rows = rows.select_related("record")
        paginator = Paginator(rows.filter(outcome=outcome) if outcome else rows, ROWS_PER_PAGE)
        page = paginator.get_page(self.request.GET.get("page"))
        people = (row.record for row in page)
        log_reads(self.request.user, "people in a report of invitations", people)
        return super().get_context_data(**kwargs) | {
            "run": self.run,
            "total": sum(counts.values()),
            "done": sum(counts.values()) - counts.get(InvitationRow.Outcome.WAITING, 0),
            "outcomes": [
                (each.label, counts.get(each.value, 0), each.value, each.value == outcome)
                for each in InvitationRow.Outcome
            ],
            "page_obj": page,
            "query": f"outcome={outcome}" if outcome else "",
        }


def _the_list():
    return {"url": reverse("desk_invitations"), "label": _("Invitations")}

"""A supervisor holds what is planned to be deleted, and lifts such a hold."""

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.records.access import log_read

from ..models import RetentionEntry, RetentionHold, StudentRequest
from ..retention.holding import hold, lift
from ..retention.planning import NOTICE_DAYS
from ..retention.registry import planned_kinds
from .retention import KindAccess, SupervisorAccess


class ReasonForm(forms.Form):
    """Why something is held."""

    why = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("For example a lawsuit or an audit. Only the office reads it."),
    )


class HoldEntry(SupervisorAccess, KindAccess, WagtailAdminTemplateMixin, TemplateView):
    """Asks why one entry is held, and holds its request or its person."""

    template_name = "desk/retention_hold.html"
    header_icon = "lock"

    @cached_property
    def entry(self):
        """The planned entry named in the address."""
        planned = RetentionEntry.objects.visible_to(self.request.user).planned()
        planned = planned.filter(kind__in=planned_kinds()).select_related("record")
        return get_object_or_404(planned, pk=self.kwargs["pk"])

    @cached_property
    def kind(self):
        """The kind of that entry."""
        return planned_kinds()[self.entry.kind]

    def get_page_title(self):
        """Say what is held."""
        return _("Hold: %(name)s") % {"name": self.entry.record.full_name}

    def get_context_data(self, **kwargs):
        """Add the question; note whose name stands above it."""
        log_read(
            self.request.user, "retention plan", self.entry.record_id, record=self.entry.record_id
        )
        return super().get_context_data(
            **{"form": ReasonForm()} | kwargs, entry=self.entry, kind=self.kind
        )

    def post(self, request, pk):
        """Hold it, or ask again for the reason."""
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        entry = self.entry
        whole = request.POST.get("whole") == "1" or not entry.reference
        held = None if whole else StudentRequest.objects.get(pk=entry.object_id)
        try:
            hold(entry.record, form.cleaned_data["why"], request.user, held)
        except ValidationError as error:
            form.add_error(None, error)
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(request, _("Held. Nothing of it is deleted until you lift the hold."))
        return redirect("desk_retention_kind", entry.kind)


class LiftHold(SupervisorAccess, View):
    """Ends a hold; what it kept is announced anew."""

    http_method_names = ("post",)

    def post(self, request, pk):
        """Lift it, or say that somebody has already."""
        holds = RetentionHold.objects.visible_to(request.user).select_related("student_request")
        held = get_object_or_404(holds, pk=pk)
        if lift(held, request.user):
            messages.success(
                request,
                _("The hold is lifted. What it kept is announced again for %(days)d days.")
                % {"days": NOTICE_DAYS},
            )
        else:
            day = date_format(timezone.localtime(held.lifted_at), "F j, Y")
            messages.info(request, _("It was lifted on %(day)s already.") % {"day": day})
        return redirect("desk_retention")

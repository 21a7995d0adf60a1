"""A file that an intake has set aside, assigned by hand: name the person, look, release."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.records.access import log_reads
from isso.requests.records.models import StudentRecord

from ..actor import Actor
from ..intake.settling import assign_row
from ..issued_documents import RELEASED_KINDS
from ..perform import NotAllowed, NotPossible
from .action_forms import show_errors
from .intake import RowOfIntake


class AssignFileForm(forms.Form):
    """Whose it is, and what."""

    sevis_id = forms.CharField(label=gettext_lazy("SEVIS ID of the person"), max_length=11)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[(kind.value, kind.label) for kind in RELEASED_KINDS]
    )
    title = forms.CharField(label=gettext_lazy("Name of the document"), max_length=160)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.record = user, None

    def clean_sevis_id(self):
        """Find the person; nobody releases documents to oneself."""
        sevis_id = self.cleaned_data["sevis_id"].strip().upper()
        found = StudentRecord.objects.visible_to(self.user).filter(sevis_id=sevis_id)
        self.record = found.exclude(user=self.user).first()
        if self.record is None:
            raise forms.ValidationError(_("No record has this SEVIS ID. Compare it with SEVIS."))
        return sevis_id


class AssignRow(RowOfIntake, WagtailAdminTemplateMixin, TemplateView):
    """First the person is shown, then the document is released to exactly this person."""

    template_name = "desk/intake_assign.html"
    header_icon = "upload"
    page_title = gettext_lazy("Assign by hand")

    def get_page_subtitle(self):
        """Name the file."""
        return self.row.file_name

    def get_breadcrumbs_items(self):
        """Lead back to the report."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_intakes"), "label": _("Bulk intake")},
            {
                "url": reverse("desk_intake", args=[self.row.intake_id]),
                "label": self.row.intake.manifest_name,
            },
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    @cached_property
    def first_form(self):
        """What the manifest said, as far as it said anything."""
        return AssignFileForm(
            user=self.request.user,
            initial={
                "sevis_id": self.row.said.get("sevis_id", ""),
                "kind": self.row.kind,
                "title": self.row.title,
            },
        )

    def get(self, request, *args, **kwargs):
        """Ask whose it is."""
        return self.show(self.first_form)

    def show(self, form, status=200, person=None):
        """Show the page with this form, and the person who was found."""
        if not self.row.is_waiting:
            messages.warning(self.request, _("Somebody has dealt with this file meanwhile."))
            return redirect("desk_intake", self.row.intake_id)
        log_reads(self.request.user, "person for an intake file", (self.row.student_id, person))
        context = self.get_context_data(row=self.row, form=form, person=person)
        return self.render_to_response(context, status=status)

    def post(self, request, *args, **kwargs):
        """Show the person first; release when that person was confirmed."""
        form = AssignFileForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.show(form, status=422)
        if request.POST.get("confirmed") != str(form.record.pk):
            return self.show(form, person=form.record)
        given = form.cleaned_data
        try:
            assign_row(
                self.row,
                form.record,
                Actor.for_user(request.user),
                kind=given["kind"],
                title=given["title"],
            )
        except NotAllowed as error:
            raise Http404 from error
        except NotPossible as error:
            messages.warning(request, str(error))
            return redirect("desk_intake", self.row.intake_id)
        except ValidationError as error:
            show_errors(form, error)
            return self.show(form, status=422)
        messages.success(
            request,
            _("“%(title)s” is released to %(name)s.")
            % {"title": given["title"], "name": form.record.full_name},
        )
        return redirect("desk_intake", self.row.intake_id)

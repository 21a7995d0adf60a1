"""Bulk intake in the admin: a manifest and its PDFs, the report of the dry run, the release."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_read, log_reads
from isso.requests.records.clamd import may_be_opened
from isso.requests.records.importing.problems import FileProblem

from ..actor import Actor
from ..intake.bundle import MOST_FILES
from ..intake.checking import check_intake
from ..intake.manifest import COLUMNS
from ..intake.settling import discard_row, release_intake
from ..models import DocumentIntake, IntakeRow
from ..perform import NotAllowed, NotPossible
from ..several_files import FilesField, SeveralFiles
from .access import OfficeAccess

ROWS_PER_PAGE = 50
WAITING = Q(rows__outcome__in=[IntakeRow.Outcome.READY, IntakeRow.Outcome.SET_ASIDE])


class IntakeForm(forms.Form):
    """The manifest and the files."""

    manifest = forms.FileField(
        label=gettext_lazy("Manifest"),
        help_text=gettext_lazy("CSV (UTF-8) or Excel (.xlsx), one row for each file."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": gettext_lazy("Choose the manifest.")},
    )
    files = FilesField(
        label=gettext_lazy("Files"),
        widget=SeveralFiles(attrs={"accept": ".pdf,.zip"}),
        error_messages={"required": gettext_lazy("Choose PDFs, or a ZIP file with PDFs.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].help_text = _(
            "Up to %(few)d PDFs, or one ZIP file with up to %(many)d."
        ) % {"few": settings.DATA_UPLOAD_MAX_NUMBER_FILES - 1, "many": MOST_FILES}

    def clean_manifest(self):
        """Refuse a manifest that is far too large to be one."""
        manifest = self.cleaned_data["manifest"]
        if manifest.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                _("The manifest is larger than %(limit)s.")
                % {"limit": filesizeformat(settings.UPLOAD_MAX_BYTES)}
            )
        return manifest


class IntakeList(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """Every intake so far, and the form for the next."""

    template_name = "desk/intakes.html"
    page_title = gettext_lazy("Bulk intake")
    header_icon = "upload"

    def get_breadcrumbs_items(self):
        """Name the list."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the intakes, the newest first, with how much of each waits."""
        intakes = (
            DocumentIntake.objects.visible_to(self.request.user)
            .select_related("made_by")
            .annotate(number=Count("rows"), waiting=Count("rows", filter=WAITING))
            .order_by("-made_at", "-pk")
        )
        return super().get_context_data(
            **{"form": IntakeForm()} | kwargs,
            page_obj=Paginator(intakes, ROWS_PER_PAGE).get_page(self.request.GET.get("page")),
            columns=COLUMNS,
        )

    def post(self, request):
        """Check what was brought and show the report; nothing is released yet."""
        form = IntakeForm(request.POST, request.FILES)
        if form.is_valid():
            given = form.cleaned_data
            try:
                intake = check_intake(
                    given["manifest"], given["files"], Actor.for_user(request.user)
                )
            except FileProblem as problem:
                form.add_error(None, str(problem))
            else:
                return redirect("desk_intake", intake.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class IntakeReport(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """What each row came to; released from here."""

    template_name = "desk/intake.html"
    header_icon = "upload"

    @cached_property
    def intake(self):
        """The intake named in the address."""
        intakes = DocumentIntake.objects.visible_to(self.request.user)
        return get_object_or_404(intakes.select_related("made_by"), pk=self.kwargs["pk"])

    def get_page_title(self):
        """Name the manifest."""
        return self.intake.manifest_name

    def get_breadcrumbs_items(self):
        """Lead back to the list."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_intakes"), "label": _("Bulk intake")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get(self, request, *args, **kwargs):
        """Show the report, and write down who read it."""
        log_read(request.user, "document intake", self.intake.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Add the rows, what waits for a person first."""
        rows = list(self.intake.rows.select_related("student"))
        rows.sort(key=lambda row: row.outcome != IntakeRow.Outcome.SET_ASIDE)
        counts = {}
        for row in rows:
            counts[row.get_outcome_display()] = counts.get(row.get_outcome_display(), 0) + 1
        ready = sum(row.outcome == IntakeRow.Outcome.READY for row in rows)
        named = (row.student_id for row in rows)
        log_reads(self.request.user, "people in a document intake", named)
        return super().get_context_data(**kwargs) | {
            "intake": self.intake,
            "rows": rows,
            "counts": counts.items(),
            "ready": ready,
        }

    def post(self, request, *args, **kwargs):
        """Release what matches."""
        try:
            number = release_intake(self.intake, Actor.for_user(request.user))
        except NotAllowed as error:
            raise Http404 from error
        messages.success(
            request,
            ngettext(
                "%(number)d document is released. Its student gets a mail.",
                "%(number)d documents are released. Their students get a mail.",
                number,
            )
            % {"number": number},
        )
        return redirect("desk_intake", self.intake.pk)


class RowOfIntake(OfficeAccess):
    """A view about one row, named by ``pk`` in the address."""

    @cached_property
    def row(self):
        """The row; 404 unless its intake may be seen."""
        intakes = DocumentIntake.objects.visible_to(self.request.user)
        # What is about oneself is seen as a student, once it is released.
        others = ~Q(student__user=self.request.user) | Q(student__isnull=True)
        rows = IntakeRow.objects.filter(others, intake__in=intakes).select_related("intake")
        return get_object_or_404(rows, pk=self.kwargs["pk"])


class DiscardRow(RowOfIntake, View):
    """Throw away a file that belongs to nobody here."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        """Discard it and come back to the report."""
        try:
            discard_row(self.row, Actor.for_user(request.user))
        except (NotAllowed, NotPossible, ValidationError) as error:
            messages.warning(request, str(error) or _("This is not possible."))
        else:
            messages.success(request, _("“%(name)s” is discarded.") % {"name": self.row.file_name})
        return redirect("desk_intake", self.row.intake_id)


class IntakeFile(RowOfIntake, View):
    """The file of a row, for the office alone; scanned now, since nobody has scanned it yet."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        """Hand it out as a download that no browser runs."""
        log_read(
            request.user,
            "intake file",
            self.row.pk,
            allowed=bool(self.row.file),
            record=self.row.student_id,
        )
        if not self.row.file:
            raise Http404
        try:
            file = self.row.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        if not may_be_opened(file):
            file.close()
            text = _("“%(name)s” stays closed: the virus scanner has not found it clean.")
            messages.warning(request, text % {"name": self.row.file_name})
            return redirect("desk_intake", self.row.intake_id)
        response = FileResponse(
            file,
            as_attachment=True,
            filename=self.row.file_name,
            content_type="application/pdf",
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response


class IntakeMenuItem(MenuItem):
    """The way to the intakes, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Bulk intake"),
            reverse("desk_intakes"),
            name="desk-intakes",
            icon_name="upload",
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)

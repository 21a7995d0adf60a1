"""Import records: a supervisor brings a file, reads what it would do, and has it imported."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.records.access import log_read
from isso.requests.records.importing.columns import ALL_COLUMNS, CLEAR
from isso.requests.records.importing.problems import FileProblem
from isso.requests.records.importing.report import HEADER, lines_of
from isso.requests.records.importing.runs import receive, start
from isso.requests.records.models import ImportRun, Outcome

from .spreadsheets import spreadsheet

ROWS_PER_PAGE = 50
SECONDS_BETWEEN_LOOKS = "3"


def may_import(user) -> bool:
    """Tell whether this user may import records: supervisors and administrators."""
    return user.has_perm("records.add_importrun")


class ImportAccess:
    """A page about imports, for those who may import."""

    def dispatch(self, request, *args, **kwargs):
        """Turn away everybody else, before anything is looked for."""
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def run(self):
        """The import named in the address."""
        return get_object_or_404(ImportRun.objects.select_related("by"), pk=self.kwargs["pk"])


class UploadForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV (UTF-8) or Excel (.xlsx). Its first line names the columns."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self):
        """Refuse what the server would not take, and say what else is possible."""
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s. Split it into smaller files.")
                % {"limit": filesizeformat(settings.UPLOAD_MAX_BYTES)}
            )
        return file


class ImportList(ImportAccess, WagtailAdminTemplateMixin, TemplateView):
    """Every import so far, and the form for the next."""

    template_name = "desk/imports.html"
    page_title = gettext_lazy("Import records")
    header_icon = "upload"

    def get_breadcrumbs_items(self):
        """Name the list."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the imports, the newest first, and the columns a file may have."""
        runs = Paginator(ImportRun.objects.select_related("by"), ROWS_PER_PAGE)
        return super().get_context_data(
            **{"form": UploadForm()} | kwargs,
            page_obj=runs.get_page(self.request.GET.get("page")),
            columns=ALL_COLUMNS,
            clear=CLEAR,
        )

    def post(self, request):
        """Keep the file for the worker to compare, or say why it cannot be read."""
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                run = receive(form.cleaned_data["file"], request.user)
            except FileProblem as problem:
                form.add_error("file", str(problem))
            else:
                return redirect("desk_import", run.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ImportReport(ImportAccess, WagtailAdminTemplateMixin, TemplateView):
    """How far an import is, and what it did, or would do, with each row."""

    template_name = "desk/import.html"
    header_icon = "upload"

    def get_page_title(self):
        """Name the file."""
        return self.run.file_name

    def get_breadcrumbs_items(self):
        """Lead back to the list."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_imports"), "label": _("Import records")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get(self, request, *args, **kwargs):
        """Show the report; while the worker is at it, look again in a few seconds."""
        log_read(request.user, "import report", self.run.pk)
        response = super().get(request, *args, **kwargs)
        if self.run.is_under_way:
            response["Refresh"] = SECONDS_BETWEEN_LOOKS
        return response

    def get_context_data(self, **kwargs):
        """Add one page of the rows, all of them or those of one outcome."""
        run, wanted = self.run, self.request.GET.get("outcome")
        outcome = wanted if wanted in Outcome.values else ""
        rows = run.rows.filter(outcome=outcome) if outcome else run.rows.all()
        paginator = Paginator(rows, ROWS_PER_PAGE)
        # Counted already: a report may have tens of thousands of rows.
        paginator.count = getattr(run, outcome) if outcome else run.done
        return super().get_context_data(
            **kwargs,
            run=run,
            page_obj=paginator.get_page(self.request.GET.get("page")),
            query=urlencode({"outcome": outcome} if outcome else {}),
            outcomes=[
                (each.label, getattr(run, each.value), each.value, each.value == outcome)
                for each in Outcome
            ],
        )


class StartImport(ImportAccess, View):
    """Have the worker import what was compared."""

    http_method_names = ("post",)

    def post(self, request, pk):
        """Start it once, however often the button is pressed."""
        if not start(self.run, request.user):
            messages.warning(request, _("There is nothing to import, or it has started already."))
        return redirect("desk_import", pk)


class ReportFile(ImportAccess, View):
    """The report as a spreadsheet."""

    http_method_names = ("get", "head")

    def get(self, request, pk):
        """Send it line by line, since it may be long."""
        log_read(request.user, "import report exported", self.run.pk, each_time=True)
        rows = self.run.rows.iterator(chunk_size=1000)
        lines = (line for row in rows for line in lines_of(row))
        return spreadsheet(f"import-{pk}.csv", HEADER, lines)


class ImportMenuItem(MenuItem):
    """The way to the imports, for those who may import."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Import records"),
            reverse("desk_imports"),
            name="desk-imports",
            icon_name="upload",
        )

    def is_shown(self, request):
        """Show it to supervisors and administrators."""
        return may_import(request.user)

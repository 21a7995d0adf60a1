"""What every register in the admin keeps to: it is looked at and exported, never written in.

wagtail-modeladmin leaves the addresses for adding, editing and deleting open when their buttons
are hidden, filters by any field the address names, and exports formulas: not here.
"""

from itertools import islice

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.utils.text import capfirst
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from isso.home.spreadsheet import cell, display

from .reads import note_read, note_reads

ROWS_AT_ONCE = 500


class LookOnly(PermissionHelper):
    """Who holds the ``view`` permission may look; nobody may write, not even a superuser."""

    def user_can_list(self, user):
        """Ask for the permission to view."""
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))

    def user_can_inspect_obj(self, user, obj):
        """Ask for the permission to view."""
        return self.user_can_list(user)

    def user_can_create(self, user):
        """Refuse."""
        return False

    def user_can_edit_obj(self, user, obj):
        """Refuse."""
        return False

    def user_can_delete_obj(self, user, obj):
        """Refuse."""
        return False


class RegisterList(IndexView):
    """The list of a register and its export."""

    def dispatch(self, request, *args, **kwargs):
        """Show the list, or start afresh when the address asks for an impossible filter."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(self.index_url)

    def get_filters_params(self, params=None):
        """Filter only by the filters on the screen: an address may not probe other fields."""
        return {
            # PostgreSQL refuses the character NUL.
            name: [value.replace("\0", "") for value in values]
            for name, values in super().get_filters_params(params).items()
            if any(name == field or name.startswith(f"{field}__") for field in self.list_filter)
        }

    def get_search_results(self, request, queryset, search_term):
        """Search without the character PostgreSQL refuses."""
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))

    def as_spreadsheet(self, queryset, spreadsheet_format):
        """Export, and note who did."""
        what = f"{self.opts.label_lower} exported"
        note_read(self.request.user, what, spreadsheet_format, each_time=True)
        rows = queryset.iterator(chunk_size=ROWS_AT_ONCE)
        while some := list(islice(rows, ROWS_AT_ONCE)):
            people = self.model_admin.people_of(some)
            note_reads(self.request.user, what, people, each_time=True)
        return super().as_spreadsheet(queryset, spreadsheet_format)

    def to_row_dict(self, item):
        """Return one row as readable text that no spreadsheet program executes."""
        return {name: cell(display(item, name)) for name in self.list_export}

    def get_context_data(self, *args, **kwargs):
        """Show the rows, and note of whom they are."""
        context = super().get_context_data(*args, **kwargs)
        people = self.model_admin.people_of(context["object_list"])
        note_reads(self.request.user, f"{self.opts.label_lower} listed", people)
        return context


class RegisterPage(InspectView):
    """One row of a register."""

    def get_field_label(self, field_name, field=None):
        """Begin every label with a capital letter."""
        return capfirst(super().get_field_label(field_name, field))


class Register(ModelAdmin):
    """A list with search, filters, one page per row and a safe export."""

    index_view_class = RegisterList
    inspect_view_class = RegisterPage
    permission_helper_class = LookOnly
    inspect_view_enabled = True
    history_view_enabled = False
    list_per_page = 50
    # The column that names the person's record.
    person = ""

    def people_of(self, rows):
        """Return the keys of the records of the people in these rows."""
        return [getattr(row, self.person) for row in rows] if self.person else []

    def get_admin_urls_for_registration(self):
        """Register only the two addresses a register has."""
        kept = {self.url_helper.get_action_url_name(action) for action in ("index", "inspect")}
        urls = super().get_admin_urls_for_registration()
        return tuple(url for url in urls if url.name in kept)

    def inspect_view(self, request, instance_pk):
        """Show one row; the permission is asked before the row is looked for."""
        what = f"{self.opts.label_lower} opened"
        if not self.permission_helper.user_can_list(request.user):
            note_read(request.user, what, instance_pk, allowed=False)
            raise PermissionDenied
        try:
            response = super().inspect_view(request, instance_pk)
        except (ValidationError, ValueError) as error:
            raise Http404 from error
        people = self.people_of([response.context_data["instance"]])
        note_read(request.user, what, instance_pk, person=next(iter(people), None))
        return response

    def register_indexing(self):
        """Keep personal data out of Wagtail's reference index."""

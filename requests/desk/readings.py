"""Who read what: the access log for supervisors, narrowed, with students named, and as a file."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.home.spreadsheet import cell
from isso.requests.people.models import User
from isso.requests.records.access import log_read
from isso.requests.records.finding import LONGEST_SEARCH, found_by
from isso.requests.records.models import AccessLog, StudentRecord

from .reading_words import SUBJECTS, in_words
from .spreadsheets import spreadsheet

ROWS_PER_PAGE = 50
# What the student page shows of it.
NEWEST = 10
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
REAL_DATE = gettext_lazy("Enter a real date, such as 2027-02-14.")


def may_read_log(user) -> bool:
    """Tell whether this user sees who read what: supervisors and administrators."""
    return user.has_perm("records.view_accesslog")


def readings_for(user):
    """Return the log as this user may read it: nobody learns here who read about oneself."""
    others = Q(record__isnull=True) | Q(record__user__isnull=True) | ~Q(record__user=user)
    return AccessLog.objects.filter(others).select_related("user", "record")


def readings_of(record, user):
    """Return the newest (line, what in words) about one student; None where it may not be seen."""
    if not may_read_log(user):
        return None
    newest = readings_for(user).filter(record=record)[:NEWEST]
    return [(each, in_words(each.what)) for each in newest]


def _begin_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(label):
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": REAL_DATE},
        validators=[
            MinValueValidator(FIRST_DAY, REAL_DATE),
            MaxValueValidator(LAST_DAY, REAL_DATE),
        ],
    )


def _words(label):
    attrs = {"autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs=attrs),
    )


class ReadingFilters(forms.Form):
    """Who, about whom, what, on which days, and only what was refused."""

    who = _words(gettext_lazy("Who read: name or e-mail"))
    student = _words(gettext_lazy("Student: name, SEVIS ID or e-mail"))
    what = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    first_day = _day(gettext_lazy("From"))
    last_day = _day(gettext_lazy("To"))
    refused = forms.BooleanField(label=gettext_lazy("Refused only"), required=False)
    # Where the page of one student leads here.
    record = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def __init__(self, data):
        super().__init__(data)
        self.fields["what"].choices = [("", _("Everything")), *SUBJECTS.items()]

    def clean(self):
        """Refuse days the wrong way round."""
        given = super().clean()
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Choose a day that is not before “From”."))
        return given

    def narrow(self, readings, people):
        """Return what was asked for; a field with a mistake narrows nothing and says so."""
        self.is_valid()
        asked = getattr(self, "cleaned_data", {})
        if who := asked.get("who"):
            users = Q(full_name__icontains=who) | Q(email__icontains=who)
            readings = readings.filter(user__in=User.objects.filter(users))
        if student := asked.get("student"):
            found = found_by(student, people).order_by()
            readings = readings.filter(record__in=found.values("pk"))
        if record := asked.get("record"):
            readings = readings.filter(record=record)
        if what := asked.get("what"):
            readings = readings.filter(what=what)
        if first := asked.get("first_day"):
            readings = readings.filter(at__gte=_begin_of(first))
        if last := asked.get("last_day"):
            readings = readings.filter(at__lt=_begin_of(last + timedelta(days=1)))
        return readings.filter(allowed=False) if asked.get("refused") else readings

    def in_words(self):
        """Return what was asked for as the log may keep it: never a name that was typed."""
        asked = self.cleaned_data
        said = [
            f"{name} {asked[name]}" for name in ("what", "first_day", "last_day") if asked.get(name)
        ]
        named = [f"with {name}" for name in ("who", "student", "record") if asked.get(name)]
        return ", ".join([*said, *named, *(["refused"] if asked.get("refused") else [])])


class Readings(WagtailAdminTemplateMixin, TemplateView):
    """The log, the newest line first; with ``?export=csv`` all of its lines as a file."""

    http_method_names = ["get", "head"]
    template_name = "desk/readings.html"
    page_title = gettext_lazy("Who read what")
    header_icon = "view"

    def dispatch(self, request, *args, **kwargs):
        """Turn away everybody but supervisors, and write down who looked or tried to."""
        allowed = may_read_log(request.user)
        log_read(request.user, "access log", allowed=allowed)
        if not allowed:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        """Name the list."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def filters(self):
        """What the address asks for, without the character PostgreSQL refuses."""
        asked = self.request.GET.copy()
        for name in list(asked):
            asked[name] = asked[name].replace("\0", "")
        return ReadingFilters(asked)

    @cached_property
    def found(self):
        """The lines asked for."""
        people = StudentRecord.objects.visible_to(self.request.user)
        return self.filters.narrow(readings_for(self.request.user), people)

    def get(self, request, *args, **kwargs):
        """Show the lines, or send them as a file; a file of a mistake would be the whole log."""
        if request.GET.get("export") and self.filters.is_valid():
            return self.as_file()
        return super().get(request, *args, **kwargs)

    def as_file(self):
        """Send every line; who has them sent is noted."""
        log_read(
            self.request.user,
            "access log exported",
            details=self.filters.in_words(),
            each_time=True,
        )
        rows = map(_row, self.found.iterator(chunk_size=1000))
        return spreadsheet(f"who-read-what-{timezone.localdate()}.csv", _header(), rows)

    def get_context_data(self, **kwargs):
        """Add one page of lines."""
        page = Paginator(self.found, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        query = self.request.GET.copy()
        for name in ("page", "export"):
            query.pop(name, None)
        return super().get_context_data(**kwargs) | {
            "filters": self.filters,
            "page_obj": page,
            "rows": [(row, in_words(row.what)) for row in page],
            "query": query.urlencode(),
        }


def _header():
    return [_("When"), _("Who"), _("Student"), _("What"), _("Which"), _("Allowed"), _("Details")]


def _row(row):
    return [
        cell(value)
        for value in (
            row.at,
            row.user,
            row.record.full_name if row.record else "",
            in_words(row.what),
            row.object_id,
            row.allowed,
            row.details,
        )
    ]


class ReadingsMenuItem(MenuItem):
    """The way to the log, for those who may read it."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Who read what"),
            reverse("desk_readings"),
            name="desk-readings",
            icon_name="view",
        )

    def is_shown(self, request):
        """Show it to supervisors and administrators."""
        return may_read_log(request.user)

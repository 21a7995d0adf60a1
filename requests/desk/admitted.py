"""Admitted people as a cohort: how far each is, late ones first, on a page and as a file."""

from typing import NamedTuple

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

from isso.home.spreadsheet import cell
from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_read, log_reads
from isso.requests.records.choices import EducationLevel
from isso.requests.records.finding import LONGEST_SEARCH, found_by
from isso.requests.records.models import StudentRecord

from ..admitted import Progress
from ..assignment import possible_advisors
from ..cohorts import admitted_people, first_form_keys, members_of
from ..registry import folder_types
from .access import OfficeAccess
from .listing import ListingWithFile, query_of
from .starts import known_starts

ANY = ("", gettext_lazy("Any"))
AT_ONCE = 500


class AdmittedFilters(forms.Form):
    """Who of the cohort is listed; the first three narrow the read, the others what it found."""

    q = forms.CharField(
        label=gettext_lazy("Name, SEVIS ID or e-mail"), max_length=LONGEST_SEARCH, required=False
    )
    start = forms.ChoiceField(label=gettext_lazy("Starts in"), required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"), choices=[ANY, *EducationLevel.choices], required=False
    )
    situation = forms.ChoiceField(label=gettext_lazy("Asks for"), required=False)
    advisor = forms.ModelChoiceField(
        label=gettext_lazy("Advisor"), queryset=None, required=False, empty_label=ANY[1]
    )
    progress = forms.ChoiceField(
        label=gettext_lazy("Standing"), choices=[ANY, *Progress.choices], required=False
    )
    late = forms.BooleanField(label=gettext_lazy("Late only"), required=False)

    def __init__(self, data, starts):
        super().__init__(data)
        self.starts = {span.key: span for span in starts}
        self.fields["start"].choices = [ANY, *((each.key, each.title) for each in starts)]
        titles = [(key, folder_types()[key].title) for key in first_form_keys()]
        self.fields["situation"].choices = [ANY, *titles]
        self.fields["advisor"].queryset = possible_advisors()
        self.is_valid()

    def narrowed(self, people):
        """Return the people to read; a nonsense choice counts for nothing."""
        if start := self.starts.get(self.cleaned_data.get("start")):
            people = people.filter(program_start__range=(start.first, start.last))
        if level := self.cleaned_data.get("level"):
            people = people.filter(education_level=level)
        if words := self.cleaned_data.get("q"):
            people = found_by(words, people)
        return people

    def of_kind(self, members):
        """Return those of one situation and one advisor."""
        if situation := self.cleaned_data.get("situation"):
            members = [each for each in members if each.type_key == situation]
        if advisor := self.cleaned_data.get("advisor"):
            members = [each for each in members if each.advisor_id == advisor.pk]
        return members

    def kept(self, members):
        """Return those at one point of the way, and the late ones where only they are asked for."""
        if progress := self.cleaned_data.get("progress"):
            members = [each for each in members if each.progress == progress]
        return [each for each in members if each.late] if self.cleaned_data.get("late") else members

    def in_words(self):
        """Return what was chosen as the access log may keep it: never a name that was typed."""
        chosen = {name: self.cleaned_data.get(name) for name in self.fields}
        said = [
            f"{name} {getattr(value, 'pk', value)}"
            for name, value in chosen.items()
            if value and name != "q"
        ]
        return ", ".join([*said, *(["with a search"] if chosen["q"] else [])])


class Count(NamedTuple):
    """How many people stand somewhere, as a link."""

    label: str
    number: int
    query: str
    is_current: bool


class AdmittedBase(OfficeAccess):
    """What the list and its reminders read: the cohort, narrowed by the address."""

    @cached_property
    def people(self):
        """Everybody of the cohort."""
        return admitted_people(self.request.user)

    @cached_property
    def filters(self):
        """What the address asks for."""
        return AdmittedFilters(self.request.GET, known_starts(self.people))

    @cached_property
    def of_kind(self):
        """The members wherever they stand."""
        return self.filters.of_kind(members_of(self.filters.narrowed(self.people)))

    @cached_property
    def found(self):
        """The members asked for."""
        return self.filters.kept(self.of_kind)

    def records_of(self, members):
        """Return the records of some of them by key, asked again whether they may be seen."""
        visible = StudentRecord.objects.visible_to(self.request.user)
        people = self.records(visible.exclude(user=self.request.user))
        return people.in_bulk([each.key for each in members])

    def records(self, people):
        """Return the records with what is read along."""
        return people

    @cached_property
    def advisors(self):
        """Whoever may answer for somebody, by key."""
        return {each.pk: each for each in possible_advisors()}


class AdmittedList(AdmittedBase, ListingWithFile):
    """The cohort; with ``?export=`` all that the filters keep as a file."""

    rows_per_page = 50
    file_name = "admitted"
    template_name = "desk/admitted.html"
    page_title = gettext_lazy("Admitted students")
    header_icon = "group"

    def note(self, page):
        """Write down who was listed."""
        log_reads(self.request.user, "admitted students", (each.key for each in page))

    def rows(self, page):
        """Return each member with the record and the advisor."""
        records = self.records_of(page)
        return [
            (each, records[each.key], self.advisors.get(each.advisor_id))
            for each in page
            if each.key in records
        ]

    def get_context_data(self, **kwargs):
        """Add how many stand where."""
        return super().get_context_data(**kwargs) | {"counts": self.counts()}

    def counts(self):
        """Return the links with their numbers, for all who fit the other filters."""
        by_progress = dict.fromkeys(Progress, 0)
        for each in self.of_kind:
            by_progress[each.progress] += 1
        chosen = self.filters.cleaned_data
        current, late = chosen.get("progress", ""), bool(chosen.get("late"))
        return [
            Count(_("All"), len(self.of_kind), self._query(), not current and not late),
            Count(
                _("Late"),
                sum(bool(each.late) for each in self.of_kind),
                self._query(late="on"),
                not current and late,
            ),
            *(
                Count(each.label, number, self._query(progress=each.value), current == each)
                for each, number in by_progress.items()
            ),
        ]

    def _query(self, **chosen):
        query = QueryDict(query_of(self.request), mutable=True)
        for name in ("progress", "late"):
            query.pop(name, None)
        query.update(chosen)
        return query.urlencode()

    def note_file(self, kind):
        """Write down who has whose rows sent."""
        details = ", ".join(
            filter(None, [kind, self.filters.in_words(), f"{len(self.found)} rows"])
        )
        user, what = self.request.user, "admitted students exported"
        log_read(user, what, details=details, each_time=True)
        log_reads(user, what, (each.key for each in self.found), each_time=True)

    def header(self):
        """Return the names of the columns."""
        return [
            _("Student"),
            _("University ID"),
            _("E-mail"),
            _("Level"),
            _("Program starts"),
            _("Standing"),
            _("Since"),
            _("Late"),
            _("Asks for"),
            _("Advisor"),
        ]

    def lines(self):
        """Yield the cells of each member, some at a time."""
        titles = {key: each.title for key, each in folder_types().items()}
        for start in range(0, len(self.found), AT_ONCE):
            some = self.found[start : start + AT_ONCE]
            records = self.records_of(some)
            for each in some:
                if record := records.get(each.key):
                    yield self._line(each, record, titles)

    def _line(self, member, record, titles):
        values = (
            record.full_name,
            record.institution_id,
            record.email,
            record.get_education_level_display(),
            member.program_start,
            member.progress.label,
            member.since,
            member.late,
            titles.get(member.type_key, ""),
            self.advisors.get(member.advisor_id),
        )
        return [cell(value) for value in values]


class AdmittedMenuItem(MenuItem):
    """The way to the cohort, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Admitted students"),
            reverse("desk_admitted"),
            name="desk-admitted",
            icon_name="group",
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)

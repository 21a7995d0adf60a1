"""Alerts at the desk: what is due of whom, the worst first, on a page and as a file."""

from django import forms
from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

from isso.home.spreadsheet import cell
from isso.requests.people.roles import Role, may_read_cases
from isso.requests.records.access import log_read, log_reads
from isso.requests.records.finding import LONGEST_SEARCH, found_by
from isso.requests.records.models import StudentRecord

from ..alerts.kinds import KINDS
from ..assignment import possible_advisors
from ..models import Alert
from ..models.alert import Severity
from .access import OfficeAccess
from .admitted import ANY, AT_ONCE
from .admitted import Count as CountLink
from .alert_lines import AlertLine
from .listing import ListingWithFile, query_of

STANDINGS = {
    "to_do": (gettext_lazy("To do"), Q(is_overridden=False, is_under_way=False)),
    "under_way": (gettext_lazy("Under way"), Q(is_overridden=False, is_under_way=True)),
    "aside": (gettext_lazy("Set aside"), Q(is_overridden=True)),
}


class AlertFilters(forms.Form):
    """Which alerts are listed; without a word about the advisor, an advisor's own."""

    q = forms.CharField(
        label=gettext_lazy("Name, SEVIS ID or e-mail"), max_length=LONGEST_SEARCH, required=False
    )
    advisor = forms.ModelChoiceField(
        label=gettext_lazy("Advisor"), queryset=None, required=False, empty_label=ANY[1]
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    step = forms.ChoiceField(label=gettext_lazy("Step"), required=False)
    severity = forms.TypedChoiceField(
        label=gettext_lazy("Importance"),
        choices=[ANY, *Severity.choices],
        coerce=int,
        required=False,
    )
    standing = forms.ChoiceField(
        label=gettext_lazy("Standing"),
        choices=[ANY, *((key, label) for key, (label, _kept) in STANDINGS.items())],
        required=False,
    )
    day_from = forms.DateField(
        label=gettext_lazy("Day from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    day_until = forms.DateField(
        label=gettext_lazy("Day until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data, user):
        data = data.copy()
        if "advisor" not in data and Role.ADVISOR in user.roles:
            data["advisor"] = user.pk
        super().__init__(data)
        self.fields["advisor"].queryset = possible_advisors()
        self.fields["kind"].choices = [ANY, *((key, kind.title) for key, kind in KINDS.items())]
        self.fields["step"].choices = [
            ANY,
            *(
                (kind.title, [(f"{key}:{each}", kind.step_words(each)) for each in kind.numbers])
                for key, kind in KINDS.items()
            ),
        ]
        self.is_valid()

    def narrowed(self, alerts):
        """Return the alerts of every standing; a nonsense choice counts for nothing."""
        chosen = self.cleaned_data
        if words := chosen.get("q"):
            alerts = alerts.filter(record__in=found_by(words, StudentRecord.objects.all()))
        kind, _colon, step = chosen.get("step", "").partition(":")
        plain = {
            "advisor": chosen.get("advisor"),
            "kind": chosen.get("kind"),
            "severity": chosen.get("severity"),
            "day__gte": chosen.get("day_from"),
            "day__lte": chosen.get("day_until"),
        }
        alerts = alerts.filter(**{name: value for name, value in plain.items() if value})
        return alerts.filter(kind=kind, step=step) if step else alerts

    def kept(self, alerts):
        """Return those of one standing, as asked for."""
        standing = self.cleaned_data.get("standing")
        return alerts.filter(STANDINGS[standing][1]) if standing else alerts

    def in_words(self):
        """Return what was chosen as the access log may keep it: never a name that was typed."""
        chosen = {name: self.cleaned_data.get(name) for name in self.fields}
        if advisor := chosen["advisor"]:
            chosen["advisor"] = advisor.pk
        said = [f"{name} {value}" for name, value in chosen.items() if value and name != "q"]
        return ", ".join([*said, *(["with a search"] if chosen["q"] else [])])


class AlertList(OfficeAccess, ListingWithFile):
    """What is due; with ``?export=`` all that the filters keep as a file."""

    rows_per_page = 50
    file_name = "alerts"
    template_name = "desk/alerts.html"
    page_title = gettext_lazy("Alerts")
    header_icon = "warning"

    @cached_property
    def filters(self):
        """What the address asks for."""
        return AlertFilters(self.request.GET, self.request.user)

    @cached_property
    def narrowed(self):
        """The alerts of every standing."""
        visible = Alert.objects.open().standing().visible_to(self.request.user)
        return self.filters.narrowed(visible)

    @cached_property
    def found(self):
        """The alerts asked for."""
        return self.filters.kept(self.narrowed).select_related("record", "advisor")

    def note(self, page):
        """Write down of whom something was listed."""
        log_reads(self.request.user, "alerts", (alert.record_id for alert in page))

    def rows(self, page):
        """Return each alert in words."""
        return [AlertLine(alert) for alert in page]

    def get_context_data(self, **kwargs):
        """Add how many stand how."""
        return super().get_context_data(**kwargs) | {"counts": self.counts()}

    def counts(self):
        """Return the links with their numbers, for all who fit the other filters; in one query."""
        numbers = self.narrowed.order_by().aggregate(
            all=Count("pk"),
            **{key: Count("pk", filter=kept) for key, (_label, kept) in STANDINGS.items()},
        )
        labels = {"all": _("All")} | {key: label for key, (label, _kept) in STANDINGS.items()}
        current = self.filters.cleaned_data.get("standing") or "all"
        query = QueryDict(query_of(self.request), mutable=True)
        found = []
        for key, label in labels.items():
            query["standing"] = "" if key == "all" else key
            found.append(CountLink(label, numbers[key], query.urlencode(), key == current))
        return found

    def note_file(self, kind):
        """Write down who has whose rows sent."""
        keys = list(self.found.order_by().values_list("record", flat=True))
        parts = (kind, self.filters.in_words(), f"{len(keys)} rows")
        user, what = self.request.user, "alerts exported"
        log_read(user, what, details=", ".join(filter(None, parts)), each_time=True)
        log_reads(user, what, keys, each_time=True)

    def header(self):
        """Return the names of the columns."""
        return [
            _("Student"),
            _("SEVIS ID"),
            _("E-mail"),
            _("Department"),
            _("Advisor"),
            _("Kind"),
            _("Importance"),
            _("What"),
            _("Step"),
            _("Day"),
            _("Cured by"),
            _("Standing"),
            _("First seen"),
            _("Step mailed"),
        ]

    def lines(self):
        """Yield the cells of each alert, some at a time."""
        for alert in self.found.iterator(chunk_size=AT_ONCE):
            yield [cell(value) for value in AlertLine(alert).cells]


class AlertsMenuItem(MenuItem):
    """The way to the alerts, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Alerts"), reverse("desk_alerts"), name="desk-alerts", icon_name="warning"
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)


def alert_numbers(user):
    """Return how many alerts are an advisor's to do, or anybody's, and how many press."""
    alerts = Alert.objects.to_do().visible_to(user).filter(STANDINGS["to_do"][1])
    if Role.ADVISOR in user.roles:
        alerts = alerts.filter(advisor=user)
    return alerts.order_by().aggregate(
        all=Count("pk"), now=Count("pk", filter=Q(severity=Severity.BAD))
    )

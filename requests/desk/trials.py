"""Try a policy: before a supervisor publishes a draft, whom would it have affected, and how?"""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import ListingButton

from isso.home.spreadsheet import cell
from isso.requests.records.access import log_read, log_reads

from ..models import PolicyTrial, RequestPolicy, TrialLine
from ..models.guide import live_guides
from ..registry import find_type
from ..trying import DAYS_AHEAD, ask, compared, is_outdated
from .spreadsheets import spreadsheet

LINES_PER_PAGE = 50
TRIALS_SHOWN = 10
SECONDS_BETWEEN_LOOKS = "2"
HEADER = ("effect", "person", "request", "from", "until", "reason")


def may_try(user) -> bool:
    """Tell whether this user settles policies: supervisors and administrators."""
    return user.has_perm("requests.change_requestpolicy")


class TrialAccess:
    """A page about trials, for those who settle policies."""

    def dispatch(self, request, *args, **kwargs):
        """Turn away everybody else, before anything is looked for."""
        if not may_try(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def trial(self):
        """The trial named in the address."""
        return get_object_or_404(
            PolicyTrial.objects.select_related("policy", "by"), pk=self.kwargs["pk"]
        )


class TryPolicy(TrialAccess, WagtailAdminTemplateMixin, TemplateView):
    """What the newest draft of a policy changes, a button to try it, and the earlier trials."""

    template_name = "desk/try_policy.html"
    header_icon = "clipboard-list"

    @cached_property
    def policy(self):
        """The policy named in the address."""
        return get_object_or_404(RequestPolicy, pk=self.kwargs["pk"])

    def get_page_title(self):
        """Name the policy."""
        return _("Try: %(policy)s") % {"policy": self.policy}

    def get_breadcrumbs_items(self):
        """Lead back to the policy."""
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, _way_to(self.policy), here]

    def get_context_data(self, **kwargs):
        """Add what differs, or why the draft cannot be tried."""
        problem, differing = "", []
        try:
            before, after = compared(self.policy)
            differing = changes(self.policy.type_key, before, after)
        except ValidationError as error:
            problem = " ".join(error.messages)
        request_type = find_type(self.policy.type_key)
        trials = self.policy.trials.select_related("by")[:TRIALS_SHOWN]
        return super().get_context_data(
            **kwargs,
            policy=self.policy,
            problem=problem,
            lacks_guide=bool(
                request_type
                and request_type.needs_guide
                and self.policy.type_key not in live_guides()
            ),
            changes=differing,
            days=DAYS_AHEAD,
            trials=trials,
        )

    def post(self, request, pk):
        """Have the worker try it; what stands in the way shows on the page itself."""
        try:
            trial = ask(self.policy, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("desk_try_policy", pk)
        return redirect("desk_trial", trial.pk)


class TrialReport(TrialAccess, WagtailAdminTemplateMixin, TemplateView):
    """How far a trial is, and what the draft would have done, person by person."""

    template_name = "desk/trial.html"
    header_icon = "clipboard-list"

    def get_page_title(self):
        """Name the policy."""
        return _("Trial: %(policy)s") % {"policy": self.trial.policy}

    def get_breadcrumbs_items(self):
        """Lead back to the policy."""
        tries = reverse("desk_try_policy", args=[self.trial.policy_id])
        return [
            *self.breadcrumbs_items,
            _way_to(self.trial.policy),
            {"url": tries, "label": _("Try")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get(self, request, *args, **kwargs):
        """Show it; while the worker is at it, name nobody and look again in a few seconds."""
        response = super().get(request, *args, **kwargs)
        if not self.trial.ended_at:
            response["Refresh"] = SECONDS_BETWEEN_LOOKS
        elif response.context_data["page_obj"].object_list:
            lines = response.context_data["page_obj"].object_list
            log_reads(request.user, "policy trial", (line.record_id for line in lines))
        return response

    def get_context_data(self, **kwargs):
        """Add what changes in the policy, and of an ended trial what it found, page by page."""
        about = {
            "trial": self.trial,
            "changes": changes(self.trial.key, self.trial.was, self.trial.becomes),
        }
        if self.trial.ended_at:
            about |= self._found() | {"is_outdated": is_outdated(self.trial)}
        return super().get_context_data(**kwargs, **about)

    def _found(self):
        wanted = self.request.GET.get("effect")
        effect = wanted if wanted in TrialLine.Effect.values else ""
        lines = self.trial.lines.select_related("record", "student_request")
        if effect:
            lines = lines.filter(effect=effect)
        counted = count(self.trial)
        paginator = Paginator(lines, LINES_PER_PAGE)
        paginator.count = (
            counted[effect] if effect else sum(counted[each] for each in TrialLine.Effect.values)
        )
        return {
            "findings": findings(counted),
            "effects": [
                (each.label, counted[each], each.value, each.value == effect)
                for each in TrialLine.Effect
                if counted[each] or each != TrialLine.Effect.UNCLEAR
            ],
            "page_obj": paginator.get_page(self.request.GET.get("page")),
            "query": urlencode({"effect": effect} if effect else {}),
        }


class TrialFile(TrialAccess, View):
    """The lines of a trial as a spreadsheet."""

    http_method_names = ("get", "head")

    def get(self, request, pk):
        """Send it line by line, since it may be long; one that is not whole is not there yet."""
        if not self.trial.ended_at:
            raise Http404
        log_read(request.user, "policy trial exported", self.trial.pk, each_time=True)
        people = self.trial.lines.order_by("record").values_list("record", flat=True).distinct()
        log_reads(request.user, "policy trial exported", people.iterator(), each_time=True)
        lines = self.trial.lines.select_related("record", "student_request")
        rows = (_row(line) for line in lines.iterator(chunk_size=1000))
        return spreadsheet(f"trial-{pk}.csv", HEADER, rows)


def _row(line):
    return (
        line.get_effect_display(),
        cell(line.record.full_name),
        line.student_request.reference if line.student_request else "",
        line.first_day.isoformat(),
        line.last_day.isoformat() if line.last_day else "",
        cell(line.reason),
    )


def count(trial):
    """Return how many lines each effect has, and how many people they are, in one query.

    Somebody may lose two spans of days; ``…_people`` counts him once, ``…_today`` those whose
    span begins with the first day.
    """
    today = Q(first_day=trial.first_day)
    wanted = {}
    for effect in TrialLine.Effect:
        its = Q(effect=effect)
        wanted[effect.value] = Count("pk", its)
        wanted[f"{effect.value}_people"] = Count("record", its, distinct=True)
        wanted[f"{effect.value}_today"] = Count("record", its & today, distinct=True)
    return trial.lines.aggregate(**wanted)


def findings(counted):
    """Return what a trial found, in sentences."""
    if not any(counted.values()):
        return [_("Nobody gains or loses access, and no request would have been refused.")]
    found = [
        ngettext(
            "%(number)d student would lose access, %(today)d of them at once.",
            "%(number)d students would lose access, %(today)d of them at once.",
            counted["loses_people"],
        )
        % {"number": counted["loses_people"], "today": counted["loses_today"]},
        ngettext(
            "%(number)d student would gain access, %(today)d of them at once.",
            "%(number)d students would gain access, %(today)d of them at once.",
            counted["gains_people"],
        )
        % {"number": counted["gains_people"], "today": counted["gains_today"]},
        ngettext(
            "%(number)d request of the last 12 months would have been refused.",
            "%(number)d requests of the last 12 months would have been refused.",
            counted["refused"],
        )
        % {"number": counted["refused"]},
    ]
    if counted["unclear"]:
        found.append(
            ngettext(
                "%(number)d student or request could not be judged and is not counted here.",
                "%(number)d students and requests could not be judged and are not counted here.",
                counted["unclear"],
            )
            % {"number": counted["unclear"]}
        )
    return found


def changes(type_key, was, becomes):
    """Return (what, in force, in the draft) for everything in which two policies differ."""
    found = []
    for label, differing in (
        (_("Open"), (was.is_open, becomes.is_open)),
        (_("Only approvers of the directory"), (was.asks_directory, becomes.asks_directory)),
    ):
        if len(set(differing)) > 1:
            found.append((label, *(_("Yes") if each else _("No") for each in differing)))
    request_type = find_type(type_key)
    for name, declared in request_type.policies.items() if request_type else ():
        before, after = was.numbers.get(name), becomes.numbers.get(name)
        if before != after:
            found.append((declared.label, declared.in_words(before), declared.in_words(after)))
    return found


def _way_to(policy):
    edit = reverse("wagtailsnippets_requests_requestpolicy:edit", args=[policy.pk])
    return {"url": edit, "label": str(policy)}


def try_button(snippet, user, next_url=None):
    """Offer a trial beside each policy of the list."""
    if isinstance(snippet, RequestPolicy) and may_try(user):
        yield ListingButton(
            gettext_lazy("Try the draft"),
            reverse("desk_try_policy", args=[snippet.pk]),
            icon_name="view",
        )

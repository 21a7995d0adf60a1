"""What repeats the records: reports of imports, manifests, trials of policies, own copies."""

from django.utils.translation import gettext_lazy as _

from isso.requests.records.importing.runs import purge_imports

from ...bulk import purge_bulk_runs
from ...copies import purge_copies
from ...models import IntakeRow
from ...models.record_copy import KEPT_FOR
from ...trying import purge_trials
from ..holding import held_people
from ..kind import Method, Period, Purge

SHORT = Period(30, 7, 365)
REPEATS = _("It repeats what the records say.")


def forget_manifests(cutoff):
    """Forget whom old manifests named, once settled; what became of each row stays."""
    waiting = (IntakeRow.Outcome.READY, IntakeRow.Outcome.SET_ASIDE)
    done = IntakeRow.objects.filter(intake__made_at__lt=cutoff.moment).exclude(outcome__in=waiting)
    held = done.filter(student__in=held_people()).values("pk")
    return done.exclude(said={}).exclude(pk__in=held).update(said={})


KINDS = (
    Purge(
        key="bulk_runs",
        title=_("Reports of actions on many requests"),
        outcome=_("ended"),
        clock=_("the day the worker had come to the last request"),
        period=Period(180, 30, 1096),
        method=Method.DELETE,
        stays=_("the history of each request"),
        why_no_plan=_("It repeats what the history of each request says."),
        purge=lambda cutoff: purge_bulk_runs(cutoff.moment),
    ),
    Purge(
        key="import_reports",
        title=_("Reports of imports"),
        clock=_("the day of the import"),
        period=SHORT,
        method=Method.DELETE,
        stays=_("who imported which file when, and the counts"),
        why_no_plan=REPEATS,
        purge=lambda cutoff: purge_imports(cutoff.moment),
    ),
    Purge(
        key="manifests",
        title=_("Manifests of documents"),
        outcome=_("settled"),
        clock=_("the day it was checked"),
        period=SHORT,
        method=Method.ANONYMIZE,
        stays=_("what became of each row"),
        why_no_plan=REPEATS,
        purge=forget_manifests,
    ),
    Purge(
        key="trials",
        title=_("Trials of policies"),
        clock=_("the day it was asked for"),
        period=SHORT,
        method=Method.DELETE,
        stays=_("nothing"),
        why_no_plan=_("It can be made again."),
        purge=lambda cutoff: purge_trials(cutoff.moment),
    ),
    Purge(
        key="record_copies",
        title=_("Copies of records"),
        clock=_("the day it was made"),
        # The page and the mail promise these days.
        period=Period(KEPT_FOR.days, KEPT_FOR.days, KEPT_FOR.days),
        method=Method.DELETE_FILES,
        stays=_("who asked for one, and when"),
        why_no_plan=_("Its person can have another one made."),
        purge=lambda cutoff: purge_copies(cutoff.moment),
    ),
)

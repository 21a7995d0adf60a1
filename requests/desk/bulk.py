"""Do one thing to many rows of the queue: say what will happen, then have the worker do it."""

import uuid

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people.roles import Role
from isso.requests.records.access import log_read

from ..bulk import Action
from ..models import ReplyTemplate
from .access import OfficeAccess
from .bulk_forms import form_for
from .bulk_selection import MOST, NothingChosen, Selection, unseal
from .bulk_work import ask

WHAT_LEAVES = {
    Action.ASSIGN: gettext_lazy(
        "Whoever gets a request from somebody else is told by mail, and whoever had it. Where "
        "somebody has a request already, a reason is needed."
    ),
    Action.REMIND: gettext_lazy("Each approver gets the mail with the link once more."),
    Action.APPROVE: gettext_lazy(
        "Each student gets the mail that the request is approved. A new request is taken into "
        "review first, in your name. A request with an open point in its checklist is left alone, "
        "and the report names the points."
    ),
    Action.MESSAGE: gettext_lazy(
        "Each student gets a mail that there is a message, without its words. Whoever waits for "
        "an answer goes on waiting for one."
    ),
}


class BulkConfirm(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """What will be done to how many, and what not; a POST has the worker do it."""

    template_name = "desk/bulk.html"
    header_icon = "tasks"

    @cached_property
    def action(self):
        """What is to be done, or None."""
        wanted = self.request.GET.get("action")
        return Action(wanted) if wanted in Action.values else None

    def get_page_title(self):
        """Name the action."""
        return self.action.label

    def get_breadcrumbs_items(self):
        """Lead back to the queue."""
        queue = {"url": reverse("desk_queue"), "label": _("Queue")}
        return [*self.breadcrumbs_items, queue, {"url": "", "label": self.action.label}]

    @cached_property
    def selection(self):
        """The rows, read anew."""
        return Selection(self.request.user, self.request.GET)

    def form(self, data=None, initial=None):
        """Return what the action asks; an advisor assigns to nobody but himself."""
        user = self.request.user
        may_choose = user.is_superuser or Role.SUPERVISOR in user.roles
        return form_for(self.action, data, only=None if may_choose else user, initial=initial)

    @cached_property
    def offered(self):
        """The templates that fit every type among the rows."""
        if self.action != Action.MESSAGE:
            return []
        types = {each.type_key for each in self.selection.rows}
        templates = ReplyTemplate.objects.filter(place=ReplyTemplate.Place.MESSAGE)
        return [each for each in templates if all(each.is_for(key) for key in types)]

    def get(self, request, *args, **kwargs):
        """Show what will be done; without an action, lead back."""
        if self.action is None:
            return redirect("desk_queue")
        return self.show(self.form())

    def show(self, form, status=200):
        """Show the rows as they are now, with this form; without any, lead back."""
        try:
            rows = self.selection.rows
        except NothingChosen:
            messages.warning(self.request, _("Mark at least one request of the list first."))
            return redirect("desk_queue")
        if self.selection.is_too_long:
            messages.warning(
                self.request,
                _("%(most)d requests at most at once. Narrow the list by a filter.")
                % {"most": MOST},
            )
            return redirect(self._list())
        left_alone = self.selection.left_alone(self.action)
        left = sum(len(found) for _reason, found in left_alone)
        context = self.get_context_data(
            action=self.action,
            form=form,
            offered=self.offered,
            count=len(rows),
            to_do=len(rows) - left,
            kinds=self.selection.kinds(),
            left_alone=left_alone,
            what_leaves=WHAT_LEAVES[self.action],
            sealed=self.selection.seal(self.action),
            key=uuid.uuid4(),
            list_url=self._list(),
        )
        return self.render_to_response(context, status=status)

    def post(self, request, *args, **kwargs):
        """Have it done to exactly the rows that were shown; a second click changes nothing."""
        if self.action is None:
            return redirect("desk_queue")
        if "insert" in request.POST:
            return self.show(self.form(initial={"text": self._with_template()}))
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        shown = unseal(request.POST.get("sealed", ""), request.user, self.action)
        if shown is None:
            messages.warning(request, _("Look at the list once more; it was opened long ago."))
            return self.show(form, status=409)
        view_key, query, rows = shown
        run = ask(
            rows,
            by=request.user,
            action=self.action,
            key=_key(request.POST.get("key")),
            view_key=view_key,
            query=query,
            text=form.cleaned_data.get("text") or form.cleaned_data.get("note", ""),
            to=form.cleaned_data.get("advisor"),
        )
        if run.by_id != request.user.pk:
            raise Http404
        what = f"bulk: {self.action.value}"
        log_read(request.user, what, run.pk, details=f"{len(rows)} rows", each_time=True)
        return redirect("desk_bulk_run", run.pk)

    def _with_template(self):
        typed, chosen = self.request.POST.get("text", ""), self.request.POST.get("template")
        try:
            text = next((each.text for each in self.offered if str(each.pk) == chosen), "")
        except NothingChosen:
            text = ""
        return f"{typed.rstrip()}\n\n{text}" if typed.strip() and text else typed or text

    def _list(self):
        url = reverse("desk_queue_view", args=[self.selection.view_key])
        return f"{url}?{self.selection.query}" if self.selection.query else url


def _key(text):
    try:
        return uuid.UUID(text)
    except (ValueError, TypeError, AttributeError):
        return uuid.uuid4()

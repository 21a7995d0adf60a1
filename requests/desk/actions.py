"""One page for each action: what it needs, which mails leave, and the doing itself."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..assigning import assign
from ..checklist import open_points
from ..lifecycle import State, action_names, transition_of
from ..models import ReplyTemplate
from ..perform import NotAllowed, NotPossible, SomebodyWasFaster, perform
from ..permissions import supervisor
from ..rehearsing import rehearse
from .action_forms import form_for_action, show_errors
from .case import CaseBase
from .case_forms import AssignForm
from .mail_preview import foreseen, whole
from .reply_templates import PLACES, with_template

APPROVING = frozenset({"approve", "approve_first", "confirm_approval"})


class ActionView(CaseBase):
    """The page of one action on one request."""

    template_name = "desk/action.html"

    @cached_property
    def name(self):
        """The action in the address; 404 for a word that is none."""
        if self.kwargs["action"] not in action_names():
            raise Http404
        return self.kwargs["action"]

    @cached_property
    def transition(self):
        """The action as declared for the state the request is in, or None."""
        return transition_of(self.name, self.student_request.state)

    @cached_property
    def declared(self):
        """Label, note and mails of the action."""
        return self.transition.custom["action"]

    def get_page_title(self):
        """Name the action."""
        return str(self.declared.label) if self.transition else _("Not possible")

    def get(self, request, *args, **kwargs):
        """Show what the action needs, or say why it is not possible now."""
        objection = self.objection()
        if objection:
            messages.warning(request, objection)
            return self.to_case()
        return self.show(self.form())

    def objection(self):
        """Return why this cannot be done now, or ""; 404 for what is not this person's to do."""
        if self.transition is None:
            return _("This is not possible while the request is “%(status)s”.") % {
                "status": self.student_request.get_state_display()
            }
        if not self.transition.has_perm(self.student_request, self.actor):
            raise Http404
        hints = [
            getattr(condition, "hint", _("This is not possible yet."))
            for condition in self.transition.conditions
            if not condition(self.student_request)
        ]
        return hints[0] if hints else ""

    def form(self, data=None):
        """Return the form of this action."""
        return form_for_action(self.name, self.student_request, self.declared, data)

    def show(self, form, status=200, mails=None, **more):
        """Show the page with this form."""
        if mails is None:
            mails = foreseen(self.name, self.declared, self.student_request, self.actor)
        context = self.get_context_data(
            student_request=self.student_request,
            declared=self.declared,
            name=self.name,
            form=form,
            mails=mails,
            held_by=self._held_by(),
            templates=self._templates(),
            why_two=self._why_two(),
            first=self._first_approval(),
            open_points=open_points(self.student_request) if self.name in APPROVING else [],
            **more,
        )
        return self.render_to_response(context, status=status)

    def _why_two(self):
        """Return why a second person has to confirm this, before the first one approves."""
        return self.student_request.type.second_person if self.name == "approve_first" else ""

    def _first_approval(self):
        """Return the approval that is confirmed here, or that anything else takes away."""
        if self.student_request.approved_first_by_id is None:
            return None
        return self.student_request.history.filter(action="approve_first").last()

    def _held_by(self):
        """Return the colleague who answers for this request, to warn that two work on it."""
        if self.name == "confirm_approval":
            # Two are meant to.
            return None
        assignee = self.student_request.assignee
        return assignee if assignee and assignee != self.request.user else None

    def post(self, request, *args, **kwargs):
        """Do it, or show which mails would leave; what was typed is never lost.

        Not even when somebody else was faster.
        """
        if "insert" in request.POST:
            return self._insert_template()
        is_rehearsal = "show_mails" in request.POST
        do = rehearse if is_rehearsal else perform
        form = self._sent_form()
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            done = do(
                self.student_request,
                self.name,
                self.actor,
                expected_version=form.cleaned_data["version"],
                **form.action_data(),
            )
        except NotAllowed as error:
            raise Http404 from error
        except NotPossible as error:
            return self._too_late(form, error)
        except ValidationError as error:
            show_errors(form, error)
            return self.show(form, status=422)
        if is_rehearsal:
            return self.show(form, mails=whole(done), is_rehearsal=True)
        messages.success(
            request,
            _("%(action)s: done. The request is now “%(status)s”.")
            % {"action": self.declared.label, "status": done.staff_label},
            buttons=[messages.button(self.next_url, _("Next case"))],
        )
        return self.to_case()

    def _insert_template(self):
        """Show the page with the chosen template below the note, and all that was typed."""
        if self.objection():
            return self.to_case()
        form, typed = self.form(), self.request.POST
        for name, field in form.fields.items():
            form.initial[name] = field.widget.value_from_datadict(typed, {}, name)
        form.initial["note"] = with_template(
            typed.get("note", ""),
            typed.get("template", ""),
            self._templates(),
            self.student_request,
            self.request.user,
        )
        return self.show(form)

    def _templates(self):
        """Return what may be inserted into the note of this action."""
        place = PLACES.get(self.name)
        if place is None or "note" not in self.form().fields:
            return []
        return ReplyTemplate.objects.offered(place, self.student_request.type_key)

    def _sent_form(self):
        """Return what was sent; the page may be older than the state the request is in now."""
        if self.transition is None:
            # The declaration of any state tells which fields the page had.
            states = (transition_of(self.name, state) for state in State)
            self.transition = next(filter(None, states))
        return self.form(self.request.POST)

    def _too_late(self, form, error):
        """Show the request as it is now, and give back what was typed."""
        self.student_request.refresh_from_db()
        self.transition = transition_of(self.name, self.student_request.state)
        latest = self.student_request.history.last()
        if isinstance(error, SomebodyWasFaster) and not self.objection():
            fresh = self.request.POST.copy()
            fresh["version"] = self.student_request.version
            return self.show(self.form(fresh), status=409, reason=str(error), latest=latest)
        context = self.get_context_data(
            student_request=self.student_request,
            reason=str(error),
            latest=latest,
            typed=form.typed_texts(),
        )
        self.template_name = "desk/too_late.html"
        return self.render_to_response(context, status=409)


class AssignView(CaseBase):
    """Hand the request to an advisor: a supervisor to anybody, an advisor to oneself."""

    template_name = "desk/assign.html"

    def get_page_title(self):
        """Name what is done here."""
        return _("Assign")

    def form(self, data=None):
        """Return the form with the advisors this person may choose."""
        may_choose = supervisor(self.student_request, self.actor)
        return AssignForm(data, only=None if may_choose else self.request.user)

    def get(self, request, *args, **kwargs):
        """Show who may be chosen."""
        return self.show(self.form())

    def show(self, form, status=200):
        """Show the page with this form."""
        context = self.get_context_data(student_request=self.student_request, form=form)
        return self.render_to_response(context, status=status)

    def post(self, request, *args, **kwargs):
        """Assign it."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        chosen = form.cleaned_data
        try:
            assign(self.student_request, chosen["advisor"], self.actor, chosen["note"])
        except NotAllowed as error:
            raise Http404 from error
        except NotPossible as error:
            messages.error(request, str(error))
            return self.to_case()
        except ValidationError as error:
            show_errors(form, error)
            return self.show(form, status=422)
        messages.success(
            request, _("%(name)s answers for this request now.") % {"name": chosen["advisor"]}
        )
        return self.to_case()

"""What an approver decides: the choice, the words to the student, and who decided."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import choice, text

ENDORSE, RETURN, REFUSE, NOT_ME = "endorse", "return_to_student", "refuse", "not_me"
DECISIONS = [
    (ENDORSE, _("Approve")),
    (RETURN, _("Return it with a comment, so that something is changed")),
    (REFUSE, _("Do not agree: the request ends")),
    (NOT_ME, _("I am not the right person")),
]


def decisions_in(step):
    """Return the choices of a step: only some may end it, and an office is always the right one."""
    left_out = {REFUSE} if not step.may_refuse else set()
    left_out |= {NOT_ME} if step.office else set()
    return [(name, label) for name, label in DECISIONS if name not in left_out]


class DecisionForm(forms.Form):
    """The decision itself; the questions of the request's type stand in a form of their own."""

    decision = choice(_("What do you decide?"), DECISIONS)
    comment = forms.CharField(
        label=_("Comment"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever asks reads it. Needed when you do not approve the request."),
    )
    decided_name = text(_("Your name"), 160)
    decided_title = text(
        _("Your title and department"), 160, help_text=_("For example Professor of Biology.")
    )

    def __init__(self, *args, step, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = decisions_in(step)

    def clean_comment(self):
        """Returning or refusing a request without a word helps nobody."""
        comment = self.cleaned_data["comment"].replace("\x00", "").strip()
        if self.cleaned_data.get("decision") == REFUSE and not comment:
            raise forms.ValidationError(_("Write why you do not agree."))
        if self.cleaned_data.get("decision") == RETURN and not comment:
            raise forms.ValidationError(_("Write what should be changed."))
        return comment


def questions_for(step, data=None):
    """Return the questionnaire of a step: checked for an approval, otherwise only kept as typed."""
    if data is not None and data.get("decision") == ENDORSE:
        form = step.questionnaire(data)
    else:
        form = step.questionnaire(initial=data.dict() if data else None)
    for field in form.fields.values():
        # What hangs on an earlier question is hidden along with it.
        field.widget.attrs.setdefault("data-show-if", f"decision={ENDORSE}")
    return form


def plain_answers(questions):
    """Return the questionnaire's answers as the approval keeps them."""
    return {
        name: value if isinstance(value, (bool, int, list)) else str(value)
        for name, value in questions.cleaned_data.items()
        if value not in (None, "")
    }

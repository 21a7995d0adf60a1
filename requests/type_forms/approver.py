"""The page on which a student names who approves: typed freely, or chosen from the directory."""

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from ..form_fields import text
from ..request_form import RequestForm

EMAIL = EmailValidator(_("Enter an address such as name@example.edu."))


def approver_name(label=None):
    """Return the field for the name of the person who approves."""
    return text(label or _("Name of your academic/program advisor"), 160)


def approver_email(label=None):
    """Return the field for the address of the person who approves."""
    return forms.CharField(
        label=label or _("University e-mail address of this person"),
        max_length=255,
        validators=[EMAIL],
        help_text=_("We send a link there. No account is needed."),
    )


class DirectoryChoice(forms.ChoiceField):
    """One person of the office's directory; the page holds a number and never the address."""

    def __init__(self, entries, **kwargs):
        self.addresses = {str(each.pk): each.email for each in entries}
        people = [
            (str(each.pk), f"{each.name}, {each.department}" if each.department else each.name)
            for each in entries
        ]
        super().__init__(choices=[("", _("Choose a person")), *people], **kwargs)

    def clean(self, value):
        """Return the address of the person chosen."""
        return self.addresses.get(super().clean(value), "")


def choose_from_directory(form, entries, name_field, email_field):
    """Ask ``form`` for a person of the directory instead of a name and an address."""
    label = form.fields.pop(name_field).label
    sentence = (
        _("We send a link to this person. Somebody is missing? Write to us.")
        if entries
        else _("Nobody is listed for your department yet. Write to us, please.")
    )
    form.fields[email_field] = DirectoryChoice(
        entries,
        label=label,
        help_text=sentence,
        error_messages={"invalid_choice": _("Choose a person from the list.")},
    )


class ApproverForm(RequestForm):
    """Who in the department approves; a type with several steps names more fields."""

    approver_sees = ("approver_name", "approver_email")
    # The pairs of fields in which the student names somebody, one for each step.
    people = (("approver_name", "approver_email"),)

    approver_name = approver_name()
    approver_email = approver_email()

    def set_limits(self, situation):
        """Ask nothing where the policy asks nobody; offer the directory where it wants that."""
        if not situation.policy_asks_approver:
            self.fields.clear()
        elif situation.approvers is not None:
            for name_field, email_field in self.people:
                choose_from_directory(self, situation.approvers, name_field, email_field)

"""What is filled in on the staff pages: filters, a new person, and each change of an account."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from isso.requests.people.account_changes import LONGEST_REASON, NEED_REASON, roles_given_by
from isso.requests.people.addresses import LONGEST
from isso.requests.people.models import AccountAct, User
from isso.requests.people.roles import ADMINISTRATOR, role_label
from isso.requests.people.staff import WORKING

LONGEST_NAME = User._meta.get_field("full_name").max_length
# Act → (the words on its button, what follows).
WORDS = {
    AccountAct.GIVE_ROLE: (
        _("Give a role"),
        _("It counts at once. A role that is held already gets the new last day."),
    ),
    AccountAct.TAKE_ROLE: (_("Take a role"), _("It ends at once, whatever its last day.")),
    AccountAct.INVITE: (
        _("Send an invitation"),
        _("A mail with a new link goes out; an earlier link no longer works."),
    ),
    AccountAct.REVOKE: (_("Take the invitation back"), _("Its link no longer works.")),
    AccountAct.END_SESSIONS: (
        _("Sign out everywhere"),
        _("Every browser in which this person is signed in is signed out at once."),
    ),
    AccountAct.RESET_FACTOR: (
        _("Take off the second factor"),
        _("For a lost phone. Make sure by phone or in person that it is really this person."),
    ),
    AccountAct.CLOSE: (
        _("Close the account"),
        _("This person is signed out and cannot sign in any more. The history stays."),
    ),
    AccountAct.REOPEN: (_("Open the account again"), _("The roles below count again.")),
}


def _last_day():
    return forms.DateField(
        label=_("Last day"),
        required=False,
        widget=AdminDateInput,
        help_text=_("The role ends with this day. Empty: no end."),
        error_messages={"invalid": _("Enter a real date, such as 2027-02-14.")},
    )


def _choices(names):
    return [(name, role_label(name)) for name in names]


class StaffFilters(forms.Form):
    """Which people are listed: those with an open account, unless another choice is made."""

    q = forms.CharField(label=_("Name or e-mail"), max_length=100, required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    shown = forms.ChoiceField(
        label=_("Show"),
        choices=[
            ("", _("Open accounts")),
            ("never", _("Never signed in")),
            ("unprotected", _("Without a second factor")),
            ("closed", _("Closed accounts")),
            ("all", _("All")),
        ],
        required=False,
    )

    def __init__(self, data):
        super().__init__(data)
        names = [*sorted(WORKING), ADMINISTRATOR]
        self.fields["role"].choices = [("", _("Any")), *_choices(names)]

    def kept(self, found):
        """Keep what was chosen; a nonsense choice counts for nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        if words := chosen.get("q"):
            found = found.filter(full_name__icontains=words) | found.filter(email__icontains=words)
        if role := chosen.get("role"):
            is_it = {"is_superuser": True} if role == ADMINISTRATOR else {"groups__name": role}
            found = found.filter(**is_it)
        shown = chosen.get("shown")
        if shown != "all":
            found = found.filter(is_active=shown != "closed")
        if shown == "never":
            found = found.filter(last_login__isnull=True)
        return found.filter(has_second_factor=False) if shown == "unprotected" else found


class NewPersonForm(forms.Form):
    """Who is new: one address, one name, what for and until when."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=LONGEST,
        help_text=_("The invitation goes there, and it is the address to sign in with."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    full_name = forms.CharField(
        label=_("Name"), max_length=LONGEST_NAME, help_text=_("One name is enough.")
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )
    last_day = _last_day()

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = _choices(roles_given_by(by))


class ActForm(forms.Form):
    """One change of an account, with its reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("Colleagues read it in the history of this account."),
    )

    def __init__(self, act, roles, seen, *args, **kwargs):
        super().__init__(*args, prefix=act, **kwargs)
        self.act = act
        self.button, self.intro = WORDS[act]
        self.fields["reason"].required = act in NEED_REASON
        self.fields["reason"].error_messages["required"] = _("Write why.")
        if act in (AccountAct.GIVE_ROLE, AccountAct.TAKE_ROLE):
            self.fields["role"] = forms.ChoiceField(
                label=_("Role"),
                choices=[("", _("Choose a role")), *_choices(roles)],
                error_messages={"required": _("Choose a role.")},
            )
        if act == AccountAct.GIVE_ROLE:
            self.fields["last_day"] = _last_day()
        if act == AccountAct.INVITE:
            self.fields["seen"] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=0, initial=seen
            )
        self.order_fields(["role", "last_day", "reason"])

"""Users in Wagtail's admin: our two names, no passwords, and nobody is ever deleted."""

from django.core.exceptions import PermissionDenied
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import DeleteView, EditView, UserViewSet

NAMES = {"full_name", "preferred_name"}


class NewUserForm(UserCreationForm):
    """Ask for the names we keep, where Wagtail demands a first and a last name."""

    first_name = last_name = None

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields - {"first_name", "last_name"} | NAMES

    def clean_email(self):
        """Keep addresses in small letters, as signing in looks for them."""
        return self.cleaned_data["email"].lower()

    def save(self, commit=True):
        """Save without a password: people sign in by a mailed code or the campus login."""
        self.instance.set_unusable_password()
        return super().save(commit)


class UserForm(UserEditForm):
    """The same names, with the switch that closes an account."""

    first_name = last_name = None

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields - {"first_name", "last_name"} | NAMES

    def clean_email(self):
        """Keep addresses in small letters, as signing in looks for them."""
        return self.cleaned_data["email"].lower()


class EditUser(EditView):
    """Edit a user; there is no way from here to deleting."""

    def setup(self, request, *args, **kwargs):
        """Hide the button for deleting."""
        super().setup(request, *args, **kwargs)
        self.can_delete = False


class NoDeletion(DeleteView):
    """History names people for ever: an account is closed, not deleted."""

    def dispatch(self, request, *args, **kwargs):
        """Refuse."""
        raise PermissionDenied


class OfficeUserViewSet(UserViewSet):
    """The list of users and its forms."""

    edit_view_class = EditUser
    delete_view_class = NoDeletion

    def get_form_class(self, for_update=False):
        """Use our forms."""
        return UserForm if for_update else NewUserForm

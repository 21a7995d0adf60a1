"""Who signs in: one user for students, scholars, departments and staff alike."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .role_term import RoleTerm


class UserManager(BaseUserManager):
    """Create users by their e-mail address."""

    def create_user(self, email, password=None, **fields):
        """Make one user; without a password nobody can sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Make a user who may do everything, for ``manage.py createsuperuser``."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        """Find by e-mail, whatever its capitals."""
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in; the e-mail address is the login."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(
        _("full name"), max_length=160, help_text=_("As printed in the passport.")
    )
    preferred_name = models.CharField(_("name to call you"), max_length=180, blank=True)
    # Verified by the person, unlike the one in the record; it becomes the login when the campus
    # account ends (personal_email.py).
    personal_email = models.EmailField(
        _("personal e-mail address"), blank=True, default="", db_default=""
    )
    personal_email_verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    # The login until then.
    campus_email = models.EmailField(
        _("former campus address"), blank=True, default="", db_default=""
    )
    campus_ended_at = models.DateTimeField(_("campus account ended"), null=True, blank=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_user_per_email_any_case"),
            models.UniqueConstraint(
                Lower("personal_email"),
                condition=~Q(personal_email=""),
                name="one_user_per_personal_email",
            ),
        ]

    def __str__(self):
        return self.full_name or self.email

    def get_full_name(self):
        """Return the name as in the passport; Wagtail shows it."""
        return self.full_name

    def get_short_name(self):
        """Return the name the person wants to be called."""
        return self.preferred_name or self.full_name

    def has_usable_password(self):
        """Tell whether a password opens anything: nowhere on a site without passwords."""
        return settings.PASSWORD_SIGN_IN and super().has_usable_password()

    @cached_property
    def roles(self):
        """The names of the roles this user holds (requests/people/roles.py), read once."""
        return frozenset(self.held_groups.values_list("name", flat=True))

    @cached_property
    def followed_departments(self):
        """The departments whose scholars this user follows while he holds that role, read once."""
        return list(self.departments.running().values_list("department", flat=True))

    @cached_property
    def record_key(self):
        """The key of his own record, or None, read once; the person of a session has it along."""
        return type(self).objects.filter(pk=self.pk).values_list("record", flat=True).first()

    @property
    def held_groups(self):
        """The groups that count today: not those whose last day has passed."""
        run_out = RoleTerm.objects.run_out().filter(user=self, group=OuterRef("pk"))
        return self.groups.filter(~Exists(run_out))

"""One person's record, read-only for its owner; it changes only through changing.py."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isso.requests.people.roles import may_read_cases

from .. import choices, validators


class RecordQuerySet(models.QuerySet):
    """The only way from an id in an address to a record."""

    def visible_to(self, user):
        """Keep what this user may see: staff with cases see all, everybody else his own."""
        if may_read_cases(user):
            return self
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(user=user)


def _text(label, length, *checks, **options):
    return models.CharField(label, max_length=length, blank=True, validators=checks, **options)


def _choice(label, values):
    return models.CharField(
        label, max_length=max(map(len, values.values)), choices=values, blank=True
    )


def _date(label):
    return models.DateField(label, null=True, blank=True)


class StudentRecord(models.Model):
    """What the office knows about one student or scholar."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="record"
    )

    family_name = models.CharField(
        _("family name"), max_length=80, validators=[validators.no_digits]
    )
    given_name = _text(_("given name"), 80, validators.no_digits)
    passport_name = _text(_("name in the passport's machine-readable zone"), 39)
    preferred_name = _text(_("name to call you"), 180)
    birth_date = _date(_("date of birth"))
    birth_country = _text(_("country of birth"), 60)
    citizenship_country = _text(_("country of citizenship"), 60)
    sex = _choice(_("sex"), choices.Sex)

    sevis_id = models.CharField(
        _("SEVIS ID"),
        max_length=11,
        null=True,
        blank=True,
        unique=True,
        validators=[validators.sevis_id],
        help_text=_("Empty until the first form is issued."),
    )
    institution_id = _text(_("university ID"), 20)
    visa_class = _choice(_("visa class"), choices.VisaClass)
    sevis_status = _choice(_("SEVIS status"), choices.SevisStatus)
    stage = _choice(_("stage"), choices.Stage)

    email = models.EmailField(_("e-mail address"), blank=True)
    us_phone = _text(_("US phone"), 10, validators.us_phone)
    us_address_line1 = _text(_("street and apartment"), 64)
    us_address_line2 = _text(_("second line"), 64)
    us_address_city = _text(_("city"), 60)
    us_address_state = _text(_("state"), 2, validators.us_state)
    us_address_postal_code = _text(_("ZIP code"), 5, validators.zip_code)
    foreign_address_line1 = _text(_("street"), 60)
    foreign_address_line2 = _text(_("second line"), 60)
    foreign_address_city = _text(_("city"), 60)
    foreign_address_province = _text(_("province"), 30)
    foreign_address_postal_code = _text(_("postal code"), 20)
    foreign_address_country = _text(_("country"), 60)
    emergency_name = _text(_("emergency contact"), 160)
    emergency_relation = _text(_("relation"), 60)
    emergency_phone = _text(_("emergency phone"), 30)
    emergency_email = models.EmailField(_("emergency e-mail"), blank=True)

    education_level = _choice(_("education level"), choices.EducationLevel)
    major = _text(_("major"), 120)
    cip_code = _text(_("CIP code"), 7, validators.cip_code)
    degree = _text(_("degree"), 120)
    department = _text(_("department"), 120)
    program_start = _date(_("program start"))
    program_end = _date(_("program end"))
    full_time_since = _date(_("full-time since"))
    term_start = _date(_("term start"))
    term_end = _date(_("term end"))
    check_in_completed_on = _date(_("Check-In completed on"))

    passport_number = _text(_("passport number"), 25)
    passport_country = _text(_("passport country"), 60)
    passport_expiry = _date(_("passport expires"))
    visa_number = _text(_("visa number"), 25)
    visa_post = _text(_("issued at"), 60)
    visa_issue = _date(_("visa issued"))
    visa_expiry = _date(_("visa expires"))
    i94_number = _text(_("I-94 number"), 11, validators.i94_number)
    i94_admit_until = _text(_("admitted until"), 10, help_text=_("D/S or a date (2027-05-31)."))
    i94_date_of_entry = _date(_("date of entry"))
    i94_port_of_entry = _text(_("port of entry"), 60)
    travel_signature_on = _date(_("travel signature"))

    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ISSO advisor"),
        help_text=_("Only where it is not the one of the letter."),
    )
    source = models.CharField(
        _("source"),
        max_length=120,
        default="Student information system",
        help_text=_("Where the facts came from that nobody has changed since."),
    )
    source_as_of = models.DateField(_("as of"), default=timezone.localdate)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    wagtail_reference_index_ignore = True

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("student record")
        verbose_name_plural = _("student records")
        ordering = ["family_name", "given_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(program_end__isnull=True)
                | Q(program_start__isnull=True)
                | Q(program_end__gt=F("program_start")),
                name="program_ends_after_it_starts",
                violation_error_message=_("The program must end after it starts."),
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        """Return the name as the office writes it: given name, family name."""
        return f"{self.given_name} {self.family_name}".strip()


class Dependent(models.Model):
    """A spouse or child whose status hangs on the person's."""

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="dependents")
    family_name = models.CharField(
        _("family name"), max_length=80, validators=[validators.no_digits]
    )
    given_name = _text(_("given name"), 80, validators.no_digits)
    relation = models.CharField(_("relation"), max_length=6, choices=choices.Relation)
    birth_date = _date(_("date of birth"))
    citizenship_country = _text(_("country of citizenship"), 60)
    sevis_id = _text(_("SEVIS ID"), 11, validators.sevis_id)
    visa_class = _choice(_("visa class"), choices.VisaClass)
    sevis_status = _choice(_("SEVIS status"), choices.SevisStatus)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("dependent")
        verbose_name_plural = _("dependents")
        ordering = ["record", "relation", "birth_date"]

    def __str__(self):
        return f"{self.given_name} {self.family_name}".strip()


class EmploymentAuthorization(models.Model):
    """One span of work somebody was allowed, with the employer where there is one."""

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="employments")
    kind = models.CharField(_("kind"), max_length=10, choices=choices.EmploymentKind)
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=choices.EmploymentStatus,
        default=choices.EmploymentStatus.APPROVED,
    )
    employer = _text(_("employer"), 100)
    address_line1 = _text(_("street"), 60)
    address_line2 = _text(_("second line"), 60)
    address_city = _text(_("city"), 60)
    address_state = _text(_("state"), 2, validators.us_state)
    address_postal_code = _text(_("ZIP code"), 5, validators.zip_code)
    start = models.DateField(_("start"))
    end = models.DateField(_("end"))
    full_time = models.BooleanField(_("full-time"), default=True)
    education_level = _choice(_("education level"), choices.EducationLevel)
    reference = _text(_("request"), 40, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("employment authorization")
        verbose_name_plural = _("employment authorizations")
        ordering = ["-start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="employment_ends_after_it_starts",
                violation_error_message=_("The work must end after it starts."),
            ),
            models.UniqueConstraint(
                fields=["reference", "start"],
                condition=~Q(reference=""),
                name="one_authorization_per_request_and_start",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.start} – {self.end}"

"""One person's record, read-only for its owner; it changes only through changing.py."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isso.requests.people.roles import Role, may_read_cases

from .. import choices, validators
from ..filing import FiledUnder, SearchWords
from .columns import LATER, choice, day, flag, number, text


class RecordQuerySet(models.QuerySet):
    """The only way from an id in an address to a record."""

    def visible_to(self, user):
        """Keep what this user may see: staff with cases see all, everybody else his own."""
        if may_read_cases(user):
            return self
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(user=user)

    def scholars(self):
        """Keep visiting scholars: by their category, or by what only a scholar has."""
        return self.filter(
            Q(exchange_category__in=choices.SCHOLAR_CATEGORIES) | Q(scholar__isnull=False)
        )

    def students(self):
        """Keep those who are no visiting scholars."""
        return self.exclude(exchange_category__in=choices.SCHOLAR_CATEGORIES).filter(
            scholar__isnull=True
        )

    def departments(self):
        """Return the names of their departments, by the alphabet."""
        named = self.exclude(department="").order_by("department")
        return list(named.values_list("department", flat=True).distinct())

    def known(self):
        """Leave out those of whom only a department has spoken so far."""
        return self.exclude(stage=choices.Stage.PROPOSED)

    def of_departments_of(self, user):
        """Keep the scholars whom a department's person follows; not archived, not himself.

        The one scope of lists, counts and searches for departments. It opens no record: the pages
        show the few facts they name.
        """
        if not (user.is_authenticated and user.is_active and Role.DEPARTMENT in user.roles):
            return self.none()
        if not user.followed_departments:
            return self.none()
        theirs = reduce(or_, (Q(department__iexact=name) for name in user.followed_departments))
        scholars = self.scholars().filter(theirs)
        return scholars.known().exclude(stage=choices.Stage.ARCHIVED).exclude(user=user)


class StudentRecord(models.Model):
    """What the office knows about one student or scholar."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="record"
    )

    family_name = models.CharField(
        _("family name"), max_length=80, validators=[validators.no_digits]
    )
    given_name = text(_("given name"), 80, validators.no_digits)
    passport_name = text(_("name in the passport's machine-readable zone"), 39)
    preferred_name = text(_("name to call you"), 180)
    suffix = choice(_("suffix"), choices.Suffix, **LATER)
    birth_date = day(_("date of birth"))
    birth_city = text(_("city of birth"), 100, **LATER)
    birth_country = text(_("country of birth"), 60)
    citizenship_country = text(_("country of citizenship"), 60)
    residence_country = text(_("country of permanent residence"), 60, **LATER)
    sex = choice(_("sex"), choices.Sex)

    sevis_id = models.CharField(
        _("SEVIS ID"),
        max_length=11,
        null=True,
        blank=True,
        unique=True,
        validators=[validators.sevis_id],
        help_text=_("Empty until the first form is issued."),
    )
    institution_id = text(_("university ID"), 20)
    visa_class = choice(_("visa class"), choices.VisaClass)
    sevis_status = choice(_("SEVIS status"), choices.SevisStatus)
    stage = choice(_("stage"), choices.Stage)
    school_code = text(_("school code or program number"), 15, validators.school_code, **LATER)
    creation_reason = choice(_("reason of the record"), choices.CreationReason, **LATER)
    campus = text(_("campus"), 60, **LATER)

    email = models.EmailField(_("e-mail address"), blank=True)
    personal_email = models.EmailField(_("personal e-mail address"), blank=True, **LATER)
    us_phone = text(_("US phone"), 10, validators.us_phone)
    has_no_us_phone = flag(_("no US phone yet"))
    foreign_phone = text(_("phone abroad"), 26, **LATER)
    us_address_line1 = text(_("street and apartment"), 64)
    us_address_line2 = text(_("second line"), 64)
    us_address_city = text(_("city"), 60)
    us_address_state = text(_("state"), 2, validators.us_state)
    us_address_postal_code = text(_("ZIP code"), 5, validators.zip_code)
    us_address_until = day(_("only until"))
    mailing_address_line1 = text(_("street or post office box"), 64, **LATER)
    mailing_address_line2 = text(_("second line"), 64, **LATER)
    mailing_address_city = text(_("city"), 60, **LATER)
    mailing_address_state = text(_("state"), 2, validators.us_state, **LATER)
    mailing_address_postal_code = text(_("ZIP code"), 5, validators.zip_code, **LATER)
    foreign_address_line1 = text(_("street"), 60)
    foreign_address_line2 = text(_("second line"), 60)
    foreign_address_city = text(_("city"), 60)
    foreign_address_province = text(_("province"), 30)
    foreign_address_postal_code = text(_("postal code"), 20)
    foreign_address_country = text(_("country"), 60)
    emergency_name = text(_("emergency contact"), 160)
    emergency_relation = text(_("relation"), 60)
    emergency_phone = text(_("emergency phone"), 30)
    emergency_email = models.EmailField(_("emergency e-mail"), blank=True)
    emergency_language = text(_("language"), 60, **LATER)

    education_level = choice(_("education level"), choices.EducationLevel)
    major = text(_("major"), 120)
    cip_code = text(_("CIP code"), 7, validators.cip_code)
    second_major = text(_("second major"), 120, **LATER)
    second_cip_code = text(_("CIP code of the second major"), 7, validators.cip_code, **LATER)
    minor = text(_("minor"), 120, **LATER)
    minor_cip_code = text(_("CIP code of the minor"), 7, validators.cip_code, **LATER)
    degree = text(_("degree"), 120)
    department = text(_("department"), 120)
    program_start = day(_("program start"))
    program_end = day(_("program end"))
    # A program that is granted and begins later: the present one counts until Check-In.
    next_education_level = choice(_("next education level"), choices.EducationLevel, **LATER)
    next_major = text(_("next major"), 120, **LATER)
    next_cip_code = text(_("CIP code of the next major"), 7, validators.cip_code, **LATER)
    next_degree = text(_("next degree"), 120, **LATER)
    next_department = text(_("next department"), 120, **LATER)
    next_program_start = day(_("next program starts"))
    next_program_end = day(_("next program ends"))
    initial_session_start = day(_("first session starts"))
    full_time_since = day(_("full-time since"))
    term_start = day(_("term start"))
    term_end = day(_("term end"))
    next_session_start = day(_("next session starts"))
    is_last_session = flag(_("this is the last session"))
    credits = number(_("credits this term"), 60)
    is_full_time = models.BooleanField(_("enrolled full time"), null=True, blank=True)
    expected_graduation = day(_("expected graduation"))
    has_thesis = flag(_("thesis or dissertation"))
    needs_training_at_once = flag(_("graduate program requires training at once"))
    is_abroad = flag(_("studies abroad this term"))
    is_commuter = flag(_("border commuter"))
    english_required = models.BooleanField(_("English is required"), null=True, blank=True)
    english_met = models.BooleanField(_("English requirement is met"), null=True, blank=True)
    english_reason = text(_("why English is not required"), 250, **LATER)
    exchange_category = choice(_("exchange visitor category"), choices.ExchangeCategory, **LATER)
    position_code = text(_("position code"), 3, validators.position_code, **LATER)
    subject_remark = text(_("subject, in more words"), 500, **LATER)
    insurance_plan = text(_("health insurance"), 120, **LATER)
    insurance_end = day(_("insurance ends"))
    check_in_completed_on = day(_("Check-In completed on"))
    # The deposit of an admitted student: with it an import invites (inviting.py).
    deposit_paid_on = day(_("deposit paid on"))
    # From that day on the login is the personal address (campus_end.py).
    campus_account_end = day(_("campus account ends"))

    passport_number = text(_("passport number"), 25)
    passport_country = text(_("passport country"), 60)
    passport_issue = day(_("passport issued"))
    passport_expiry = day(_("passport expires"))
    visa_foil_class = text(_("class on the visa"), 10, **LATER)
    visa_entries = text(_("entries"), 4, **LATER)
    visa_number = text(_("visa number"), 25)
    visa_post = text(_("issued at"), 60)
    visa_issue = day(_("visa issued"))
    visa_expiry = day(_("visa expires"))
    i94_number = text(_("I-94 number"), 11, validators.i94_number)
    i94_class = text(_("class of admission"), 5, **LATER)
    i94_admit_until = text(_("admitted until"), 10, help_text=_("D/S or a date (2027-05-31)."))
    i94_date_of_entry = day(_("date of entry"))
    i94_port_of_entry = text(_("port of entry"), 60)
    change_of_status_receipt = text(_("I-797 receipt number"), 13, **LATER)
    change_of_status_on = day(_("change of status approved"))
    travel_signature_on = day(_("travel signature"))
    transfer_school = text(_("transfer to"), 120, **LATER)
    transfer_school_code = text(_("code of the new school"), 15, validators.school_code, **LATER)
    transfer_release_on = day(_("SEVIS release date"))
    stopped_on = day(_("stopped studying on"))
    stop_reason = text(_("reason of the end in SEVIS"), 60, **LATER)
    returns_on = day(_("plans to return on"))
    is_on_probation = flag(_("on academic probation"))

    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Office advisor"),
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
    # Worked out from the columns above whenever they are saved (records/filing.py).
    filed_under = FiledUnder(max_length=80, blank=True, editable=False, **LATER)
    search_words = SearchWords(blank=True, editable=False, **LATER)
    # Since then the record names nobody (requests/retention/).
    anonymized_at = models.DateTimeField(_("made anonymous"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("student record")
        verbose_name_plural = _("student records")
        ordering = ["family_name", "given_name"]
        indexes = [
            models.Index(fields=["family_name", "given_name"], name="record_by_name"),
            models.Index(fields=["institution_id"], name="record_by_institution_id"),
            models.Index(fields=["filed_under"], name="record_by_letters"),
            # Searches within words read it from end to end, far less than the whole table.
            models.Index(fields=["search_words", "id"], name="record_by_words"),
            models.Index(fields=["department"], name="record_by_department"),
            models.Index(fields=["stage"], name="record_by_stage"),
            models.Index(fields=["visa_class"], name="record_by_visa_class"),
            models.Index(fields=["program_end"], name="record_by_program_end"),
        ]
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

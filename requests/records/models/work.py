"""The work somebody was allowed, the jobs reported under it, and what STEM OPT asks for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .. import choices, validators
from .columns import LATER, choice, day, flag, number, text
from .record import StudentRecord


class EmploymentAuthorization(models.Model):
    """One span of work somebody was allowed, with the employer where there is one."""

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="employments")
    kind = models.CharField(_("kind"), max_length=10, choices=choices.EmploymentKind)
    completion = choice(_("before or after completion"), choices.Completion, **LATER)
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=choices.EmploymentStatus,
        default=choices.EmploymentStatus.APPROVED,
    )
    employer = text(_("employer"), 121)
    address_line1 = text(_("street"), 64)
    address_line2 = text(_("second line"), 64)
    address_city = text(_("city"), 60)
    address_state = text(_("state"), 2, validators.us_state)
    address_postal_code = text(_("ZIP code"), 5, validators.zip_code)
    start = models.DateField(_("start"))
    end = models.DateField(_("end"))
    full_time = models.BooleanField(_("full-time"), default=True)
    hours_per_week = number(_("hours a week"), 168)
    job_title = text(_("job title"), 100, **LATER)
    relevance = text(_("how it relates to the major"), 250, **LATER)
    remarks = text(_("remarks"), 250, **LATER)
    education_level = choice(_("education level"), choices.EducationLevel)
    recommended_on = day(_("recommended by the office"))
    receipt_number = text(_("USCIS receipt number"), 13, validators.receipt_number, **LATER)
    ead_number = text(_("EAD card number"), 13, **LATER)
    ein = text(_("EIN"), 9, validators.ein, **LATER)
    reference = text(_("request"), 40, db_index=True)

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
        hours = _("full-time") if self.full_time else _("part-time")
        words = (self.kind, self.employer, f"{self.start} – {self.end}", str(hours))
        return ", ".join(word for word in words if word)


class ReportedJob(models.Model):
    """One employer reported during OPT or STEM OPT; days without one count as unemployment."""

    authorization = models.ForeignKey(
        EmploymentAuthorization,
        models.PROTECT,
        related_name="jobs",
        verbose_name=_("authorization"),
    )
    employer = models.CharField(_("employer"), max_length=121)
    ein = text(_("EIN"), 9, validators.ein)
    is_self_employed = flag(_("self-employed"))
    address_line1 = text(_("street"), 64)
    address_line2 = text(_("second line"), 64)
    address_city = text(_("city"), 60)
    address_state = text(_("state"), 2, validators.us_state)
    address_postal_code = text(_("ZIP code"), 5, validators.zip_code)
    start = models.DateField(_("start"))
    end = day(_("end"))
    full_time = models.BooleanField(_("full-time"), default=True)
    hours_per_week = models.PositiveSmallIntegerField(_("hours a week"))
    is_paid = models.BooleanField(_("paid"), default=True, db_default=True)
    compensation = text(_("pay"), 120, **LATER)
    job_title = text(_("job title"), 64)
    relation_to_major = models.TextField(_("how it relates to the major"), blank=True)
    supervisor_name = text(_("supervisor"), 121)
    supervisor_phone = text(_("supervisor's phone"), 10, validators.us_phone)
    supervisor_email = models.EmailField(_("supervisor's e-mail address"), blank=True)
    reported_on = day(_("reported"))
    reference = text(_("request"), 40, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reported job")
        verbose_name_plural = _("reported jobs")
        ordering = ["-start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="job_ends_after_it_starts",
                violation_error_message=_("The job must end after it starts."),
            ),
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(reference=""), name="one_job_per_request"
            ),
        ]

    def __str__(self):
        return f"{self.employer}, {self.start}"

    @property
    def record(self):
        """The person who reported it."""
        return self.authorization.record

    @property
    def record_id(self):
        """The key of that person's record."""
        return self.authorization.record_id


class StemValidation(models.Model):
    """One report a student on STEM OPT owes: at 6, 12, 18 and 24 months."""

    authorization = models.ForeignKey(
        EmploymentAuthorization,
        models.PROTECT,
        related_name="validations",
        verbose_name=_("authorization"),
    )
    months = models.PositiveSmallIntegerField(_("after months"))
    due_on = models.DateField(_("due"), db_index=True)
    done_on = day(_("done"))
    # After 12 and 24 months an evaluation of one's own on Form I-983 goes with it.
    evaluated_on = day(_("self-evaluation received"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("STEM OPT validation")
        verbose_name_plural = _("STEM OPT validations")
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization", "months"], name="one_validation_per_month_count"
            ),
        ]

    def __str__(self):
        return f"{self.months}, {self.due_on}"

    @property
    def record(self):
        """The person who owes the report."""
        return self.authorization.record

    @property
    def record_id(self):
        """The key of that person's record."""
        return self.authorization.record_id

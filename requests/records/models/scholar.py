"""What the office knows of a visiting scholar in addition."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import choices
from .columns import LATER, choice, day, flag, text
from .record import StudentRecord


class EnglishMethod(models.TextChoices):
    """How English was proven, 22 CFR 62.10(a)(2)."""

    TEST = "test", _("Recognized test")
    SCHOOL = "school", _("Letter of an academic institution or English school")
    INTERVIEW = "interview", _("Documented interview")


class ScholarDetails(models.Model):
    """Appointment, vetting and exchange history of one scholar."""

    record = models.OneToOneField(StudentRecord, models.PROTECT, related_name="scholar")
    position = text(_("position title"), 120)
    host_name = text(_("host"), 160)
    host_email = models.EmailField(_("host's e-mail address"), blank=True)
    is_employee = flag(_("employed by the university"))
    hr_reference = text(_("Human Resources reference"), 40)
    compliance_result = text(_("result of Research Compliance"), 120)
    compliance_on = day(_("vetted"))
    vetted_until = day(_("vetting holds until"))
    export_control = text(_("export control"), 250)
    compliance_conditions = text(_("conditions of Research Compliance"), 500, **LATER)
    english_method = choice(_("English proof"), EnglishMethod)
    is_subject_to_home_residence = models.BooleanField(
        _("two-year home residence rule applies"), null=True, blank=True
    )
    home_residence_basis = text(_("why"), 120)
    # With it no extension is possible any more (requests/types/scholar_extension.py).
    waiver_recommended_on = day(_("waiver of the home residence rule recommended"))
    barred_12_months_until = day(_("12-month bar until"))
    barred_24_months_until = day(_("24-month bar until"))
    departed_on = day(_("departed"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("scholar details")
        verbose_name_plural = _("scholar details")

    def __str__(self):
        return self.position or str(self.record)


class SiteOfActivity(models.Model):
    """A place where an exchange visitor works or studies; one of them is the primary one."""

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="sites_of_activity")
    name = models.CharField(_("name"), max_length=60)
    line1 = text(_("street"), 64)
    line2 = text(_("second line"), 64)
    city = text(_("city"), 60)
    state = text(_("state"), 2)
    postal_code = text(_("ZIP code"), 5)
    is_primary = flag(_("primary site"))
    ended_on = day(_("ended"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("site of activity")
        verbose_name_plural = _("sites of activity")
        ordering = ["-is_primary", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"],
                condition=models.Q(is_primary=True, ended_on__isnull=True),
                name="one_primary_site_per_record",
            ),
        ]

    def __str__(self):
        return self.name


class ExchangeStay(models.Model):
    """An earlier stay as an exchange visitor; the 12- and 24-month bars count from these."""

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="exchange_stays")
    category = choice(_("category"), choices.ExchangeCategory)
    visa_class = choice(_("visa class"), choices.VisaClass)
    sponsor = text(_("sponsor"), 120)
    sevis_id = text(_("SEVIS ID"), 11)
    start = models.DateField(_("from"))
    end = models.DateField(_("until"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("earlier exchange stay")
        verbose_name_plural = _("earlier exchange stays")
        ordering = ["-start"]

    def __str__(self):
        return f"{self.start} – {self.end}"

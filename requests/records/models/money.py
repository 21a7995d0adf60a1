"""What a stay costs and who pays, as printed on the I-20 or DS-2019."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .columns import LATER, day, dollars, number, text
from .record import StudentRecord

COSTS = ("tuition", "living", "dependents_cost", "other_cost")
MEANS = (
    "personal",
    "school",
    "on_campus",
    "sponsor",
    "us_government",
    "international_organization",
    "own_government",
    "binational_commission",
    "other",
)


class FundingStatement(models.Model):
    """Costs and means for some months, in whole US dollars; the newest one counts."""

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="funding")
    as_of = models.DateField(_("as of"))
    months = number(_("months"), 12)
    covers_from = day(_("first day of these months"))
    tuition = dollars(_("tuition and fees"))
    living = dollars(_("living expenses"))
    dependents_cost = dollars(_("expenses of dependents"))
    other_cost = dollars(_("other costs"))
    other_cost_remark = text(_("which"), 120)
    personal = dollars(_("personal funds"))
    school = dollars(_("funds from this school"))
    school_remark = text(_("which"), 120)
    on_campus = dollars(_("on-campus employment"))
    sponsor = dollars(_("program sponsor"))
    us_government = dollars(_("US government"))
    us_agency = text(_("which agency"), 120)
    international_organization = dollars(_("international organization"))
    international_organization_remark = text(_("which"), 120, **LATER)
    own_government = dollars(_("home government"))
    binational_commission = dollars(_("binational commission"))
    other = dollars(_("other funds"))
    other_remark = text(_("which"), 120)
    received_us_funds = models.BooleanField(_("received US government funds"), default=False)
    reference = text(_("request"), 40, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference"],
                condition=~models.Q(reference=""),
                name="one_funding_statement_per_request",
            ),
        ]

    def __str__(self):
        return f"{self.as_of}, {self.total_means}"

    @property
    def total_cost(self):
        """Return the sum of all costs."""
        return sum(getattr(self, name) for name in COSTS)

    @property
    def total_means(self):
        """Return the sum of all means."""
        return sum(getattr(self, name) for name in MEANS)

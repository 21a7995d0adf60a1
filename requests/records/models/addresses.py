"""When which address was reported: the evidence for the 10-day and 21-day rules."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import choices
from .columns import day, text
from .record import StudentRecord


class ReportedAddress(models.Model):
    """One address somebody reported, from when it holds, and when SEVIS got it."""

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="reported_addresses")
    kind = models.CharField(_("address"), max_length=15, choices=choices.AddressKind)
    line1 = text(_("street"), 64)
    line2 = text(_("second line"), 64)
    city = text(_("city"), 60)
    state = text(_("state"), 2)
    province = text(_("province"), 30)
    postal_code = text(_("postal code"), 20)
    country = text(_("country"), 60)
    explanation = text(_("why it stands as it is"), 200)
    valid_from = models.DateField(_("lives there since"))
    valid_until = day(_("only until"))
    reported_on = models.DateField(_("reported"))
    sent_to_sevis_on = day(_("recorded in SEVIS"))
    reference = text(_("request"), 40, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reported address")
        verbose_name_plural = _("reported addresses")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "kind"],
                condition=~models.Q(reference=""),
                name="one_reported_address_per_request_and_kind",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.valid_from}"

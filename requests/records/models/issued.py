"""The forms the office issued: the I-20 and DS-2019 history with its travel signatures."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import choices, validators
from .columns import choice, day, text
from .family import Dependent
from .record import StudentRecord


class IssuedForm(models.Model):
    """One I-20, DS-2019, DS-7002 or letter as it was issued, for a person or a dependent."""

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="issued_forms")
    dependent = models.ForeignKey(
        Dependent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_forms",
        verbose_name=_("dependent"),
    )
    kind = models.CharField(_("form"), max_length=7, choices=choices.FormKind)
    reason = choice(_("reason"), choices.IssueReason)
    sevis_id = text(_("SEVIS ID"), 11, validators.sevis_id)
    issued_on = models.DateField(_("issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed by"),
    )
    signature = models.CharField(
        _("signature"),
        max_length=10,
        choices=choices.Signature,
        default=choices.Signature.ELECTRONIC,
    )
    program_start = day(_("program start printed"))
    program_end = day(_("program end printed"))
    travel_signature_on = day(_("travel signature"))
    travel_valid_until = day(_("serves for re-entry until"))
    employment_note = text(_("work printed on page 2"), 500)
    funding = models.JSONField(_("money printed"), default=dict, blank=True)
    reference = text(_("request"), 40, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("issued form")
        verbose_name_plural = _("issued forms")
        ordering = ["-issued_on", "-pk"]
        indexes = [models.Index(fields=["record", "-issued_on"], name="form_by_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["reference"],
                condition=~Q(reference="") & Q(dependent__isnull=True),
                name="one_form_per_request",
            ),
            models.UniqueConstraint(
                fields=["reference", "dependent"],
                condition=~Q(reference=""),
                name="one_form_per_request_and_dependent",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.issued_on}"

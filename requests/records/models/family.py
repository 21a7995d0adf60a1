"""The people whose status hangs on somebody's."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import choices, validators
from .columns import LATER, choice, day, flag, text
from .record import StudentRecord


class Dependent(models.Model):
    """A spouse or child whose status hangs on the person's."""

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="dependents")
    family_name = models.CharField(
        _("family name"), max_length=80, validators=[validators.no_digits]
    )
    given_name = text(_("given name"), 80, validators.no_digits)
    passport_name = text(_("name in the passport's machine-readable zone"), 39, **LATER)
    preferred_name = text(_("name to call the person"), 180, **LATER)
    suffix = choice(_("suffix"), choices.Suffix, **LATER)
    relation = models.CharField(_("relation"), max_length=6, choices=choices.Relation)
    birth_date = day(_("date of birth"))
    birth_city = text(_("city of birth"), 100, **LATER)
    birth_country = text(_("country of birth"), 60, **LATER)
    citizenship_country = text(_("country of citizenship"), 60)
    sex = choice(_("sex"), choices.Sex, **LATER)
    email = models.EmailField(_("e-mail address"), blank=True, **LATER)
    sevis_id = text(_("SEVIS ID"), 11, validators.sevis_id)
    visa_class = choice(_("visa class"), choices.VisaClass)
    sevis_status = choice(_("SEVIS status"), choices.SevisStatus)
    is_in_the_us = flag(_("is in the United States"))
    arrives_on = day(_("plans to arrive"))
    lives_elsewhere = text(_("address, if another one"), 250, **LATER)
    ended_on = day(_("ended"))
    end_reason = text(_("why it ended"), 60, **LATER)
    reference = text(_("request"), 40, db_index=True, **LATER)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("dependent")
        verbose_name_plural = _("dependents")
        ordering = ["record", "relation", "birth_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "family_name", "given_name", "birth_date"],
                condition=~models.Q(reference=""),
                name="each_dependent_once_per_request",
            ),
        ]

    def __str__(self):
        return f"{self.given_name} {self.family_name}".strip()

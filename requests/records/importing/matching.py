"""Finds the person a row is about, and refuses a row that may be about somebody else."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from ..models import FormerSevisId, StudentRecord
from .columns import IDENTITY, NEW_SEVIS_ID, UNSAID, value_of
from .folding import folded
from .problems import RowProblem

_NUMBERS = ("sevis_id", "institution_id", NEW_SEVIS_ID)


@dataclass(frozen=True)
class Identity:
    """Who a row says it is about; a number it does not give is empty."""

    family_name: str
    given_name: str
    birth_date: object
    sevis_id: str
    institution_id: str
    new_sevis_id: str

    @property
    def full_name(self):
        """Return the name as reports show it."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def person(self):
        """Return what two rows of the same person have in common besides numbers."""
        return (folded(self.family_name), folded(self.given_name), self.birth_date)

    @property
    def numbers(self):
        """Return every number this row claims, so that no other row of the file claims it."""
        sevis_ids = {("sevis_id", number) for number in (self.sevis_id, self.new_sevis_id)}
        return {
            (name, number)
            for name, number in (*sevis_ids, ("institution_id", folded(self.institution_id)))
            if number
        }


def identity_of(cells) -> Identity:
    """Read who a row is about; raises RowProblem where that recognizes nobody."""
    said = {name: value_of(name, cells.get(name)) for name in (*IDENTITY, NEW_SEVIS_ID)}
    said = {name: "" if value is UNSAID else value for name, value in said.items()}
    if not folded(said["family_name"]):
        raise RowProblem(
            "family_name", _("The family name is missing. Somebody's only name belongs here.")
        )
    if not said["birth_date"]:
        raise RowProblem("birth_date", _("The date of birth is missing."))
    if not (said["sevis_id"] or said["institution_id"]):
        raise RowProblem(
            "sevis_id", _("Write the SEVIS ID or the university ID, or nobody can be recognized.")
        )
    return Identity(**said)


@dataclass
class Known:
    """The people of the office that one batch of rows may be about, read together."""

    by_sevis_id: dict = field(default_factory=dict)
    by_former_id: dict = field(default_factory=dict)
    by_institution_id: dict = field(default_factory=lambda: defaultdict(list))
    persons: set = field(default_factory=set)

    @classmethod
    def read(cls, identities, *, lock=False):
        """Read everybody whom these rows name by a number, by an earlier one, or by name."""
        known = cls()
        sevis_ids = {n for each in identities for n in (each.sevis_id, each.new_sevis_id) if n}
        # A university ID is compared as it is written, but for capitals.
        ids = {each.institution_id for each in identities if each.institution_id}
        ids |= {each.upper() for each in ids} | {each.lower() for each in ids}
        former = dict(
            FormerSevisId.objects.filter(sevis_id__in=sevis_ids).values_list("sevis_id", "record")
        )
        records = (
            StudentRecord.objects.known()
            .order_by("pk")
            .filter(
                Q(sevis_id__in=sevis_ids) | Q(institution_id__in=ids) | Q(pk__in=former.values())
            )
        )
        by_pk = {}
        for record in records.select_for_update() if lock else records:
            by_pk[record.pk] = record
            known.add(record)
        known.by_former_id = {number: by_pk[pk] for number, pk in former.items()}
        # Only for whom no number is known, the names of those born on the same days are compared.
        births = {each.birth_date for each in identities if not known.has_number_of(each)}
        born_then = StudentRecord.objects.known().filter(birth_date__in=births).order_by()
        known.persons = {
            (folded(family), folded(given), born)
            for family, given, born in born_then.values_list(
                "family_name", "given_name", "birth_date"
            )
        }
        return known

    def has_number_of(self, who: Identity) -> bool:
        """Tell whether one of the numbers of a row belongs to somebody."""
        return (
            who.sevis_id in self.by_sevis_id or folded(who.institution_id) in self.by_institution_id
        )

    def add(self, record):
        """Know one more person."""
        if record.sevis_id:
            self.by_sevis_id[record.sevis_id] = record
        if record.institution_id:
            self.by_institution_id[folded(record.institution_id)].append(record)

    def record_of(self, who: Identity):
        """Return the record of a row, or None for somebody new; raises RowProblem in doubt."""
        by_sevis = self.by_sevis_id.get(who.sevis_id) or self._formerly(who)
        namesakes = self.by_institution_id.get(folded(who.institution_id), ())
        if len(namesakes) > 1:
            raise RowProblem(
                "institution_id",
                _("%(count)d records have this university ID. Correct them first.")
                % {"count": len(namesakes)},
            )
        by_institution = namesakes[0] if namesakes else None
        if by_sevis and by_institution and by_sevis.pk != by_institution.pk:
            raise RowProblem(
                "sevis_id",
                _(
                    "The SEVIS ID belongs to one person and the university ID to another. Check "
                    "whether rows were exchanged."
                ),
            )
        record = by_sevis or by_institution
        if record is None:
            self._refuse_somebody_known(who)
            return None
        _refuse_another_person(record, who)
        self._refuse_another_sevis_id(record, who)
        return record

    def _formerly(self, who):
        """Return who had this SEVIS ID, where the row gives the one that replaced it."""
        record = self.by_former_id.get(who.sevis_id)
        if record is None:
            return None
        if who.new_sevis_id and who.new_sevis_id == record.sevis_id:
            return record
        raise RowProblem("sevis_id", _("This SEVIS ID has ended. Write the one that is valid now."))

    def _refuse_another_sevis_id(self, record, who):
        new = who.new_sevis_id
        if new and (self.by_sevis_id.get(new, record).pk != record.pk or new in self.by_former_id):
            raise RowProblem(
                NEW_SEVIS_ID, _("This SEVIS ID belongs, or belonged, to a record already.")
            )
        if new and not record.sevis_id:
            raise RowProblem(
                NEW_SEVIS_ID, _("The record has no SEVIS ID yet. Write the first one in sevis_id.")
            )
        is_known = not record.sevis_id or who.sevis_id in ("", record.sevis_id)
        if not is_known and not (new and new == record.sevis_id):
            raise RowProblem(
                "sevis_id",
                _(
                    "The record has another SEVIS ID. If the person received a new one, write the "
                    "one of the record in sevis_id and the new one in new_sevis_id."
                ),
            )

    def _refuse_somebody_known(self, who):
        if who.new_sevis_id:
            raise RowProblem(
                "sevis_id", _("Nobody has this SEVIS ID, so it cannot be replaced by a new one.")
            )
        if who.person in self.persons:
            raise RowProblem(
                "sevis_id",
                _(
                    "Somebody of this name and date of birth has a record with other numbers. If "
                    "it is the same person, add the number that the record has."
                ),
            )


def _refuse_another_person(record, who):
    differs = [
        column
        for column in ("family_name", "given_name")
        if folded(getattr(record, column)) != folded(getattr(who, column))
    ]
    if record.birth_date and record.birth_date != who.birth_date:
        differs.append("birth_date")
    kept = folded(record.institution_id)
    if kept and who.institution_id and kept != folded(who.institution_id):
        differs.append("institution_id")
    if differs:
        labels = ", ".join(
            str(StudentRecord._meta.get_field(name).verbose_name) for name in differs
        )
        raise RowProblem(
            differs[0],
            _(
                "The number belongs to a record with another %(what)s. Correct the row, or correct "
                "the record if the row is right."
            )
            % {"what": labels},
        )

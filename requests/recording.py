"""Carries out what a completed request writes into the record; every effect once."""

from functools import singledispatch

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from isso.requests.records.changing import (
    add_to_record,
    change_dependents,
    change_record,
    change_row,
    lift_hold,
)
from isso.requests.records.choices import FormKind, VisaClass
from isso.requests.records.inviting import CannotInvite, invite_person
from isso.requests.records.models import (
    Dependent,
    EmploymentAuthorization,
    FundingStatement,
    IssuedForm,
    ReportedAddress,
)
from isso.requests.records.models.money import COSTS, MEANS
from isso.requests.records.reading import facts_for

from . import effects
from .recording_scholars import note_scholar, note_site, note_stay
from .recording_work import (
    add_job,
    authorize,
    change_job,
    cut,
    decide,
    note_report,
    reduce_load,
)
from .rules.dates import travel_signature_valid_until
from .rules.training import is_on_post_completion_work, status_ends_on


def write_effects(student_request, declared, *, by, today):
    """Write the declared effects of one request into its student's record, in their order.

    Runs inside the transaction of the completion. Raises ``ValidationError`` where a value cannot
    stand in the record; then the completion does not happen.
    """
    # Forms print, and invitations name, the record as the other effects leave it.
    last = (effects.IssueForm, effects.InvitePerson)
    for effect in sorted(declared, key=lambda each: isinstance(each, last)):
        _write(effect, _Occasion(student_request, by, today))


class _Occasion:
    """Which request writes, who completed it, and on what day."""

    def __init__(self, student_request, by, today):
        self.record, self.by, self.today = student_request.student, by, today
        sent_at = student_request.submitted_at
        # Who answers for it, also where the worker completes it.
        self.advisor = student_request.assignee or by
        self.sent_on = timezone.localdate(sent_at) if sent_at else today
        self.recorded_on = student_request.recorded_on
        self.reference = student_request.reference
        self.source = f"{student_request.type.title} {student_request.reference}"

    def add(self, model, fields):
        """Add one row around the record in the name of this request."""
        return add_to_record(
            self.record,
            model,
            fields,
            by=self.by,
            source=self.source,
            # What a scholar has once, or the office tells apart by name, bears no request.
            reference=self.reference if hasattr(model, "reference") else "",
        )

    def own(self, model, **known):
        """Return a row of work of this record; another's is never found."""
        path = "record" if model is EmploymentAuthorization else "authorization__record"
        return model.objects.get(**{path: self.record}, **known)

    def change(self, row, changes):
        """Set columns of a row around the record in the name of this request."""
        change_row(row, changes, by=self.by, source=self.source)


@singledispatch
def _write(effect, occasion):
    raise TypeError(f"Not an effect: {effect!r}")


@_write.register
def _change(effect: effects.ChangeRecord, occasion):
    change_record(occasion.record, effect.changes, by=occasion.by, source=occasion.source)


@_write.register
def _issue(effect: effects.IssueForm, occasion):
    record = occasion.record
    kind = FormKind.DS2019 if record.visa_class == VisaClass.J1 else FormKind.I20
    signed = occasion.today if effect.has_travel_signature else None
    facts = facts_for(record)
    start, end = record.program_start, record.program_end
    if effect.for_next_program:
        start, end = record.next_program_start, record.next_program_end
    printed = {
        "kind": kind,
        "reason": effect.reason,
        "issued_on": occasion.today,
        "issued_by": occasion.by,
        "program_start": start,
        "program_end": end,
        "travel_signature_on": signed,
        "travel_valid_until": signed
        and travel_signature_valid_until(
            signed, status_ends_on(facts), is_on_post_completion_work(facts, signed)
        ),
    }
    if effect.for_person:
        note = {"employment_note": effect.employment_note, "sevis_id": record.sevis_id or ""}
        occasion.add(IssuedForm, printed | note)
        if signed:
            change_record(
                record,
                {"travel_signature_on": signed},
                by=occasion.by,
                source=occasion.source,
            )
    theirs = Q(pk__in=effect.dependents)
    if effect.for_added:
        theirs |= Q(reference=occasion.reference)
    for dependent in record.dependents.filter(theirs):
        occasion.add(IssuedForm, printed | {"dependent": dependent, "sevis_id": dependent.sevis_id})


@_write.register
def _note_letter(effect: effects.NoteLetter, occasion):
    letter = {"kind": FormKind.LETTER, "issued_on": occasion.today, "issued_by": occasion.advisor}
    occasion.add(IssuedForm, letter)


@_write.register
def _report(effect: effects.ReportAddress, occasion):
    occasion.add(
        ReportedAddress,
        {
            "kind": effect.kind,
            "valid_from": effect.valid_from or occasion.sent_on,
            "valid_until": effect.valid_until,
            "reported_on": effect.reported_on or occasion.sent_on,
            "sent_to_sevis_on": occasion.recorded_on,
            **effect.parts,
        },
    )
    if _is_outdated(effect, occasion):
        return
    present = {f"{effect.kind}_{part}": value for part, value in effect.parts.items()}
    present.pop(f"{effect.kind}_explanation", None)
    if effect.kind == "us_address":
        present["us_address_until"] = effect.valid_until
    change_record(occasion.record, present, by=occasion.by, source=occasion.source)


def _is_outdated(effect, occasion):
    """Tell whether the person has reported another address of this kind since.

    Requests are not always completed in the order in which they were sent; of two reports sent on
    one day the later move counts.
    """
    others = occasion.record.reported_addresses.filter(kind=effect.kind).exclude(
        reference=occasion.reference
    )
    sent_on = effect.reported_on or occasion.sent_on
    same_day = Q(reported_on=sent_on, valid_from__gt=effect.valid_from or occasion.sent_on)
    return others.filter(Q(reported_on__gt=sent_on) | same_day).exists()


@_write.register
def _add_dependent(effect: effects.AddDependent, occasion):
    occasion.add(Dependent, effect.fields)


@_write.register
def _change_dependents(effect: effects.ChangeDependents, occasion):
    change_dependents(
        occasion.record,
        effect.dependents,
        effect.changes,
        by=occasion.by,
        source=occasion.source,
    )


@_write.register
def _fund(effect: effects.StateFunding, occasion):
    fields = dict(effect.fields)
    newest = occasion.record.funding.exclude(reference=occasion.reference).first()
    if effect.is_addition:
        if newest is None:
            return
        repeated = {
            field.name: getattr(newest, field.name)
            for field in FundingStatement._meta.concrete_fields
            if field.name not in ("id", "record", "as_of", "reference")
        }
        for name in (*COSTS, *MEANS):
            repeated[name] += fields.pop(name, 0)
        fields = repeated | fields
    occasion.add(FundingStatement, {"as_of": occasion.today} | fields)


@_write.register
def _invite(effect: effects.InvitePerson, occasion):
    try:
        invite_person(occasion.record, by=occasion.by, occasion=f"request:{occasion.reference}")
    except CannotInvite as obstacle:
        raise ValidationError(str(obstacle)) from None


@_write.register
def _lift(effect: effects.LiftHold, occasion):
    lift_hold(occasion.record, effect.kind, occasion.today, by=occasion.by, source=occasion.source)


_write.register(effects.AuthorizeEmployment, authorize)
_write.register(effects.ReduceLoad, reduce_load)
_write.register(effects.DecideEmployment, decide)
_write.register(effects.ReportJob, add_job)
_write.register(effects.ChangeJob, change_job)
_write.register(effects.NoteStemReport, note_report)
_write.register(effects.CutWork, cut)
_write.register(effects.NoteScholar, note_scholar)
_write.register(effects.NoteSite, note_site)
_write.register(effects.NoteStay, note_stay)

"""The dry run: each row and file compared with the records; nothing is released by it."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.requests.records.files import checked_upload, clean_name
from isso.requests.records.importing.folding import folded
from isso.requests.records.models import StudentRecord

from ..models import Document, DocumentIntake, IntakeRow
from ..releasing import check_kind, checked_title
from .bundle import Bundle
from .manifest import read_manifest

Outcome = IntakeRow.Outcome


def check_intake(manifest, uploads, actor):
    """Compare a manifest and its files with the records and keep the report.

    Raises FileProblem where the manifest or the files cannot be read at all; then nothing is
    kept. No row stops the others.
    """
    rows = read_manifest(manifest, manifest.name)
    bundle = Bundle(uploads)
    intake = DocumentIntake.objects.create(
        manifest_name=clean_name(manifest.name, manifest.name.rpartition(".")[2][:5] or "csv"),
        made_by_id=actor.user_id,
    )
    _Check(intake, bundle, rows, actor).run()
    return intake


def objection(record, row):
    """Return why a row is not about a record, or ""; SEVIS ID, name and birth date must all fit."""
    if record is None:
        return _("No record has the SEVIS ID %(id)s.") % {"id": row.sevis_id}
    if not folded(row.family_name) or (folded(row.family_name), folded(row.given_name)) != (
        folded(record.family_name),
        folded(record.given_name),
    ):
        return _("The SEVIS ID belongs to somebody of another name: %(name)s.") % {
            "name": record.full_name
        }
    if record.birth_date is None:
        return _("The record has no date of birth to compare.")
    if record.birth_date != row.birth_date:
        return _("The date of birth is another one: the row says %(row)s.") % {
            "row": date_format(row.birth_date, "Y-m-d")
        }
    return ""


class _Check:
    """One dry run, with what all of its rows share."""

    def __init__(self, intake, bundle, rows, actor):
        self.intake, self.bundle, self.rows, self.actor = intake, bundle, rows, actor
        ids = {row.sevis_id for row in rows if row.sevis_id}
        records = StudentRecord.objects.filter(sevis_id__in=ids)
        self.records = {record.sevis_id: record for record in records}
        self.named = [row.file_name.casefold() for row in rows]
        # (record, checksum) of what the students have, or get by an earlier row.
        self.there = set(
            Document.objects.released()
            .filter(student__in=[record.pk for record in records])
            .values_list("student_id", "sha256")
        )
        self.used = set()

    def run(self):
        for row in self.rows:
            self._keep_row(row)
        for name in self.bundle:
            if name not in self.used:
                self._set_aside(name, _("The manifest does not name this file."))

    def _keep_row(self, row):
        name = self.bundle.find(row.file_name) if row.file_name else None
        common = {"line": row.line, "said": row.said, "kind": row.kind, "title": row.title[:160]}
        if name is None:
            sentence = row.problem or _("There is no file of this name.")
            self._write(row.file_name, Outcome.NO_FILE, sentence, **common)
            return
        if name in self.used:
            sentence = _("An earlier row names the same file.")
            self._write(name, Outcome.NO_FILE, sentence, **common)
            return
        record = self.records.get(row.sevis_id)
        reason = row.problem or self._reason(name, row, record)
        if reason:
            self._set_aside(name, reason, **common)
        else:
            self._make_ready(name, record, **common)

    def _reason(self, name, row, record):
        if self.named.count(row.file_name.casefold()) > 1:
            return _("Several rows name this file.")
        if name in self.bundle.twice:
            return _("Several files have this name.")
        if sentence := objection(record, row):
            return sentence
        if record.user_id == self.actor.user_id:
            return _("Nobody releases documents to oneself. Ask a colleague.")
        try:
            checked_title(row.title)
            check_kind(row.kind, record)
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def _make_ready(self, name, record, **common):
        checked = self._checked(name, **common)
        if checked is None:
            return
        if (record.pk, checked.sha256) in self.there:
            sentence = _("%(name)s has this file already.") % {"name": record.full_name}
            self._write(name, Outcome.THERE_ALREADY, sentence, student=record, **common)
            return
        self.there.add((record.pk, checked.sha256))
        self._write(name, Outcome.READY, "", checked, student=record, **common)

    def _set_aside(self, name, reason, **common):
        checked = self._checked(name, reason, **common)
        if checked is not None:
            self._write(name, Outcome.SET_ASIDE, reason, checked, **common)

    def _checked(self, name, reason="", **common):
        """Return the file written anew; one that cannot be kept leaves a row without a file."""
        self.used.add(name)
        try:
            checked = checked_upload(self.bundle.upload(name))
            if checked.extension != "pdf":
                raise ValidationError(_("Only PDF files are released."))
        except ValidationError as error:
            sentence = " ".join(filter(None, [reason, *error.messages]))
            self._write(name, Outcome.NO_FILE, sentence, **common)
            return None
        return checked

    def _write(self, name, outcome, reason, checked=None, **fields):
        row = IntakeRow(
            intake=self.intake,
            file_name=name[:200],
            outcome=outcome,
            reason=str(reason)[:500],
            sha256=checked.sha256 if checked else "",
            **fields,
        )
        if checked:
            content = ContentFile(checked.content.read())
            row.file.save(checked.original_name, content, save=False)
        row.save()

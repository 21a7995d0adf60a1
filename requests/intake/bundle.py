"""The files of an intake: PDFs, or one ZIP file that is looked into before it is unpacked."""

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from isso.requests.records.importing.problems import FileProblem, quoted

MOST_FILES = 300
MOST_UNPACKED = 300 * 1024 * 1024
# A PDF hardly shrinks; what unfolds to a hundred times its size is no PDF.
MOST_RATIO = 100
SMALL = 100 * 1024


class Bundle:
    """The files by name; a name that two files have names none."""

    def __init__(self, uploads):
        """Look at what was uploaded; raises FileProblem for what must not be unpacked."""
        self._open = {}
        self.twice = set()
        for upload in uploads:
            upload.seek(0)
            if upload.read(4) == b"PK\x03\x04":
                self._add_archive(upload)
            else:
                self._add(upload.name, lambda upload=upload: upload)
        if not self._open:
            raise FileProblem(_("There is no file. Choose PDFs, or a ZIP file with PDFs."))
        if len(self._open) > MOST_FILES:
            raise FileProblem(
                _("There are more than %(most)d files. Split them.") % {"most": MOST_FILES}
            )

    def __iter__(self):
        """Yield the names in the order in which they came."""
        return iter(self._open)

    def __contains__(self, name):
        return name in self._open

    def upload(self, name):
        """Return one file as if it had been uploaded alone."""
        return self._open[name]()

    def find(self, name):
        """Return the name of the file a manifest means, whatever its capitals; or None."""
        wanted = name.casefold()
        return next((each for each in self._open if each.casefold() == wanted), None)

    def _add(self, name, opener):
        name = PurePosixPath(str(name).replace("\\", "/")).name[:200]
        known = self.find(name)
        if known is not None:
            self.twice.add(known)
        else:
            self._open[name] = opener

    def _add_archive(self, upload):
        try:
            archive = zipfile.ZipFile(upload)
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise _unreadable() from error
        parts = [part for part in archive.infolist() if not _is_passed_over(part)]
        _check(parts)
        for part in parts:
            self._add(part.filename, lambda part=part: _unpacked(archive, part))


def _is_passed_over(part):
    path = PurePosixPath(part.filename)
    return part.is_dir() or "__MACOSX" in path.parts or path.name in (".DS_Store", "Thumbs.db")


def _check(parts):
    """Refuse a bomb before anything of it is unpacked."""
    if len(parts) > MOST_FILES:
        raise FileProblem(
            _("The ZIP file holds more than %(most)d files. Split it.") % {"most": MOST_FILES}
        )
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FileProblem(
            _("The ZIP file would unpack to more than %(most)s. Split it.")
            % {"most": filesizeformat(MOST_UNPACKED)}
        )
    for part in parts:
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in part.filename:
            raise FileProblem(
                _("The ZIP file holds a path that leads outside: %(path)s. Pack it again.")
                % {"path": quoted(part.filename)}
            )
        if part.flag_bits & 1:
            raise FileProblem(_("The ZIP file has a password. Pack it without one."))
        if part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise FileProblem(
                _("%(name)s unpacks to far more than it shows. It is not a document.")
                % {"name": quoted(path.name)}
            )


def _unpacked(archive, part):
    """Return one file of a ZIP; what its directory says of its size is not believed."""
    most = settings.UPLOAD_MAX_BYTES + 1
    try:
        with archive.open(part) as file:
            content = file.read(most)
    except Exception:  # A broken archive fails in more ways than zipfile names.
        content = b""  # The check then says of this file that it is empty.
    upload = SimpleUploadedFile(PurePosixPath(part.filename).name, b"")
    upload.file, upload.size = BytesIO(content), len(content)
    return upload


def _unreadable():
    return FileProblem(_("The ZIP file cannot be read. Pack it again."))

"""What tests of copies share: a made copy, opened."""

import json
from zipfile import ZipFile

from isso.requests.copies import ask_for_copy
from isso.requests.copy_making.making import make_waiting
from isso.requests.models import RecordCopy


class Opened:
    """The archive of a copy: its data, its page, and its files by name."""

    def __init__(self, file):
        with ZipFile(file) as archive:
            assert archive.testzip() is None
            self.names = archive.namelist()
            self.contents = {name: archive.read(name) for name in self.names}
        self.data = json.loads(self.contents["record.json"])
        self.page = self.contents["record.html"].decode()


def make_copy(record):
    """Ask for a copy and let the worker make it; return it opened."""
    asked = ask_for_copy(record)
    assert make_waiting() == 1
    with RecordCopy.objects.get(pk=asked.pk).file.open("rb") as file:
        return Opened(file)

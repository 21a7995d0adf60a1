"""A form field that takes several files at once."""

from django import forms

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,application/pdf,image/*"


class SeveralFiles(forms.FileInput):
    """A file input that takes more than one."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; each is looked into by whoever keeps it."""

    widget = SeveralFiles(attrs={"accept": ACCEPTED})

    def clean(self, data, initial=None):
        """Return a list, empty where nothing was chosen and nothing has to be."""
        files = data if isinstance(data, list | tuple) else [data]
        checked = [super(FilesField, self).clean(each, initial) for each in files or [None]]
        return [each for each in checked if each]

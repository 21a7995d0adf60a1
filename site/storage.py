"""Where private files lie when there is no bucket."""

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="isso.site.storage.PrivateFolder")
class PrivateFolder(FileSystemStorage):
    """A folder without an address: asking for one is an error, not a link that others can try."""

    base_url = None

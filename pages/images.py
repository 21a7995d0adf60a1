"""The form of a picture: no picture without a description, and refusals that say what to do."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL.Image import DecompressionBombError, DecompressionBombWarning
from wagtail.images.forms import BaseImageForm


class ImageForm(BaseImageForm):
    """Ask for what a picture shows; those who do not see it are read this."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        description = self.fields["description"]
        description.required = True
        description.help_text = _("What the picture shows, in one sentence. Not “picture of”.")
        description.error_messages["required"] = _(
            "Fill in “Description”: what the picture shows, for those who do not see it."
        )
        if "file" in self.fields:
            _explain_refusals(self.fields["file"])


def _explain_refusals(field):
    """Say what to do; and refuse what unpacks to something enormous, where Wagtail breaks down."""
    millions = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    too_many = _("This picture has more than %d million pixels. Make it smaller first.") % millions
    field.error_messages["file_too_many_pixels"] = too_many
    field.error_messages["invalid_image"] = _(
        "This file is no picture that can be opened. Save it as JPEG or PNG first."
    )
    check = field.check_image_pixel_size

    def check_safely(file):
        try:
            check(file)
        except (DecompressionBombError, DecompressionBombWarning) as error:
            raise ValidationError(too_many, code="file_too_many_pixels") from error

    field.check_image_pixel_size = check_safely

"""Writes an image anew: upright, without hidden data, HEIC as JPEG."""

import warnings
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

# 50 million pixels are the photo of a modern phone; far more is a bomb of a few kilobytes.
MAX_PIXELS = 50_000_000
# Enough to read the smallest print of a letter.
LONGEST_SIDE = 5000
JPEG_QUALITY = 90

register_heif_opener(thumbnails=False)
# For the whole process: what Pillow only warns of must stop here, in every thread.
warnings.simplefilter("error", Image.DecompressionBombWarning)


def rewrite_image(data: bytes) -> tuple[bytes, str, str]:
    """Return the image's bytes, content type and extension, made from its pixels alone."""
    try:
        return _rewrite(data)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_many_pixels() from error
    except ValidationError:
        raise
    except Exception as error:  # Pillow fails on a broken file in more ways than it names.
        raise ValidationError(
            _("This picture cannot be read. Open it, save it again, and upload that."),
            code="broken",
        ) from error


def _rewrite(data):
    with Image.open(BytesIO(data), formats=["JPEG", "PNG", "HEIF"]) as image:
        if image.width * image.height > MAX_PIXELS:
            raise _too_many_pixels()
        is_png = image.format == "PNG"
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # A large JPEG is read at half its size.
        upright = _upright(image)
        output = BytesIO()
        if is_png:
            keeps_transparency = upright.has_transparency_data
            picture = upright.convert("RGBA") if keeps_transparency else _in_rgb(upright)
            picture.save(output, "PNG")
            return output.getvalue(), "image/png", "png"
        _in_rgb(upright).save(output, "JPEG", quality=JPEG_QUALITY)
        return output.getvalue(), "image/jpeg", "jpg"


def _upright(image):
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):
        # Sixteen-bit gray, as some scanners write it; a plain conversion would make it white.
        upright = upright.point(lambda value: value * (1 / 256)).convert("L")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return upright


def _in_rgb(image):
    """Return the picture in plain colors, as every screen shows it, on white paper."""
    if image.has_transparency_data:
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            return ImageCms.profileToProfile(
                image, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except ImageCms.PyCMSError:
            pass  # A broken profile: the plain conversion is the best there is.
    return image.convert("RGB")


def _too_many_pixels():
    return ValidationError(
        _("This picture has too many pixels. Take a photo of the page with a phone instead."),
        code="pixels",
    )

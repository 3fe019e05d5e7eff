"""Photographs without what they tell of place and device (§B.4: 行踪轨迹 is sensitive, article 28)."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = (
    1600  # pixels of the longer side: enough to read a paper, small enough for a village's line
)


def without_metadata(content, largest=LARGEST):
    """Return the picture (bytes) upright, without metadata, at most `largest` pixels a side.

    None where there is nothing to take out, or where the content is no picture that can be read.

    >>> without_metadata(b"no picture") is None
    True
    """
    try:
        picture = Image.open(BytesIO(content))
        kind = picture.format
        upright = ImageOps.exif_transpose(picture)
    except (UnidentifiedImageError, OSError):
        return None
    told = set(picture.info) & {"exif", "xmp", "photoshop", "comment"} or picture.getexif()
    if not told and max(picture.size) <= largest:
        return None
    upright.thumbnail((largest, largest))
    if kind not in ("JPEG", "PNG", "WEBP"):
        kind = "PNG"
    if kind == "JPEG" and upright.mode not in ("RGB", "L"):
        upright = upright.convert("RGB")
    plain = Image.new(upright.mode, upright.size)
    if upright.mode == "P":
        plain.putpalette(upright.getpalette())
    plain.paste(upright)
    target = BytesIO()
    plain.save(target, kind)
    return target.getvalue()

"""Photos are made fit for paper when they are added: upright, small, and without what the camera wrote into them."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from tac_desktop.errors import PhotoNotReadable

LONGEST_SIDE = 1654
"""Pixels: A4's width at 200 dots an inch; courts ask for no more than 300."""
QUALITY = 80
MOST_PIXELS = 89_000_000
KINDS = ("JPEG", "PNG", "TIFF", "WEBP")

_UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,  # Pillow's word for a damaged header
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True)
class PreparedPhoto:
    """A JPEG without any metadata, and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def prepare_photo(untrusted_picture: bytes) -> PreparedPhoto:
    """Return a picture file as an upright JPEG of at most 1,654 pixels a side.

    Only the pixels are taken over: place, time, camera, preview picture and colour profile stay behind, so that a
    photo never tells where a child lives.

    Raises:
        PhotoNotReadable: It is no picture, damaged, too large, or of another kind.
    """
    try:
        with _opened(untrusted_picture, KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PhotoNotReadable
            picture.draft(
                "RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE)
            )  # a JPEG is decoded at half size where it is large
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            pixels = _on_white(upright)
    except _UNREADABLE as error:
        raise PhotoNotReadable from error
    out = io.BytesIO()
    pixels.save(out, "JPEG", quality=QUALITY, optimize=True)
    return PreparedPhoto(out.getvalue(), pixels.width, pixels.height)


def _opened(untrusted_picture: bytes, kinds: tuple[str, ...]) -> Image.Image:
    """Open a picture without decoding it; one that would need far too much memory is an error, not a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return Image.open(io.BytesIO(untrusted_picture), formats=kinds)


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the bare pixels in RGB, transparent ones on white."""
    sheet = Image.new("RGB", picture.size, "white")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        sheet.paste(layer, mask=layer.getchannel("A"))
    else:
        sheet.paste(picture.convert("RGB"))
    return sheet


def pixels_of(untrusted_picture: bytes) -> tuple[int, int, bytes]:
    """Return width, height and pixels (blue, green, red, unused; row by row) of a picture of the case file.

    Raises:
        PhotoNotReadable: It is no picture, damaged, too large, or of another kind.
    """
    jpeg = fit_for_paper(untrusted_picture).jpeg
    try:
        with _opened(jpeg, ("JPEG",)) as picture:
            return picture.width, picture.height, picture.convert("RGB").tobytes("raw", "BGRX")
    except _UNREADABLE as error:
        raise PhotoNotReadable from error


def fit_for_paper(untrusted_picture: bytes) -> PreparedPhoto:
    """Return a picture of the case file ready for paper; one that was prepared when it was added stays as it is.

    A picture that came another way (a workbook's, an older vault's) is prepared now: it may still tell its place.

    Raises:
        PhotoNotReadable: It is no picture, damaged, too large, or of another kind.
    """
    try:
        with _opened(untrusted_picture, ("JPEG",)) as picture:
            small = max(picture.size) <= LONGEST_SIDE
            bare = not ({"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(picture.info))
            if picture.mode == "RGB" and small and bare:
                return PreparedPhoto(untrusted_picture, picture.width, picture.height)
    except _UNREADABLE:
        pass  # not a JPEG: it is prepared below, or refused there
    return prepare_photo(untrusted_picture)

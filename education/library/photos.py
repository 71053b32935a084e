"""What happens to a photo before it is kept: looked at by content, stripped, made small.

Nothing of an uploaded file is ever served. It is decoded within limits, and the picture alone is
written anew as WebP: place and camera, hidden second files and scripts stay behind.
"""

import hashlib
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

MOST_BYTES: Final = 10 * 1024 * 1024  # of the uploaded file
MOST_PIXELS: Final = 40_000_000
LONGEST_SIDE: Final = 8000  # px, of the uploaded file
SHORTEST_SIDE: Final = 320  # px; below it a step cannot be made out
SERVED_BYTES: Final = 200_000
MOST_SCANS: Final = 64  # of a JPEG; cameras write 1, programs about 10
FORMATS: Final = ("JPEG", "PNG", "WEBP")

# Pillow warns of a bomb before it refuses one. Here the warning refuses too, and is no line of the
# server's log.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

# Longest side in px and quality, tried in this order until the file is small enough.
TRIES: Final = ((1600, 82), (1600, 72), (1280, 74), (1280, 62), (1024, 62), (800, 55), (640, 40))

# First bytes of what people try to upload: (offset, bytes, what it is).
KNOWN: Final = (
    (0, b"GIF8", "GIF"),
    (0, b"%PDF", "PDF"),
    (0, b"BM", "BMP"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"PK\x03\x04", "ZIP"),
)
START_OF_SCAN, END_OF_IMAGE, TEMPORARY, START_OF_IMAGE = 0xDA, 0xD9, 0x01, 0xD8
MARKER: Final = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")  # of a JPEG; not those inside a scan
HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """A photo as it is served: WebP without metadata. ``width`` and ``height`` in pixels."""

    data: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """SHA-256 of the data, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def clean_photo(file: IO[bytes], size: int) -> CleanPhoto:
    """The picture in an uploaded file of ``size`` bytes, ready to be served.

    Raises ValidationError with the reason, in words for the person who chose the file.
    """
    if size > MOST_BYTES:
        raise ValidationError(
            _("This file has %(size)s MB. Choose one of at most %(most)d MB."),
            code="too_big",
            params={"size": f"{size / 1024 / 1024:.1f}", "most": MOST_BYTES // 1024 // 1024},
        )
    data = file.read(MOST_BYTES + 1)
    with _refusing_what_pillow_refuses(data):
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_size(image)
            _check_stillness(image)
            _check_scans(data)
            image.verify()  # checksums; the image cannot be used after it
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return _encode(_plain(image))


@contextmanager
def _refusing_what_pillow_refuses(data: bytes) -> Iterator[None]:
    """Turn whatever goes wrong in a decoder into a reason."""
    # The library that draws PDFs lets Pillow pass files that are cut off, in the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise _not_a_photo(data[:512]) from error
    except Exception as error:  # a decoder fed with hostile bytes raises whatever it likes
        raise ValidationError(
            _("This photo is damaged or cut off. Save it again, then choose it once more."),
            code="damaged",
        ) from error


def kind_by_content(head: bytes) -> str:
    """What a file that is no photo is, told by its first bytes; empty when nobody knows."""
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "HEIC" if brand in HEIC_BRANDS else "AVIF" if brand.startswith(b"avi") else ""
    for offset, start, name in KNOWN:
        if head[offset:].startswith(start):
            return name
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in text:
        return "SVG"
    if text.startswith((b"<!doctype html", b"<html", b"<script", b"<body", b"<head")):
        return "HTML"
    return "XML" if text.startswith(b"<?xml") else ""


def _not_a_photo(head: bytes) -> ValidationError:
    name = kind_by_content(head)
    if name == "HEIC":
        return ValidationError(
            _(
                "This is a HEIC photo, as iPhones take them. Send it to yourself by e-mail or save "
                "it as JPEG, then choose that file."
            ),
            code="wrong_kind",
        )
    if name:
        return ValidationError(
            _("This file is %(kind)s. Choose a JPEG, PNG or WebP photo."),
            code="wrong_kind",
            params={"kind": name},
        )
    return ValidationError(
        _("This file is no photo that we can read. Choose a JPEG, PNG or WebP photo."),
        code="wrong_kind",
    )


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This photo is too large. Choose one of at most %(most)d megapixels."),
        code="too_many_pixels",
        params={"most": MOST_PIXELS // 1_000_000},
    )


def _check_size(image: Image.Image) -> None:
    """By what the header says, before a single pixel is decoded."""
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _too_many_pixels()
    if max(width, height) > LONGEST_SIDE:
        raise ValidationError(
            _("This photo is %(n)d pixels long. Choose one of at most %(most)d."),
            code="too_long",
            params={"n": max(width, height), "most": LONGEST_SIDE},
        )
    if min(width, height) < SHORTEST_SIDE:
        raise ValidationError(
            _("This photo is %(width)d × %(height)d pixels. Each side must have at least %(n)d."),
            code="too_small",
            params={"width": width, "height": height, "n": SHORTEST_SIDE},
        )


def _check_stillness(image: Image.Image) -> None:
    """Refuse pictures that move. Further frames of a JPEG are a phone's depth map: left out."""
    if image.format in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise ValidationError(_("This picture moves. Choose a still photo."), code="moves")


def _check_scans(data: bytes) -> None:
    """Refuse a JPEG of thousands of scans, each of which is a pass over all of the picture."""
    if data.startswith(b"\xff\xd8") and scans_of(data, most=MOST_SCANS) > MOST_SCANS:
        raise ValidationError(
            _(
                "This photo is built in a way that takes too long to open. "
                "Save it anew and try again."
            ),
            code="too_many_scans",
        )


def scans_of(data: bytes, *, most: int) -> int:
    """How many scans a JPEG has, counted up to one more than ``most``.

    Read segment by segment, as a decoder does: a preview inside, or a film that a phone hangs
    behind the picture, does not count.
    """
    scans, place = 0, 2
    while scans <= most and (found := MARKER.search(data, place)):
        marker, place = found[1][0], found.end()
        if marker == END_OF_IMAGE:
            break
        scans += marker == START_OF_SCAN
        if marker not in (TEMPORARY, START_OF_IMAGE):
            place += int.from_bytes(data[place : place + 2])  # its length, these two bytes too
    return scans


def _plain(image: Image.Image) -> Image.Image:
    """The picture upright, in sRGB, on white, at most as long as we serve it, and nothing else."""
    longest = TRIES[0][0]
    image.draft(None, (longest, longest))  # a JPEG is decoded at a fraction: less memory, sooner
    image.load()
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    flat = _rgb(upright, profile)
    bare = Image.new("RGB", flat.size, "white")  # a new image carries no metadata along
    bare.paste(flat)
    return bare


def _rgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture as RGB in sRGB; what is see-through becomes white."""
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("P", "PA", "LA") or "transparency" in image.info:
        image = image.convert("RGBA")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        image = _in_srgb(image, profile)
    if image.mode == "RGBA":
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The colours as a screen shows them; as they are when the file's profile cannot be read."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    srgb = ImageCms.createProfile("sRGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, srgb, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


def _encode(image: Image.Image) -> CleanPhoto:
    """As WebP: as good as SERVED_BYTES allow."""
    for longest, quality in TRIES:
        small = image.copy()
        small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        small.save(out, "WEBP", quality=quality, method=4)
        if out.tell() <= SERVED_BYTES:
            break
    return CleanPhoto(out.getvalue(), *small.size)

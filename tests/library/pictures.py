"""Photos as people upload them, good and bad, made on the spot."""

import io
import struct
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from education.library.actions import add_photo
from education.library.models import Photo
from education.library.photos import clean_photo

RED, BLUE = (200, 30, 30), (20, 40, 200)


def two_halves(width: int = 900, height: int = 600) -> Image.Image:
    """Red on the left, blue on the right: it shows which way up a picture is."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def encoded(image: Image.Image | None = None, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    (image or two_halves()).save(out, kind, **options)
    return out.getvalue()


def phone_exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: its maker, which way it was held, where the picture was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "PhoneMaker"
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (34.0, 3.0, 8.0), 3: "W"})
    return exif


def huge_png_header(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return start + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def upload(data: bytes, name: str = "step.jpg", said: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type=said)


def make_photo(by: Any, image: Image.Image | None = None) -> Photo:
    """A photo that is kept already."""
    data = encoded(image)
    return add_photo(photo=clean_photo(io.BytesIO(data), len(data)), by=by)

"""The files that a PDF may take in: our own font and drawings, and the clinic's photos.

Two addresses of our own, ``static:figures/…`` and ``photo:<digest>``, and ``data:`` for the QR
code. Anything else is refused: drawing a sheet never opens a connection or another file.
"""

import io
import mimetypes
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import unquote_to_bytes

from django.contrib.staticfiles import finders
from PIL import Image

from education.library.figures.catalogue import Figure
from education.library.models import Photo
from education.library.pictures import PhotoFigure, Picture

from .drawing import for_paper

PHOTO_PIXELS: Final = 440  # longest side: 220 dots an inch on paper
PHOTO_QUALITY: Final = 60
STATIC, PHOTO, DATA = "static:", "photo:", "data:image/svg+xml"


class NotOurs(ValueError):
    """A sheet asks for something that is not one of our files."""


def source_of(picture: Picture) -> str:
    """The address of a picture on a sheet."""
    if isinstance(picture, Figure):
        return STATIC + picture.path
    assert isinstance(picture, PhotoFigure)
    return PHOTO + PurePath(picture.url).stem


def read_own_file(address: str) -> tuple[bytes, str]:
    """What lies behind an address, with its content type. Raises NotOurs for any other."""
    if address.startswith(STATIC):
        return _static_file(address.removeprefix(STATIC))
    if address.startswith(PHOTO):
        return _photo(address.removeprefix(PHOTO)), "image/jpeg"
    if address.startswith(DATA):
        return unquote_to_bytes(address.partition(",")[2]), "image/svg+xml"
    raise NotOurs(address[:40])


@lru_cache(maxsize=256)
def _static_file(path: str) -> tuple[bytes, str]:
    found = finders.find(path)
    if found is None:
        raise NotOurs(path)
    data = Path(found).read_bytes()
    if path.endswith(".svg"):
        data = for_paper(data)
    return data, mimetypes.guess_type(path)[0] or "application/octet-stream"


def _photo(digest: str) -> bytes:
    """A photo as small as paper needs it. WebP would be unpacked into the PDF whole."""
    photo = Photo.objects.filter(digest=digest).first()
    if photo is None:
        raise NotOurs(digest)
    with photo.image.open("rb") as file, Image.open(file) as image:
        small = image.convert("RGB")
        small.thumbnail((PHOTO_PIXELS, PHOTO_PIXELS))
        written = io.BytesIO()
        small.save(written, "JPEG", quality=PHOTO_QUALITY, optimize=True)
    return written.getvalue()

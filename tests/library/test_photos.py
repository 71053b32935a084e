"""What becomes of an uploaded photo, and what is refused with which reason."""

import io
import subprocess
import sys

import pytest
from auditlog.models import LogEntry
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms, ImageFile

from education.library.actions import add_photo
from education.library.models import Photo
from education.library.photos import (
    LONGEST_SIDE,
    MOST_BYTES,
    MOST_SCANS,
    SERVED_BYTES,
    clean_photo,
    scans_of,
)
from tests.library.pictures import BLUE, RED, encoded, huge_png_header, phone_exif, two_halves


def cleaned(data: bytes) -> Image.Image:
    """The served picture of an uploaded file."""
    photo = clean_photo(io.BytesIO(data), len(data))
    image = Image.open(io.BytesIO(photo.data))
    assert image.format == "WEBP"
    assert image.size == (photo.width, photo.height)
    return image


def refusal(data: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        clean_photo(io.BytesIO(data), len(data))
    return refused.value.messages[0]


def close_to(image: Image.Image, place: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    found = image.convert("RGB").getpixel(place)
    return all(abs(a - b) < 30 for a, b in zip(found, colour, strict=True))


# ------------------------------------------------------------------ what is kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_of_each_kind_becomes_webp(kind):
    image = cleaned(encoded(kind=kind))
    assert image.size == (900, 600)
    assert close_to(image, (100, 300), RED)
    assert close_to(image, (800, 300), BLUE)


def test_a_large_photo_is_served_small():
    noise = Image.effect_noise((3000, 2000), 90).convert("RGB")
    data = encoded(noise, quality=70)
    photo = clean_photo(io.BytesIO(data), len(data))
    assert max(photo.width, photo.height) <= 1600
    assert len(photo.data) <= SERVED_BYTES


def test_a_photo_of_a_usual_size_has_its_longest_side_at_1600():
    assert cleaned(encoded(two_halves(4000, 3000))).size == (1600, 1200)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_camera_are_gone(kind):
    data = encoded(kind=kind, exif=phone_exif())
    assert b"PhoneMaker" in data
    photo = clean_photo(io.BytesIO(data), len(data))
    image = Image.open(io.BytesIO(photo.data))
    assert not image.getexif()
    assert not {"exif", "icc_profile", "xmp"} & set(image.info)
    for trace in (b"PhoneMaker", b"EXIF", b"Exif", b"ICCP", b"XMP"):
        assert trace not in photo.data


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [(1, (900, 600), (100, 300)), (3, (900, 600), (800, 300)), (6, (600, 900), (300, 100))],
)
def test_a_photo_taken_sideways_stands_upright(orientation, size, red_at):
    image = cleaned(encoded(exif=phone_exif(orientation)))
    assert image.size == size
    assert close_to(image, red_at, RED)


def test_colours_of_another_profile_become_those_of_a_screen():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    assert close_to(cleaned(encoded(icc_profile=srgb.tobytes())), (100, 300), RED)
    # A profile that does not fit, or is none, costs the photo nothing.
    assert close_to(cleaned(encoded(icc_profile=lab.tobytes())), (100, 300), RED)
    assert close_to(cleaned(encoded(icc_profile=b"no profile")), (100, 300), RED)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "CMYK", "1", "I;16"])
def test_other_ways_to_store_colours_are_read(mode):
    image = two_halves().convert("L").convert("I;16") if mode == "I;16" else two_halves()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    data = encoded(image if mode == "I;16" else image.convert(mode, dither=0), kind=kind)
    assert cleaned(data).size == (900, 600)


def test_sixteen_bits_of_grey_keep_their_shades():
    image = Image.new("I;16", (400, 400), 128 * 256)
    assert close_to(cleaned(encoded(image, kind="PNG")), (200, 200), (128, 128, 128))


def test_what_is_see_through_becomes_white():
    clear = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    assert close_to(cleaned(encoded(clear, kind="PNG")), (200, 200), (255, 255, 255))


@pytest.mark.parametrize("hidden", [b"<script>alert(1)</script>", b"PK\x03\x04 a whole archive"])
def test_a_second_file_hidden_in_a_photo_stays_behind(hidden):
    data = encoded(comment=hidden) + hidden
    photo = clean_photo(io.BytesIO(data), len(data))
    assert hidden not in photo.data


# ------------------------------------------------------------------ what is refused

MOVING = {"save_all": True, "append_images": [two_halves(400, 400).rotate(90)]}
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200, "This is a HEIC photo"),
        (b"\0\0\0\x18ftypavif" + b"\0" * 200, "This file is AVIF."),
        (encoded(kind="GIF"), "This file is GIF. Choose a JPEG, PNG or WebP photo."),
        (encoded(kind="BMP"), "This file is BMP."),
        (encoded(kind="TIFF"), "This file is TIFF."),
        (SVG, "This file is SVG."),
        (b"%PDF-1.7 ...", "This file is PDF."),
        (b"PK\x03\x04....", "This file is ZIP."),
        (b" <!DOCTYPE html><script>alert(1)</script>", "This file is HTML."),
        (b"just some words", "This file is no photo that we can read."),
        (b"\xff\xd8\xff\xe0 not much of a photo", "damaged or cut off"),
        (b"", "This file is no photo that we can read."),
        (encoded(two_halves(400, 400), "PNG", **MOVING), "This picture moves."),
        (encoded(two_halves(400, 400), "WEBP", **MOVING), "This picture moves."),
        (encoded(two_halves(900, 319)), "This photo is 900 × 319 pixels."),
        (encoded(Image.new("1", (LONGEST_SIDE + 1, 400)), "PNG"), "This photo is 8001 pixels long"),
        (huge_png_header(7000, 7000), "at most 40 megapixels"),
        (huge_png_header(12_000, 12_000), "at most 40 megapixels"),
        (huge_png_header(60_000, 60_000), "at most 40 megapixels"),
        (encoded()[: len(encoded()) // 2], "damaged or cut off"),
        (encoded(kind="PNG")[:-400], "damaged or cut off"),
        (encoded(kind="WEBP")[:-400], "damaged or cut off"),
    ],
)
def test_anything_else_is_refused_with_its_reason(data, words):
    assert words in refusal(data)


def test_a_file_that_is_too_big_is_not_even_read():
    class Unread(io.BytesIO):
        def read(self, *_args):
            raise AssertionError("was read")

    with pytest.raises(ValidationError, match=r"This file has 11.0 MB. Choose one of at most 10"):
        clean_photo(Unread(), 11 * 1024 * 1024)


def test_a_file_that_says_it_is_small_is_read_no_further_than_allowed():
    class Counting(io.BytesIO):
        asked = 0

        def read(self, size=-1):
            Counting.asked = size
            return super().read(size)

    with pytest.raises(ValidationError):
        clean_photo(Counting(b"\0" * 100), 100)
    assert Counting.asked == MOST_BYTES + 1


@pytest.mark.parametrize("step", [7, 97, 1009])
def test_no_broken_byte_is_more_than_a_refusal(step):
    for kind in ("JPEG", "PNG", "WEBP"):
        data = bytearray(encoded(two_halves(400, 330), kind, exif=phone_exif(6)))
        for place in range(0, len(data), step):
            data[place] ^= 0x5A
        try:
            assert cleaned(bytes(data)).format == "WEBP"
        except ValidationError as refused:
            assert refused.messages[0]  # noqa: PT017 - either is fine, an error of Pillow is not


def with_scans(number: int) -> bytes:
    """A JPEG whose last scan is there so many times more."""
    data = encoded(two_halves(800, 600), progressive=True)
    start = data.rindex(b"\xff\xda")
    return data[:start] + data[start:-2] * number + data[-2:]


def test_a_photo_of_thousands_of_scans_is_refused_before_it_is_decoded(monkeypatch):
    data = with_scans(5000)
    monkeypatch.setattr(ImageFile.ImageFile, "load", None)
    assert "built in a way that takes too long to open" in refusal(data)


def test_a_progressive_photo_as_programs_write_them_is_taken():
    data = encoded(progressive=True)
    assert 5 < scans_of(data, most=MOST_SCANS) < 20
    assert cleaned(data).size == (900, 600)
    assert scans_of(with_scans(5000), most=MOST_SCANS) == MOST_SCANS + 1


def test_what_a_phone_hangs_behind_a_photo_is_no_scan():
    film = b"\xff\xda" * 500
    assert cleaned(encoded(comment=film) + film).size == (900, 600)


@pytest.mark.parametrize(("width", "height"), [(7000, 7000), (10_000, 10_000), (60_000, 60_000)])
def test_a_bomb_is_refused_without_a_line_in_the_servers_log(tmp_path, width, height):
    (tmp_path / "bomb.png").write_bytes(huge_png_header(width, height))
    code = (
        "import io, sys; from django.conf import settings; settings.configure(USE_I18N=False)\n"
        "from education.library.photos import ValidationError, clean_photo\n"
        "data = open(sys.argv[1], 'rb').read()\n"
        "try: clean_photo(io.BytesIO(data), len(data))\n"
        "except ValidationError as refused: print(refused.code)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "bomb.png"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert (ended.stdout, ended.stderr) == ("too_many_pixels\n", "")


# ------------------------------------------------------------------ where it is kept


@pytest.fixture
def media(settings, tmp_path):
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.django_db
def test_a_photo_is_kept_under_its_digest_and_its_author_is_written_down(media, editor):
    data = encoded()
    clean = clean_photo(io.BytesIO(data), len(data))
    photo = add_photo(photo=clean, by=editor)
    assert (media / "photos" / f"{clean.digest}.webp").read_bytes() == clean.data
    assert photo.uploaded_by == editor
    assert (photo.width, photo.height) == (900, 600)
    entry = LogEntry.objects.get_for_object(photo).get()
    assert entry.actor == editor


@pytest.mark.django_db
def test_the_same_photo_again_is_the_same_row_whoever_uploads_it(media, editor, administrator):
    data = encoded()
    first = add_photo(photo=clean_photo(io.BytesIO(data), len(data)), by=editor)
    again = add_photo(photo=clean_photo(io.BytesIO(data), len(data)), by=administrator)
    assert again == first
    assert Photo.objects.get().uploaded_by == editor
    assert len(list((media / "photos").iterdir())) == 1


def test_a_cut_photo_is_refused_after_a_pdf_was_drawn_too(monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint sets it
    data = encoded()
    assert "damaged or cut off" in refusal(data[: len(data) // 2])

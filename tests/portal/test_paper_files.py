"""What a PDF may take in, and how drawings are made ready for it."""

import io
import math
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from PIL import Image

from education.library.figures.catalogue import Figure
from education.library.pictures import PhotoFigure
from education.portal.paper.drawing import arc_curves, for_paper, without_arcs
from education.portal.paper.files import NotOurs, read_own_file, source_of
from tests.library.pictures import make_photo

FIGURE = Figure("figures/hip-hinge-1-plain.svg", 10, 10)


class TestFiles:
    def test_a_drawing_is_read_from_our_static_files(self):
        data, kind = read_own_file(source_of(FIGURE))
        assert kind == "image/svg+xml"
        assert b"<svg" in data

    def test_a_photo_is_small_and_of_a_kind_that_pdf_knows(self, clinician):
        photo = make_photo(clinician)
        figure = PhotoFigure(photo.get_absolute_url(), photo.width, photo.height)
        data, kind = read_own_file(source_of(figure))
        assert kind == "image/jpeg"
        with Image.open(io.BytesIO(data)) as image:
            assert image.format == "JPEG"
            assert max(image.size) <= 440

    @pytest.mark.parametrize(
        "address",
        [
            "http://127.0.0.1/secret",
            "https://example.org/pixel.png",
            "file:///etc/passwd",
            "static:../clinic/settings.py",
            "static:no-such-file.svg",
            "data:text/html,hello",
            "ftp://example.org/x",
        ],
    )
    def test_nothing_else_is_fetched(self, address):
        with pytest.raises((NotOurs, SuspiciousFileOperation)):
            read_own_file(address)

    @pytest.mark.django_db
    def test_a_photo_that_is_not_there_is_refused(self):
        with pytest.raises(NotOurs):
            read_own_file("photo:" + "0" * 64)


SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><g stroke="#000" paint-order="stroke">'
    b'<path fill="#fff" d="M0 0Q5 5 9 9z"/><path fill="none" d="M1 1L2 2"/>'
    b'<path fill="#abc" stroke="none" d="M3 3L4 4"/></g></svg>'
)


def parsed(svg: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawings


class TestDrawings:
    def test_an_outline_lies_under_the_filling_of_its_shape(self):
        [group] = parsed(for_paper(SVG))
        assert "paint-order" not in group.attrib
        found = [(shape.get("fill"), shape.get("stroke"), shape.get("d")) for shape in group]
        assert found == [
            ("none", None, "M0 0Q5 5 9 9z"),
            ("#fff", "none", "M0 0Q5 5 9 9z"),
            ("none", None, "M1 1L2 2"),
            ("#abc", "none", "M3 3L4 4"),
        ]

    def test_what_has_no_round_edge_is_drawn_once_with_half_its_outline(self):
        [group] = parsed(
            for_paper(
                b'<svg xmlns="http://www.w3.org/2000/svg">'
                b'<g stroke="#000" stroke-width="3" paint-order="stroke">'
                b'<path fill="#fff" d="M0 0L5 5z"/><path fill="#fff" stroke-width="1" d="M1 1z"/>'
                b"</g></svg>"
            )
        )
        assert [shape.get("stroke-width") for shape in group] == ["1.5", "0.5"]
        assert [shape.get("stroke") for shape in group] == [None, None]

    def test_what_says_nothing_becomes_pale_so_that_a_grey_printer_shows_the_working_leg(self):
        def lightness(colour: str) -> int:
            return sum(int(colour[n : n + 2], 16) for n in (1, 3, 5))

        left = Path(settings.BASE_DIR, "static", "figures", "knee-to-chest-chair-3-left.svg")
        fills = {shape.get("fill", "none") for shape in parsed(for_paper(left.read_bytes())).iter()}
        telling = {"#007B8A", "#E8590C", "#7D60CC", "#18222D"}
        assert "#007B8A" in fills
        for fill in fills - telling:
            assert not fill.startswith("#") or lightness(fill) > lightness("#007B8A") + 200, fill

    @pytest.mark.parametrize(
        ("sweep", "centre", "angle"),
        [(True, (10, 0), math.radians(225)), (False, (0, -10), math.radians(45))],
    )
    def test_a_quarter_of_a_circle_bends_the_way_it_says(self, sweep, centre, angle):
        [(x1, y1, x2, y2, x, y)] = arc_curves((0, 0), (10, -10), 10, large=False, sweep=sweep)
        middle = ((3 * x1 + 3 * x2 + x) / 8, (3 * y1 + 3 * y2 + y) / 8)
        through = (centre[0] + 10 * math.cos(angle), centre[1] + 10 * math.sin(angle))
        assert (x, y) == pytest.approx((10, -10))
        assert middle == pytest.approx(through, abs=0.01)

    @pytest.mark.parametrize("large", [True, False])
    @pytest.mark.parametrize("sweep", [True, False])
    def test_every_point_of_an_arc_is_on_its_circle(self, large, sweep):
        here, radius, turned = (2.0, 3.0), 7.0, 0.0
        curves = [*arc_curves(here, (9.0, 5.0), radius, large=large, sweep=sweep)]
        assert curves[-1][4:] == pytest.approx((9.0, 5.0))
        for x1, y1, x2, y2, x, y in curves:
            assert math.dist((x1, y1), here) == pytest.approx(math.dist((x2, y2), (x, y)))
            turned += 4 * math.atan(0.75 * math.dist((x1, y1), here) / radius)
            here = (x, y)
        assert (turned > math.pi) is large

    def test_two_half_circles_are_a_circle(self):
        path = without_arcs("M0 5a5 5 0 1 0 10 0A5 5 0 1 0 0 5z")
        assert "A" not in path.upper()
        assert path.startswith("M0 5C")
        assert path.endswith("0.0 5.0z")
        assert path.count("C") == 4

    def test_a_point_is_no_arc_and_a_small_circle_grows_to_its_ends(self):
        assert [*arc_curves((1, 1), (1, 1), 5, large=True, sweep=True)] == []
        *_rest, (_x1, _y1, _x2, _y2, x, y) = arc_curves((0, 0), (8, 0), 1, large=False, sweep=True)
        assert (x, y) == pytest.approx((8, 0))

    def test_every_figure_of_the_library_is_ready(self):
        figures = [*Path(settings.BASE_DIR, "static", "figures").glob("*.svg")]
        assert len(figures) > 100
        for figure in figures:
            ready = for_paper(figure.read_bytes())
            assert b"paint-order" not in ready
            for path in parsed(ready).iter("{http://www.w3.org/2000/svg}path"):
                assert not {*"AaHhVvmlcqtsTS"} & {*path.get("d")}, figure.name

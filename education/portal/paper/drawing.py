"""Our figures in the way WeasyPrint draws them right, small and fast.

It does not know ``paint-order``, and turns every arc into curves with six decimals, anew for each
sheet. Both are done here, once per drawing and process; and what is not the working leg, an arrow
or the place where one feels it becomes pale, so that a printer without colours shows them too.
"""

import math
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Final
from xml.etree import ElementTree

SVG: Final = "http://www.w3.org/2000/svg"
COMMAND: Final = re.compile(r"([A-Za-z])([^A-Za-z]*)")
NUMBER: Final = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
COLOUR: Final = re.compile(r"#[0-9A-F]{6}", re.IGNORECASE)
TELLING: Final = {  # colours of the figures that say something, and the line around all
    *("#007B8A", "#CDEBEF", "#E8590C", "#FFFFFF", "#7D60CC", "#B8488F", "#18222D"),
}
PALER: Final = 0.62  # how far a colour goes towards white
WIDEST: Final = 2 * math.pi / 3  # angle of one curve: within 0.2 percent of its circle
Point = tuple[float, float]


def for_paper(svg: bytes) -> bytes:
    """A drawing of ours, ready for a PDF."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own files only
    root.set("xmlns", SVG)
    for element in root.iter():
        if (fill := element.get("fill", "")) not in TELLING and COLOUR.fullmatch(fill):
            element.set("fill", paler(fill))
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
    for path in root.iter("path"):
        path.set("d", without_arcs(path.get("d", "")))
    for group in root.iter("g"):
        if group.attrib.pop("paint-order", "") == "stroke":
            _outline_first(group)
    return ElementTree.tostring(root)


def paler(colour: str) -> str:
    """A colour (#RRGGBB) mixed with white."""
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * PALER):02X}" for part in parts)


def _outline_first(group: ElementTree.Element) -> None:
    """Each outline as a shape of its own below its filling.

    So the outlines of overlapping limbs vanish under their fillings, as the figures mean it. What
    has no round edge (chairs, mats) is no limb: it is drawn once, its outline half as wide and on
    its edge instead of beyond it.
    """
    usual = float(group.get("stroke-width", "1"))
    shapes = list(group)
    for shape in shapes:
        group.remove(shape)
    for shape in shapes:
        if "none" not in (shape.get("fill"), shape.get("stroke")):
            if _is_round(shape):
                outline = deepcopy(shape)
                outline.set("fill", "none")
                shape.set("stroke", "none")
                group.append(outline)
            else:
                width = float(shape.get("stroke-width", usual)) / 2
                shape.set("stroke-width", f"{width:g}")
        group.append(shape)


def _is_round(shape: ElementTree.Element) -> bool:
    return shape.tag != "path" or "C" in shape.get("d", "") or "Q" in shape.get("d", "")


def without_arcs(path: str) -> str:
    """The data of a path with its circular arcs as cubic curves, to a tenth of a unit.

    Knows what our figures are drawn with: M, L, C, Q, A (of circles), relative a, and z.
    """
    written: list[str] = []
    here: Point = (0.0, 0.0)
    for letter, rest in COMMAND.findall(path):
        numbers = [float(number) for number in NUMBER.findall(rest)]
        if letter not in "Aa":
            written.append(letter + rest)
            here = (numbers[-2], numbers[-1]) if len(numbers) > 1 else here
            continue
        for start in range(0, len(numbers), 7):
            radius, _ry, _turned, large, sweep, x, y = numbers[start : start + 7]
            if letter == "a":
                x, y = here[0] + x, here[1] + y
            for curve in arc_curves(here, (x, y), radius, large=bool(large), sweep=bool(sweep)):
                written.append("C" + " ".join(f"{number:.1f}" for number in curve))
            here = (x, y)
    return "".join(written)


def arc_curves(
    start: Point, end: Point, radius: float, *, large: bool, sweep: bool
) -> Iterator[tuple[float, ...]]:
    """The six numbers of each cubic curve of a circular arc (SVG 1.1, appendix F.6)."""
    (x1, y1), (x2, y2) = start, end
    half = math.hypot(x2 - x1, y2 - y1) / 2
    if not half:
        return
    radius = max(radius, half)  # too small a circle is drawn as the smallest that reaches
    away = math.sqrt(radius**2 - half**2) / (2 * half) * (-1 if large == sweep else 1)
    centre_x = (x1 + x2) / 2 - away * (y2 - y1)
    centre_y = (y1 + y2) / 2 + away * (x2 - x1)
    first = math.atan2(y1 - centre_y, x1 - centre_x)
    turn = math.atan2(y2 - centre_y, x2 - centre_x) - first
    if sweep and turn < 0:
        turn += 2 * math.pi
    elif not sweep and turn > 0:
        turn -= 2 * math.pi
    pieces = max(1, math.ceil(abs(turn) / WIDEST - 1e-9))
    step = turn / pieces
    pull = 4 / 3 * math.tan(step / 4) * radius
    for n in range(pieces):
        a, b = first + n * step, first + (n + 1) * step
        xa, ya = centre_x + radius * math.cos(a), centre_y + radius * math.sin(a)
        xb, yb = centre_x + radius * math.cos(b), centre_y + radius * math.sin(b)
        yield (
            *(xa - pull * math.sin(a), ya + pull * math.cos(a)),
            *(xb + pull * math.sin(b), yb - pull * math.cos(b)),
            *(xb, yb),
        )

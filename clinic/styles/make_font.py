"""Makes static/fonts/pm-hyperlegible.woff2, the site's one font.

Input: Atkinson Hyperlegible Next (SIL Open Font License 1.1), variable weight, Latin, as shipped by
the npm package @fontsource-variable/atkinson-hyperlegible-next: `npm install`, then the file
node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/
atkinson-hyperlegible-next-latin-wght-normal.woff2. Needs `pip install fonttools brotli`.

Three changes, and the new name the licence asks a changed font to carry:
- the slash is taken out of the zero: read from the floor, a slashed 20 looks like 28;
- only the letters English and Spanish need are kept, and only the weights 400 to 700;
- features the site never switches on go.

    python clinic/styles/make_font.py [source.woff2] [target.woff2]
"""

import array
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program
from fontTools.varLib import instancer
from fontTools.varLib.iup import iup_delta

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files"
SOURCE = PACKAGE / "atkinson-hyperlegible-next-latin-wght-normal.woff2"
TARGET = ROOT / "static/fonts/pm-hyperlegible.woff2"

OLD_NAME, NEW_NAME = "Atkinson Hyperlegible Next", "PM Hyperlegible"
WEIGHTS = (400, 700)
LETTERS = (
    "".join(map(chr, range(0x20, 0x7F)))  # Basic Latin
    + "\u00a0¡¿ªº°·×÷±½¼¾©®«»"
    + "ÁÉÍÓÚÜÑáéíóúüñ"
    + "ÀÂÄÇÈÊËÎÏÔÖÙÛàâäçèêëîïôöùûãõÃÕ"  # names of people
    + "‐‑–—‘’‚“”„•…′″−≤≥→"
)
FEATURES = ["kern", "mark", "ccmp", "locl", "tnum", "calt"]


def with_plain_zero(font: TTFont) -> None:
    """Joins the two counters of the slashed zero into one, in the default and in every master."""
    glyph = font["glyf"]["zero"]
    ends = list(glyph.endPtsOfContours)
    points = [tuple(point) for point in glyph.coordinates]
    left, right = range(ends[0] + 1, ends[1] + 1), range(ends[1] + 1, ends[2] + 1)
    order = list(range(ends[0] + 1)) + joined_counters(list(left), list(right), points)
    metrics = [(0, 0), (font["hmtx"]["zero"][0], 0), (0, 0), (0, 0)]
    for variation in font["gvar"].variations["zero"]:
        # Inferred deltas depend on their neighbours: spell them out before the points move.
        deltas = iup_delta(list(variation.coordinates), points + metrics, ends)
        variation.coordinates = [deltas[index] for index in order] + deltas[-4:]
    glyph.coordinates = GlyphCoordinates([points[index] for index in order])
    glyph.flags = array.array("B", [glyph.flags[index] for index in order])
    glyph.endPtsOfContours = [ends[0], len(order) - 1]
    glyph.numberOfContours = 2
    glyph.program = Program()
    glyph.program.fromBytecode(b"")


def joined_counters(left: list[int], right: list[int], points: list[tuple]) -> list[int]:
    """The points of both half counters as one contour, cut where the slash met the lower one."""
    cut = next(place for place, index in enumerate(left) if points[index] == (443, 116)) + 1
    return left[:cut] + right[1:] + right[:1] + left[cut:]


def subsetted(font: TTFont) -> None:
    """Keeps the letters and features the site uses, without hints, which variable text ignores."""
    options = subset.Options(
        layout_features=FEATURES,
        hinting=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17],
        drop_tables=["DSIG", "STAT", "MVAR"],
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(font)


def renamed(font: TTFont) -> None:
    """Gives the changed font its own name; the copyright line stays (OFL conditions 2, 3)."""
    for record in font["name"].names:
        if record.nameID != 0:
            text = record.toUnicode().replace(OLD_NAME, NEW_NAME)
            record.string = text.replace(OLD_NAME.replace(" ", ""), NEW_NAME.replace(" ", ""))


def main(source: Path = SOURCE, target: Path = TARGET) -> None:
    """Writes the font and says its size."""
    font = TTFont(source)
    with_plain_zero(font)
    subsetted(font)
    font = instancer.instantiateVariableFont(font, {"wght": WEIGHTS})
    renamed(font)
    font.flavor = "woff2"
    font.save(target)
    print(f"{target}: {target.stat().st_size} bytes, {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))

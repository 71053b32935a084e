"""Every drawn picture and film on a few sheets, to be looked at (``make figures``).

Writes var/figures/index.html and pictures of its parts, on the light and on the dark surface.
The words below a picture are its pose key and the leg it colours.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from education.library.figures.catalogue import POSE_KEYS, Film, Variant, figure, film, has_sides
from tests.browser.windows import launch
from tests.environments import ROOT

FOLDER = ROOT / "var" / "figures"
STATIC = ROOT / "static"
EXERCISES_A_SHEET = 3
FRAME_PX = 118  # height of a film's frame on the sheet
SURFACES = ("light", "dark")
STYLE = """
body { margin: 16px; width: 1668px; font: 16px/1.3 sans-serif; }
.light { background: #ffffff; color: #14242b; } .dark { background: #162429; color: #edf3f4; }
h2 { margin: 20px 0 6px; font-size: 20px; } div { display: flex; flex-wrap: wrap; gap: 10px; }
figure { margin: 0; } figcaption { font-size: 14px; } .film { gap: 2px; margin-top: 8px; }
.film span { overflow: hidden; outline: 1px solid #8a929c55; } .film img { display: block; }
"""


def exercise_keys() -> list[str]:
    return list(dict.fromkeys(key.rpartition("/")[0] for key in POSE_KEYS))


def variants(exercise_key: str) -> list[Variant]:
    return list(Variant) if has_sides(exercise_key) else [Variant.PLAIN]


def stills(exercise_key: str, variant: Variant) -> Iterator[str]:
    for key in POSE_KEYS:
        if key.rpartition("/")[0] == exercise_key:
            found = figure(key, variant)
            yield (
                f'<figure><img src="{(STATIC / found.path).as_uri()}" width="{found.width}"'
                f' height="{found.height}"><figcaption>{escape(key)} {variant}</figcaption>'
                "</figure>"
            )


def frames(found: Film) -> Iterator[str]:
    """One frame after another, each cut out of the strip."""
    width = round(found.width * FRAME_PX / found.height)
    for number in range(found.frames):
        yield (
            f'<span style="width:{width}px"><img src="{(STATIC / found.path).as_uri()}"'
            f' style="height:{FRAME_PX}px;margin-left:-{number * width}px;'
            f'width:{width * found.frames}px"></span>'
        )


def section(exercise_key: str) -> str:
    """All of one exercise: its pictures, variant by variant, then its film."""
    pictures = "".join("".join(stills(exercise_key, side)) for side in variants(exercise_key))
    rows = [f"<div>{pictures}</div>"]
    if moving := film(exercise_key, Variant.RIGHT):
        rows.append(f'<div class="film">{"".join(frames(moving))}</div>')
    return f"<section><h2>{escape(exercise_key)}</h2>{''.join(rows)}</section>"


def page(keys: list[str], surface: str) -> str:
    body = "".join(map(section, keys))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Figures</title>'
        f'<style>{STYLE}</style><body class="{surface}">{body}</body></html>'
    )


def take_picture(browser: Browser, source: Path) -> None:
    window = browser.new_page(viewport={"width": 1700, "height": 900})
    window.goto(source.as_uri(), wait_until="networkidle")
    window.screenshot(path=source.with_suffix(".png"), full_page=True)
    window.close()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for left_over in FOLDER.glob("*-sheet-*"):
        left_over.unlink()
    keys = exercise_keys()
    sheets = [keys[at : at + EXERCISES_A_SHEET] for at in range(0, len(keys), EXERCISES_A_SHEET)]
    (FOLDER / "index.html").write_text(page(keys, "light"), encoding="utf-8")
    with sync_playwright() as playwright, launch(playwright) as browser:
        for surface in SURFACES:
            for number, sheet in enumerate(sheets, start=1):
                source = FOLDER / f"{surface}-sheet-{number}.html"
                source.write_text(page(sheet, surface), encoding="utf-8")
                take_picture(browser, source)
                source.unlink()
    print(f"{len(keys)} exercises on {len(sheets)} sheets: {FOLDER.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()

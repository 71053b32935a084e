"""The committed style sheets, font and icons are what their sources make, and break no rule."""

import hashlib
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from clinic.templatetags.look import icon

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "clinic" / "styles"
STATIC = ROOT / "static"
SHEETS = ["clinic.css", "admin.css"]
URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")


def digest_of_sources() -> str:
    """The digest as clinic/styles/build.mjs writes it: path, NUL, text, NUL of each source."""
    sources = [*STYLES.glob("*.scss"), *STYLES.glob("*.mjs"), ROOT / "package-lock.json"]
    names = sorted(path.relative_to(ROOT).as_posix() for path in sources)
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + (ROOT / name).read_bytes() + b"\0")
    return digest.hexdigest()


@pytest.fixture(params=SHEETS)
def sheet(request) -> Path:
    return STATIC / "css" / request.param


def test_a_sheet_is_built_from_the_sources_of_today(sheet):
    first_line = sheet.read_text().splitlines()[0]
    assert digest_of_sources() in first_line, f"{sheet.name} is stale: run npm run build"


def test_a_sheet_fits_the_content_security_policy(sheet):
    css = sheet.read_text()
    assert "data:" not in css
    assert "sourceMappingURL" not in css
    assert "@import" not in css


def test_every_file_a_sheet_names_is_ours_and_exists(sheet):
    targets = URL.findall(sheet.read_text())
    assert targets
    for target in targets:
        assert "//" not in target
        assert (sheet.parent / target).resolve().is_file(), target


def test_a_sheet_is_whole(sheet):
    css = sheet.read_text()
    for opening, closing in ("{}", "()", "[]"):
        assert css.count(opening) == css.count(closing)


def test_every_token_a_sheet_uses_is_declared(sheet):
    css = sheet.read_text()
    used = set(re.findall(r"var\((--(?:pm|cl)-[\w-]+)", css))
    declared = set(re.findall(r"(--(?:pm|cl)-[\w-]+)\s*:", css))
    assert used
    assert used <= declared


def test_the_theme_chosen_by_hand_has_the_colours_of_the_automatic_one():
    css = (STATIC / "css" / "clinic.css").read_text()
    automatic = re.search(r":root:not\(\[data-bs-theme\]\)\{([^}]*)\}", css)
    chosen = re.search(r"\[data-bs-theme=dark\]\{([^}]*)\}", css)
    assert automatic
    assert chosen
    assert automatic[1] == chosen[1]


def test_the_font_is_small_renamed_and_has_its_licence_beside_it():
    font = STATIC / "fonts" / "pm-hyperlegible.woff2"
    assert font.read_bytes()[:4] == b"wOF2"
    assert font.stat().st_size <= 24_000
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text()


def icons_of_the_sprite() -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img" / "icons.svg").read_text()))


def test_every_icon_a_template_names_is_in_the_sprite():
    templates = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r'{%\s*icon "([^"]+)"', templates))
    assert "sos" in named
    assert named <= icons_of_the_sprite()


def test_an_icon_is_hidden_from_screen_readers_and_points_into_the_sprite():
    assert 'aria-hidden="true"' in icon("phone")
    assert re.search(r'<use href="[^"]*icons[^"]*\.svg#phone">', icon("phone"))


def test_no_template_carries_inline_style_or_script():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"\sstyle=|\son\w+=\"|<style|<script(?![^>]*\b(src|type)=)", text), (
            path
        )


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_pages_for_broken_requests_need_no_context(name):
    html = get_template(name).render()
    assert "<h1>" in html
    assert 'href="tel:911"' in html


def test_the_lock_file_names_no_registry():
    assert "resolved" not in (ROOT / "package-lock.json").read_text()

"""HTML as a tagged PDF (PDF/UA-1), by WeasyPrint, which needs libraries of the system.

A machine without them still runs the site: ``what_is_missing`` says so in one line, which the
deployment check and the start of the server repeat, and people get the page to print instead.
"""

import gc
import importlib
import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

from education.people.models import Clinic

from .files import read_own_file

PACKAGES: Final = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
MISSING: Final = (
    "No PDF can be made: a library of the system is missing. Hand-outs are printed from the "
    f"browser until somebody runs: apt-get install {PACKAGES}"
)
STYLES: Final = Path(__file__).with_name("paper.css")
SMALL_SHEET: Final = (
    '<html lang="en"><title>-</title><h1>1</h1><p><strong>A – “b”</strong></p>'
    "<table><tr><th>1</th><td>2</td></tr></table>"
    '<ul class="pictures"><li><img alt="-" src="static:figures/bird-dog-1-left.svg"></ul>'
)
PAGES: Final = {Clinic.Paper.LETTER: "Letter", Clinic.Paper.A4: "A4"}

_drawing = Lock()  # fonts and styles are shared by all sheets of a process
logger = logging.getLogger("clinic.paper")


class NoLibrary(Exception):
    """This machine cannot make a PDF; see ``what_is_missing``."""


@cache
def _weasyprint() -> Any:
    """The package, loaded once; None, said in one line, on a machine without its libraries."""
    # It explains itself at length on the standard output, and warns of what it will need one day.
    with redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return importlib.import_module("weasyprint")
        except OSError:
            logger.warning(MISSING)
            return None


def what_is_missing() -> str:
    """One line on what this machine lacks to make a PDF; nothing when all is there.

    Loads WeasyPrint: half a second at the first call of a process.
    """
    return "" if _weasyprint() else MISSING


@cache
def _fetcher() -> Any:
    """Hands WeasyPrint our own files; anything else raises, and is left out and logged."""
    weasyprint: Any = _weasyprint()

    class OwnFiles(weasyprint.urls.URLFetcher):
        def fetch(self, address: str, headers: Any = None) -> Any:
            data, kind = read_own_file(address)
            said = {"Content-Type": kind}
            return weasyprint.urls.URLFetcherResponse(address, data, headers=said)

    return OwnFiles()


def warm_up() -> None:
    """Draw small sheets and drop them: fonts are found and styles read before a reader waits.

    The first PDF of a process takes twice as long as the next. Does nothing without the libraries.
    """
    if _weasyprint():
        for paper in PAGES:
            draw_pdf(SMALL_SHEET, paper=paper)


def draw_pdf(html: str, *, paper: str) -> bytes:
    """A whole HTML document (with lang and title) as a PDF on ``paper``, a Clinic.Paper value.

    Raises NoLibrary where ``what_is_missing`` says why.
    """
    weasyprint = _weasyprint()
    if weasyprint is None:
        raise NoLibrary
    document = weasyprint.HTML(string=html, url_fetcher=_fetcher())
    with _drawing, _no_collecting():
        fonts, styles = _fonts_and_styles(Clinic.Paper(paper))
        return document.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")


@cache
def _fonts_and_styles(paper: Clinic.Paper) -> tuple[Any, list[Any]]:
    """Our font and styles for one paper, read once a process; used by one drawing at a time."""
    weasyprint = _weasyprint()
    fonts = weasyprint.text.fonts.FontConfiguration()
    size = f"@page {{ size: {PAGES[paper]} }}"
    styles = [
        weasyprint.CSS(string=text, font_config=fonts, url_fetcher=_fetcher())
        for text in (STYLES.read_text(encoding="utf-8"), size)
    ]
    return fonts, styles


@contextmanager
def _no_collecting() -> Iterator[None]:
    """No search for garbage meanwhile: a sheet is half a million objects that all stay in use,
    and looking at them again and again takes a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

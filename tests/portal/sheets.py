"""Reading a PDF as a test needs it."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject

INCH = 72  # points
SIZES = {"letter": (8.5 * INCH, 11 * INCH), "a4": (595.28, 841.89)}


def reader(response) -> PdfReader:
    """The PDF of an answer, which must be one."""
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def text_of(pdf: PdfReader) -> str:
    """All its words in the order of the pages, with single spaces."""
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def elements(pdf: PdfReader) -> Iterator[dict]:
    """Every element of the tree of tags, in reading order."""

    def walk(element: Any) -> Iterator[dict]:
        element = _resolved(element)
        if isinstance(element, list):
            for child in element:
                yield from walk(child)
        elif isinstance(element, dict):
            if "/S" in element:
                yield element
            yield from walk(element.get("/K", []))

    yield from walk(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"])


def tags(pdf: PdfReader) -> list[str]:
    """The names of all tags, in reading order: “H1”, “P”, “Figure”."""
    return [element["/S"].removeprefix("/") for element in elements(pdf)]


def links(pdf: PdfReader) -> list[str]:
    """Where its links lead."""
    found = []
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            found.append(str(_resolved(annotation)))
    return found

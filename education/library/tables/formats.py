"""The files that a table comes in: read within limits, refused in words, written to be safe.

Each reads a file into a Dataset whose ``row_numbers`` say where a row stands in the file. What is
wrong with the file as a whole raises ValidationError, before any row is looked at.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.formats import base_formats
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from tablib import Dataset

from .columns import check_headers

MOST_ROWS: Final = 1500
MOST_COLUMNS: Final = 1000
MOST_LINES: Final = 20_000  # of a sheet, the empty ones too
MOST_UNPACKED: Final = 50 * 1024 * 1024  # bytes of an XLSX, which is a ZIP

# What a spreadsheet runs when a cell begins with it; apostrophes before it are text already.
RUN = r"[=+\-@\t\r]"
WOULD_RUN, DISARMED = re.compile(rf"'*{RUN}"), re.compile(rf"'+{RUN}")
UNKEEPABLE = re.compile("[\0\ud800-\udfff]")  # no database, or no file, can hold these

Line = tuple[int, Sequence[Any]]  # number in the file, cells


def table_of(headers: Sequence[Any], lines: Iterable[Line]) -> Dataset:
    """A table of the lines that are not empty."""
    width = max((n for n, header in enumerate(headers, start=1) if header), default=0)
    names = [str(header or "").strip() for header in headers[:width]]
    check_headers(names)
    table = Dataset(headers=names)
    table.row_numbers = []
    for number, cells in lines:
        if all(cell in (None, "") for cell in cells):
            continue
        if len(table.row_numbers) == MOST_ROWS:
            raise too_many_rows()
        table.append(_checked(names, number, cells))
        table.row_numbers.append(number)
    return table


def too_many_rows() -> ValidationError:
    message = _("There are more than %(n)d rows. Cut the file into parts.") % {"n": MOST_ROWS}
    return ValidationError(message, code="too_many_rows")


def _checked(names: Sequence[str], number: int, cells: Sequence[Any]) -> list[Any]:
    """The cells of a line, as many as there are columns, each a text or a number."""
    if any(cell not in (None, "") for cell in cells[len(names) :]):
        message = _("Row %(n)d has more cells than there are columns.") % {"n": number}
        raise ValidationError(message, code="too_wide")
    for name, cell in zip(names, cells, strict=False):
        if wrong := _wrong_with(cell):
            message = _("Row %(n)d, %(column)s: %(wrong)s")
            raise ValidationError(message % {"n": number, "column": name, "wrong": wrong})
    return [*cells[: len(names)], *[""] * (len(names) - len(cells))]


def _wrong_with(cell: Any) -> str:
    if isinstance(cell, dict | list):
        return _("A text or a number belongs here.")
    if isinstance(cell, str) and UNKEEPABLE.search(cell):
        return _("It has characters that cannot be kept. Type it again.")
    return ""


def _text_of(file: str | bytes) -> str:
    text = file.decode("utf-8") if isinstance(file, bytes) else file
    return text.removeprefix("\ufeff")


class TableCSV(base_formats.CSV):
    """A text that a spreadsheet would run goes out behind an apostrophe, and comes in without."""

    def create_dataset(self, in_stream: str | bytes, **kwargs: Any) -> Dataset:
        reader = csv.reader(io.StringIO(_text_of(in_stream), newline=""))
        lines = ((n, [_armed(cell) for cell in cells]) for n, cells in enumerate(reader, start=1))
        return table_of(next(lines, (1, []))[1], lines)

    def export_data(self, dataset: Dataset, **kwargs: Any) -> str:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(dataset.headers)
        writer.writerows([_disarmed(cell) for cell in row] for row in dataset)
        return out.getvalue()


def _disarmed(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and WOULD_RUN.match(cell) else cell


def _armed(cell: str) -> str:
    return cell[1:] if DISARMED.match(cell) else cell


class TableXLSX(base_formats.XLSX):
    """A text goes out as a text, whatever it begins with: no formula is ever written."""

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> Dataset:
        with zipfile.ZipFile(io.BytesIO(in_stream)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise ValidationError(_("This file is too large unpacked. Cut it into parts."))
        book = load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
        sheet = book.active
        sheet.reset_dimensions()  # what the file says of its size need not be true
        [headers] = sheet.iter_rows(max_row=1, max_col=MOST_COLUMNS, values_only=True)
        width = max((n for n, header in enumerate(headers, start=1) if header), default=0)
        rows = sheet.iter_rows(min_row=2, max_col=width + 1, values_only=True)
        return table_of(headers, _few(rows))

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        book = Workbook(write_only=True)
        sheet = book.create_sheet(str(dataset.title or "exercises"))
        for row in (dataset.headers, *dataset):
            sheet.append(
                [_text_cell(sheet, cell) if isinstance(cell, str) else cell for cell in row]
            )
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


def _few(rows: Iterable[Sequence[Any]]) -> Iterator[Line]:
    for number, cells in enumerate(rows, start=2):
        if number > MOST_LINES:
            raise too_many_rows()
        yield number, cells


def _text_cell(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", text))
    cell.data_type = "s"  # never "f", a formula
    return cell


class TableJSON(base_formats.JSON):
    """A list of objects that all have the same columns, in any order. Its rows count from 1."""

    def create_dataset(self, in_stream: str | bytes, **kwargs: Any) -> Dataset:
        entries = json.loads(_text_of(in_stream), object_pairs_hook=_without_doubles)
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise ValidationError(_("The file is not a list of exercises."))
        headers = list(entries[0]) if entries else []
        return table_of(headers, _lines_of(headers, entries))


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    check_headers([name for name, _value in pairs], known=False)
    return dict(pairs)


def _lines_of(headers: list[str], entries: list[dict[str, Any]]) -> Iterator[Line]:
    for number, entry in enumerate(entries, start=1):
        if entry.keys() != set(headers):
            message = _("Entry %(n)d has other columns than the first one.") % {"n": number}
            raise ValidationError(message)
        yield number, [entry[header] for header in headers]

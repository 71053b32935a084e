"""The tables as files: one JSON file, or a ZIP of CSV files with the words that explain them."""

import csv
import io
import json
import zipfile
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from education.people.models import Patient

from .columns import COLUMNS
from .tables import TABLES, everything

FORMAT = 1  # counts changes that a reader of the files has to know of


def json_file(patient: Patient, *, day: date, zone: ZoneInfo) -> bytes:
    """``{"format", "made_on", "time_zone", "tables": {name: [row, ...]}}`` in UTF-8."""
    whole = {
        "format": FORMAT,
        "made_on": day,
        "time_zone": str(zone),
        "tables": {
            name: [_local(row, zone) for row in rows] for name, rows in everything(patient).items()
        },
    }
    return json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def zip_file(patient: Patient, *, day: date, zone: ZoneInfo) -> bytes:
    """``READ-ME.txt`` and a CSV file for each table, in UTF-8 as spreadsheets like it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("READ-ME.txt", read_me(day, zone))
        for table in TABLES:
            rows = [_local(row, zone) for row in table.rows(patient)]
            whole.writestr(f"{table.name}.csv", _csv(table.columns, rows))
    return kept.getvalue()


def read_me(day: date, zone: ZoneInfo) -> str:
    """What each file and each column holds."""
    tables = [(table, [(name, COLUMNS[name]) for name in table.columns]) for table in TABLES]
    context = {"tables": tables, "day": day, "zone": zone}
    return render_to_string("portal/data/read_me.txt", context)


def _csv(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> str:
    kept = io.StringIO()
    kept.write("\ufeff")  # spreadsheets read UTF-8 only when it says so
    writer = csv.writer(kept)
    writer.writerow(columns)
    writer.writerows([[_cell(row[column]) for column in columns] for row in rows])
    return kept.getvalue()


def _cell(value: Any) -> Any:
    """A value as a cell. Typed text that begins like a formula is never run as one."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def _local(row: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """Instants on the clinic's wall clock, with their offset."""
    return {
        name: value.astimezone(zone).isoformat(timespec="seconds")
        if isinstance(value, datetime)
        else value
        for name, value in row.items()
    }

"""Bodies of plan versions, whatever schema they were written in."""

from collections.abc import Mapping
from typing import Any

Body = Mapping[str, Any]

PLAN_SINCE_2: Body = {"kind": "treatment", "flare_up": ""}
ROW_SINCE_2: Body = {
    "anchor_on": None,
    "harder": None,
    "why": "",
    "rules": {"up": "", "down": ""},
}


def upgraded(body: Body) -> Body:
    """The body with everything that schema 2 has; what was not there yet is empty."""
    rows = [upgraded_row(row) for row in body["exercises"]]
    return {**PLAN_SINCE_2, **body, "exercises": rows}


def upgraded_row(row: Body) -> Body:
    """One row of a body with everything that schema 2 has."""
    return {**ROW_SINCE_2, **row}


def row_keys(row: Body) -> list[str]:
    """Library keys of one row: its exercise, and the easier one of a harder day."""
    harder = row.get("harder")
    easier = harder["exercise"] if harder else ""
    return [row["exercise"], easier] if easier else [row["exercise"]]


def library_keys(body: Body) -> list[str]:
    """Library keys of everything that a body (of any schema) shows, each once."""
    return list(dict.fromkeys(key for row in body["exercises"] for key in row_keys(row)))

"""Bodies of plan versions, whatever schema they were written in."""

from collections.abc import Iterable, Mapping
from typing import Any

from education.library.models import Exercise

Body = Mapping[str, Any]

PLAN_SINCE_2: Body = {
    "kind": "treatment",
    "flare_up": "",
    "pain": {"fine_max": None, "stop": None},  # None: the clinic's
}
ROW_SINCE_2: Body = {
    "anchor_on": None,
    "harder": None,
    "why": "",
    "rules": {"up": "", "down": ""},
    "signed_off": False,
}


def upgraded(body: Body) -> Body:
    """The body with everything that schema 2 has; what was not there yet is empty.

    An older body does not say what was signed off, and nothing else is asked: a row has a sign-off
    of today, maybe for another exercise than it had then, and a patient reads what was published.
    So an exercise that the library wants watched first stays closed; staff read that on their
    front page (rechecks.py), and one publication opens it.
    """
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


def is_supervised(row: Body, exercise: Exercise | None) -> bool:
    """Whether a patient must not do a row (of any schema) alone: the page only names it.

    As published, or because the library (``exercise``, as it is now) wants it watched first and
    nobody has signed it off.
    """
    row = upgraded_row(row)
    return row["supervised"] or wants_sign_off(row, exercise)


def wants_sign_off(row: Body, exercise: Exercise | None) -> bool:
    """Whether the library wants a row watched first that was published to be done alone."""
    row = upgraded_row(row)
    watched = exercise is not None and exercise.supervised_first
    return watched and not row["supervised"] and not row["signed_off"]


def waiting_keys(body: Body, exercises: Iterable[Exercise]) -> frozenset[str]:
    """Library keys that the patient of a body is not led to as an easier form.

    Those of ``exercises`` that the library wants watched first, and what waits in the plan itself.
    """
    watched = {exercise.key for exercise in exercises if exercise.supervised_first}
    return frozenset(watched | {r["exercise"] for r in body["exercises"] if r["supervised"]})

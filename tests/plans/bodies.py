"""Bodies of plan versions, for hypothesis: every field of schema 2, with anything in it."""

from typing import Any

from hypothesis import strategies as st

from education.plans.models import Plan
from tests.dosages import SIDES, dosages

# What staff type is stripped by the form; two texts that differ are told apart by their words.
TYPED = st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="{}%")
WORDS = st.text(TYPED, max_size=8)
DAYS = st.dates().map(lambda day: day.isoformat())
TITLES = st.fixed_dictionaries({"en": WORDS.filter(bool), "es": WORDS})
SPECS = dosages().map(lambda spec: spec.as_dict())
EASIER = st.fixed_dictionaries({"exercise": WORDS.filter(bool), "title": TITLES, "dosage": SPECS})
LIGHTER = st.fixed_dictionaries(
    {"exercise": st.just(""), "title": st.none(), "dosage": SPECS},
)

ROW: dict[str, st.SearchStrategy[Any]] = {
    "key": st.uuids().map(str),
    "exercise": WORDS,
    "title": TITLES,
    "working_side": SIDES,
    "dosage": SPECS,
    "anchor_on": st.none() | DAYS,
    "harder_day": WORDS,
    "harder": st.none() | LIGHTER | EASIER,
    "why": WORDS,
    "note": WORDS,
    "rules": st.fixed_dictionaries({"up": WORDS, "down": WORDS}),
    "supervised": st.booleans(),
    "signed_off": st.booleans(),
    "settled": st.lists(st.sampled_from(["fall_risk=yes", "kneeling=not_asked"]), unique=True),
}
LIMITS = st.none() | st.integers(1, 9)
PAIN = st.fixed_dictionaries({"fine_max": LIMITS, "stop": LIMITS}).filter(
    lambda pain: None in pain.values() or pain["fine_max"] < pain["stop"]
)
PLAN: dict[str, st.SearchStrategy[Any]] = {
    "title": WORDS.filter(bool),
    "kind": st.sampled_from(Plan.Kind.values),
    "goal": WORDS,
    "note": WORDS,
    "flare_up": WORDS,
    "pain": PAIN,
    "affected_side": st.sampled_from(Plan.AffectedSide.values),
    "start_on": DAYS,
    "review_on": st.none() | DAYS,
    "clinician": st.fixed_dictionaries({"name": WORDS.filter(bool), "given_name": WORDS}),
}


def rows() -> st.SearchStrategy[dict[str, Any]]:
    """One row of a body."""
    return st.fixed_dictionaries(ROW)


def bodies(most: int = 4) -> st.SearchStrategy[dict[str, Any]]:
    """A body with so many rows at most, each with a key of its own."""
    many = st.lists(rows(), max_size=most, unique_by=lambda row: row["key"])
    return st.fixed_dictionaries({**PLAN, "exercises": many})

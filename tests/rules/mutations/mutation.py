"""One piece of code taken out, and the places that the tables name."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

PLANS = "education/plans/"
ACTIONS = "education/plans/actions/"
PEOPLE = "education/people/"
RULE_TESTS = "tests/rules/test_rules.py::"
TODAY = "tests/portal/test_plan_today.py::"
CHECKS = "tests/plans/test_checks.py::"
OVERLAPS = "tests/plans/test_overlaps.py::"
DIARY = "education/diary/"
DIARY_TESTS = "tests/diary/"


@dataclass(frozen=True)
class Mutation:
    """One rule with a piece of its code taken out: ``old`` becomes ``new`` in ``file``.

    ``database``: the one on which the test fails, where the two differ.
    """

    rule: int
    takes_out: str
    file: str
    old: str
    new: str
    test: str
    database: str = "sqlite"

    @property
    def name(self) -> str:
        return f"{self.rule} {self.takes_out}"

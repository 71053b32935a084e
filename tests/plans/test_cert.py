"""docs/cert.md: all 19 lines are there, and each field that it names exists."""

import re
from pathlib import Path

from django.apps import apps

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "cert.md").read_text()
FIRST = [str(number) for number in range(1, 7)]
ITEMS = [*FIRST, "7a", "7b", *map(str, range(8, 14)), "14a", "14b", "15", "16a", "16b"]
ROOMS = ("library", "people", "plans", "diary", "contact")


def test_every_item_has_its_line_in_order():
    assert re.findall(r"^\| (\d+[ab]?) \|", TEXT, re.MULTILINE) == ITEMS


def test_every_field_that_is_named_is_there():
    models = {m.__name__: m for room in ROOMS for m in apps.get_app_config(room).get_models()}
    named = re.findall(r"`([A-Z]\w+)\.(\w+)`", TEXT)
    assert len(named) > 60
    for model, field in named:
        assert models[model]._meta.get_field(field)


def test_every_line_is_kept_or_constant():
    states = re.findall(r"^\| \d+[ab]? \|[^|]+\| (\w+) \|", TEXT, re.MULTILINE)
    assert (len(states), set(states)) == (len(ITEMS), {"Kept", "Constant"})

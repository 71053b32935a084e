"""What somebody really typed into a plan's form, put over what a colleague saved meanwhile.

A form is compared as the browser sends it: in texts. A field that still says what it was shown
with was not typed in, and follows the plan as it is now.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

Texts = dict[str, str]  # of one form, by the name of the field; an empty one may be missing
Fields = dict[str, Any]  # "plan": Texts, "rows": [[key, Texts]] in their order

NOT_COMPARED = frozenset({"lock", "shown", "key", "order", "clashes"})


def shown_fields(form: forms.BaseForm, rows: Iterable[Any]) -> Fields:
    """What an untouched page would send back: the plan's fields, and those of each saved row."""
    return {
        "plan": _texts(form),
        "rows": [[str(row.row.key), _texts(row)] for row in rows if row.row],
    }


def typed_fields(form: forms.BaseForm, rows: Iterable[Any]) -> Fields:
    """What a bound page sent, rows in the order of their numbers.

    A row without a key is called by its prefix: it is nobody else's.
    """
    in_order = sorted(rows, key=_place)
    return {
        "plan": _texts(form),
        "rows": [[row["key"].data or row.prefix, _texts(row)] for row in in_order],
    }


def merged(typed: Fields, shown: Fields, now: Fields) -> Fields:
    """``now`` with what differs between ``shown`` and ``typed`` put over it.

    A row that a colleague added is there; one they took out is gone unless something was typed
    in it. A row that somebody gave another exercise is theirs as a whole: numbers, reasons and
    ticks were typed for one exercise (see ``set_aside``).
    """
    was, is_now, mine = (dict(fields["rows"]) for fields in (shown, now, typed))
    rows = []
    for key in _order(typed, shown, now):
        if key not in mine:
            rows.append([key, is_now[key]])
        elif _stays(key, mine[key], was, is_now):
            rows.append([key, _row(mine[key], was.get(key, {}), is_now.get(key, mine[key]))])
    return {"plan": _over(typed["plan"], shown["plan"], now["plan"]), "rows": rows}


def set_aside(typed: Fields, shown: Fields, now: Fields) -> list[tuple[str, Texts]]:
    """What ``merged`` leaves out: texts typed in rows that a colleague gave another exercise.

    With the key of each row. What was typed for one exercise is not right for the next one.
    """
    was, is_now = (dict(fields["rows"]) for fields in (shown, now))
    found = []
    for key, texts in typed["rows"]:
        if key in was and key in is_now and _is_another(was[key], is_now[key]):
            mine = _over(texts, was[key], {})
            if mine and not _is_another(was[key], texts):
                found.append((key, mine))
    return found


def as_sent(fields: Fields, prefix: str) -> Texts:
    """The texts under the names with which a page sends them; its rows begin with ``prefix``."""
    rows = fields["rows"]
    sent = {
        **fields["plan"],
        f"{prefix}-TOTAL_FORMS": str(len(rows)),
        f"{prefix}-INITIAL_FORMS": "0",
    }
    for number, (key, texts) in enumerate(rows):
        place = {"key": "" if key.startswith(prefix) else key, "order": str(number + 1)}
        sent |= {f"{prefix}-{number}-{name}": text for name, text in (texts | place).items()}
    return sent


def _texts(form: forms.BaseForm) -> Texts:
    texts = {f.name: _text(f) for f in form if f.name not in NOT_COMPARED}
    return {name: text for name, text in texts.items() if text}


def _text(field: forms.BoundField) -> str:
    """What the browser sends for a field, with the line breaks of a database."""
    widget, value = field.field.widget, field.value()
    if isinstance(widget, forms.CheckboxInput):
        return "on" if value else ""
    text = widget.format_value(value)
    if isinstance(text, list):  # a choice
        text = text[0] if text else ""
    return str(text or "").replace("\r\n", "\n").strip()


def _place(row: Any) -> int:
    order = row["order"].data
    return int(order) if str(order or "").isdecimal() else 9999


def _stays(key: str, typed: Texts, was: dict[str, Texts], is_now: dict[str, Texts]) -> bool:
    """Whether a typed row is still there; two who both take it out agree."""
    if key not in was or key in is_now:
        return True
    return "DELETE" not in typed and _over(typed, was[key], {}) != {}


def _row(typed: Texts, shown: Texts, now: Texts) -> Texts:
    if shown and _is_another(shown, typed):
        return typed
    if shown and _is_another(shown, now):
        return now
    return _over(typed, shown, now)


def _is_another(one: Texts, other: Texts) -> bool:
    """Whether two texts of a row name different exercises."""
    return one.get("exercise") != other.get("exercise")


def _over(typed: Texts, shown: Texts, now: Texts) -> Texts:
    names = typed.keys() | shown.keys()
    differ = {n: typed.get(n, "") for n in names if typed.get(n, "") != shown.get(n, "")}
    return {**now, **differ}


def _order(typed: Fields, shown: Fields, now: Fields) -> list[str]:
    """Keys of all rows: as they stand now, unless somebody moved those that were shown."""
    keys_typed, keys_shown, keys_now = (_keys(fields) for fields in (typed, shown, now))
    is_moved = _among(keys_typed, keys_shown) != _among(keys_shown, keys_typed)
    first, then = (keys_typed, keys_now) if is_moved else (keys_now, keys_typed)
    return _woven(first, then)


def _keys(fields: Fields) -> list[str]:
    return [key for key, _texts_of_row in fields["rows"]]


def _among(keys: Sequence[str], others: Sequence[str]) -> list[str]:
    return [key for key in keys if key in others]


def _woven(keys: Sequence[str], others: Sequence[str]) -> list[str]:
    """``keys`` with the rest of ``others``, each after the one that it follows there."""
    woven = list(keys)
    for number, key in enumerate(others):
        if key not in woven:
            place = woven.index(others[number - 1]) + 1 if number else 0
            woven.insert(place, key)
    return woven

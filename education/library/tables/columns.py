"""The columns of the table: the content pack's document of an exercise, laid out flat."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.fields import BooleanField, IntegerField
from django.utils.translation import gettext as _
from import_export.fields import Field

from education.library.fields import ChoiceListField
from education.library.loading.documents import LANGUAGES, Document, Kind
from education.library.loading.rows import document_of
from education.library.loading.shapes import SHAPES, STEP, STOP_IF, Part
from education.library.models import DosageSpec, Exercise

from .cells import LOAD, TEXT, WEEKDAY_NAMES, YES_NO, Cell, choice, choices, text_in, whole

SHAPE = SHAPES[Kind.EXERCISE]
#: Parts that stand in the table, with the word their columns begin with. The ladder joins rows
#: of the library and is edited there.
PARTS: dict[str, Part] = {"step": STEP, "stop_if": STOP_IF}
PART_COLUMN = re.compile(rf"({'|'.join(PARTS)})_([1-9]\d?)_\w+")


def document_in(exercise: Exercise) -> Document:
    """The exercise as a document; read from the database once, then kept with the instance."""
    if "document" not in exercise.__dict__:
        exercise.__dict__["document"] = document_of(exercise, SHAPE)
    return exercise.__dict__["document"]


class DocumentField(Field):
    """A column at a place of the document, such as ("title", "es") or ("dosage", "sets")."""

    def __init__(self, name: str, path: tuple[Any, ...], cell: Cell, **kwargs: Any) -> None:
        super().__init__(attribute=name, column_name=name, **kwargs)
        self.path = path
        self.cell = cell

    def get_value(self, instance: Exercise) -> Any:
        value: Any = document_in(instance)
        for step in self.path:
            value = value[step]
        return value

    def save(self, instance: Exercise, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Raises ValueError with what is wrong with the cell."""
        if self.readonly:
            return
        place: Any = document_in(instance)
        for step in self.path[:-1]:
            place = place[step]
        place[self.path[-1]] = self.cell.read(row[self.column_name])

    def export(self, instance: Exercise, **kwargs: Any) -> Any:
        return self.cell.write(self.get_value(instance))


class PartField(DocumentField):
    """A column of the n-th step or stop-if; a line that is not there has empty cells."""

    def __init__(self, name: str, part: Part, number: int, path: tuple[Any, ...], cell: Cell):
        super().__init__(name, (part.name, number - 1, *path), cell)
        self.part = part

    def get_value(self, instance: Exercise) -> Any:
        lines = document_in(instance)[self.part.name]
        return super().get_value(instance) if self.path[1] < len(lines) else None

    def save(self, instance: Exercise, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        lines = document_in(instance)[self.part.name]
        if len(lines) <= self.path[1] and not text_in(row[self.column_name]):
            return  # an empty cell makes no line
        while len(lines) <= self.path[1]:
            lines.append(blank_line(self.part))
        super().save(instance, row, is_m2m, **kwargs)

    def export(self, instance: Exercise, **kwargs: Any) -> Any:
        value = self.get_value(instance)
        return "" if value is None else self.cell.write(value)


def blank_line(part: Part) -> Document:
    """A line of a part in which nothing is written yet."""
    line: Document = {name: dict.fromkeys(LANGUAGES, "") for name in part.words}
    for name in part.plain:
        column: Any = part.model._meta.get_field(name)
        line[name] = column.get_default()
    return line


def is_blank(line: Document) -> bool:
    """Whether a line holds no word and no picture: it was cleared to take it out."""
    texts = (text for value in line.values() if isinstance(value, dict) for text in value.values())
    return not any(texts) and not line.get("pose")


def columns(numbers: dict[str, int]) -> dict[str, Field]:
    """Every column by its name; ``numbers`` says how many steps and stop-ifs there are columns for.

    The state is told and never taken: content is published by its own action.
    """
    fields = [Field(attribute="key", column_name="key"), *_words(), *_plain(), *_dosage()]
    for noun, part in PARTS.items():
        for number in range(1, numbers.get(noun, 0) + 1):
            fields += _part(noun, part, number)
    return {str(field.column_name): field for field in fields}


def columns_for(headers: Sequence[str]) -> dict[str, Field]:
    """The columns there can be, with as many steps and stop-ifs as the headers name."""
    numbers: dict[str, int] = {}
    for header in headers:
        if found := PART_COLUMN.fullmatch(header):
            numbers[found[1]] = max(numbers.get(found[1], 0), int(found[2]))
    return columns(numbers)


def check_headers(headers: Sequence[str], *, known: bool = True) -> None:
    """Raises ValidationError for a column that is there twice, or that does not exist.

    ``known=False`` asks for the first alone. A column without a name is passed over.
    """
    named = [header for header in headers if header]
    for header, times in Counter(named).items():
        if times > 1:
            message = _("The column “%(name)s” is there twice. Take one out.") % {"name": header}
            raise ValidationError(message)
    if not known:
        return
    fields = columns_for(named)
    for header in named:
        if header not in fields:
            message = _("There is no column “%(name)s”. Mend its name or take it out.")
            raise ValidationError(message % {"name": header})
    if "key" not in named:
        raise ValidationError(_("The column “key” is missing: it tells which exercise a row is."))


def _words() -> Iterator[Field]:
    for name in SHAPE.words:
        for code in LANGUAGES:
            yield DocumentField(f"{name}_{code}", (name, code), TEXT)


def _plain() -> Iterator[Field]:
    yield DocumentField("family", ("family",), TEXT)
    for name in SHAPE.plain:
        yield DocumentField(name, (name,), _cell(name), readonly=name == "state")


def _cell(name: str) -> Cell:
    """The cell of a column, after the type the model gives it."""
    column: Any = Exercise._meta.get_field(name)
    if isinstance(column, ChoiceListField) and column.choices_class:
        return choices(column.choices_class.values, may_be_unanswered=column.null)
    if isinstance(column, BooleanField):
        return YES_NO
    if isinstance(column, IntegerField):
        return whole(column.get_default())
    if column.choices:
        return choice([code for code, _label in column.choices])
    return TEXT


def _dosage() -> Iterator[Field]:
    special = {"load": LOAD, "weekdays": WEEKDAY_NAMES}
    for name, default in DosageSpec().as_dict().items():
        cell = special.get(name) or (TEXT if isinstance(default, str) else whole(default))
        yield DocumentField(name, ("dosage", name), cell)


def _part(noun: str, part: Part, number: int) -> Iterator[Field]:
    place = f"{noun}_{number}_"
    for name in part.plain:
        column: Any = part.model._meta.get_field(name)
        codes = [code for code, _label in column.choices or []]
        cell = choice(codes) if codes else TEXT
        yield PartField(f"{place}{name}", part, number, (name,), cell)
    for name in part.words:
        for code in LANGUAGES:
            yield PartField(f"{place}{name}_{code}", part, number, (name, code), TEXT)

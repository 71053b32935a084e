"""Rows of the library as documents, and documents written to rows."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from education.library.models import Reviewed

from .documents import LANGUAGES, Document, PackObject, plain_text
from .shapes import SHAPES, Part, Shape, Whole

IN_LANGUAGE = {"en": "", "es": " in Spanish"}


def columns_of(row: Any, shape: Shape) -> Document:
    """The columns of one row as the file would give them."""
    document: Document = {
        name: {code: plain_text(getattr(row, f"{name}_{code}")) for code in LANGUAGES}
        for name in shape.words
    }
    for name in shape.plain:
        value = getattr(row, name)
        document[name] = plain_text(value) if isinstance(value, str) else value
    for name, reference in shape.references.items():
        related = getattr(row, reference.attribute)
        if related or not reference.rare:
            document[name] = related and getattr(related, reference.lookup)
    return document


def document_of(row: Model | None, shape: Whole) -> Document:
    """An object with all its parts. ``row`` is None for the stop-ifs every exercise shares."""
    document = {} if row is None else columns_of(row, shape)
    for part in shape.parts:
        document[part.name] = [columns_of(item, part) for item in part.rows_of(row)]
    if shape.dosage:
        document["dosage"] = row.spec.as_dict()  # type: ignore[union-attr]
    for name in shape.lists:
        document[name] = sorted(related.key for related in getattr(row, name).all())
    return document


def write_object(item: PackObject, row: Any | None, *, new_from: int | None = None) -> Any | None:
    """Create or update the row of an object and its parts, except the late ones.

    Raises PackError naming the field that the model refuses. Rows that need no change are left
    as they are. The word of a reviewer ends with the text it was given for. ``new_from``: see
    write_part.
    """
    shape = SHAPES[item.kind]
    if shape.key is not None:
        row = row or shape.model(**{shape.key: item.key})
        fill(item, row, shape, item.document)
        if shape.dosage:
            for name, value in item.document["dosage"].items():
                setattr(row, name, value)
        if isinstance(row, Reviewed):
            row.reviewed_by = row.reviewed_on = row.next_review_on = None
        _save(item, row, shape)
    for part in shape.parts:
        if not part.late:
            write_part(item, row, part, new_from=new_from)
    return row


def write_late_parts(item: PackObject, row: Any, *, new_from: int | None = None) -> None:
    """Write what refers to other objects of the same kind, once all of them are there."""
    shape = SHAPES[item.kind]
    for part in shape.parts:
        if part.late:
            write_part(item, row, part, new_from=new_from)
    for name, model in shape.lists.items():
        _set_list(item, row, name, model)


def write_part(
    item: PackObject, owner: Any | None, part: Part, *, new_from: int | None = None
) -> None:
    """Make the rows of one part say what the document says; rows are kept where possible.

    ``new_from`` is for rows that are taken back at once (proposals): the n-th line, if it is new,
    gets this primary key plus n, the same each time, so that a form finds the lines it was made of.
    """
    wanted = item.document[part.name]
    present = part.rows_of(owner)
    rows = _matched(present, wanted, part)
    for left_over in present:
        if left_over not in rows:
            left_over.delete()
    for number, (kept, document) in enumerate(zip(rows, wanted, strict=True), start=1):
        if kept and kept.order == number and columns_of(kept, part) == document:
            continue
        row: Any = kept or part.model(**{part.owner: owner})
        if kept is None and new_from is not None:
            row.pk = new_from + number
        row.order = number
        place = f"{part.noun} {number} "
        fill(item, row, part, document, place)
        _save(item, row, part, place)


def _matched(present: list[Any], wanted: list[Document], part: Part) -> list[Any | None]:
    """For each wanted line the row that holds it now, or None."""
    if part.match is None:
        free = [*present, *[None] * len(wanted)]
        return free[: len(wanted)]
    rows = {columns_of(row, part)[part.match]: row for row in present}
    return [rows.pop(document[part.match], None) for document in wanted]


def fill(item: PackObject, row: Any, shape: Shape, document: Document, place: str = "") -> None:
    """Put what the document says into the row's columns. PackError: a key that nothing has."""
    for name in shape.words:
        for code in LANGUAGES:
            # None, as a form leaves an empty language: then the other language is shown.
            setattr(row, f"{name}_{code}", document[name][code] or None)
    for name in shape.plain:
        setattr(row, name, document[name])
    for name, reference in shape.references.items():
        key = document.get(name)
        rows = reference.model._default_manager.filter(**{reference.lookup: key})
        related = rows.first() if key else None
        if key and related is None:
            raise item.wrong(f"{place}{name}", f"There is no “{key}” in the library.")
        setattr(row, reference.attribute, related)


def _save(item: PackObject, row: Any, shape: Shape, place: str = "") -> None:
    """Save what the model finds right. Raises PackError for the first field it refuses."""
    try:
        row.full_clean()
    except ValidationError as error:
        field, message = _first_refusal(error, shape)
        raise item.wrong(f"{place}{field}".strip(), message) from error
    row.save()


def _first_refusal(error: ValidationError, shape: Shape) -> tuple[str, str]:
    """The first field that is wrong, as the pack names it, and why."""
    named = {
        f"{name}_{code}": name + IN_LANGUAGE[code] for name in shape.words for code in LANGUAGES
    }
    named |= {reference.attribute: name for name, reference in shape.references.items()}
    refusals = error.message_dict
    for column, messages in refusals.items():
        # A plain translated column repeats what its language column already says.
        if column not in shape.words or len(refusals) == 1:
            return named.get(column, "" if column == "__all__" else column), " ".join(messages)
    column, messages = next(iter(refusals.items()))
    return column, " ".join(messages)


def _set_list(item: PackObject, row: Any, name: str, model: type[Model]) -> None:
    keys = item.document[name]
    rows: dict[str, Any] = {
        related.key: related  # type: ignore[attr-defined]
        for related in model._default_manager.filter(key__in=keys)
    }
    for key in keys:
        if key not in rows:
            raise item.wrong(name, f"There is no “{key}” in the library.")
    getattr(row, name).set(rows.values())

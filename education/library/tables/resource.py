"""The table of exercises for django-import-export: rows checked like forms, steps with them."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.resources import Diff, ModelResource
from tablib import Dataset

from education.library.importing.entries import draft_document
from education.library.loading.documents import Document, Kind, PackError, PackObject
from education.library.loading.rows import fill, write_part
from education.library.loading.shapes import Part
from education.library.models import Exercise
from education.library.models.dosage import EVERY_DAY
from education.library.validators import dosage_errors

from .columns import PARTS, SHAPE, columns, document_in, is_blank

PART_COLUMN = re.compile(rf"({'|'.join(PARTS)})_([1-9]\d?)_\w+")


@dataclass(frozen=True, slots=True)
class Change:
    """A cell whose content the import changes."""

    column: str
    before: Any
    after: Any


class Changes(Diff):
    """What a row changes, cell by cell, as plain values for the page to lay out."""

    def __init__(self, resource: "ExerciseTable", instance: Exercise, new: bool) -> None:
        super().__init__(resource, instance, new)
        self.columns = list(resource.fields)

    def as_html(self) -> list[Change]:
        cells = zip(self.columns, self.left, self.right, strict=True)
        return [
            Change(column, "" if self.new else before, after)
            for column, before, after in cells
            if after not in ("", None) or not self.new
            if self.new or before != after
        ]


class ExerciseTable(ModelResource):
    """One row per exercise, found by its key; an exercise that is new comes in as a draft.

    A column that the file does not have leaves what is there. A changed row loses its review: the
    words that a clinician answered for are others now.
    """

    class Meta:
        model = Exercise
        import_id_fields = ["key"]
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = columns({"step": 1, "stop_if": 1})

    @classmethod
    def get_display_name(cls) -> str:
        return str(gettext_lazy("Exercises with their steps"))

    @classmethod
    def get_diff_class(cls) -> type[Diff]:
        return Changes

    # ------------------------------------------------------------------ out

    def filter_export(self, queryset: QuerySet, **kwargs: Any) -> QuerySet:
        """The exercises with all that a row shows, and a column for each of their lines."""
        numbers = {}
        for noun, part in PARTS.items():
            counted = queryset.order_by().annotate(lines=Count(part.relation))
            numbers[noun] = max(counted.values_list("lines", flat=True), default=0)
        self.fields = columns(numbers)
        parts = ["steps", "stop_ifs", "ladder_links__to_exercise"]
        return queryset.select_related("family").prefetch_related(*parts)

    # ------------------------------------------------------------------ in

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        """Raises ValidationError for a column that does not exist, or a key given twice."""
        headers = [header for header in dataset.headers or [] if header]
        numbers: dict[str, int] = {}
        for header in headers:
            if found := PART_COLUMN.fullmatch(header):
                numbers[found[1]] = max(numbers.get(found[1], 0), int(found[2]))
        self.fields = columns(numbers)
        for header in headers:
            if header not in self.fields:
                raise ValidationError(
                    _("There is no column “%(name)s”. Mend its name or take it out.")
                    % {"name": header}
                )
        if "key" in headers:
            for key, times in Counter(dataset["key"]).items():
                if key and times > 1:
                    raise ValidationError(
                        _("“%(key)s” is there in %(n)d rows. Leave one.") % {"key": key, "n": times}
                    )

    def after_init_instance(self, instance: Exercise, new: bool, row: Any, **kwargs: Any) -> None:
        if new:
            instance.__dict__["document"] = draft_document()
        else:
            document_in(instance)

    def validate_instance(
        self,
        instance: Exercise,
        import_validation_errors: dict[str, Any] | None = None,
        validate_unique: bool = True,
    ) -> None:
        """Raises ValidationError naming every column that is wrong, steps and stop-ifs too."""
        errors: dict[str, Any] = dict(import_validation_errors or {})
        document = document_in(instance)
        for part in PARTS.values():
            document[part.name] = [line for line in document[part.name] if not is_blank(line)]
        found = [
            *_errors_of_exercise(instance, document),
            *dosage_errors(document["dosage"]),
            *_errors_of_days(document["dosage"]),
            *_errors_of_parts(instance, document),
        ]
        for column, message in found:
            errors.setdefault(column, message)
        if errors:
            raise ValidationError(errors)

    def before_save_instance(self, instance: Exercise, row: Any, **kwargs: Any) -> None:
        instance.reviewed_by = instance.reviewed_on = instance.next_review_on = None

    def save_m2m(self, instance: Exercise, row: Any, **kwargs: Any) -> None:
        item = _item(instance)
        for part in PARTS.values():
            write_part(item, instance, part)


def _item(exercise: Exercise) -> PackObject:
    return PackObject(Kind.EXERCISE, exercise.key, "", document_in(exercise))


def _errors_of_exercise(exercise: Exercise, document: Document) -> Iterator[tuple[str, Any]]:
    """(column, message) for what the model refuses; the exercise is filled on the way."""
    try:
        fill(_item(exercise), exercise, SHAPE, document)
    except PackError:
        message = _("There is no family “%(key)s”.") % {"key": document["family"]}
        yield "family", message
        return
    for name, value in document["dosage"].items():
        setattr(exercise, name, value)
    try:
        exercise.full_clean(validate_constraints=False)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            if name not in SHAPE.words:  # "title" repeats what "title_en" says
                yield name, messages


def _errors_of_days(dosage: Document) -> Iterator[tuple[str, Any]]:
    if dosage["every_n_days"] and dosage["every_n_days"] > 1 and dosage["weekdays"] != EVERY_DAY:
        yield "every_n_days", _("Write “every day” as weekdays to plan every so many days.")


def _errors_of_parts(exercise: Exercise, document: Document) -> Iterator[tuple[str, Any]]:
    """(column, message) for every step and stop-if that its model refuses."""
    for noun, part in PARTS.items():
        for number, line in enumerate(document[part.name], start=1):
            row: Any = part.model(order=number)
            fill(_item(exercise), row, part, line)
            for name, messages in _refusals(row, part):
                yield f"{noun}_{number}_{name}", messages


def _refusals(row: Any, part: Part) -> Iterator[tuple[str, Any]]:
    try:
        row.full_clean(exclude=[part.owner], validate_unique=False)
    except ValidationError as error:
        for name, messages in deepcopy(error.message_dict).items():
            if name == "__all__":
                yield "alt_en", messages  # the one rule over several columns: a picture has words
            elif name not in part.words:
                yield name, messages

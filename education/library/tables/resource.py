"""The table of exercises for django-import-export: rows checked like forms, steps with them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import Diff, ModelResource
from import_export.results import Error, Result
from tablib import Dataset

from education.library.importing.entries import draft_document
from education.library.loading.documents import Document, Kind, PackError, PackObject
from education.library.loading.lines import add_lines
from education.library.loading.rows import fill, write_part
from education.library.loading.shapes import Part
from education.library.models import Exercise
from education.library.models.dosage import EVERY_DAY
from education.library.publishing.proposals import keep_proposal
from education.library.validators import dosage_errors

from .cells import text_in
from .columns import (
    PARTS,
    SHAPE,
    check_headers,
    columns,
    columns_for,
    document_in,
    is_blank,
)

#: What a row shows besides the exercise's own columns.
READ_ALONG = ("steps", "stop_ifs", "ladder_links__to_exercise")


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


class TableResult(Result):
    """What became of a table. ``numbers``: where each of its rows stands in the file."""

    def __init__(self, numbers: Mapping[int, int]) -> None:
        super().__init__()
        self.numbers = numbers

    def append_invalid_row(self, number: int, row: Any, validation_error: ValidationError) -> None:
        super().append_invalid_row(self.numbers[number], row, validation_error)
        self.invalid_rows[-1].key = text_in(row.get("key"))

    def row_errors(self) -> list[tuple[int, list[Error]]]:
        return [(self.numbers[n], errors) for n, errors in super().row_errors()]


class ExerciseTable(ModelResource):
    """One row per exercise, found by its key; an exercise that is new comes in as a draft.

    A column that the file does not have leaves what is there. Changes of what
    patients read wait for a clinician; others are saved, and end the review of the words before.
    """

    class Meta:
        model = Exercise
        import_id_fields = ["key"]
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        instance_loader_class = CachedInstanceLoader

    numbers: Mapping[int, int] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = columns({"step": 1, "stop_if": 1})

    @classmethod
    def get_display_name(cls) -> str:
        return str(gettext_lazy("Exercises with their steps"))

    @classmethod
    def get_diff_class(cls) -> type[Diff]:
        return Changes

    def get_result_class(self) -> Any:
        return partial(TableResult, self.numbers)

    def get_queryset(self) -> QuerySet:
        """The exercises with all that a row shows, in a few queries however many there are."""
        exercises = super().get_queryset().select_related("family", "proposal")
        return exercises.prefetch_related(*READ_ALONG)

    # ------------------------------------------------------------------ out

    def filter_export(self, queryset: QuerySet, **kwargs: Any) -> QuerySet:
        """The exercises with all that a row shows, and a column for each of their lines."""
        numbers = {}
        for noun, part in PARTS.items():
            counted = queryset.order_by().annotate(lines=Count(part.relation))
            numbers[noun] = max(counted.values_list("lines", flat=True), default=0)
        self.fields = columns(numbers)
        return queryset.select_related("family").prefetch_related(*READ_ALONG)

    # ------------------------------------------------------------------ in

    def import_data(
        self, dataset: Dataset, dry_run: bool = False, raise_errors: bool = False, **kwargs: Any
    ) -> Result:
        """Take in a table. One that is wrong as a whole is refused before any row is looked at.

        A trial writes nothing, so it begins no transaction: others go on writing meanwhile.
        """
        numbers = getattr(dataset, "row_numbers", None) or range(2, len(dataset) + 2)
        self.numbers = dict(enumerate(numbers, start=1))
        try:
            check_headers(dataset.headers or [])
            _check_keys(dataset)
        except ValidationError as error:
            result: Result = self.get_result_class()()
            result.append_base_error(Error(error))
            return result
        self.fields = columns_for(dataset.headers)
        if not dry_run:
            return super().import_data(dataset, raise_errors=raise_errors, **kwargs)
        return self.import_data_inner(
            dataset,
            dry_run=True,
            raise_errors=raise_errors,
            using_transactions=False,
            collect_failed_rows=False,
            **kwargs,
        )

    def after_init_instance(self, instance: Exercise, new: bool, row: Any, **kwargs: Any) -> None:
        instance.__dict__["is_new"] = new
        if new:
            instance.__dict__["document"] = draft_document()
        elif proposal := getattr(instance, "proposal", None):  # goes on from what waits already
            document_in(instance).update(deepcopy(proposal.document))
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

    def do_instance_save(self, instance: Exercise, is_create: bool) -> None:
        """What patients read waits for a clinician: its row stays as it is."""
        if not instance.is_read_by_patients:
            super().do_instance_save(instance, is_create)

    def save_m2m(self, instance: Exercise, row: Any, **kwargs: Any) -> None:
        if kwargs["dry_run"]:
            return
        if instance.is_read_by_patients:
            document = {k: v for k, v in document_in(instance).items() if k != "state"}
            keep_proposal(content=instance, document=document, by=kwargs["user"])
            return
        item = _item(instance)
        for part in PARTS.values():
            if instance.__dict__["is_new"]:
                add_lines([(instance, item)], part)
            else:
                write_part(item, instance, part)


def _check_keys(dataset: Dataset) -> None:
    """Raises ValidationError for a key given twice."""
    for key, times in Counter(text_in(key) for key in dataset["key"]).items():
        if key and times > 1:
            raise ValidationError(
                _("“%(key)s” is there in %(n)d rows. Leave one.") % {"key": key, "n": times}
            )


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
    # What the table can hold of the one rule over several columns, without asking the database.
    if getattr(row, "pose", "") and not row.alt_en:
        yield "alt_en", _("Say in words what the picture shows.")
    try:
        row.full_clean(exclude=[part.owner], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        for name, messages in deepcopy(error.message_dict).items():
            if name not in part.words:
                yield name, messages

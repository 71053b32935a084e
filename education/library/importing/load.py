"""Imported entries written to the library: made once, kept up to date, left once edited."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.text import slugify

from education.library.loading.documents import Kind, PackObject, digest_of
from education.library.loading.lines import BATCH, add_lines
from education.library.loading.rows import document_of, fill, write_part
from education.library.loading.shapes import SHAPES, STEP
from education.library.models import Exercise, ExerciseSource

from .entries import Collection, Entry

SHAPE = SHAPES[Kind.EXERCISE]
KEY_LENGTH = 60

_New = tuple[Exercise, PackObject, Entry]


@dataclass(slots=True)
class ImportReport:
    """What an import did; exercises are named by the id of their entry."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    #: Edited by staff since they came, and so left as they are.
    edited: list[str] = field(default_factory=list)
    #: "equipment: barbell" -> in how many entries it had no place.
    not_mapped: Counter[str] = field(default_factory=Counter)

    @property
    def changed(self) -> bool:
        """Whether the library holds anything else than before."""
        return bool(self.created or self.updated)


def load_entries(collection: Collection, entries: Iterable[Entry]) -> ImportReport:
    """Write the entries that are new or have changed, and that staff have not edited.

    Call it in a transaction.
    """
    known = {source.entry: source for source in _sources(collection)}
    keys = _FreeKeys()
    report = ImportReport()
    new: list[_New] = []
    for entry in entries:
        report.not_mapped.update(entry.not_mapped)
        source = known.get(entry.id)
        if source is None:
            new.append(_create(entry, keys))
            report.created.append(entry.id)
        elif not _as_it_came(source):
            report.edited.append(entry.id)
        elif source.digest == digest_of(entry.document) and source.not_mapped == entry.not_mapped:
            report.unchanged.append(entry.id)
        else:
            _update(entry, source)
            report.updated.append(entry.id)
    add_lines(((exercise, item) for exercise, item, _entry in new), STEP)
    sources = [_source_of(collection, entry, exercise) for exercise, _item, entry in new]
    ExerciseSource.objects.bulk_create(sources, batch_size=BATCH)
    return report


def _sources(collection: Collection) -> Iterable[ExerciseSource]:
    """What came from the collection before, with all that a document shows, in five queries."""
    parts = ["steps", "stop_ifs", "ladder_links__to_exercise"]
    return (
        ExerciseSource.objects.filter(collection=collection.key)
        .select_related("exercise__family")
        .prefetch_related(*(f"exercise__{part}" for part in parts))
    )


def _as_it_came(source: ExerciseSource) -> bool:
    """Whether nobody has touched the exercise since its last import."""
    exercise = source.exercise
    with_photo = any(step.photo_id for step in exercise.steps.all())
    if exercise.is_reviewed or with_photo:
        return False
    return digest_of(document_of(exercise, SHAPE)) == source.digest


class _FreeKeys:
    """Hands out keys of exercises that nothing has yet."""

    def __init__(self) -> None:
        self.taken = set(Exercise.objects.values_list("key", flat=True))

    def for_entry(self, entry: Entry) -> str:
        """A key after the entry's id. "free-" keeps it off the keys of the clinic's own pack."""
        wanted = f"free-{slugify(entry.id.replace('_', '-')) or 'exercise'}"[:KEY_LENGTH]
        key, number = wanted, 1
        while key in self.taken:
            number += 1
            ending = f"-{number}"
            key = wanted[: KEY_LENGTH - len(ending)] + ending
        self.taken.add(key)
        return key


def _create(entry: Entry, keys: _FreeKeys) -> _New:
    """A new draft, saved by itself so that the audit log names it; the rest of it comes later.

    The database holds its rules without being asked before each row, which would take half a
    minute for 900 entries.
    """
    exercise = Exercise(key=keys.for_entry(entry))
    item = _fill(entry, exercise)
    exercise.save(force_insert=True)
    return exercise, item, entry


def _source_of(collection: Collection, entry: Entry, exercise: Exercise) -> ExerciseSource:
    return ExerciseSource(
        exercise=exercise,
        collection=collection.key,
        entry=entry.id,
        author=collection.author,
        licence=collection.licence,
        address=collection.address,
        not_mapped=entry.not_mapped,
        digest=digest_of(entry.document),
    )


def _update(entry: Entry, source: ExerciseSource) -> None:
    """Bring a draft that nobody touched up to what the collection says now."""
    item = _fill(entry, source.exercise)
    source.exercise.save()
    write_part(item, source.exercise, STEP)
    source.not_mapped = entry.not_mapped
    source.digest = digest_of(entry.document)
    source.save(update_fields=["not_mapped", "digest", "imported_at"])


def _fill(entry: Entry, exercise: Exercise) -> PackObject:
    """Put the entry into the exercise's columns. What a draft still lacks, a person writes."""
    item = PackObject(Kind.EXERCISE, exercise.key, "", entry.document)
    fill(item, exercise, SHAPE, entry.document)
    for name, value in entry.document["dosage"].items():
        setattr(exercise, name, value)
    return item

"""What each kind of object consists of: read by the file reader, the row reader and the writer.

English and Spanish columns are named one by one (``title_en``, ``title_es``): under another
language a plain ``title`` would be another column.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from education.library.models import (
    Article,
    ArticleSection,
    CareLevel,
    Exercise,
    ExerciseFamily,
    ExerciseStep,
    GlossaryTerm,
    KeyPoint,
    LadderLink,
    Photo,
    RedFlag,
    SearchSynonym,
    StopIf,
    TodayStep,
)

from .documents import Kind


@dataclass(frozen=True)
class Reference:
    """A field of the document that names a row of another table by its key.

    A ``rare`` one stands in the document only where there is one.
    """

    attribute: str
    model: type[Model]
    lookup: str = "key"
    rare: bool = False


@dataclass(frozen=True)
class Shape:
    """Columns of a row: ``words`` in both languages, ``plain`` values, ``references`` by key."""

    model: type[Model]
    words: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    references: Mapping[str, Reference] = field(default_factory=dict)


@dataclass(frozen=True)
class Part(Shape):
    """Rows that belong to an object and stand in its order, such as the steps of an exercise.

    ``match`` names the field that tells which row is which; without one it is the place in the
    order. A ``late`` part is written after every object of the kind, for it refers to others.
    """

    name: str = ""  # in the file and the document
    noun: str = ""  # in messages
    relation: str = ""  # from the owner to the rows
    owner: str = ""  # from a row to its owner
    match: str | None = None
    late: bool = False

    def rows_of(self, owner: Model | None) -> list[Any]:
        """The present rows in order; the shared stop-ifs have no owner."""
        rows: Iterable[Any]
        if owner is None:
            rows = StopIf.objects.shared()
        else:
            rows = getattr(owner, self.relation).all()
        return sorted(rows, key=lambda row: (row.order, row.pk))


@dataclass(frozen=True)
class Whole(Shape):
    """A kind of object. ``key`` is the column that holds its key; None: there is but one, rowless.

    ``dosage`` is a shape that no column has by itself; ``lists`` name the rows of other tables it
    belongs with, by their keys. They are written last, for they may be of the same kind.
    """

    key: str | None = "key"
    parts: tuple[Part, ...] = ()
    dosage: bool = False
    lists: Mapping[str, type[Model]] = field(default_factory=dict)

    def rows(self) -> QuerySet[Any]:
        """Every row of the kind, with its parts and references, in a fixed number of queries."""
        related = [reference.attribute for reference in self.references.values()]
        prefetched: list[str] = []
        for part in self.parts:
            nested = [reference.attribute for reference in part.references.values()]
            prefetched += [f"{part.relation}__{name}" for name in nested] or [part.relation]
        prefetched += self.lists
        rows = self.model._default_manager.all()
        if related:
            rows = rows.select_related(*related)
        return rows.prefetch_related(*prefetched)


# Photos come from the clinic, not from the pack; a digest names one.
PHOTO = Reference("photo", Photo, "digest", rare=True)

STOP_IF = Part(
    model=StopIf,
    words=("text",),
    name="stop_ifs",
    noun="stop-if",
    relation="stop_ifs",
    owner="exercise",
)
STEP = Part(
    model=ExerciseStep,
    words=("text", "caption", "alt"),
    plain=("kind", "pose"),
    references={"photo": PHOTO},
    name="steps",
    noun="step",
    relation="steps",
    owner="exercise",
)
LADDER_LINK = Part(
    model=LadderLink,
    words=("rule",),
    plain=("direction",),
    references={"to": Reference("to_exercise", Exercise)},
    name="ladder",
    noun="ladder link",
    relation="ladder_links",
    owner="exercise",
    match="to",
    late=True,
)
SECTION = Part(
    model=ArticleSection,
    words=("title", "body", "caption", "alt"),
    plain=("key", "panel", "pose"),
    references={"exercise": Reference("exercise", Exercise), "photo": PHOTO},
    name="sections",
    noun="section",
    relation="sections",
    owner="article",
    match="key",
)
KEY_POINT = Part(
    model=KeyPoint,
    words=("text",),
    name="key_points",
    noun="key point",
    relation="key_points",
    owner="article",
)

TODAY_STEP = Part(
    model=TodayStep,
    words=("text",),
    name="today",
    noun="thing to do today",
    relation="today_steps",
    owner="article",
)

SHAPES: Mapping[Kind, Whole] = {
    Kind.CARE_LEVEL: Whole(
        model=CareLevel, words=("title", "instruction"), plain=("order",), key="level"
    ),
    Kind.RED_FLAG: Whole(
        model=RedFlag,
        words=("text",),
        plain=("source", "order"),
        references={"care_level": Reference("care_level", CareLevel, "level")},
    ),
    Kind.STOP_IFS: Whole(model=StopIf, key=None, parts=(STOP_IF,)),
    Kind.FAMILY: Whole(model=ExerciseFamily, words=("title", "purpose"), plain=("order",)),
    Kind.EXERCISE: Whole(
        model=Exercise,
        words=(
            "title",
            "form_name",
            "also_called",
            "purpose",
            "feel",
            "ask_first",
            "harder_day",
            "progression",
        ),
        plain=(
            "position",
            "laterality",
            "areas",
            "kind",
            "low_back",
            "film",
            "equipment",
            "demands",
            "precautions",
            "supervised_first",
            "order",
            "state",
        ),
        references={"family": Reference("family", ExerciseFamily)},
        parts=(STEP, STOP_IF, LADDER_LINK),
        dosage=True,
    ),
    Kind.ARTICLE: Whole(
        model=Article,
        words=("title", "summary", "description"),
        plain=("kind", "order", "is_home", "state"),
        parts=(SECTION, KEY_POINT, TODAY_STEP),
        lists={"families": ExerciseFamily, "related": Article},
    ),
    Kind.TERM: Whole(
        model=GlossaryTerm, words=("term", "other_forms", "meaning"), plain=("state",)
    ),
    Kind.SYNONYM: Whole(model=SearchSynonym, words=("words",)),
}

"""Which objects of the pack are written, and which are left to the staff who edited them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from education.library.models import PackRecord, Reviewed, StopIf

from .differences import GONE, Difference, differences
from .documents import Document, Kind, PackError, PackObject, digest_of
from .rows import document_of, write_late_parts, write_object
from .shapes import SHAPES


@dataclass(frozen=True, slots=True)
class Skipped:
    """An object that staff edited since it was last loaded, and every line that differs."""

    kind: str
    key: str
    differences: list[Difference]

    @property
    def name(self) -> str:
        """What to name to take it from the pack: “exercise:hip-hinge”."""
        return f"{self.kind}:{self.key}"

    @property
    def lines(self) -> list[str]:
        """“exercise hip-hinge: step 2 text”, a line each."""
        return [f"{self.kind} {self.key}: {found.where}" for found in self.differences]


@dataclass(slots=True)
class PackReport:
    """What a load did. Objects are named as on the command line: “exercise:hip-hinge”."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    #: Updated objects that a clinician had reviewed: the new text nobody has read yet.
    to_review_again: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether a page may now read differently."""
        return bool(self.created or self.updated)


def load(objects: Sequence[PackObject], *, take: Collection[str]) -> PackReport:
    """Write the objects that staff have not edited, and those named in ``take``.

    Call it in a transaction: PackError, also for a name in ``take`` that the pack does not have,
    leaves half of the pack written.
    """
    _know(take, objects)
    rows = {kind: _rows_by_key(kind) for kind in {item.kind for item in objects}}
    records = {(record.kind, record.key): record for record in PackRecord.objects.all()}
    report = PackReport()
    written: list[tuple[PackObject, Any]] = []
    for item in objects:
        row = rows[item.kind].get(item.key)
        present = _present(item, row)
        record = records.get((item.kind, item.key))
        if present == item.document:
            report.unchanged.append(item.name)
            _remember(item, record)
            continue
        if not _may_write(item, present, record, take):
            report.skipped.append(_skip(item, present))
            continue
        _note(report, item, row, present)
        written.append((item, write_object(item, row)))
        _remember(item, record)
    for item, row in written:
        write_late_parts(item, row)
    return report


def _know(take: Collection[str], objects: Sequence[PackObject]) -> None:
    names = {item.name for item in objects}
    for name in take:
        if name not in names:
            raise PackError("", f"--take {name}", "The pack has no such object.")


def _rows_by_key(kind: Kind) -> dict[str, Any]:
    """The rows of a kind as they are now; the shared stop-ifs are no row of their own."""
    shape = SHAPES[kind]
    if shape.key is None:
        return {}
    return {getattr(row, shape.key): row for row in shape.rows()}


def _present(item: PackObject, row: Any | None) -> Document | None:
    """The object as the library has it now, or None."""
    shape = SHAPES[item.kind]
    if row is None and (shape.key is not None or not StopIf.objects.shared().exists()):
        return None
    return document_of(row, shape)


def _may_write(
    item: PackObject,
    present: Document | None,
    record: PackRecord | None,
    take: Collection[str],
) -> bool:
    """Whether nobody but the pack has touched the object, or its text is asked for by name."""
    if item.name in take:
        return True
    if present is None:
        return record is None  # with a record, staff deleted it
    return record is not None and record.digest == digest_of(present)


def _skip(item: PackObject, present: Document | None) -> Skipped:
    found = (
        [Difference("deleted", GONE, "the whole of it")]
        if present is None
        else differences(present, item.document, SHAPES[item.kind])
    )
    return Skipped(item.kind, item.key, found)


def _note(report: PackReport, item: PackObject, row: Any | None, present: Document | None) -> None:
    (report.created if present is None else report.updated).append(item.name)
    if isinstance(row, Reviewed) and row.is_reviewed:
        report.to_review_again.append(item.name)


def _remember(item: PackObject, record: PackRecord | None) -> None:
    """Keep the digest of what is now in the library; nothing is written when it is known."""
    digest = digest_of(item.document)
    if record is None:
        PackRecord.objects.create(kind=item.kind, key=item.key, digest=digest)
    elif record.digest != digest:
        record.digest = digest
        record.save(update_fields=["digest", "loaded_at"])

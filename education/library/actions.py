"""Writes of the library that touch more than one table or change what patients read."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from import_export.results import Result
from tablib import Dataset

from education.audit.actor import action

from .importing import FileContent, ImportReport, load_entries
from .loading import PACK_FOLDER, PackReport, load, read_pack
from .models import ContentProposal, LibraryRevision, Photo
from .photos import CleanPhoto
from .tables import ExerciseTable


@action
def load_pack(
    *, folder: Path = PACK_FOLDER, take: Collection[str] = (), by: Any | None = None
) -> PackReport:
    """Bring the library up to the content pack in ``folder``.

    Objects are created and updated by key. One that staff have edited since it was last loaded is
    skipped and listed with the lines that differ, unless ``take`` names it ("exercise:hip-hinge").
    What the load changes loses its review: the new text has been read by nobody.

    Raises PackError with one line naming file, key and field; then nothing is loaded at all.
    """
    objects = read_pack(folder)
    with translation.override("en"):  # messages, and columns that follow the active language
        report = load(objects, take=take)
    if report.changed:
        LibraryRevision.objects.bump()
    return report


@action
def import_exercises(*, content: FileContent, by: Any | None = None) -> ImportReport:
    """Bring a collection's exercises into the library as drafts, each with where it came from.

    An entry that came before is brought up to date, unless staff have edited it since.
    """
    report = load_entries(content.collection, content.entries)
    if report.changed:
        LibraryRevision.objects.bump()
    return report


@action
def import_exercise_table(*, dataset: Dataset, by: Any) -> Result:
    """Take in a table of exercises with their steps: all rows, or none when one is wrong.

    The result names what is wrong by row and column.
    """
    result = ExerciseTable().import_data(
        dataset,
        dry_run=False,
        user=by,
        rollback_on_validation_errors=True,
        retain_instance_in_row_result=True,  # for the admin's own log
    )
    refused = result.has_errors() or result.has_validation_errors()
    if not refused and (result.totals["new"] or result.totals["update"]):
        LibraryRevision.objects.bump()
    return result


@action
def add_photo(*, photo: CleanPhoto, by: Any) -> Photo:
    """Keep a checked photo; the same one uploaded again is the row that is there already.

    No page changes before a step or a section shows it.
    """
    if known := Photo.objects.filter(digest=photo.digest).first():
        return known
    row = Photo(digest=photo.digest, width=photo.width, height=photo.height, uploaded_by=by)
    row.image.save(f"{photo.digest}.webp", ContentFile(photo.data), save=False)
    row.save()
    return row


@action
def remove_unused_photos(*, uploaded_before: datetime, by: Any | None = None) -> int:
    """Remove the photos that nothing shows and nothing waits to show; how many these were.

    A file goes once its row is gone for good: a row without its file would be a broken picture.
    """
    proposed = ContentProposal.objects.photo_digests()
    unused = Photo.objects.unused().filter(uploaded_at__lt=uploaded_before)
    removed = [photo for photo in unused if photo.digest not in proposed]
    for photo in removed:
        transaction.on_commit(partial(photo.image.storage.delete, photo.image.name))
        photo.delete()
    return len(removed)


@action
def content_changed(*, by: Any | None = None) -> None:
    """Count a change of published content, so that every page drawn from it is drawn anew.

    Call it once after staff have saved a piece of the library.
    """
    LibraryRevision.objects.bump()

"""The templates that come with the site: read from a file, and kept apart from staff edits."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from education.audit.actor import action
from education.library.loading.documents import Document, PackError, digest_of, plain_text
from education.library.loading.files import Table, dosage_of, opened
from education.library.models import Exercise, PackRecord
from education.people.models import User

from .models import PlanTemplate, TemplateExercise

PACK_FILE = Path(__file__).resolve().parent / "pack" / "templates.toml"
RECORD_KIND = "plan-template"  # of its PackRecord
TEXTS = ("name", "for_whom", "title", "kind", "note", "flare_up")
ROW_TEXTS = ("harder_day", "why", "note")


@dataclass(slots=True)
class TemplateReport:
    """Keys of the templates by what became of them. ``skipped``: staff edited them."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


@action
def load_templates(
    *, file: Path = PACK_FILE, take: Collection[str] = (), by: User | None
) -> TemplateReport:
    """Write the templates of a file that staff have not edited, and those named in ``take``.

    Whether a template is offered stays as it is. Raises PackError, and writes nothing, for a file
    that is not right, an exercise that the library does not have, or an unknown key in ``take``.
    """
    documents = read_templates(file)
    for key in take:
        if key not in documents:
            raise PackError(file.name, f"--take {key}", "There is no such template.")
    templates = PlanTemplate.objects.prefetch_related("exercises__exercise")
    present = {template.key: template for template in templates.filter(key__in=documents)}
    records = {r.key: r for r in PackRecord.objects.filter(kind=RECORD_KIND)}
    report = TemplateReport()
    for key, document in documents.items():
        template, record = present.get(key), records.get(key)
        here = document_of(template) if template else None
        if here == document:
            report.unchanged.append(key)
        elif key in take or _is_the_packs_own(here, record):
            _write(template or PlanTemplate(key=key), document, file.name)
            (report.updated if template else report.created).append(key)
        else:
            report.skipped.append(key)
            continue
        _remember(key, document)
    return report


def _is_the_packs_own(here: Document | None, record: PackRecord | None) -> bool:
    """Whether nobody but this command has touched a template; one that went is not brought back."""
    if here is None or record is None:
        return here is None and record is None
    return record.digest == digest_of(here)


def _remember(key: str, document: Document) -> None:
    digest = {"digest": digest_of(document)}
    PackRecord.objects.update_or_create(kind=RECORD_KIND, key=key, defaults=digest)


# ------------------------------------------------------------------ the file


def read_templates(file: Path) -> dict[str, Document]:
    """The templates of a file by key, each as one plain value. Raises PackError."""
    usual = {e.key: e.spec.as_dict() for e in Exercise.objects.all()}
    top = opened(file.parent, file)
    found: dict[str, Document] = {}
    for order, table in enumerate(top.tables("templates", "template"), start=1):
        key = table.key()
        if key in found:
            raise table.wrong("key", f"“{key}” is given twice.")
        document: Document = {name: plain_text(table.take(name, str, "")) for name in TEXTS}
        document["kind"] = document["kind"] or PlanTemplate.kind.field.default
        document["review_after_days"] = table.take("review_after_days", int, 14)
        document["order"] = order
        lines = table.tables("exercises", "exercise")
        document["exercises"] = [_line(line, usual) for line in lines]
        table.close()
        found[key] = document
    top.close()
    return found


def _line(table: Table, usual: dict[str, Document]) -> Document:
    """One exercise of a template; without a dosage it has the library's."""
    key = table.take("exercise", str, "")
    if key not in usual:
        raise table.wrong("exercise", f"There is no “{key}” in the library. Load it first.")
    line: Document = {name: plain_text(table.take(name, str, "")) for name in ROW_TEXTS}
    line["dosage"] = dosage_of(table) if "dosage" in table.fields else usual[key]
    table.close()
    return {"exercise": key, **line}


# ------------------------------------------------------------------ the tables


def document_of(template: PlanTemplate) -> Document:
    """A template with its exercises as the file would give it."""
    document: Document = {name: plain_text(getattr(template, name)) for name in TEXTS}
    document["review_after_days"] = template.review_after_days
    document["order"] = template.order
    document["exercises"] = [
        {
            "exercise": row.exercise.key,
            **{name: plain_text(getattr(row, name)) for name in ROW_TEXTS},
            "dosage": row.spec.as_dict(),
        }
        for row in template.exercises.all()
    ]
    return document


def _write(template: PlanTemplate, document: Document, file: str) -> None:
    """Make the rows say what the document says. Raises PackError for what the model refuses."""
    columns = {name: document[name] for name in (*TEXTS, "review_after_days", "order")}
    _save(template, columns, file, template.key)
    template.exercises.all().delete()
    for order, line in enumerate(document["exercises"], start=1):
        row = TemplateExercise(template=template, order=order)
        row.exercise = Exercise.objects.get(key=line["exercise"])
        words = {name: line[name] for name in ROW_TEXTS}
        _save(row, words | line["dosage"], file, f"{template.key}: {line['exercise']}")


def _save(row: Model, columns: dict[str, Any], file: str, place: str) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as error:
        column, messages = next(iter(error.message_dict.items()))
        raise PackError(file, f"template {place}: {column}", " ".join(messages)) from error
    row.save()

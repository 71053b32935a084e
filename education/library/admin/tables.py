"""The library's exercises out to a spreadsheet and in again, tried before it is done."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import Format
from import_export.forms import ExportForm, ImportForm
from import_export.results import Result
from import_export.tmp_storages import CacheStorage
from tablib import Dataset

from education.library.actions import import_exercise_table
from education.library.tables import ExerciseTable
from education.library.tables.formats import TableCSV, TableJSON, TableXLSX

LARGEST_FILE = 10 * 1024 * 1024  # bytes; the library of 1,000 exercises takes 3 MB as CSV


class TableImportForm(ImportForm):
    """The file to take in, no larger than the memory of a small server bears."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["format"]
        field.required = False
        field.choices = [("", _("as the file's name says")), *field.choices[1:]]

    def clean(self) -> dict[str, Any]:
        """Without a choice the format is the one that the file's name ends with."""
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("import_file")
        if file and not cleaned.get("format") and "format" not in self.errors:
            choices: Any = self.fields["format"].choices
            by_ending = {str(title): value for value, title in choices if value}
            cleaned["format"] = by_ending.get(file.name.rpartition(".")[2].lower(), "")
            if not cleaned["format"]:
                self.add_error("format", _("Choose the format of the file."))
        return cleaned

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 10 MB. Cut it into parts."))
        return file


class ExerciseTableAdmin(ImportExportMixin):
    """Adds “Import” and “Export” to the list of exercises."""

    resource_classes = [ExerciseTable]
    formats: list[type[Format]] = [TableCSV, TableXLSX, TableJSON]
    import_form_class = TableImportForm
    export_form_class = ExportForm
    # All processes of the site share the cache: the file is tried by one and taken by another.
    tmp_storage_class = CacheStorage
    to_encoding = "utf-8-sig"  # so that Excel reads accents in a CSV

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)  # type: ignore[attr-defined]

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)  # type: ignore[attr-defined]

    def process_dataset(
        self, dataset: Dataset, form: forms.Form, request: HttpRequest, **kwargs: Any
    ) -> Result:
        return import_exercise_table(dataset=dataset, by=request.user)

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        """Back to the list; when the library has changed since the trial, to the form again."""
        if result.has_errors() or result.has_validation_errors():
            self.message_user(  # type: ignore[attr-defined]
                request,
                _("Nothing was imported: the library has changed meanwhile. Try the file again."),
                "error",
            )
            return redirect("admin:library_exercise_import")
        return super().process_result(result, request)

    def add_success_message(self, result: Result, request: HttpRequest) -> None:
        new, changed = result.totals["new"], result.totals["update"]
        parts = [
            ngettext("%(n)d exercise is new.", "%(n)d exercises are new.", new) % {"n": new},
            ngettext("%(n)d has changed.", "%(n)d have changed.", changed) % {"n": changed},
        ]
        if waiting := sum(row.is_update() and row.instance.is_read_by_patients for row in result):
            said = ngettext(
                "%(n)d of these waits for a clinician: patients read the words before.",
                "%(n)d of these wait for a clinician: patients read the words before.",
                waiting,
            )
            parts.append(said % {"n": waiting})
        self.message_user(request, " ".join(parts), "success")  # type: ignore[attr-defined]

    def add_data_read_fail_error_to_form(self, form: forms.Form, e: Exception) -> None:
        """What the file says of itself is wrong, or it is no such file at all."""
        message = gettext_lazy("This file cannot be read. Check that its format is the one chosen.")
        refused = e if isinstance(e, ValidationError) else ValidationError(message)
        form.add_error("import_file", refused)

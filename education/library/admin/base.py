"""What every part of the library's admin shares."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect
from django.db.models import CharField, Field, PositiveSmallIntegerField, TextField
from django.forms import BaseFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationInlineModelAdmin

from education.library.actions import content_changed
from education.library.validators import LARGEST_SMALL_NUMBER


class RoomyText:
    """Fields as editors need them.

    Text boxes show the whole of a sentence; ``text_rows`` for text of many sentences. A number that
    one of the databases cannot keep is refused on both.
    """

    text_rows = 3
    text_width = "vLargeTextField"  # a class of the stock admin's forms

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        rows = 0
        if isinstance(db_field, TextField):
            rows = self.text_rows
        elif isinstance(db_field, CharField) and (db_field.max_length or 0) > 100:
            rows = 2
        elif isinstance(db_field, PositiveSmallIntegerField):
            kwargs.setdefault("max_value", LARGEST_SMALL_NUMBER)
        if rows:
            kwargs.setdefault(
                "widget", AdminTextareaWidget(attrs={"rows": rows, "class": self.text_width})
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]


def in_spanish(*names: str) -> Any:
    """A folded part of a form with the Spanish columns; it opens when one of them is refused."""
    fields = [f"{name}_es" for name in names]
    return _("In Spanish"), {"fields": fields, "classes": ["collapse"]}


class LibraryAdmin(RoomyText, TranslationAdmin):
    """Content in English and Spanish. It is reworded or retired, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Sequence[BaseFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if not change or self.what_changed(form, formsets):
            self.content_saved(request, form, formsets)

    @staticmethod
    def what_changed(form: ModelForm, formsets: Sequence[BaseFormSet]) -> set[str | None]:
        """Names of the fields and of the sets of parts that differ from what was there."""
        parts = {formset.prefix for formset in formsets if formset.has_changed()}
        return {*form.changed_data, *parts}

    def content_saved(
        self, request: HttpRequest, form: ModelForm, formsets: Sequence[BaseFormSet]
    ) -> None:
        """Once per save that changed something: every page drawn from the library is stale."""
        content_changed(by=request.user)


class ForClinicians(LibraryAdmin):
    """Signs of danger: written and reviewed by clinicians alone, and live once they are saved.

    Everybody else who works on the library reads them, whatever their group was once given.
    """

    change_form_template = "admin/library/live_at_once.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("library.review_exercise")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("library.review_exercise")


class NamedAutocomplete(AutocompleteSelect):
    """An empty one shows words: its script names the box by what it shows."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().build_attrs(*args, **kwargs) | {"data-placeholder": _("Type to search")}


class PartInline(RoomyText, TranslationInlineModelAdmin):
    """Lines of a piece of content. Whoever may change them may also take one out."""

    extra = 0

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", NamedAutocomplete(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


class LinesOfATable:
    """For an inline drawn as a table: its heading is no label to a screen reader."""

    text_width = "vTextField"

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None:
            field.widget.attrs["aria-label"] = field.label
        return field

"""Words of one meaning, for the search."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from education.library.models import SearchSynonym

from .base import LibraryAdmin


class SearchSynonymForm(forms.ModelForm):
    """Words as a reader types them: small letters, each once, two at least."""

    class Meta:
        model = SearchSynonym
        fields = ["key", "words_en", "words_es"]

    def clean_words_en(self) -> str:
        return self._tidy("words_en")

    def clean_words_es(self) -> str:
        return self._tidy("words_es") if self.cleaned_data["words_es"] else ""

    def _tidy(self, name: str) -> str:
        typed = self.cleaned_data[name].split(",")
        words = dict.fromkeys(" ".join(part.split()).lower() for part in typed if part.strip())
        if len(words) < 2:
            raise ValidationError(_("Write two words or more, with commas between them."))
        return ", ".join(words)


@admin.register(SearchSynonym)
class SearchSynonymAdmin(LibraryAdmin):
    """Groups such as “butt, bottom, buttock, glute”: a search for one finds the others."""

    form = SearchSynonymForm
    list_display = ["words", "key"]
    search_fields = ["words_en", "words_es", "key"]

    def get_readonly_fields(self, request: HttpRequest, obj: SearchSynonym | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "key"] if obj else fields  # the content pack knows it by its key

"""Articles with their sections, key points and things to do today."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline, TranslationTabularInline

from education.library.forms import ArticleForm, ArticleSectionForm
from education.library.models import Article, ArticleSection, KeyPoint, TodayStep

from .base import LinesOfATable, PartInline, in_spanish
from .pictures import PICTURE_FIELDS, PicturedAdmin, PicturedInline
from .reviewed import ReviewedAdmin, WaitsFor


class ArticleSectionInline(PicturedInline, TranslationStackedInline):
    model = ArticleSection
    form = ArticleSectionForm
    text_rows = 8
    autocomplete_fields = ["exercise"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("order", "key"),
                    ("panel", "exercise"),
                    "title_en",
                    "body_en",
                ],
                "description": _(
                    "An empty line starts a paragraph, “- ” a list, **two stars** make bold, "
                    "[words](https://…) a link. The red flags always come before the exercises."
                ),
            },
        ),
        PICTURE_FIELDS,
        in_spanish("title", "body", "caption", "alt"),
    ]


class KeyPointInline(LinesOfATable, PartInline, TranslationTabularInline):
    model = KeyPoint


class TodayStepInline(LinesOfATable, PartInline, TranslationTabularInline):
    model = TodayStep


@admin.register(Article)
class ArticleAdmin(PicturedAdmin, ReviewedAdmin):
    form = ArticleForm
    inlines = [ArticleSectionInline, KeyPointInline, TodayStepInline]
    list_display = ["title", "kind", "place", "state", "reviewed_on"]
    list_filter = ["state", WaitsFor, "kind"]
    search_fields = ["title_en", "title_es", "key"]
    filter_horizontal = ["families", "related"]
    fieldsets = [
        (None, {"fields": ["key", "kind", "title_en", "summary_en", "description_en", "families"]}),
        (_("Where it stands"), {"fields": [("order", "is_home"), "related"]}),
        in_spanish("title", "summary", "description"),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "key"] if obj else fields  # its address; the pack knows it by its key

    @admin.display(description=_("shown at"), ordering="is_home")
    def place(self, article: Article) -> str:
        return article.get_absolute_url()

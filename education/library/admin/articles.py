"""Articles with their sections and key points."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline, TranslationTabularInline

from education.library.forms import ArticleForm
from education.library.models import Article, ArticleSection, KeyPoint

from .base import LinesOfATable, PartInline, in_spanish
from .reviewed import ReviewedAdmin, WaitsFor


class ArticleSectionInline(PartInline, TranslationStackedInline):
    model = ArticleSection
    text_rows = 8
    fieldsets = [
        (
            None,
            {
                "fields": [("order", "key", "panel"), "title_en", "body_en"],
                "description": _(
                    "An empty line starts a paragraph, “- ” a list, **two stars** make bold, "
                    "[words](https://…) a link. The red flags always come before the exercises."
                ),
            },
        ),
        in_spanish("title", "body"),
    ]


class KeyPointInline(LinesOfATable, PartInline, TranslationTabularInline):
    model = KeyPoint


@admin.register(Article)
class ArticleAdmin(ReviewedAdmin):
    form = ArticleForm
    inlines = [ArticleSectionInline, KeyPointInline]
    list_display = ["title", "place", "state", "reviewed_on"]
    list_filter = ["state", WaitsFor]
    search_fields = ["title_en", "title_es", "key"]
    filter_horizontal = ["families"]
    fieldsets = [
        (None, {"fields": ["key", "title_en", "summary_en", "families", "is_home"]}),
        in_spanish("title", "summary"),
    ]

    @admin.display(description=_("shown at"), ordering="is_home")
    def place(self, article: Article) -> str:
        return reverse("home") if article.is_home else reverse("article", args=[article.key])

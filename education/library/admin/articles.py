"""Articles with their sections and key points."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline, TranslationTabularInline

from education.library.actions import review_article
from education.library.clinic import clinic_of
from education.library.forms import ArticleForm
from education.library.models import Article, ArticleSection, KeyPoint

from .base import PartInline, ReviewedAdmin, WaitsFor


class ArticleSectionInline(PartInline, TranslationStackedInline):
    model = ArticleSection
    fieldsets = [
        (
            None,
            {
                "fields": [("order", "key", "panel"), "title", "body"],
                "description": _(
                    "An empty line starts a paragraph, “- ” a list, **two stars** make bold, "
                    "[words](https://…) a link. The red flags always come before the exercises."
                ),
            },
        )
    ]


class KeyPointInline(PartInline, TranslationTabularInline):
    model = KeyPoint


@admin.register(Article)
class ArticleAdmin(ReviewedAdmin):
    form = ArticleForm
    inlines = [ArticleSectionInline, KeyPointInline]
    list_display = ["title", "is_home", "state", "reviewed_on"]
    list_filter = ["state", WaitsFor]
    search_fields = ["title_en", "title_es", "key"]
    filter_horizontal = ["families"]
    fieldsets = [
        (None, {"fields": ["key", "title", "summary", "families", "is_home"]}),
        (_("State"), {"fields": [("state", "reviewed_by", "reviewed_on")]}),
    ]

    def review(self, request: HttpRequest, content: Article) -> None:
        review_article(article=content, by=request.user, on=clinic_of(request).today())

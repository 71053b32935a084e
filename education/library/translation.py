"""Which content columns exist in English and Spanish."""

from modeltranslation.translator import TranslationOptions, register

from .models import (
    Article,
    ArticleSection,
    CareLevel,
    Exercise,
    ExerciseFamily,
    ExerciseStep,
    GlossaryTerm,
    KeyPoint,
    LadderLink,
    RedFlag,
    SearchSynonym,
    StopIf,
    TodayStep,
)


class InBothLanguages(TranslationOptions):
    """English must be there; Spanish may follow, and falls back to English until then."""

    required_languages = ("en",)


@register(ExerciseFamily)
class ExerciseFamilyTranslation(InBothLanguages):
    fields = ("title", "purpose")


@register(Exercise)
class ExerciseTranslation(TranslationOptions):
    fields = (
        "title",
        "form_name",
        "also_called",
        "purpose",
        "feel",
        "ask_first",
        "harder_day",
        "progression",
    )
    required_languages = {"en": ("title", "purpose")}


@register(ExerciseStep)
class ExerciseStepTranslation(TranslationOptions):
    fields = ("text", "caption", "alt")
    required_languages = {"en": ("text",)}


@register(StopIf)
class StopIfTranslation(InBothLanguages):
    fields = ("text",)


@register(LadderLink)
class LadderLinkTranslation(InBothLanguages):
    fields = ("rule",)


@register(Article)
class ArticleTranslation(TranslationOptions):
    fields = ("title", "summary", "description")
    required_languages = {"en": ("title", "summary")}


@register(ArticleSection)
class ArticleSectionTranslation(TranslationOptions):
    fields = ("title", "body", "caption", "alt")
    required_languages = {"en": ("title",)}


@register(KeyPoint)
class KeyPointTranslation(InBothLanguages):
    fields = ("text",)


@register(CareLevel)
class CareLevelTranslation(InBothLanguages):
    fields = ("title", "instruction")


@register(RedFlag)
class RedFlagTranslation(InBothLanguages):
    fields = ("text",)


@register(TodayStep)
class TodayStepTranslation(InBothLanguages):
    fields = ("text",)


@register(GlossaryTerm)
class GlossaryTermTranslation(TranslationOptions):
    fields = ("term", "other_forms", "meaning")
    required_languages = {"en": ("term", "meaning")}


@register(SearchSynonym)
class SearchSynonymTranslation(InBothLanguages):
    fields = ("words",)

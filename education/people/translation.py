"""Which columns of the clinic's own row exist in English and Spanish."""

from modeltranslation.translator import TranslationOptions, register

from .models import Clinic


@register(Clinic)
class ClinicTranslation(TranslationOptions):
    fields = ("hours_text",)
    required_languages = ("en",)

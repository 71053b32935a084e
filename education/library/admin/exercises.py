"""Exercises with their steps, stop-ifs and ladder; their families; the signs that stop them all."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationStackedInline, TranslationTabularInline

from education.library.forms import ExerciseForm, LadderLinkForm
from education.library.models import (
    Exercise,
    ExerciseFamily,
    LadderLink,
    StopIf,
)
from education.library.templatetags.library import labels
from education.library.wording import dosage_sentence

from .base import ForClinicians, LibraryAdmin, LinesOfATable, PartInline, in_spanish
from .filters import AreaFilter
from .pictures import PicturedAdmin, PicturesAdmin
from .readings import ExerciseStepInline, ReadingsAdmin
from .reviewed import ReviewedAdmin, WaitsFor
from .tables import ExerciseTableAdmin


class StopIfInline(LinesOfATable, PartInline, TranslationTabularInline):
    model = StopIf


class LadderLinkInline(PartInline, TranslationStackedInline):
    model = LadderLink
    form = LadderLinkForm
    fieldsets = [
        (None, {"fields": [("order", "direction", "to_exercise"), "rule_en"]}),
        in_spanish("rule"),
    ]
    fk_name = "exercise"
    autocomplete_fields = ["to_exercise"]


@admin.register(Exercise)
class ExerciseAdmin(ReadingsAdmin, PicturesAdmin, PicturedAdmin, ExerciseTableAdmin, ReviewedAdmin):
    form = ExerciseForm
    inlines = [ExerciseStepInline, StopIfInline, LadderLinkInline]
    list_display = ["title", "family", "state", "first_time", "reviewed_on"]
    list_filter = [
        "state",
        WaitsFor,
        "family",
        AreaFilter,
        "kind",
        "position",
        "low_back",
        "supervised_first",
    ]
    search_fields = ["title_en", "title_es", "form_name_en", "form_name_es", "key"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "key",
                    "title_en",
                    "form_name_en",
                    "also_called_en",
                    ("family", "order"),
                    "purpose_en",
                    "feel_en",
                ]
            },
        ),
        (
            gettext_lazy("Body"),
            {
                "fields": [
                    ("kind", "position", "laterality", "low_back"),
                    "areas",
                    "equipment",
                    "demands",
                    "precautions",
                    "ask_first_en",
                    "supervised_first",
                ]
            },
        ),
        (
            gettext_lazy("Usual dosage"),
            {
                "description": gettext_lazy(
                    "Where a plan starts from. Public pages never show it."
                ),
                "fields": [
                    ("sets", "reps_min", "reps_max", "minutes"),
                    ("hold_seconds", "rest_seconds", "times_per_day", "every_n_days"),
                    "weekdays",
                    ("load", "load_unit", "band", "effort_max"),
                    "harder_day_en",
                    "progression_en",
                ],
            },
        ),
        in_spanish(
            "title",
            "form_name",
            "also_called",
            "purpose",
            "feel",
            "ask_first",
            "harder_day",
            "progression",
        ),
        (
            gettext_lazy("Sides in words"),
            {
                "description": gettext_lazy(
                    "In steps, captions and pictures in words, name a side with its noun: "
                    "{working:leg} is the leg that works, {resting:knee} the knee of the other "
                    "side, {Working:leg} starts a sentence. Left and right come from the plan."
                ),
                "fields": [],
            },
        ),
        (
            gettext_lazy("Moving picture and source"),
            {"fields": ["film", "came_from"]},
        ),
    ]
    fieldsets_to_read = [
        (
            None,
            {
                "fields": [
                    "key",
                    "title",
                    "family",
                    "form_name",
                    "also_called",
                    "purpose",
                    "feel",
                    "came_from",
                ]
            },
        ),
        (
            gettext_lazy("Body"),
            {
                "fields": [
                    "kind",
                    "position",
                    "laterality",
                    "low_back",
                    "areas_in_words",
                    "equipment_in_words",
                    "demands_in_words",
                    "precautions_in_words",
                    "ask_first",
                    "supervised_first",
                ]
            },
        ),
        (
            gettext_lazy("Usual dosage"),
            {"fields": ["dosage_in_words", "harder_day", "progression"]},
        ),
    ]
    readonly_fields = [
        *ReviewedAdmin.readonly_fields,
        "came_from",
        "areas_in_words",
        "equipment_in_words",
        "demands_in_words",
        "precautions_in_words",
        "dosage_in_words",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        # Here, not in list_select_related: Django passes that over once this selects anything.
        return super().get_queryset(request).select_related("family", "source")

    def get_fieldsets(self, request: HttpRequest, obj: Exercise | None = None) -> Any:
        """Words instead of lists and bits for people who read and do not change."""
        if obj is not None and not self.has_change_permission(request, obj):
            return self.fieldsets_to_read
        return super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Exercise | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "key"] if obj else fields  # plans and pictures know it by its key

    @admin.display(description=gettext_lazy("the first time"), ordering="supervised_first")
    def first_time(self, exercise: Exercise) -> str:
        return _("supervised") if exercise.supervised_first else _("alone")

    @admin.display(description=gettext_lazy("came from"))
    def came_from(self, exercise: Exercise) -> str:
        """The collection it was imported from, with what had no place in our words."""
        source = getattr(exercise, "source", None)  # read along with the exercise
        if source is None:
            return _("written by the clinic")
        line = _("%(collection)s, entry %(entry)s. By: %(author)s. Licence: %(licence)s.") % {
            "collection": source.collection,
            "entry": source.entry,
            "author": source.author,
            "licence": source.licence,
        }
        if source.not_mapped:
            line += " " + _("Not placed: %(what)s.") % {"what": "; ".join(source.not_mapped)}
        return line

    @admin.display(description=gettext_lazy("parts of the body"))
    def areas_in_words(self, exercise: Exercise) -> str:
        return labels(exercise.areas, "areas") or _("none")

    @admin.display(description=gettext_lazy("equipment"))
    def equipment_in_words(self, exercise: Exercise) -> str:
        return labels(exercise.equipment, "equipment") or _("none")

    @admin.display(description=gettext_lazy("body demands"))
    def demands_in_words(self, exercise: Exercise) -> str:
        if exercise.demands is None:
            return _("Nobody has answered this yet.")
        return labels(exercise.demands, "demands") or _("asks nothing special")

    @admin.display(description=gettext_lazy("precautions"))
    def precautions_in_words(self, exercise: Exercise) -> str:
        if exercise.precautions is None:
            return _("Nobody has answered this yet.")
        return labels(exercise.precautions, "precautions") or _("none")

    @admin.display(description=gettext_lazy("usual dosage"))
    def dosage_in_words(self, exercise: Exercise) -> str:
        return dosage_sentence(exercise.spec, exercise.public_side)


@admin.register(ExerciseFamily)
class ExerciseFamilyAdmin(LibraryAdmin):
    list_display = ["title", "order", "key"]
    search_fields = ["title_en", "title_es", "key"]


@admin.register(StopIf)
class SharedStopIfAdmin(ForClinicians):
    """The signs that stop every exercise; an exercise's own stand on its page."""

    list_display = ["text", "order"]
    exclude = ["exercise"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(exercise=None)

"""How an exercise reads for every side: a page of all its steps, and one step while it is typed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from modeltranslation.admin import TranslationStackedInline

from education.library.figures.catalogue import POSE_KEYS
from education.library.forms import ExerciseStepForm
from education.library.models import Exercise, ExerciseStep, Photo, StopIf
from education.library.publishing.exercises import place_of
from education.library.publishing.proposals import as_proposed
from education.library.readings import LANGUAGES, WORDS, literal_words, readings_of

from .base import in_spanish
from .pictures import PICTURE_FIELDS, PicturedInline

LONGEST_ID = 18  # digits; any such number fits a column of the database


class ExerciseStepInline(PicturedInline, TranslationStackedInline):
    """The steps of an exercise, each with how it reads under its fields."""

    model = ExerciseStep
    form = ExerciseStepForm
    verbose_name = gettext_lazy("step")
    readonly_fields = [*PicturedInline.readonly_fields, "reads"]
    fieldsets = [
        (None, {"fields": [("order", "kind"), "text_en"]}),
        PICTURE_FIELDS,
        in_spanish("text", "caption", "alt"),
        (None, {"fields": ["reads"]}),
    ]
    fieldsets_to_read = [(None, {"fields": ["kind", "text_en", "picture_to_read", "reads"]})]
    laterality = ""

    class Media:
        js = ["js/readings.js"]

    def get_fieldsets(self, request: HttpRequest, obj: Exercise | None = None) -> Any:
        if obj is not None and not self.has_change_permission(request, obj):
            return self.fieldsets_to_read
        return super().get_fieldsets(request, obj)

    def get_formset(self, request: HttpRequest, obj: Exercise | None = None, **kwargs: Any) -> Any:
        self.laterality = obj.laterality if obj else ""  # asked once, not by every step
        return super().get_formset(request, obj, **kwargs)

    def reads(self, step: ExerciseStep) -> str:
        """Every reading of what is saved; the script draws it anew from what is typed."""
        read = readings_of(step, self.laterality) if step.text_en else None  # type: ignore[attr-defined]
        return render_to_string("admin/library/readings/field.html", {"read": read})

    reads.short_description = gettext_lazy("How it reads")  # type: ignore[attr-defined]


class ReadingsAdmin:
    """Adds the readings to the admin of exercises."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [
            path("<int:pk>/readings/", wrap(self.readings_view), name="library_exercise_readings"),
            path("read-step/", wrap(self.read_step_view), name="library_exercise_read_step"),
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_safe)
    def readings_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All steps of an exercise as saved last, for every side and in both languages."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        stored = get_object_or_404(Exercise, pk=pk)
        with as_proposed(stored):
            exercise = Exercise.objects.with_page().get(pk=pk)
            steps = [
                (place, readings_of(step, exercise.laterality))
                for place, step in (*numbered(exercise), *signs_as_steps(exercise))
            ]
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("How it reads: %(title)s") % {"title": exercise.title},
            "opts": self.opts,  # type: ignore[attr-defined]
            "exercise": exercise,
            "steps": steps,
        }
        return TemplateResponse(request, "admin/library/readings/page.html", context)

    @method_decorator(require_POST)
    def read_step_view(self, request: HttpRequest) -> HttpResponse:
        """One step as it is typed now; nothing is saved."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        read = readings_of(typed_step(request), request.POST.get("laterality", ""))
        return render(request, "admin/library/readings/step.html", {"read": read})

    def content_saved(
        self, request: HttpRequest, form: ModelForm, formsets: Sequence[BaseFormSet]
    ) -> None:
        """Ask about the steps that were typed just now and say left or right outright."""
        super().content_saved(request, form, formsets)  # type: ignore[misc]
        typed = {
            step.pk
            for formset in formsets
            if formset.model is ExerciseStep
            for step in (*formset.new_objects, *(step for step, _fields in formset.changed_objects))
        }
        for place, step in numbered(form.instance):
            for words in literal_words(step) if step.pk in typed else ():
                said = _(
                    "%(place)s says “%(words)s” outright. If a patient's side is meant, use a "
                    "placeholder such as {working:leg}."
                ) % {"place": place, "words": "”, “".join(words)}
                self.message_user(request, said, messages.WARNING)  # type: ignore[attr-defined]


def numbered(exercise: Exercise) -> list[tuple[str, ExerciseStep]]:
    """The steps in order, each with its place: “Step 3”, “Safety”."""
    numbers = {step.pk: number for number, step in enumerate(exercise.steps_to_do, start=1)}
    return [(place_of(step, numbers.get(step.pk)), step) for step in exercise.steps.all()]


def signs_as_steps(exercise: Exercise) -> list[tuple[str, ExerciseStep]]:
    """The stop-ifs in the shape of steps: they follow the side too, and have no picture."""
    return [(_("Stop if"), _as_step(stop_if)) for stop_if in exercise.stop_ifs.all()]


def _as_step(stop_if: StopIf) -> ExerciseStep:
    return ExerciseStep(**{f"text_{code}": getattr(stop_if, f"text_{code}") for code in LANGUAGES})


def typed_step(request: HttpRequest) -> ExerciseStep:
    """A step that is not saved, of what stands in the form."""
    typed = request.POST
    words = {
        f"{name}_{code}": typed.get(f"{name}_{code}", "") for name in WORDS for code in LANGUAGES
    }
    pose = typed.get("pose", "")
    photo_id = typed.get("photo", "")
    is_id = photo_id.isdecimal() and len(photo_id) <= LONGEST_ID
    photo = Photo.objects.filter(pk=photo_id).first() if is_id else None
    drawn = pose if pose in POSE_KEYS and photo is None else ""
    return ExerciseStep(photo=photo, pose=drawn, **words)

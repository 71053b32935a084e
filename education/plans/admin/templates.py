"""Templates of plans: what many patients start from, written and edited by clinicians."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.audit.admin import RefusesPlainly
from education.library.models import Exercise
from education.library.wording import dosage_sentence

from ..forms.template import BaseTemplateExercises, PlanTemplateForm, TemplateExerciseForm
from ..models import Plan, PlanTemplate, TemplateExercise
from ..shelf import default_side

BLANK_ROWS = 3  # of a new template: as many as a short first plan has


class TemplateExerciseInline(admin.StackedInline):
    """The exercises of a template. Whoever may change it may also take one out."""

    model = TemplateExercise
    form = TemplateExerciseForm
    formset = BaseTemplateExercises
    readonly_fields = ["reads"]
    verbose_name = gettext_lazy("exercise")
    verbose_name_plural = gettext_lazy(
        "exercises, in the order of their numbers; a dosage left empty is the library’s"
    )
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("exercise", "order"),
                    ("sets", "reps", "hold_seconds", "times_per_day", "days"),
                    "reads",
                ],
            },
        ),
        (
            gettext_lazy("More: minutes, rest, weight, harder day, why, note"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("minutes", "rest_seconds", "effort_max", "load", "band"),
                    "harder_day",
                    "why",
                    "note",
                ],
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("exercise")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else BLANK_ROWS

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "exercise":
            held = TemplateExercise.objects.values("exercise")
            wanted = Q(state=Exercise.State.PUBLISHED) | Q(pk__in=held)
            field.queryset = Exercise.objects.filter(wanted).in_order()
            # Read once for all rows, not once for each.
            field.choices = [("", "---------"), *((e.pk, choice_words(e)) for e in field.queryset)]
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget  # no pencil, plus or eye: the library has its pages
        return field

    @admin.display(description=gettext_lazy("in words"))
    def reads(self, row: TemplateExercise) -> str:
        """What a patient would read whose side is not known yet, as last saved."""
        if row.pk is None:
            return _("You see it here once the template is saved.")
        words = dosage_sentence(row.spec, default_side(row.exercise, Plan.AffectedSide.UNKNOWN))
        if row.exercise.state == Exercise.State.PUBLISHED:
            return words
        hint = _("The library does not offer this exercise now. Plans are made without it.")
        return format_html('<span class="cl-hint">{}</span> {}', hint, words)


def choice_words(exercise: Exercise) -> str:
    """The name of an exercise, and whether plans are made with it."""
    if exercise.state == Exercise.State.PUBLISHED:
        return exercise.title
    return _("%(exercise)s (not offered now)") % {"exercise": exercise.title}


@admin.register(PlanTemplate)
class PlanTemplateAdmin(RefusesPlainly):
    """Templates are taken off the list, never deleted: plans name what they were made from."""

    form = PlanTemplateForm
    inlines = [TemplateExerciseInline]
    list_display = ["name", "kind", "what", "is_offered"]
    list_filter = ["is_offered", "kind"]
    search_fields = ["name", "title"]
    actions = None
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "for_whom", ("is_offered", "order")],
                "description": gettext_lazy("Staff read this when they choose."),
            },
        ),
        (
            gettext_lazy("The plan it makes"),
            {
                "fields": ["title", ("kind", "review_after_days"), "note", "flare_up"],
                "description": gettext_lazy(
                    "The patient reads this. Keep it short and plain; name no side of the body."
                ),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = TemplateExercise.objects.select_related("exercise")
        return super().get_queryset(request).prefetch_related(Prefetch("exercises", rows))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("exercises"))
    def what(self, template: PlanTemplate) -> str:
        """The exercises by name, in order."""
        return ", ".join(row.exercise.title for row in template.exercises.all())

"""What a plan can start from: templates of the clinic, and each clinician's own defaults."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from education.library.models import Dosage, Exercise

from .plans import Plan


class PlanTemplateQuerySet(models.QuerySet):
    def offered(self):
        """Those that staff may start a plan from, with their exercises, in two queries."""
        rows = TemplateExercise.objects.select_related("exercise")
        return self.filter(is_offered=True).prefetch_related(models.Prefetch("exercises", rows))


class PlanTemplate(models.Model):
    """A plan that fits many patients, to be made one patient's own."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name = models.CharField(
        _("name"), max_length=80, unique=True, help_text=_("Staff choose it by this name.")
    )
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    title = models.CharField(
        _("plan name"),
        max_length=80,
        help_text=_("The patient sees this. Say the goal, not the diagnosis."),
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=Plan.Kind.choices, default=Plan.Kind.TREATMENT
    )
    note = models.TextField(_("note to the patient"), max_length=600, blank=True)
    flare_up = models.TextField(_("what to do in a flare-up"), max_length=1000, blank=True)
    review_after_days = models.PositiveSmallIntegerField(
        _("review after, days"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    is_offered = models.BooleanField(_("offered"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = PlanTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan template")
        verbose_name_plural = _("plan templates")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_template_review_in_range",
                condition=Q(review_after_days__range=(1, 365)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TemplateExercise(Dosage):
    """An exercise of a template. Its side comes from the plan it is put into."""

    template = models.ForeignKey(PlanTemplate, on_delete=models.CASCADE, related_name="exercises")
    exercise = models.ForeignKey(
        Exercise, verbose_name=_("exercise"), on_delete=models.PROTECT, related_name="+"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    harder_day = models.CharField(_("on a harder day"), max_length=200, blank=True)
    why = models.CharField(_("why this is for you"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Dosage.Meta):
        abstract = False
        verbose_name = _("exercise of a template")
        verbose_name_plural = _("exercises of a template")
        ordering = ["order", "pk"]
        constraints = [
            *Dosage.Meta.constraints,
            models.UniqueConstraint(
                name="plans_template_exercise_once", fields=["template", "exercise"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.exercise)


class ExerciseDefaultQuerySet(models.QuerySet["ExerciseDefault"]):
    def kept_by(self, user: Any, exercises: Iterable[int]) -> dict[int, "ExerciseDefault"]:
        """What ``user`` keeps for ``exercises`` (primary keys), by exercise: one query."""
        return {row.exercise_id: row for row in self.filter(clinician=user, exercise__in=exercises)}


class ExerciseDefault(Dosage):
    """How a clinician usually gives an exercise: their own default, before the library's.

    A dosage and no words: those are written for one patient.
    """

    clinician = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exercise_defaults"
    )
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")

    objects = ExerciseDefaultQuerySet.as_manager()

    class Meta(Dosage.Meta):
        abstract = False
        verbose_name = _("own default")
        verbose_name_plural = _("own defaults")
        constraints = [
            *Dosage.Meta.constraints,
            models.UniqueConstraint(
                name="plans_default_once_a_clinician", fields=["clinician", "exercise"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.exercise)

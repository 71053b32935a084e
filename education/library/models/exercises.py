"""Exercises with their steps, stop-ifs and ladder."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from education.library.fields import ChoiceListField
from education.library.figures.catalogue import MOVES
from education.library.validators import validate_film, validate_placeholders, validate_pose

from .body import Area, Demand, Equipment, ExerciseKind, LowBack, Position, Precaution
from .dosage import Dosage
from .pictures import Photo
from .review import Reviewed, ReviewedQuerySet
from .sides import Laterality, WorkingSide


class ExerciseFamilyQuerySet(models.QuerySet):
    def with_forms(self):
        """Each with ``forms``: its published exercises as an index shows them, in two queries."""
        return self.prefetch_related(
            models.Prefetch("exercises", Exercise.objects.for_index(), to_attr="forms")
        )

    def with_pictured_forms(self):
        """As ``with_forms``, each form with its steps, in one query more."""
        forms = Exercise.objects.for_index().prefetch_related("steps__photo")
        return self.prefetch_related(models.Prefetch("exercises", forms, to_attr="forms"))


class ExerciseFamily(models.Model):
    """Forms of one movement, such as knee to chest on a chair, on the floor and lying."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=80)
    purpose = models.TextField(_("what it is for"), max_length=400)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ExerciseFamilyQuerySet.as_manager()

    class Meta:
        verbose_name = _("exercise family")
        verbose_name_plural = _("exercise families")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def form_to_show(self) -> "Exercise | None":
        """The easiest form that anybody may read whole. Needs ``forms``."""
        forms: list[Any] = self.forms  # type: ignore[attr-defined]
        return next((f for f in forms if not f.supervised_first and not f.is_top_rung), None)


class ExerciseQuerySet(ReviewedQuerySet):
    def with_page(self):
        """Everything an exercise page shows, in a fixed number of queries.

        Rungs that are not published are left out.
        """
        return self.select_related("family", "source").prefetch_related(
            models.Prefetch("steps", ExerciseStep.objects.select_related("photo")),
            "stop_ifs",
            models.Prefetch(
                "ladder_links",
                LadderLink.objects.filter(to_exercise__state=Reviewed.State.PUBLISHED),
            ),
            models.Prefetch("ladder_links__to_exercise", Exercise.objects.with_cover()),
        )

    def for_index(self):
        """What an index of exercises shows: published ones, family by family."""
        return self.published().with_cover().with_top_rung().in_order()

    def with_top_rung(self):
        """Each with ``is_top_rung``: harder than another exercise, with nothing harder above it.

        Public pages name these forms and leave the choice to the therapist.
        """
        harder = LadderLink.objects.filter(direction=LadderLink.Direction.HARDER)
        return self.annotate(
            is_top_rung=models.Exists(harder.filter(to_exercise=models.OuterRef("pk")))
            & ~models.Exists(harder.filter(exercise=models.OuterRef("pk")))
        )

    def with_cover(self):
        """Each with ``cover_pose``, the pose that shows the move: as a rule its last picture.

        ``cover_photo`` (digest, width, height) is the last photo, for one that has no drawing.
        """
        steps = ExerciseStep.objects.filter(exercise=models.OuterRef("pk"))
        poses = steps.exclude(pose="")
        shows_move = models.Case(models.When(pose__in=MOVES, then=1), default=0)
        photo = JSONObject(digest="photo__digest", width="photo__width", height="photo__height")
        photos = steps.filter(photo__isnull=False).annotate(photo_json=photo)
        return self.annotate(
            cover_pose=models.Subquery(
                poses.order_by(shows_move.desc(), "-order", "-pk").values("pose")[:1]
            ),
            cover_photo=models.Subquery(photos.order_by("-order", "-pk").values("photo_json")[:1]),
        )

    def in_order(self):
        """Family by family, easier forms first."""
        return self.order_by("family__order", "order", "pk")


class Exercise(Dosage, Reviewed):
    """An entry of the library. Its dosage is the default that a plan starts from.

    ``demands`` and ``precautions`` are None until someone has answered them: an empty list means
    "asks nothing", None means "not answered", and a plan treats None as a clash.
    """

    key = models.SlugField(
        _("key"), max_length=60, unique=True, help_text=_("Its web address. Never changes.")
    )
    family = models.ForeignKey(
        ExerciseFamily,
        verbose_name=_("family"),
        on_delete=models.PROTECT,
        related_name="exercises",
        null=True,
        blank=True,
    )
    title = models.CharField(_("title"), max_length=80)
    form_name = models.CharField(
        _("name of the form"), max_length=60, blank=True, help_text=_("Such as “On a chair”.")
    )
    purpose = models.TextField(_("what it is for"), max_length=300)
    feel = models.CharField(_("where you feel it"), max_length=120, blank=True)
    ask_first = models.CharField(_("ask first"), max_length=200, blank=True)
    harder_day = models.CharField(
        _("on a harder day"), max_length=200, blank=True, validators=[validate_placeholders]
    )
    progression = models.CharField(
        _("more of the same form"),
        max_length=300,
        blank=True,
        help_text=_("For the clinician: how this form grows before the next rung of the ladder."),
    )
    also_called = models.CharField(
        _("also called"),
        max_length=200,
        blank=True,
        help_text=_("Other names people search for, with commas between them."),
    )
    # Blank until somebody has answered: an imported exercise brings neither, and the publish
    # check asks for both.
    position = models.CharField(_("position"), max_length=12, choices=Position.choices, blank=True)
    laterality = models.CharField(
        _("laterality"), max_length=12, choices=Laterality.choices, blank=True
    )
    areas = ChoiceListField(Area, verbose_name=_("parts of the body"), default=list, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ExerciseKind.choices, blank=True)
    low_back = models.CharField(
        _("the low back"), max_length=8, choices=LowBack.choices, blank=True
    )
    film = models.CharField(
        _("moving picture"),
        max_length=60,
        blank=True,
        validators=[validate_film],
        help_text=_("Key of the exercise whose drawn movement it shows."),
    )
    equipment = ChoiceListField(Equipment, verbose_name=_("equipment"), default=list, blank=True)
    demands = ChoiceListField(Demand, verbose_name=_("body demands"), null=True, blank=True)
    precautions = ChoiceListField(Precaution, verbose_name=_("precautions"), null=True, blank=True)
    supervised_first = models.BooleanField(
        _("supervised first"),
        default=False,
        help_text=_("A clinician watches it once before the patient does it alone."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ExerciseQuerySet.as_manager()

    class Meta(Dosage.Meta, Reviewed.Meta):
        abstract = False
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")
        ordering = ["order", "pk"]
        permissions = [("review_exercise", "Can take responsibility for an exercise")]
        constraints = [*Dosage.Meta.constraints, *Reviewed.Meta.constraints]

    def __str__(self) -> str:
        return self.title

    @property
    def has_side(self) -> bool:
        """Whether words and pictures name a side."""
        return self.laterality != Laterality.TWO_SIDED

    @property
    def public_side(self) -> str:
        """The side words follow where no plan names one: left and right are never guessed."""
        return {
            Laterality.ONE_SIDED: WorkingSide.UNKNOWN,
            Laterality.ALTERNATING: WorkingSide.EACH,
        }.get(self.laterality, WorkingSide.NONE)  # type: ignore[call-overload]

    @property
    def topics(self) -> list[str] | None:
        """Demands and precautions together; None while either is not answered."""
        if self.demands is None or self.precautions is None:
            return None
        return [*self.demands, *self.precautions]

    # The lists below read prefetched rows (with_page): no query each.

    def steps_of(self, *kinds: "ExerciseStep.Kind") -> list["ExerciseStep"]:
        """Its steps of these kinds, in order."""
        return [step for step in self.steps.all() if step.kind in kinds]

    @property
    def steps_to_do(self) -> list["ExerciseStep"]:
        """What to do, one after the other: the numbered list."""
        return self.steps_of(ExerciseStep.Kind.PREPARATION, ExerciseStep.Kind.STEP)

    @property
    def safety_lines(self) -> list["ExerciseStep"]:
        """What to make safe before the first step."""
        return self.steps_of(ExerciseStep.Kind.SAFETY)

    @property
    def form_cues(self) -> list["ExerciseStep"]:
        """What to mind all through: form and breathing."""
        return self.steps_of(ExerciseStep.Kind.FORM_CUE, ExerciseStep.Kind.BREATHING)

    @property
    def pictured_steps(self) -> list[tuple[int, "ExerciseStep"]]:
        """The steps with a picture, each with its number in the numbered list (0: not in it)."""
        numbers = {step.pk: number for number, step in enumerate(self.steps_to_do, start=1)}
        return [
            (numbers.get(step.pk, 0), step)
            for step in self.steps.all()
            if step.pose or step.photo_id is not None
        ]

    @property
    def is_drawn(self) -> bool:
        """Whether any of its pictures is a drawing: those need a key, photos do not."""
        return any(step.pose for step in self.steps.all())

    def links(self, direction: "LadderLink.Direction") -> list["LadderLink"]:
        """Its links on the ladder, each with the rule for taking it, in order."""
        return [link for link in self.ladder_links.all() if link.direction == direction]

    def rungs(self, direction: "LadderLink.Direction") -> list["Exercise"]:
        """Exercises beside this one on the ladder, in order."""
        return [link.to_exercise for link in self.links(direction)]

    @property
    def easier_links(self) -> list["LadderLink"]:
        return self.links(LadderLink.Direction.EASIER)

    @property
    def harder_links(self) -> list["LadderLink"]:
        """Their rules are told to a patient; only a clinician applies them."""
        return self.links(LadderLink.Direction.HARDER)

    @property
    def easier_forms(self) -> list["Exercise"]:
        return self.rungs(LadderLink.Direction.EASIER)

    @property
    def other_ways(self) -> list["Exercise"]:
        return self.rungs(LadderLink.Direction.ANOTHER_WAY)

    @property
    def harder_forms(self) -> list["Exercise"]:
        """Named to a patient, never linked: only a clinician moves a patient up."""
        return self.rungs(LadderLink.Direction.HARDER)


class ExerciseStep(models.Model):
    """One line of an exercise, with the picture that shows it.

    ``text`` and ``alt`` may hold side placeholders such as ``{working:leg}``; see wording.py.
    """

    class Kind(models.TextChoices):
        PREPARATION = "preparation", _("preparation")
        STEP = "step", _("step")
        FORM_CUE = "form_cue", _("form cue")
        BREATHING = "breathing", _("breathing")
        SAFETY = "safety", _("safety")

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.STEP)
    text = models.TextField(_("text"), max_length=300, validators=[validate_placeholders])
    caption = models.CharField(
        _("words under the picture"), max_length=60, blank=True, validators=[validate_placeholders]
    )
    pose = models.CharField(_("pose"), max_length=60, blank=True, validators=[validate_pose])
    photo = models.ForeignKey(
        Photo,
        verbose_name=_("photo"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
    )
    alt = models.CharField(
        _("picture in words"), max_length=250, blank=True, validators=[validate_placeholders]
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="library_step_picture_has_words",
                condition=Q(pose="", photo__isnull=True) | ~Q(alt=""),
                violation_error_message=_("Say in words what the picture shows."),
            ),
            models.CheckConstraint(
                name="library_step_one_picture",
                condition=Q(pose="") | Q(photo__isnull=True),
                violation_error_message=_("A drawing or a photo, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class StopIfQuerySet(models.QuerySet):
    def shared(self):
        """The signs that stop every exercise."""
        return self.filter(exercise__isnull=True)


class StopIf(models.Model):
    """A sign to stop the exercise. Without an exercise it holds for all of them."""

    exercise = models.ForeignKey(
        Exercise, on_delete=models.CASCADE, related_name="stop_ifs", null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("text"), max_length=200, validators=[validate_placeholders])

    objects = StopIfQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign to stop")
        verbose_name_plural = _("signs to stop")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class LadderLink(models.Model):
    """A rung beside an exercise. The ladder is a graph, so links go one way each."""

    class Direction(models.TextChoices):
        EASIER = "easier", _("easier")
        ANOTHER_WAY = "another_way", _("another way")
        HARDER = "harder", _("harder")

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="ladder_links")
    to_exercise = models.ForeignKey(
        Exercise, verbose_name=_("to"), on_delete=models.PROTECT, related_name="ladder_links_in"
    )
    direction = models.CharField(_("direction"), max_length=12, choices=Direction.choices)
    rule = models.CharField(
        _("rule"), max_length=300, help_text=_("When to take this rung, in words.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("ladder link")
        verbose_name_plural = _("ladder links")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="library_one_ladder_link_each_way", fields=["exercise", "to_exercise"]
            ),
            models.CheckConstraint(
                name="library_ladder_link_leads_elsewhere",
                condition=~Q(exercise=F("to_exercise")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()}: {self.to_exercise}"

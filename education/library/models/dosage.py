"""How much of an exercise: one shape, used by the library's default and by every plan."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

EVERY_DAY = 127  # a bit per weekday, Monday is bit 0
SECONDS_PER_REPETITION = 4  # a slow movement there and back, on top of its hold
SECONDS_TO_SWAP_SIDES = 10


class LoadUnit(models.TextChoices):
    POUND = "lb", _("lb")


class Band(models.TextChoices):
    """Strength of a resistance band."""

    LIGHT = "light", _("light band")
    MEDIUM = "medium", _("medium band")
    STRONG = "strong", _("strong band")


@dataclass(frozen=True, slots=True, kw_only=True)
class DosageSpec:
    """A dosage as a plain value, as a plan version keeps it.

    Repetitions (``reps_min``, and ``reps_max`` when it is a range) or ``minutes``, never both.
    ``hold_seconds`` and ``rest_seconds`` in seconds, ``effort_max`` 0-10, ``load`` in
    ``load_unit``, ``weekdays`` a bit per weekday (Monday is bit 0; 127 is every day),
    ``every_n_days`` counted from the start of the plan.
    """

    sets: int = 1
    reps_min: int | None = None
    reps_max: int | None = None
    minutes: int | None = None
    hold_seconds: int = 0
    rest_seconds: int = 15
    times_per_day: int = 1
    weekdays: int = EVERY_DAY
    every_n_days: int = 1
    load: str | None = None
    load_unit: str = ""
    band: str = ""
    effort_max: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready fields, for the body of a plan version."""
        return asdict(self)

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Self:
        """The dosage kept in a plan version; unknown fields of a later schema raise TypeError."""
        return cls(**fields)

    def is_due(self, day: date, start: date) -> bool:
        """Whether the exercise is planned on ``day`` (dates), counted from ``start``."""
        if not self.weekdays & (1 << day.weekday()):
            return False
        return (day - start).days % self.every_n_days == 0

    def seconds(self, *, sides: int = 1) -> int:
        """Length of one sitting in seconds; ``sides`` is 2 when each side has its turn.

        The rest comes after each hold, or after each round of an exercise without a hold.
        """
        if self.minutes:
            return self.minutes * 60 * self.sets
        reps = self.reps_max or self.reps_min or 1
        work = reps * (SECONDS_PER_REPETITION + self.hold_seconds)
        swap = SECONDS_TO_SWAP_SIDES if sides == 2 else 0
        turns = self.sets * sides * (reps if self.hold_seconds else 1)
        return self.sets * (work * sides + swap) + (turns - 1) * self.rest_seconds


def whole(low: int, high: int, **kwargs: Any) -> models.PositiveSmallIntegerField:
    """A whole number from ``low`` to ``high``."""
    validators = [MinValueValidator(low), MaxValueValidator(high)]
    return models.PositiveSmallIntegerField(validators=validators, **kwargs)


class Dosage(models.Model):
    """Columns of a dosage (abstract). The ranges are those of the clinical rules (clinical.md)."""

    sets = whole(1, 4, verbose_name=_("sets"), default=1)
    reps_min = whole(1, 20, verbose_name=_("repetitions"), null=True, blank=True)
    reps_max = whole(1, 20, verbose_name=_("repetitions at most"), null=True, blank=True)
    minutes = whole(1, 60, verbose_name=_("minutes"), null=True, blank=True)
    hold_seconds = whole(0, 60, verbose_name=_("hold, seconds"), default=0)
    rest_seconds = whole(0, 180, verbose_name=_("rest, seconds"), default=15)
    times_per_day = whole(1, 4, verbose_name=_("times a day"), default=1)
    weekdays = whole(1, EVERY_DAY, verbose_name=_("weekdays"), default=EVERY_DAY)
    every_n_days = whole(1, 14, verbose_name=_("every so many days"), default=1)
    load = models.DecimalField(
        _("load"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(50))],
    )
    load_unit = models.CharField(
        _("unit of the load"), max_length=4, choices=LoadUnit.choices, blank=True
    )
    band = models.CharField(_("band"), max_length=8, choices=Band.choices, blank=True)
    effort_max = whole(0, 10, verbose_name=_("effort at most, 0 to 10"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dosage_in_range",
                condition=Q(sets__range=(1, 4))
                & (Q(reps_min__isnull=True) | Q(reps_min__range=(1, 20)))
                & (Q(reps_max__isnull=True) | Q(reps_max__range=(1, 20)))
                & (Q(minutes__isnull=True) | Q(minutes__range=(1, 60)))
                & Q(hold_seconds__range=(0, 60))
                & Q(rest_seconds__range=(0, 180))
                & Q(times_per_day__range=(1, 4))
                & Q(weekdays__range=(1, EVERY_DAY))
                & Q(every_n_days__range=(1, 14))
                & (Q(effort_max__isnull=True) | Q(effort_max__range=(0, 10)))
                & (Q(load__isnull=True) | Q(load__range=(0, 50))),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dosage_reps_or_minutes",
                condition=Q(reps_min__isnull=False, minutes__isnull=True)
                | Q(reps_min__isnull=True, minutes__isnull=False, reps_max__isnull=True),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dosage_makes_sense",
                condition=(Q(reps_max__isnull=True) | Q(reps_max__gte=F("reps_min")))
                & (Q(weekdays=EVERY_DAY) | Q(every_n_days=1))
                & (Q(load__isnull=True) | ~Q(load_unit="")),
            ),
        ]

    @property
    def spec(self) -> DosageSpec:
        """The dosage as a plain value."""
        return DosageSpec(
            sets=self.sets,
            reps_min=self.reps_min,
            reps_max=self.reps_max,
            minutes=self.minutes,
            hold_seconds=self.hold_seconds,
            rest_seconds=self.rest_seconds,
            times_per_day=self.times_per_day,
            weekdays=self.weekdays,
            every_n_days=self.every_n_days,
            load=None if self.load is None else format(self.load.normalize(), "f"),
            load_unit=self.load_unit,
            band=self.band,
            effort_max=self.effort_max,
        )

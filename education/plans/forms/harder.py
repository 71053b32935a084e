"""What a clinician types about a harder day: less of the same, or an easier exercise."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.library.models import DosageSpec, Exercise

from ..models import HarderDay, PlannedExercise
from ..shelf import Shelf
from .dosage import DOSAGE_COLUMNS, columns_of
from .fields import NumberField, RepetitionsField, repetitions_text

NUMBERS = ("sets", "hold_seconds", "times_per_day")
HOW_MANY = ("reps_min", "reps_max", "minutes")
HARDER_FIELDS = (
    "harder_exercise",
    *(f"harder_{name}" for name in ("sets", "reps", "minutes", "hold_seconds", "times_per_day")),
)


class HarderDayFields(forms.Form):
    """Fields of a harder day. What is left blank is as on a usual day.

    The days, the rest, the load and the effort are those of the usual day. With an easier exercise
    blanks are the library's dosage of that exercise, never more often than on a usual day.
    """

    harder_exercise = forms.ChoiceField(
        label=gettext_lazy("Harder day: exercise"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("Choose one of the easier forms of this exercise.")
        },
    )
    harder_sets = NumberField("sets", label=gettext_lazy("Harder day: sets"))
    harder_reps = RepetitionsField(label=gettext_lazy("Harder day: repetitions"))
    harder_minutes = NumberField("minutes", label=gettext_lazy("Harder day: minutes"))
    harder_hold_seconds = NumberField("hold_seconds", label=gettext_lazy("Harder day: hold, s"))
    harder_times_per_day = NumberField(
        "times_per_day", label=gettext_lazy("Harder day: times a day")
    )

    shelf: Shelf
    row: PlannedExercise | None

    def _offer_rungs(self, exercise: Exercise | None) -> None:
        """Offer the easier rungs of an exercise; one that a row has already stays."""
        rungs = self.shelf.easier(exercise) if exercise else []
        held = getattr(self.row, "harder", None)
        if held and held.exercise and exercise and exercise.pk == self.row.exercise_id:  # type: ignore[union-attr]
            rungs = [*rungs, held.exercise]
        self.rungs = {str(rung.pk): rung for rung in rungs}
        field = self.fields["harder_exercise"]
        field.choices = [
            ("", _("The same, less of it")),
            *((pk, rung.title) for pk, rung in self.rungs.items()),
        ]

    def clean_harder_exercise(self) -> Exercise | None:
        """The easier rung itself; None for the same exercise."""
        return self.rungs.get(self.cleaned_data["harder_exercise"])

    def _harder(self, usual: dict[str, Any]) -> dict[str, Any] | None:
        """Columns of the harder day beside the ``usual`` dosage; None when nothing is less."""
        typed = self.cleaned_data
        easier: Exercise | None = typed.get("harder_exercise")
        base = easier_dosage(easier, usual) if easier else usual
        wanted = {name: typed.get(f"harder_{name}") for name in NUMBERS}
        harder = base | {name: value for name, value in wanted.items() if value is not None}
        reps, minutes = typed.get("harder_reps"), typed.get("harder_minutes")
        if reps and minutes:
            self.add_error("harder_minutes", _("Use repetitions or minutes, not both."))
        elif reps or minutes:
            low, high = reps or (None, None)
            harder |= {"reps_min": low, "reps_max": high, "minutes": minutes}
        self._refuse_more(harder, usual, NUMBERS if easier is None else ("times_per_day",))
        if easier is None:
            self._refuse_longer(harder, usual)
            if harder == usual:
                return None
        return harder | {"exercise": easier}

    def _refuse_more(
        self, harder: dict[str, Any], usual: dict[str, Any], names: tuple[str, ...]
    ) -> None:
        for name in names:
            if harder[name] > usual[name]:
                self.add_error(f"harder_{name}", _more_than(usual[name]))

    def _refuse_longer(self, harder: dict[str, Any], usual: dict[str, Any]) -> None:
        """No more repetitions, no more minutes, and not longer when one takes the other's place."""
        field = "harder_minutes" if harder["minutes"] else "harder_reps"
        if bool(harder["minutes"]) != bool(usual["minutes"]):
            if DosageSpec(**harder).seconds() > DosageSpec(**usual).seconds():
                self.add_error(field, _("That is longer than on a usual day."))
            return
        for_harder, for_usual = (
            dosage["minutes"] or dosage["reps_max"] or dosage["reps_min"]
            for dosage in (harder, usual)
        )
        if for_harder > for_usual:
            self.add_error(field, _more_than(for_usual))


def _more_than(usual: int) -> str:
    return _("A usual day has %(usual)d. A harder day has no more than that.") % {"usual": usual}


def easier_dosage(easier: Exercise, usual: Mapping[str, Any]) -> dict[str, Any]:
    """The library's dosage of an easier exercise, on the days and no oftener than ``usual``."""
    return columns_of(easier) | {
        "times_per_day": min(easier.times_per_day, usual["times_per_day"]),
        "weekdays": usual["weekdays"],
        "every_n_days": usual["every_n_days"],
    }


def harder_fields(row: PlannedExercise) -> dict[str, Any]:
    """What the fields show of a saved row: only what is not as usual."""
    harder: HarderDay | None = getattr(row, "harder", None)
    if harder is None:
        return {}
    base = columns_of(row)
    if harder.exercise:
        base = easier_dosage(harder.exercise, base)
    shown: dict[str, Any] = {"harder_exercise": str(harder.exercise_id or "")}
    for name in NUMBERS:
        value = getattr(harder, name)
        shown[f"harder_{name}"] = None if value == base[name] else value
    if any(getattr(harder, name) != base[name] for name in HOW_MANY):
        shown["harder_reps"] = repetitions_text(harder.reps_min, harder.reps_max)
        shown["harder_minutes"] = harder.minutes
    return shown


assert {"exercise", *DOSAGE_COLUMNS} <= {field.name for field in HarderDay._meta.fields}

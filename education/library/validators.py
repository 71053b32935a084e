"""Checks of what an editor types, each refusal with the name of what is wrong."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .figures.catalogue import FILM_KEYS, POSE_KEYS
from .wording import unknown_placeholders

LARGEST_SMALL_NUMBER = 32767  # of a small whole number in PostgreSQL; SQLite would take any


def validate_placeholders(text: str) -> None:
    """Raise ValidationError naming the first placeholder that no table knows."""
    if unknown := unknown_placeholders(text):
        raise ValidationError(
            _("“%(name)s” is not a placeholder. Use one such as {working:leg} or {resting:knee}."),
            code="unknown_placeholder",
            params={"name": unknown[0]},
        )


def validate_pose(key: str) -> None:
    """Raise ValidationError when no drawn picture has this key."""
    if key and key not in POSE_KEYS:
        raise ValidationError(
            _("There is no picture “%(name)s”."), code="unknown_pose", params={"name": key}
        )


def validate_film(key: str) -> None:
    """Raise ValidationError when no drawn movement has this key."""
    if key and key not in FILM_KEYS:
        raise ValidationError(
            _("There is no moving picture “%(name)s”."), code="unknown_film", params={"name": key}
        )


def dosage_errors(dosage: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    """(field, message) for every rule over several fields of a dosage that does not hold."""
    low, high, minutes = (dosage.get(name) for name in ("reps_min", "reps_max", "minutes"))
    if low is None and minutes is None:
        yield "reps_min", _("Say how many repetitions, or how many minutes.")
    if minutes is not None and (low is not None or high is not None):
        yield "minutes", _("Repetitions or minutes, not both. Clear one of them.")
    if low is not None and high is not None and high < low:
        yield "reps_max", _("At most must not be below the repetitions.")
    if low is None and high is not None and minutes is None:
        yield "reps_max", _("Fill in the repetitions first.")
    if dosage.get("load") is not None and not dosage.get("load_unit"):
        yield "load_unit", _("Choose the unit of the load.")

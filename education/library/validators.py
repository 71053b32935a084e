"""Checks of what an editor types, each refusal with the name of what is wrong."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .figures.catalogue import FILM_KEYS, POSE_KEYS
from .wording import unknown_placeholders


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

"""Which side an exercise works: as the library has it, and as a plan chooses it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Laterality(models.TextChoices):
    """Decides whether a side is worded at all."""

    ONE_SIDED = "one_sided", _("one-sided")
    ALTERNATING = "alternating", _("alternating")
    TWO_SIDED = "two_sided", _("two-sided")


class WorkingSide(models.TextChoices):
    """The side a planned exercise works. Words and picture follow it."""

    UNKNOWN = "unknown", _("not known yet")
    LEFT = "left", _("left")
    RIGHT = "right", _("right")
    EACH = "each", _("each in turn")
    BOTH = "both", _("both together")
    NONE = "none", _("no side")

"""Signs that need a doctor. Written and reviewed by clinicians, never computed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CareLevel(models.Model):
    """One of the three care levels, with the instruction that stands above its signs.

    ``instruction`` may hold ``{phone}``, the clinic's number.
    """

    class Level(models.TextChoices):
        EMERGENCY = "emergency", _("emergency")
        URGENT = "urgent", _("urgent")
        SOON = "soon", _("soon")

    level = models.CharField(_("level"), max_length=10, choices=Level.choices, unique=True)
    title = models.CharField(_("title"), max_length=60)
    instruction = models.TextField(_("what to do"), max_length=400)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("care level")
        verbose_name_plural = _("care levels")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class RedFlag(models.Model):
    """One sign. ``source`` names where the clinic has it from."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    care_level = models.ForeignKey(
        CareLevel, verbose_name=_("care level"), on_delete=models.PROTECT, related_name="red_flags"
    )
    text = models.CharField(_("sign"), max_length=250)
    source = models.CharField(_("source"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("red flag")
        verbose_name_plural = _("red flags")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text

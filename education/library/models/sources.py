"""Where an exercise came from that the clinic did not write itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .exercises import Exercise


class ExerciseSource(models.Model):
    """The entry of a collection that an exercise was imported from, with its licence.

    ``digest`` is of the exercise as the last import left it: one that differs now was edited by
    staff, and no later import touches it. ``not_mapped`` lists what had no place in our words.
    """

    exercise = models.OneToOneField(Exercise, on_delete=models.CASCADE, related_name="source")
    collection = models.SlugField(_("collection"), max_length=60)
    entry = models.CharField(_("entry"), max_length=120)
    author = models.CharField(_("author"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=120)
    address = models.URLField(_("address"), blank=True)
    not_mapped = models.JSONField(_("what could not be placed"), default=list, blank=True)
    digest = models.CharField(max_length=64, editable=False)
    imported_at = models.DateTimeField(_("imported"), auto_now=True)

    class Meta:
        verbose_name = _("source of an exercise")
        verbose_name_plural = _("sources of exercises")
        constraints = [
            models.UniqueConstraint(
                name="library_entry_imported_once", fields=["collection", "entry"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection} {self.entry}"

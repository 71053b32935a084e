"""Photos of the clinic's own, as they are served: checked, without metadata, re-encoded."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Photo(models.Model):
    """A picture that staff uploaded for a step or an article. It is kept, never replaced.

    ``digest`` is the SHA-256 of the file as it is served, in hexadecimal: the same photo uploaded
    twice is one row, and its address may be cached for ever. ``width`` and ``height`` in pixels.
    The words for it stand with the step that shows it.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    image = models.FileField(_("file"), upload_to="photos", editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="library_photo_has_a_size", condition=Q(width__gt=0, height__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:12]

"""Photos of the clinic's own, as they are served: checked, without metadata, re-encoded."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .review import Reviewed


class PhotoQuerySet(models.QuerySet):
    def shown(self):
        """Those that anybody may see, for a page shows them.

        Steps of a retired exercise are still read in the plans that have it.
        """
        readable = (Reviewed.State.PUBLISHED, Reviewed.State.RETIRED)
        in_exercise = Q(steps__exercise__state__in=readable)
        in_article = Q(sections__article__state=Reviewed.State.PUBLISHED)
        return self.filter(in_exercise | in_article).distinct()

    def unused(self):
        """Those that no step and no section shows, published or not."""
        return self.filter(steps=None, sections=None)

    def visible_to(self, user):
        """Those that ``user`` may see: staff who read the library see drafts too."""
        return self.all() if user.has_perm("library.view_photo") else self.shown()


class Photo(models.Model):
    """A picture that staff uploaded for a step or an article. It is never replaced.

    ``digest`` is the SHA-256 of the file as it is served, in hexadecimal: the same photo uploaded
    twice is one row. ``width`` and ``height`` in pixels.
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

    objects = PhotoQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        return reverse("photo", args=[self.digest])

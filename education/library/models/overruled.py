"""Reasons why a piece of content is published although something is found against it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .articles import Article
from .exercises import Exercise
from .glossary import GlossaryTerm


class OverruledFinding(models.Model):
    """A soft finding of the publish check that somebody has overruled, and why.

    ``code`` is the kind of finding and ``subject`` what it was found in (the sentence, the step):
    when the words change, the finding comes back. Rows are kept.
    """

    exercise = models.ForeignKey(
        Exercise, on_delete=models.CASCADE, null=True, blank=True, related_name="overruled"
    )
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, blank=True, related_name="overruled"
    )
    term = models.ForeignKey(
        GlossaryTerm, on_delete=models.CASCADE, null=True, blank=True, related_name="overruled"
    )
    code = models.CharField(_("finding"), max_length=40)
    subject = models.TextField(_("found in"), blank=True)
    reason = models.CharField(_("why it may stay"), max_length=300)
    overruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    overruled_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("overruled finding")
        verbose_name_plural = _("overruled findings")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="library_overruled_of_one_content",
                condition=Q(exercise__isnull=False, article__isnull=True, term__isnull=True)
                | Q(exercise__isnull=True, article__isnull=False, term__isnull=True)
                | Q(exercise__isnull=True, article__isnull=True, term__isnull=False),
            ),
            models.CheckConstraint(name="library_overruled_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.reason

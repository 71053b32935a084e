"""Words that an editor has written and no clinician has read yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .articles import Article
from .exercises import Exercise
from .glossary import GlossaryTerm


class ContentProposalQuerySet(models.QuerySet):
    def photo_digests(self) -> set[str]:
        """Digests of the photos that they would show: nobody may clear these away."""
        return {
            line["photo"]
            for document in self.values_list("document", flat=True)
            for part in ("steps", "sections")
            for line in document.get(part, [])
            if line.get("photo")
        }


class ContentProposal(models.Model):
    """What a published or retired piece of content shall say once a clinician has published it.

    ``document`` is the whole of it as the content pack writes such an object, without its state.
    Readers keep the words of the rows until then. ``returned_because`` is what a clinician asks
    to be changed; empty while the proposal waits for one.
    """

    exercise = models.OneToOneField(
        Exercise, on_delete=models.CASCADE, null=True, blank=True, related_name="proposal"
    )
    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, null=True, blank=True, related_name="proposal"
    )
    term = models.OneToOneField(
        GlossaryTerm, on_delete=models.CASCADE, null=True, blank=True, related_name="proposal"
    )
    document = models.JSONField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(auto_now=True)
    returned_because = models.CharField(_("what to change"), max_length=300, blank=True)

    objects = ContentProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="library_proposal_of_one_content",
                condition=Q(exercise__isnull=False, article__isnull=True, term__isnull=True)
                | Q(exercise__isnull=True, article__isnull=False, term__isnull=True)
                | Q(exercise__isnull=True, article__isnull=True, term__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.exercise or self.article or self.term)

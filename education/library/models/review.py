"""Who answers for a piece of content, and which state of the library a reader saw."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ReviewedQuerySet(models.QuerySet):
    def published(self):
        """What patients and visitors may read."""
        return self.filter(state=Reviewed.State.PUBLISHED)

    def readable_in_plans(self):
        """What a patient with it in a plan may read: also what was retired since."""
        return self.filter(state__in=Reviewed.READABLE_IN_PLANS)

    def waiting_for_review(self):
        """Handed in by an editor for a clinician to publish: itself, or a change of it."""
        handed_in = Q(state=Reviewed.State.IN_REVIEW)
        return self.filter(handed_in | Q(proposal__isnull=False, proposal__returned_because=""))

    def with_changes_sent_back(self):
        """Content whose proposed change a clinician wants otherwise."""
        return self.filter(proposal__isnull=False).exclude(proposal__returned_because="")

    def review_overdue(self, today):
        """Published content that should have been read again before ``today``."""
        return self.published().filter(next_review_on__lt=today)


class Reviewed(models.Model):
    """State of a piece of content (abstract).

    Demonstration content is published but reviewed by nobody: the pages say so, and in production
    no plan with it can be activated.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        RETIRED = "retired", _("retired")

    READABLE_IN_PLANS = (State.PUBLISHED, State.RETIRED)
    #: Every change of state there is; docs/decisions/0009. Editing changes no state.
    ALLOWED_CHANGES: dict[str, tuple[str, ...]] = {
        State.DRAFT: (State.IN_REVIEW,),
        State.IN_REVIEW: (State.DRAFT, State.PUBLISHED),
        State.PUBLISHED: (State.IN_REVIEW, State.RETIRED),
        State.RETIRED: (State.IN_REVIEW, State.PUBLISHED),
    }

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    next_review_on = models.DateField(_("next review"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_reviewed_by_and_on",
                condition=Q(reviewed_by__isnull=True, reviewed_on__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_on__isnull=False),
            ),
        ]

    @property
    def is_read_by_patients(self) -> bool:
        """Whether a reader may see its words now: a change of them waits for a clinician."""
        return self.state in self.READABLE_IN_PLANS

    @property
    def is_reviewed(self) -> bool:
        """Whether a clinician of this clinic has taken responsibility for it."""
        return self.reviewed_on is not None

    def may_become(self, state: str) -> bool:
        """Whether the table of allowed changes has this one."""
        return state in self.ALLOWED_CHANGES[self.state]

    def is_review_overdue(self, today: date) -> bool:
        """Whether a clinician should have read it again before ``today`` (the clinic's date)."""
        return self.next_review_on is not None and self.next_review_on < today


class LibraryRevisionManager(models.Manager):
    def current(self) -> int:
        """Number of the library's state now; 0 before anything was loaded."""
        return self.values_list("number", flat=True).first() or 0

    def bump(self) -> None:
        """Count one more change of the content. Every page drawn from it is drawn anew."""
        if not self.update(number=F("number") + 1):
            self.create(pk=1, number=1)


class LibraryRevision(models.Model):
    """One row: how often the published content has changed. Keys the caches of drawn pages."""

    number = models.PositiveBigIntegerField(default=0)

    objects = LibraryRevisionManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="library_one_revision", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return str(self.number)

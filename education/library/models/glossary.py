"""Words that need explaining, and words that mean the same to somebody who searches."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .review import Reviewed, ReviewedQuerySet


class GlossaryTermQuerySet(ReviewedQuerySet):
    def words(self) -> set[str]:
        """Every form of these words in English: what the reading grade leaves out."""
        rows = self.values_list("term_en", "other_forms_en")
        return {word for term, others in rows for word in forms_of(term, others)}


def forms_of(term: str, other_forms: str | None) -> list[str]:
    """A word and its other forms, the commas between them taken apart."""
    return [word.strip() for word in (term, *(other_forms or "").split(",")) if word.strip()]


class GlossaryTerm(Reviewed):
    """A word explained where it stands. Reading grades leave it out, for it is proper there."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    term = models.CharField(_("word"), max_length=60)
    other_forms = models.CharField(
        _("other forms"),
        max_length=200,
        blank=True,
        help_text=_("Such as the plural, with commas between them."),
    )
    meaning = models.CharField(_("what it means"), max_length=250)

    objects = GlossaryTermQuerySet.as_manager()

    class Meta(Reviewed.Meta):
        abstract = False
        verbose_name = _("glossary word")
        verbose_name_plural = _("glossary")
        ordering = ["key"]
        constraints = [*Reviewed.Meta.constraints]

    def __str__(self) -> str:
        return self.term


class SearchSynonym(models.Model):
    """Words of one meaning, for the search only: "butt, bottom, buttock, glute"."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    words = models.CharField(
        _("words"), max_length=300, help_text=_("All of one meaning, with commas between them.")
    )

    class Meta:
        verbose_name = _("words of one meaning")
        verbose_name_plural = _("words of one meaning")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.words

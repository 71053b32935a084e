"""Articles: what the public pages teach."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .exercises import ExerciseFamily
from .review import Reviewed, ReviewedQuerySet


class ArticleQuerySet(ReviewedQuerySet):
    def with_page(self):
        """Everything an article page shows, in a fixed number of queries."""
        return self.prefetch_related(
            "sections",
            "key_points",
            models.Prefetch("families", ExerciseFamily.objects.with_forms()),
        )

    def home(self) -> "Article | None":
        """The article the home page shows, or None before one is published."""
        return self.published().filter(is_home=True).first()


class Article(Reviewed):
    """A page that teaches. Sections hold a small Markdown subset; HTML in it is shown as text."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary"), max_length=400)
    is_home = models.BooleanField(_("shown on the home page"), default=False)
    families = models.ManyToManyField(
        ExerciseFamily, verbose_name=_("exercise families"), blank=True, related_name="articles"
    )

    objects = ArticleQuerySet.as_manager()

    class Meta(Reviewed.Meta):
        abstract = False
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["title"]
        constraints = [*Reviewed.Meta.constraints]

    def __str__(self) -> str:
        return self.title

    @property
    def red_flags_at(self) -> "ArticleSection | None":
        """The section the red flags belong to: their own, or the exercises if these come first.

        However an editor orders the sections, the red flags stand before the exercises; None means
        at the end. Reads prefetched rows.
        """
        panels = (section for section in self.sections.all() if section.panel != "none")
        return next(panels, None)


class ArticleSection(models.Model):
    """A headed part of an article, with what stands under its text."""

    class Panel(models.TextChoices):
        NONE = "none", _("text only")
        RED_FLAGS = "red_flags", _("when to see a doctor")
        EXERCISES = "exercises", _("the exercises")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(_("anchor"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("heading"), max_length=120)
    body = models.TextField(_("text, in Markdown"), blank=True)
    panel = models.CharField(
        _("under the text"), max_length=10, choices=Panel.choices, default=Panel.NONE
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="library_section_key_once_an_article", fields=["article", "key"]
            ),
        ]

    def __str__(self) -> str:
        return self.title


class KeyPoint(models.Model):
    """One line of what to remember."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="key_points")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("text"), max_length=200)

    class Meta:
        verbose_name = _("key point")
        verbose_name_plural = _("key points")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text

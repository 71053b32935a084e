"""Articles: what the public pages teach."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from education.library.validators import validate_placeholders, validate_pose

from .exercises import Exercise, ExerciseFamily
from .pictures import Photo
from .review import Reviewed, ReviewedQuerySet


class ArticleQuerySet(ReviewedQuerySet):
    def with_page(self):
        """Everything an article page shows, in a fixed number of queries.

        Related pages that are not published are left out.
        """
        return self.select_related("reviewed_by").prefetch_related(
            models.Prefetch("sections", ArticleSection.objects.with_picture_and_steps()),
            "key_points",
            "today_steps",
            models.Prefetch("families", ExerciseFamily.objects.with_pictured_forms()),
            models.Prefetch("related", Article.objects.for_index()),
        )

    def with_things_to_do(self):
        """Those with something to do today, each with its list, in two queries."""
        listed = models.Exists(TodayStep.objects.filter(article=models.OuterRef("pk")))
        return self.filter(listed).prefetch_related("today_steps")

    def for_index(self):
        """What a list of articles shows: published ones, in order."""
        return self.published().with_cover().order_by("order", "pk")

    def with_cover(self):
        """Each with ``cover_pose``, the drawing of its first section that has one.

        ``cover_photo`` (digest, width, height) is the first photo, for one that has no drawing.
        """
        sections = ArticleSection.objects.filter(article=models.OuterRef("pk"))
        sections = sections.order_by("order", "pk")
        photo = JSONObject(digest="photo__digest", width="photo__width", height="photo__height")
        photos = sections.filter(photo__isnull=False).annotate(photo_json=photo)
        return self.annotate(
            cover_pose=models.Subquery(sections.exclude(pose="").values("pose")[:1]),
            cover_photo=models.Subquery(photos.values("photo_json")[:1]),
        )

    def home(self) -> "Article | None":
        """The article the home page shows, or None before one is published."""
        return self.published().filter(is_home=True).first()


class Article(Reviewed):
    """A page that teaches. Sections hold a small Markdown subset; HTML in it is shown as text."""

    class Kind(models.TextChoices):
        CONDITION = "condition", _("about a condition")
        SELF_CARE = "self_care", _("how to help yourself")

    key = models.SlugField(_("key"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary"), max_length=400)
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.CONDITION,
        help_text=_("A page about a condition needs the red flags and the key points."),
    )
    description = models.CharField(
        _("description"),
        max_length=160,
        blank=True,
        help_text=_("What search engines show under the title."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_home = models.BooleanField(_("shown on the home page"), default=False)
    families = models.ManyToManyField(
        ExerciseFamily, verbose_name=_("exercise families"), blank=True, related_name="articles"
    )
    related = models.ManyToManyField(
        "self", verbose_name=_("related pages"), blank=True, symmetrical=False
    )

    objects = ArticleQuerySet.as_manager()

    class Meta(Reviewed.Meta):
        abstract = False
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["order", "pk"]
        constraints = [*Reviewed.Meta.constraints]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its one true address: the home page's is the site's own."""
        return reverse("home") if self.is_home else reverse("article", args=[self.key])

    @property
    def meta_description(self) -> str:
        """What search engines show under the title, 160 characters at most."""
        return self.description or Truncator(self.summary).chars(160)

    @property
    def red_flags_at(self) -> "ArticleSection | None":
        """The section the red flags belong to: their own, or the exercises if these come first.

        However an editor orders the sections, the red flags stand before the exercises; None means
        at the end. Reads prefetched rows.
        """
        leading = (
            ArticleSection.Panel.RED_FLAGS,
            ArticleSection.Panel.EXERCISES,
            ArticleSection.Panel.STEPS,
        )
        return next((s for s in self.sections.all() if s.panel in leading), None)


class ArticleSectionQuerySet(models.QuerySet):
    def with_picture_and_steps(self):
        """Each with its photo and the exercise whose steps it shows.

        An exercise that is not published any more is None: its section shows its text alone.
        """
        parts = ("steps__photo", "stop_ifs")
        shown = Exercise.objects.published().prefetch_related(*parts)
        return self.select_related("photo").prefetch_related(models.Prefetch("exercise", shown))


class ArticleSection(models.Model):
    """A headed part of an article, with what stands under its text."""

    class Panel(models.TextChoices):
        NONE = "none", _("text only")
        RED_FLAGS = "red_flags", _("when to see a doctor")
        EXERCISES = "exercises", _("the exercises")
        TODAY = "today", _("what you can do today")
        STEPS = "steps", _("the steps of one exercise")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(_("anchor"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("heading"), max_length=120)
    body = models.TextField(_("text, in Markdown"), blank=True)
    panel = models.CharField(
        _("under the text"), max_length=10, choices=Panel.choices, default=Panel.NONE
    )

    exercise = models.ForeignKey(
        Exercise,
        verbose_name=_("exercise whose steps it shows"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    pose = models.CharField(_("pose"), max_length=60, blank=True, validators=[validate_pose])
    photo = models.ForeignKey(
        Photo,
        verbose_name=_("photo"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sections",
    )
    caption = models.CharField(
        _("words under the picture"), max_length=120, blank=True, validators=[validate_placeholders]
    )
    alt = models.CharField(
        _("picture in words"), max_length=250, blank=True, validators=[validate_placeholders]
    )

    objects = ArticleSectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="library_section_key_once_an_article", fields=["article", "key"]
            ),
            models.CheckConstraint(
                name="library_section_picture_has_words",
                condition=Q(pose="", photo__isnull=True) | ~Q(alt=""),
                violation_error_message=_("Say in words what the picture shows."),
            ),
            models.CheckConstraint(
                name="library_section_one_picture",
                condition=Q(pose="") | Q(photo__isnull=True),
                violation_error_message=_("A drawing or a photo, not both."),
            ),
            models.CheckConstraint(
                name="library_section_steps_name_exercise",
                condition=Q(panel="steps", exercise__isnull=False)
                | (~Q(panel="steps") & Q(exercise__isnull=True)),
                violation_error_message=_("Choose the exercise whose steps it shows."),
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


class TodayStep(models.Model):
    """One thing a reader can do today: a line of the list to print."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="today_steps")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("text"), max_length=200)

    class Meta:
        verbose_name = _("thing to do today")
        verbose_name_plural = _("things to do today")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text

"""The public pages. They read no session and no user, so that a visitor costs next to nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemap_views
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .clinic import clinic_of
from .drawn import drawn
from .found import show_found
from .glossary import Explainer
from .models import Article, Exercise, ExerciseFamily, LibraryRevision, Photo, StopIf
from .red_flags import red_flag_panel
from .search import Search
from .sitemaps import SITEMAPS
from .structured_data import breadcrumbs, json_ld, medical_page


@dataclass(frozen=True, slots=True)
class Page:
    """A public page as it is kept: the same for every reader of one language.

    ``path`` is its one true address; ``main`` its main part, drawn without the request; ``data``
    what search engines read; ``script`` a file below static that the page can do without.
    """

    title: str
    description: str
    path: str
    main: SafeString
    has_red_flags: bool = False
    data: SafeString = SafeString("")
    script: str = ""


def show(request: HttpRequest, draw: Callable[[int], Page], *key: str) -> HttpResponse:
    """Answer with the page that ``draw(library revision)`` makes, drawn once per process.

    Two queries when it is kept: the revision and the clinic. ``key`` names the page.
    """
    revision = LibraryRevision.objects.current()
    everything = (*key, get_language(), revision, str(clinic_of(request).phone))
    page = drawn(everything, lambda: draw(revision))
    return render(request, "library/page.html", {"page": page, "site_url": settings.SITE_URL})


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The article marked for the home page, whole."""

    def draw(revision: int) -> Page:
        article = Article.objects.with_page().home()
        if article:
            return article_page(request, article, revision)
        panel = red_flag_panel(clinic_of(request), revision=revision)
        context = {"clinic": clinic_of(request), "red_flags": panel}
        return Page(
            title=_("Learn about your pain"),
            description=_("How to move well with back and leg pain, and when to see a doctor."),
            path=reverse("home"),
            main=render_to_string("library/home.html", context),
            has_red_flags=True,
        )

    return show(request, draw, "home")


@login_not_required
@require_safe
def article(request: HttpRequest, key: str) -> HttpResponse:
    """One published article, with the red flags before its exercises."""

    def draw(revision: int) -> Page:
        article = get_object_or_404(Article.objects.published().with_page(), key=key)
        return article_page(request, article, revision)

    return show(request, draw, "article", key)


def article_page(request: HttpRequest, article: Article, revision: int) -> Page:
    """One article, whole. ``article``: with its page."""
    context = {
        "article": article,
        "clinic": clinic_of(request),
        "red_flags": red_flag_panel(clinic_of(request), revision=revision),
        "shared_stop_ifs": list(StopIf.objects.shared()),
        "words": Explainer.of_library(),
    }
    path = article.get_absolute_url()
    about = {"title": article.title, "description": article.meta_description, "path": path}
    data = [medical_page(article, **about)]
    if not article.is_home:
        data.append(breadcrumbs((_("Articles"), reverse("article_list")), (article.title, path)))
    return Page(
        **about,
        main=render_to_string("library/article.html", context),
        has_red_flags=True,
        data=json_ld(*data),
    )


@login_not_required
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """Every published article, to choose from."""

    def draw(revision: int) -> Page:
        title, path = _("Articles"), reverse("article_list")
        context = {"articles": Article.objects.for_index()}
        return Page(
            title=title,
            description=_("Plain pages about back and leg pain: what it is and what you can do."),
            path=path,
            main=render_to_string("library/article_list.html", context),
            data=json_ld(breadcrumbs((title, path))),
        )

    return show(request, draw, "article list")


@login_not_required
@require_safe
def article_today(request: HttpRequest, key: str) -> HttpResponse:
    """What a reader can do today, on one sheet of paper, with the signs that need a doctor."""

    def draw(revision: int) -> Page:
        published = Article.objects.published().with_things_to_do()
        article = get_object_or_404(published, key=key)
        context = {
            "article": article,
            "clinic": clinic_of(request),
            "red_flags": red_flag_panel(clinic_of(request), revision=revision),
        }
        return Page(
            title=_("What you can do today: %(title)s") % {"title": article.title},
            description=_("A list to print, with the signs that need a doctor."),
            path=reverse("article_today", args=[key]),
            main=render_to_string("library/article_today.html", context),
            has_red_flags=True,
            script="js/print.js",
        )

    return show(request, draw, "article today", key)


@login_not_required
@require_safe
def exercise_list(request: HttpRequest) -> HttpResponse:
    """All published exercises, family by family; those that were asked for once somebody asks."""
    search = Search(request.GET)
    if search.asks:
        return show_found(request, search)

    def draw(revision: int) -> Page:
        context = {
            "search": Search(),
            "families": ExerciseFamily.objects.with_forms(),
            "others": Exercise.objects.for_index().filter(family=None),
        }
        return Page(
            title=_("Exercises"),
            description=_("See how each exercise looks, how to do it, and when to stop."),
            path=reverse("exercise_list"),
            main=render_to_string("library/exercise_list.html", context),
        )

    return show(request, draw, "exercise list")


@login_not_required
@require_safe
def exercise_detail(request: HttpRequest, key: str) -> HttpResponse:
    """How one exercise is done and when to stop; how much of it is for a therapist to say."""

    def draw(revision: int) -> Page:
        published = Exercise.objects.published().with_page().with_top_rung()
        exercise = get_object_or_404(published, key=key)
        context = {
            "exercise": exercise,
            "side": exercise.public_side,
            "shared_stop_ifs": StopIf.objects.shared(),
            "words": Explainer.of_library(),
        }
        about = {
            "title": exercise.title,
            "description": Truncator(exercise.purpose).chars(160),
            "path": reverse("exercise_detail", args=[key]),
        }
        trail = breadcrumbs(
            (_("Exercises"), reverse("exercise_list")), (exercise.title, about["path"])
        )
        return Page(
            **about,
            main=render_to_string("library/exercise_detail.html", context),
            data=json_ld(medical_page(exercise, **about), trail),
        )

    return show(request, draw, "exercise", key)


@login_not_required
@require_safe
def when_to_see_a_doctor(request: HttpRequest) -> HttpResponse:
    """The red flags alone: one tap away from every page."""

    def draw(revision: int) -> Page:
        panel = red_flag_panel(clinic_of(request), revision=revision)
        context = {"red_flags": panel, "clinic": clinic_of(request)}
        return Page(
            title=_("When to see a doctor"),
            description=_("Signs with back or leg pain that need a doctor, and what to do."),
            path=reverse("when_to_see_a_doctor"),
            main=render_to_string("library/when_to_see_a_doctor.html", context),
            has_red_flags=True,
        )

    return show(request, draw, "when to see a doctor")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the clinic keeps about people, why, and who sees it."""
    return render(request, "library/privacy.html", {"site_url": settings.SITE_URL})


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, for search engines."""
    return sitemap_views.sitemap(request, sitemaps=SITEMAPS)


PHOTO_KEPT = "public, max-age=86400"  # a day: a person in it may take back their consent


@login_not_required
@require_safe
def photo(request: HttpRequest, digest: str) -> HttpResponse:
    """A photo of the clinic's own. One that no page shows yet is there for staff only.

    Read whole: it has at most SERVED_BYTES, and a stream would be compressed once more.
    """
    photo = Photo.objects.shown().filter(digest=digest).first()
    cache_control = PHOTO_KEPT
    if photo is None:
        photo = get_object_or_404(Photo.objects.visible_to(request.user), digest=digest)
        cache_control = "no-store, private"
    try:
        with photo.image.open("rb") as file:
            data = file.read()
    except FileNotFoundError as error:
        raise Http404("The file of this photo is not in the media folder.") from error
    headers = {"Cache-Control": cache_control, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type="image/webp", headers=headers)

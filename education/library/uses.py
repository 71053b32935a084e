"""Where an exercise of the library is in use, as a room above this one tells."""

from collections.abc import Callable
from dataclasses import dataclass

from .models import Article, Exercise, LadderLink


@dataclass(frozen=True, slots=True)
class Uses:
    """Plans that patients follow now. ``to_look_at`` of them need a clinician's eye.

    ``address`` is where a clinician finds these; it names nobody.
    """

    plans: int = 0
    to_look_at: int = 0
    address: str = ""


@dataclass(frozen=True, slots=True)
class ShownBy:
    """What of the library leads to a piece of content: each loses it when it is retired."""

    ladders: list[Exercise]
    articles: list[Article]


def shown_by(content: object) -> ShownBy:
    """Exercises with it on their ladder, and articles that show it or name it as related."""
    if isinstance(content, Exercise):
        links = LadderLink.objects.filter(to_exercise=content).select_related("exercise")
        articles = Article.objects.filter(sections__exercise=content).distinct()
        return ShownBy([link.exercise for link in links], list(articles))
    related = Article.objects.filter(related=content) if isinstance(content, Article) else []
    return ShownBy([], list(related))


#: Filled from ``AppConfig.ready`` by the room that knows.
tellers: list[Callable[[Exercise], Uses]] = []


def uses_of(content: object) -> Uses:
    """Where a piece of content is in use now; only exercises stand in plans."""
    if not isinstance(content, Exercise):
        return Uses()
    return next((tell(content) for tell in tellers), Uses())

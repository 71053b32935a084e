"""The public pages, as search engines are told of them.

Text that nobody has reviewed carries no date: a day is given only where it is known that nothing
has changed since, and a review holds for the words that were read.
"""

from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from .models import Article, Exercise, Reviewed


class OfThisSite(Sitemap):
    """Addresses below SITE_URL, whatever host name the request was sent to."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class Pages(OfThisSite):
    """Pages that are there whatever the library holds."""

    def items(self) -> list[str]:
        home = [] if Article.objects.home() else ["home"]
        return [
            *home,
            *("article_list", "exercise_list", "when_to_see_a_doctor", "contact", "privacy"),
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class Reviewable(OfThisSite):
    def lastmod(self, item: Reviewed) -> date | None:
        """The day of the review: the page has said so since, and its words are the same."""
        return item.reviewed_on


class Articles(Reviewable):
    def items(self) -> QuerySet[Article]:
        return Article.objects.published().order_by("order", "pk")

    def location(self, item: Article) -> str:
        return item.get_absolute_url()


class Exercises(Reviewable):
    def items(self) -> QuerySet[Exercise]:
        return Exercise.objects.published().in_order()

    def location(self, item: Exercise) -> str:
        return reverse("exercise_detail", args=[item.key])


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {
    "pages": Pages,
    "articles": Articles,
    "exercises": Exercises,
}

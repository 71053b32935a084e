"""What a search of the public index is answered with."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .finding import Wanted, exercise_index
from .models import Exercise
from .search import Search

ON_A_PAGE = 24


def in_order_of(pks: Iterable[int], exercises: Iterable[Exercise]) -> list[Exercise]:
    """``exercises`` in the order of ``pks``; what is gone since the index was made is left out."""
    by_pk = {exercise.pk: exercise for exercise in exercises}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def cards(pks: Iterable[int]) -> list[Exercise]:
    """Published exercises as an index shows them, in the order of ``pks``: one query."""
    wanted = list(pks)
    shown = Exercise.objects.published().with_cover().with_top_rung()
    return in_order_of(wanted, shown.filter(pk__in=wanted))


def show_found(request: HttpRequest, search: Search) -> HttpResponse:
    """The exercises that were asked for, or plain words and what comes near when there are none."""
    context: dict[str, Any] = {"search": search, "noindex": True, "site_url": settings.SITE_URL}
    if search.is_valid():
        context |= found(search, request.GET.get("page", ""))
    return render(request, "library/exercise_found.html", context)


def found(search: Search, page_number: str) -> dict[str, Any]:
    """The context of one page of results. ``search`` is valid; any ``page_number`` will do."""
    index, wanted = exercise_index(), search.wanted
    pks = index.find(wanted)
    page: Page = Paginator(pks, ON_A_PAGE).get_page(page_number)
    if pks:
        return {"total": len(pks), "page": page, "exercises": cards(page.object_list)}
    looser = Wanted(words=wanted.words, cannot=wanted.cannot)
    return {
        "total": 0,
        "nearest": cards(index.nearest(wanted)),
        "without_choices": len(index.find(looser)) if looser != wanted else 0,
    }

"""What the library puts on the staff's front page: content that waits for a clinician."""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .clinic import clinic_of
from .models import Article, Exercise, GlossaryTerm

SHOWN = 8  # rows; the lists behind the panel's links have the rest
MODELS = (Exercise, Article, GlossaryTerm)


def waiting_for_review(request: HttpRequest) -> dict[str, Any] | None:
    """Content that an editor has handed in, by name."""
    if not _works_on_content(request):
        return None
    return _panel(
        order=60,
        id="library-waiting",
        title=_("Library: waiting for review"),
        found=[model.objects.waiting_for_review() for model in MODELS],
        label=lambda n: ngettext("text to review", "texts to review", n),
        waits_for="publishing",
    )


def reviews_overdue(request: HttpRequest) -> dict[str, Any] | None:
    """Published content that should have been read again, the longest waiting first."""
    if not _works_on_content(request):
        return None
    today = clinic_of(request).today()
    return _panel(
        order=65,
        id="library-overdue",
        title=_("Library: review overdue"),
        found=[model.objects.review_overdue(today) for model in MODELS],
        label=lambda n: ngettext("text review overdue", "text reviews overdue", n),
        waits_for="overdue",
    )


def _works_on_content(request: HttpRequest) -> bool:
    user = request.user
    return user.has_perm("library.review_exercise") or user.has_perm("library.change_exercise")


def _panel(
    *, found: list[QuerySet], label: Any, waits_for: str, **parts: Any
) -> dict[str, Any] | None:
    """A panel of rows of all models, read in one query; None when there are none."""
    names = {Exercise: "title", Article: "title", GlossaryTerm: "term"}
    each = [
        rows.order_by()
        .annotate(sort=Value(rows.model._meta.model_name), name=F(f"{names[rows.model]}_en"))
        .values_list("sort", "pk", "name", "next_review_on")
        for rows in found
    ]
    rows = sorted(each[0].union(*each[1:]), key=lambda row: (str(row[3] or ""), row[2]))
    if not rows:
        return None
    kinds = {model._meta.model_name: model._meta for model in MODELS}
    return {
        **parts,
        "template": "admin/library/panels/content.html",
        "with_days": waits_for == "overdue",
        "rows": [
            {
                "kind": kinds[kind].verbose_name,
                "name": name,
                "due_on": due_on,
                "address": reverse(f"admin:library_{kind}_change", args=[pk]),
            }
            for kind, pk, name, due_on in rows[:SHOWN]
        ],
        "lists": [
            {
                "name": meta.verbose_name_plural,
                "address": reverse(f"admin:library_{kind}_changelist") + f"?waits_for={waits_for}",
            }
            for kind, meta in kinds.items()
        ]
        if len(rows) > SHOWN
        else [],
        "tile": {"count": len(rows), "label": label(len(rows)), "flag": False},
    }

"""Pictures in the admin: rows that have one, and the page of all drawings and photos."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from education.library.figures.catalogue import POSE_KEYS
from education.library.models import Exercise, ExerciseStep, Photo
from education.library.picture_form import (
    PictureForm,
    Shown,
    is_sided,
    look_at_uploads,
    pose_choices,
    variants_of,
)
from education.library.pictures import picture

from .base import PartInline

PICTURE_FIELDS: Any = (
    gettext_lazy("Picture"),
    {"fields": ["pose", ("photo", "photo_file", "photo_out"), "caption_en", "alt_en"]},
)


def titles() -> dict[str, str]:
    """Titles of the drawn exercises by key: an editor knows no keys."""
    keys = {pose.rpartition("/")[0] for pose in POSE_KEYS}
    drawn = Exercise.objects.filter(key__in=keys).only("key", "title")
    return {exercise.key: exercise.title for exercise in drawn}


class PicturedInline(PartInline):
    """Rows with a picture, for an admin that is a PicturedAdmin. Their form is a PictureForm."""

    readonly_fields = ["picture_to_read"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("photo")

    def picture_to_read(self, row: Any) -> str:
        """For people who read and do not change."""
        context = {"picture": picture(row, "unknown"), "alt": row.alt_en}
        return render_to_string("admin/library/pictures/to_read.html", context)

    picture_to_read.short_description = gettext_lazy("picture")  # type: ignore[attr-defined]


class PicturedAdmin:
    """Gives the forms of pictured rows what they need: who uploads, and the drawings by title."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Photos are decoded here: all of what follows is one transaction, and others wait."""
        if request.method == "POST" and self.has_change_permission(request):  # type: ignore[attr-defined]
            look_at_uploads(request.FILES)
        return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)  # type: ignore[misc]
        if issubclass(inline.form, PictureForm):
            poses = pose_choices(titles(), first=getattr(obj, "key", None) or "")
            kwargs["form_kwargs"] = {"by": request.user, "poses": poses}
        return kwargs


@dataclass(frozen=True, slots=True)
class DrawnPose:
    """A drawing on the page of all: its name, its variants, the steps that show it."""

    name: str
    variants: list[Shown]
    for_every_side: bool
    used_by: list[Exercise]


class PicturesAdmin:
    """The page of all drawings and photos, for whoever reads the library."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.pictures_view)  # type: ignore[attr-defined]
        own = [path("pictures/", page, name="library_exercise_pictures")]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_safe)
    def pictures_view(self, request: HttpRequest) -> HttpResponse:
        """Every drawing for left, right and no side; of one exercise with ?exercise=its-key."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        chosen = request.GET.get("exercise", "")
        groups = drawn_poses(titles())
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("All pictures"),
            "opts": self.opts,  # type: ignore[attr-defined]
            "exercises": [(key, title) for key, title, _poses in groups],
            "chosen": chosen,
            "groups": [group for group in groups if not chosen or group[0] == chosen],
            "photos": [] if chosen else photos_with_uses(),
        }
        return TemplateResponse(request, "admin/library/pictures/page.html", context)


def drawn_poses(by_key: dict[str, str]) -> list[tuple[str, str, list[DrawnPose]]]:
    """(exercise key, title, its drawings), by title."""
    names = {pose: name for _group, choices in pose_choices(by_key)[1:] for pose, name in choices}
    uses: dict[str, list[Exercise]] = {}
    steps = ExerciseStep.objects.exclude(pose="").select_related("exercise")
    for step in steps:
        if step.exercise not in uses.setdefault(step.pose, []):
            uses[step.pose].append(step.exercise)
    groups = []
    for key, poses in groupby(POSE_KEYS, key=lambda pose: pose.rpartition("/")[0]):
        drawn = [
            DrawnPose(names[pose], variants_of(pose), not is_sided(pose), uses.get(pose, []))
            for pose in poses
        ]
        groups.append((key, drawn[0].name.rpartition(":")[0], drawn))
    return sorted(groups, key=lambda group: group[1].lower())


def photos_with_uses() -> QuerySet[Photo]:
    """Every photo with the steps and sections that show it, newest first."""
    return Photo.objects.select_related("uploaded_by").prefetch_related(
        "steps__exercise", "sections__article"
    )

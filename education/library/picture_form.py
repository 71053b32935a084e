"""The picture of a step or a section in a form: a drawing chosen by sight, or a photo uploaded."""

from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .actions import add_photo
from .figures.catalogue import POSE_KEYS, Figure, Variant, figure, has_sides
from .models import Photo
from .photos import CleanPhoto, clean_photo

MOST_UPLOADS = 4  # photos in one request
VARIANTS = {
    Variant.LEFT: gettext_lazy("left"),
    Variant.RIGHT: gettext_lazy("right"),
    Variant.PLAIN: gettext_lazy("side not known"),
}
Shown = tuple[Variant, Any, Figure | None]  # variant, its name, its drawing


def variants_of(pose: str) -> list[Shown]:
    """The drawings of a pose as an editor sees them; one alone when it colours no side."""
    if pose not in POSE_KEYS:
        return [(variant, name, None) for variant, name in VARIANTS.items()]
    sided = is_sided(pose)
    return [
        (variant, name, figure(pose, variant) if sided or variant == Variant.PLAIN else None)
        for variant, name in VARIANTS.items()
    ]


def is_sided(pose: str) -> bool:
    """Whether a drawn pose colours the side that works."""
    return has_sides(pose.rpartition("/")[0])


def pose_choices(titles: Mapping[str, str] | None = None, first: str = "") -> list[tuple[str, Any]]:
    """Every drawing for a select: “Hip hinge: picture 2 of 3”, grouped by exercise.

    ``titles`` are the library's by exercise key; ``first`` is the key whose group leads.
    """
    groups = []
    for key, poses in groupby(POSE_KEYS, key=lambda pose: pose.rpartition("/")[0]):
        listed = list(poses)
        title = (titles or {}).get(key) or key.replace("-", " ").capitalize()
        said = _("%(title)s: picture %(n)d of %(all)d")
        choices = [
            (pose, said % {"title": title, "n": number, "all": len(listed)})
            for number, pose in enumerate(listed, start=1)
        ]
        groups.append((key, title, choices))
    groups.sort(key=lambda group: (group[0] != first, str(group[1]).lower()))
    return [("", _("No drawing")), *((title, choices) for _key, title, choices in groups)]


@cache
def _addresses() -> dict[str, list[str]]:
    """Pose -> addresses of its drawings for left, right and no side; one for all sides alone."""
    return {
        pose: [shown.url for _variant, _name, shown in variants_of(pose) if shown]
        for pose in POSE_KEYS
    }


class PosesForScript:
    """The addresses of all drawings as a part of a form's media: data once for all its selects."""

    def __html__(self) -> SafeString:
        return json_script(_addresses(), "poses")


POSES_FOR_SCRIPT = PosesForScript()


class PoseSelect(forms.Select):
    """A select of drawings with the chosen one beside it; the script changes it at once."""

    template_name = "admin/library/widgets/pose_select.html"

    class Media:
        js = [POSES_FOR_SCRIPT, "js/picture_form.js"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return context | {
            "variants": variants_of(value or ""),
            "for_every_side": value in POSE_KEYS and not is_sided(value),
        }


class KeptPhoto(forms.HiddenInput):
    """The photo that a row has: shown, and carried along while the rest of the form is mended."""

    template_name = "admin/library/widgets/kept_photo.html"
    is_hidden = False  # its row is seen
    photo: Photo | None = None

    def id_for_label(self, id_: str | None) -> str:
        """Nothing can be typed into it."""
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        kept = self.photo if self.photo and str(self.photo.pk) == str(value) else None
        return context | {"photo": kept}


class PhotoFileField(forms.FileField):
    """An upload that is a photo; its value is the CleanPhoto to keep."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> CleanPhoto | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        if not hasattr(upload, "outcome"):
            upload.outcome = outcome_of(upload)
        if isinstance(upload.outcome, ValidationError):
            raise upload.outcome
        return upload.outcome


def outcome_of(upload: UploadedFile) -> CleanPhoto | ValidationError:
    """The photo in an uploaded file, or why it is refused."""
    try:
        return clean_photo(upload, upload.size or 0)
    except ValidationError as refused:
        return refused


def look_at_uploads(files: Mapping[str, Any]) -> None:
    """Clean the photos of a request, each kept with its upload for the form that asks for it.

    To be called before a transaction begins: SQLite has one writer, and to decode a photo may take
    a second. No more than MOST_UPLOADS are looked at; the others are refused.
    """
    uploads = [upload for name, upload in files.items() if name.endswith("photo_file")]
    for number, upload in enumerate(uploads):
        upload.outcome = outcome_of(upload) if number < MOST_UPLOADS else _one_too_many()


def _one_too_many() -> ValidationError:
    message = _("At most %(n)d photos at a time. Save these, then choose this one again.")
    return ValidationError(message, code="too_many", params={"n": MOST_UPLOADS})


class PictureForm(forms.ModelForm):
    """A row with a picture: one drawing or one photo, and its words.

    What was chosen last wins over what was there. An uploaded photo is kept at once, and its id is
    carried in the form: a browser never sends a file twice, and another mistake must not lose it.
    """

    pose = forms.ChoiceField(
        choices=pose_choices, required=False, label=gettext_lazy("Drawing"), widget=PoseSelect
    )
    photo = forms.ModelChoiceField(
        Photo.objects.all(), required=False, label=gettext_lazy("Photo"), widget=KeptPhoto
    )
    photo_file = PhotoFileField(
        required=False,
        label=gettext_lazy("Upload a photo"),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, at most 10 MB. It takes the place of the drawing. Where and when "
            "it was taken is removed. Only with the written consent of the person shown."
        ),
    )
    photo_out = forms.BooleanField(required=False, label=gettext_lazy("Take the photo out"))

    def __init__(
        self,
        *args: Any,
        by: Any = None,
        poses: list[tuple[str, Any]] | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.by = by
        if poses is not None and "pose" in self.fields:
            pose: Any = self.fields["pose"]
            pose.choices = poses
        if "photo" in self.fields and self.instance.photo_id:
            self.fields["photo"].widget.photo = self.instance.photo

    def clean(self) -> dict[str, Any]:
        row = super().clean() or self.cleaned_data
        if "photo" in self.fields:
            self._settle_picture(row)
        has_picture = row.get("pose") or row.get("photo")
        # The database's rule speaks of "alt", which is no field of a form in two languages.
        if has_picture and not row.get("alt_en") and "alt_en" not in self.errors:
            self.add_error("alt_en", _("Say in words what the picture shows."))
        return row

    def _settle_picture(self, row: dict[str, Any]) -> None:
        uploaded = row.get("photo_file")
        if uploaded:
            row["photo"] = add_photo(photo=uploaded, by=self.by)
        elif row.get("photo_out"):
            row["photo"] = None
        if row.get("pose") and row.get("photo"):
            self._choose_one(row, is_new_photo=bool(uploaded))
        self._carry(row)

    def _choose_one(self, row: dict[str, Any], *, is_new_photo: bool) -> None:
        new_photo = is_new_photo or row["photo"].pk != self.initial.get("photo")
        new_pose = row["pose"] != self.initial.get("pose", "")
        if new_photo and not new_pose:
            row["pose"] = ""
        elif new_pose and not new_photo:
            row["photo"] = None
        else:
            message = _("A drawing or a photo, not both. Choose “No drawing”, or take it out.")
            self.add_error("pose", ValidationError(message, code="two_pictures"))

    def _carry(self, row: dict[str, Any]) -> None:
        """What the form shows and sends when it is shown again."""
        photo = row.get("photo")
        self.fields["photo"].widget.photo = photo
        shared: Any = self.data  # all forms of the page read the same
        own = shared.copy()
        own[self.add_prefix("photo")] = str(photo.pk) if photo else ""
        own.pop(self.add_prefix("photo_out"), None)
        if "pose" in row:
            own[self.add_prefix("pose")] = row["pose"]
        self.data = own

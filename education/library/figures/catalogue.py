"""Which pictures and films there are, for models, admin and templates: a look-up, no drawing.

`sizes.json` and `films.json` are written together with the files by the `draw_figures` command.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

SIZES_FILE = Path(__file__).with_name("sizes.json")
FILMS_FILE = Path(__file__).with_name("films.json")
ROOM = (480, 320)  # px, the window of a film


class Variant(StrEnum):
    """Which leg a picture colours: the working one, or none."""

    LEFT = "left"
    RIGHT = "right"
    PLAIN = "plain"


class UnknownPose(LookupError):
    """There is no picture with this pose key."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no picture “{name}”.")
        self.name = name


@dataclass(frozen=True)
class Figure:
    """A picture as a page shows it."""

    path: str  # below the static files, such as "figures/hip-hinge-1-plain.svg"
    width: int  # px
    height: int  # px

    @property
    def url(self) -> str:
        """Its address."""
        from django.templatetags.static import static  # the drawing itself needs no Django

        return static(self.path)


@dataclass(frozen=True)
class Film:
    """A movement: its frames side by side in one picture, from the left, and when each is shown."""

    path: str  # below the static files, such as "figures/films/hip-hinge-plain.svg"
    width: int  # px, of one frame; the still of `still` has the same size
    height: int  # px
    frames: int
    still: str  # the pose key the film starts from
    order: tuple[int, ...]  # frame numbers from 0, one for each moment of a round
    frame_ms: int  # how long a moment lasts
    rounds: int  # how often to show it before it stops by itself

    @property
    def shown(self) -> tuple[int, int]:
        """Width and height on a page with room, px: as large as `ROOM` lets a frame be."""
        scale = min(ROOM[0] / self.width, ROOM[1] / self.height)
        return round(self.width * scale), round(self.height * scale)


def film_path(exercise_key: str, variant: Variant) -> str:
    """Where the film lies below the static files."""
    return f"figures/films/{exercise_key}-{variant}.svg"


def static_path(pose_key: str, variant: Variant) -> str:
    """Where the picture lies below the static files."""
    exercise_key, _, number = pose_key.rpartition("/")
    return f"figures/{exercise_key}-{number}-{variant}.svg"


def _read_figures() -> dict[tuple[str, Variant], Figure]:
    """Every drawn picture by (pose key, variant); sizes.json: {pose key: {variant: [w, h]}}."""
    if not SIZES_FILE.exists():  # before the first drawing
        return {}
    sizes = json.loads(SIZES_FILE.read_text(encoding="utf-8"))
    return {
        (pose_key, Variant(variant)): Figure(static_path(pose_key, Variant(variant)), *size)
        for pose_key, by_variant in sizes.items()
        for variant, size in by_variant.items()
    }


def _read_films() -> dict[tuple[str, Variant], Film]:
    """Every film by (exercise key, variant); films.json holds the fields of `Film`."""
    if not FILMS_FILE.exists():
        return {}
    films: dict[tuple[str, Variant], Film] = {}
    for key, row in json.loads(FILMS_FILE.read_text(encoding="utf-8")).items():
        sizes, order = row.pop("sizes"), tuple(row.pop("order"))
        for name, (width, height) in sizes.items():
            path = film_path(key, Variant(name))
            films[key, Variant(name)] = Film(path, width, height, order=order, **row)
    return films


_FIGURES = _read_figures()
_FILMS = _read_films()

#: "exercise key/number of the picture", numbers from 1, in the order of doing.
POSE_KEYS: tuple[str, ...] = tuple(dict.fromkeys(pose_key for pose_key, _ in _FIGURES))
#: Shown picture by picture: the body turns round on the way, which no in-between can show.
STEPPED_KEYS = frozenset({"floor-down", "floor-up"})
#: Exercises that can be watched: drawn in motion, or stepped through.
FILM_KEYS = frozenset(key for key, _ in _FILMS) | STEPPED_KEYS
#: The picture that shows the move, of exercises that end where they began or show no other end.
MOVES = frozenset(
    {
        "pelvic-tilt/2",
        "knee-to-chest-chair/3",
        "knee-to-chest-floor/3",
        "knee-to-chest-towel/2",
        "knee-to-chest-lying/3",
        "knee-to-chest-leg-straight/3",
        "knee-to-chest-deeper/2",
        "nerve-glide-chair/2",
        "nerve-glide-lying/2",
        "piriformis-chair/3",
        "piriformis-lying/4",
        "cat-camel/2",
        "childs-pose/2",
        "press-up-elbows/2",
        "press-up-hands/3",
        "calf-wall/2",
        "hamstring-strap/2",
        "hip-flexor-kneeling/2",
        "toe-touch/3",
        "toe-touch-one-knee-bent/3",
        "toe-touch-both-straight/3",
        "toe-touch-deep/3",
        "clamshell/2",
        "glute-bridge/2",
        "dead-bug/2",
        "bird-dog/3",
        "hip-hinge-wall/2",
        "hip-hinge/3",
        "hip-hinge-deep/3",
        "hip-hinge-weight/3",
        "hip-hinge-band/1",
        "hip-hinge-single-leg/3",
        "hip-hinge-single-leg-deep/3",
        "sit-to-stand/3",
        "wall-squat/2",
        "walking/1",
        "floor-down/2",
        "floor-up/6",
    }
)
#: Pictures with a striped area, where one feels it.
STRIPED = frozenset(
    {
        "knee-to-chest-chair/3",
        "knee-to-chest-floor/3",
        "knee-to-chest-lying/3",
        "knee-to-chest-deeper/2",
        "piriformis-lying/4",
        "knee-to-chest-leg-straight/3",
        "knee-to-chest-towel/2",
        "pelvic-tilt/2",
        "glute-bridge/2",
        "hamstring-strap/2",
        "clamshell/2",
        "press-up-hands/3",
        "hip-hinge-wall/2",
        "hip-hinge/3",
        "hip-hinge-deep/3",
        "hip-hinge-weight/3",
        "hip-hinge-band/1",
        "hip-hinge-single-leg/3",
        "hip-hinge-single-leg-deep/3",
        "toe-touch/3",
        "toe-touch-one-knee-bent/3",
        "toe-touch-both-straight/3",
        "toe-touch-deep/3",
        "piriformis-chair/3",
        "childs-pose/2",
        "hip-flexor-kneeling/2",
        "wall-squat/2",
        "calf-wall/2",
    }
)
_EXERCISE_KEYS = frozenset(pose_key.rpartition("/")[0] for pose_key in POSE_KEYS)


def figure(pose_key: str, variant: Variant = Variant.PLAIN) -> Figure:
    """The picture of a pose.

    Two-sided exercises have a plain drawing only: left and right fall back to it.

    Raises UnknownPose with the name if there is no such picture.
    """
    found = _FIGURES.get((pose_key, variant)) or _FIGURES.get((pose_key, Variant.PLAIN))
    if found is None:
        raise UnknownPose(pose_key)
    return found


def drawing(pose_key: str, side: str) -> Figure | None:
    """The picture of a pose for a working side, coloured for left and right only.

    None without a pose, or when the picture was taken out of the catalogue since.
    """
    variant = Variant(side) if side in (Variant.LEFT, Variant.RIGHT) else Variant.PLAIN
    try:
        return figure(pose_key, variant) if pose_key else None
    except UnknownPose:
        return None


def film(exercise_key: str, side: str) -> Film | None:
    """The film of an exercise for a working side, coloured for left and right only.

    None when the exercise is not drawn in motion.
    """
    variant = Variant(side) if side in (Variant.LEFT, Variant.RIGHT) else Variant.PLAIN
    return _FILMS.get((exercise_key, variant)) or _FILMS.get((exercise_key, Variant.PLAIN))


def has_sides(exercise_key: str) -> bool:
    """Whether the exercise is drawn for left and right.

    Raises UnknownPose with the name if the exercise is not drawn at all.
    """
    if exercise_key not in _EXERCISE_KEYS:
        raise UnknownPose(exercise_key)
    return (f"{exercise_key}/1", Variant.LEFT) in _FIGURES


def poses_of(exercise_key: str) -> tuple[str, ...]:
    """The pose keys of one exercise in the order of doing; empty if it is not drawn."""
    return tuple(key for key in POSE_KEYS if key.rpartition("/")[0] == exercise_key)

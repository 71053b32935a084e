"""The films: sound in every frame, fresh, small, and found by key and side."""

import gzip
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from education.library.figures import files
from education.library.figures.between import Move
from education.library.figures.body import Body
from education.library.figures.catalogue import (
    FILM_KEYS,
    FILMS_FILE,
    STEPPED_KEYS,
    Film,
    Variant,
    figure,
    film,
    has_sides,
    poses_of,
)
from education.library.figures.check_film import check_film, slide_faults
from education.library.figures.motion import Motion, film_of, there_and_back
from education.library.figures.pose import Leg
from education.library.figures.poses import EXERCISES
from education.library.figures.poses.motions import MOTIONS
from education.library.figures.scene import Exercise
from education.library.validators import validate_film

STATIC = Path(settings.BASE_DIR) / "static"
MOST_BYTES = 61 * 1024  # on the wire

# What the issue names, and what moves along a path that pictures alone do not show.
IN_MOTION = {
    "bird-dog",
    "cat-camel",
    "clamshell",
    "dead-bug",
    "glute-bridge",
    "hip-hinge",
    "hip-hinge-wall",
    "hip-hinge-weight",
    "nerve-glide-chair",
    "nerve-glide-lying",
    "pelvic-tilt",
    "press-up-elbows",
    "press-up-hands",
    "sit-to-stand",
    "toe-touch",
    "toe-touch-both-straight",
    "toe-touch-one-knee-bent",
    "walking",
}


def with_picture(exercise: Exercise, number: int, **changes) -> Exercise:
    """The exercise with some lines of one picture's pose changed."""
    pictures = list(exercise.pictures)
    picture = pictures[number - 1]
    pictures[number - 1] = replace(picture, pose=picture.pose.but(**changes))
    return replace(exercise, pictures=tuple(pictures))


# ---------------------------------------------------------------- the in-betweens
@pytest.mark.parametrize("key", MOTIONS)
def test_every_frame_shows_what_a_body_can_do(key):
    assert check_film(EXERCISES[key], MOTIONS[key]) == []


def test_a_hand_below_the_floor_on_the_way_is_found():
    straight_way = there_and_back(1, 2)  # without the elbows coming in along the mat
    found = check_film(EXERCISES["press-up-elbows"], straight_way)
    assert any("forearm below the ground" in fault for fault in found)


def test_a_foot_through_the_floor_on_the_way_is_found():
    found = check_film(EXERCISES["bird-dog"], there_and_back(1, 2))
    assert any("right foot below the ground" in fault for fault in found)


def test_a_foot_that_slides_is_found():
    hinge = EXERCISES["hip-hinge"]
    start, end = (Body(hinge.pictures[at].pose) for at in (0, 2))
    slid = Body(hinge.pictures[1].pose.but(pin=("right ankle", (5, -12, 8))))
    found = [fault.what for fault in slide_faults(hinge, (1, 2, 3), [start, slid, end])]
    assert found == ["right foot slides"]


def test_a_limb_that_leaps_is_found():
    found = check_film(EXERCISES["dead-bug"], Motion(path=(1, 2, 1), rests=(1, 2), steps=2))
    assert any("leap of the" in fault for fault in found)


def test_legs_that_pass_through_each_other_are_found():
    crossed = Leg(thigh=10, shank=-40, out=(-30, -10))
    found = check_film(with_picture(EXERCISES["walking"], 2, right_leg=crossed), MOTIONS["walking"])
    assert any("passes through" in fault for fault in found)


def test_a_hand_and_a_foot_that_stay_do_not_move_in_between():
    pictures = EXERCISES["cat-camel"].pictures
    move = Move(pictures[1].pose, pictures[2].pose)
    start, middle = Body(pictures[1].pose), Body(move.pose(0.5))
    for joint in ("right hand", "left hand", "right knee", "left knee"):
        there, here = start.world(start.joints[joint]), middle.world(middle.joints[joint])
        assert here == pytest.approx(there, abs=1), joint


def test_the_ends_of_a_move_are_the_pictures_themselves():
    first, second = (picture.pose for picture in EXERCISES["clamshell"].pictures)
    move = Move(first, second)
    assert (move.pose(0), move.pose(1)) == (first, second)
    assert move.pose(0.5) not in (first, second)


def test_a_body_that_turns_round_has_no_in_between():
    pictures = EXERCISES["floor-down"].pictures
    with pytest.raises(ValueError, match="turns round"):
        Move(pictures[0].pose, pictures[-1].pose)


# ---------------------------------------------------------------- the order of frames
def test_a_film_goes_there_and_back_and_rests_where_it_is_told():
    motion = there_and_back(1, 2, 3, steps=3, frame_ms=100)
    drawn = film_of(EXERCISES["hip-hinge"], motion)
    assert len(drawn.frames) == 5
    assert drawn.rests == {0, 4}
    ten = [4] * 10  # one second
    assert list(drawn.order) == [0, 1, 2, 3, *ten, 3, 2, 1, *[0] * 9]
    assert drawn.frames[0] == replace(EXERCISES["hip-hinge"].pictures[0], arrows=())
    assert drawn.frames[4].zones
    assert not any(frame.zones for frame in drawn.frames[1:4])


def test_walking_runs_on_without_a_rest():
    drawn = film_of(EXERCISES["walking"], MOTIONS["walking"])
    assert drawn.rests == frozenset()
    assert drawn.order == tuple(range(len(drawn.frames)))


# ---------------------------------------------------------------- the files
@pytest.fixture(scope="module")
def strips() -> dict[str, str]:
    """Every film as drawn now: {"key variant": svg}."""
    return {f"{key} {variant}": strip.svg for key, variant, strip in files.draw_films()}


def test_the_exercises_of_the_issue_are_drawn_in_motion():
    assert set(MOTIONS) == IN_MOTION
    assert set(EXERCISES) >= IN_MOTION | STEPPED_KEYS
    assert FILM_KEYS == IN_MOTION | STEPPED_KEYS


def test_the_committed_films_are_what_the_poses_draw():
    expected = files.expected_files(STATIC)
    films = [path for path in expected if path.parent.name == "films"]
    assert len(films) >= len(IN_MOTION)
    stale = [path.name for path in [*films, FILMS_FILE] if path.read_text() != expected[path]]
    assert stale == []


def test_a_left_over_film_is_found_and_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "SIZES_FILE", tmp_path / "sizes.json")
    monkeypatch.setattr(files, "FILMS_FILE", tmp_path / "films.json")
    files.write_figures(tmp_path)
    left_over = tmp_path / "figures" / "films" / "handstand-plain.svg"
    left_over.write_text("<svg/>")
    assert files.stale_figures(tmp_path) == [left_over]
    assert files.write_figures(tmp_path) == 1
    assert not left_over.exists()


def test_no_film_is_larger_than_a_slow_phone_can_bear(strips):
    sizes = {name: len(gzip.compress(svg.encode(), 9)) for name, svg in strips.items()}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}


def test_films_carry_nothing_a_strict_content_policy_would_block(strips):
    allowed = {"svg", "g", "path", "circle", "rect", "defs", "pattern"}
    for name, svg in strips.items():
        nodes = list(ET.fromstring(svg).iter())  # noqa: S314 - our own text
        assert {node.tag.rpartition("}")[2] for node in nodes} <= allowed, name
        attributes = {attribute for node in nodes for attribute in node.attrib}
        assert not attributes & {"class", "style", "href"}, name
        ids = [node.attrib["id"] for node in nodes if "id" in node.attrib]
        assert len(ids) == len(set(ids)), name


# ---------------------------------------------------------------- the catalogue
@pytest.mark.parametrize("key", sorted(IN_MOTION))
def test_a_film_fits_its_file_and_its_still(key):
    for variant in Variant:
        found = film(key, variant)
        assert isinstance(found, Film)
        head = (STATIC / found.path).read_text()[:200]
        assert f'width="{found.width * found.frames}" height="{found.height}"' in head
        assert re.search(rf'viewBox="\S+ \S+ {found.width * found.frames} {found.height}"', head)
        still = figure(found.still, variant)
        assert (still.width, still.height) == (found.width, found.height)
        assert found.still in poses_of(key)
        assert set(found.order) == set(range(found.frames))
        assert found.rounds >= 1


def test_a_side_gets_its_own_film_where_the_exercise_has_sides():
    assert has_sides("clamshell")
    assert film("clamshell", "left").path == "figures/films/clamshell-left.svg"
    for side in ("each", "both", "unknown", ""):
        assert film("clamshell", side).path == "figures/films/clamshell-plain.svg"
    assert film("hip-hinge", "left").path == "figures/films/hip-hinge-plain.svg"


@pytest.mark.parametrize("key", ["floor-down", "wall-squat", "handstand", ""])
def test_what_is_not_drawn_in_motion_has_no_film(key):
    assert film(key, "left") is None


def test_an_exercise_may_name_a_film_or_pictures_to_step_through_and_nothing_else():
    validate_film("hip-hinge")
    validate_film("floor-up")
    validate_film("")
    with pytest.raises(ValidationError, match="handstand"):
        validate_film("handstand")

"""The files of the drawn pictures: fresh, small and safe SVG, a catalogue that answers."""

import gzip
import json
import re
import xml.etree.ElementTree as ET
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from education.library.figures import files
from education.library.figures.catalogue import (
    POSE_KEYS,
    SIZES_FILE,
    Figure,
    UnknownPose,
    Variant,
    figure,
    has_sides,
    poses_of,
)
from education.library.figures.poses import EXERCISES
from education.library.figures.svg import PALETTE

STATIC = Path(settings.BASE_DIR) / "static"

ISSUE_EXERCISES = {
    "knee-to-chest-chair",
    "knee-to-chest-floor",
    "knee-to-chest-lying",
    "knee-to-chest-deeper",
    "piriformis-lying",
    "toe-touch-one-knee-bent",
    "toe-touch-both-straight",
    "hip-hinge-wall",
    "hip-hinge",
    "hip-hinge-weight",
    "hip-hinge-band",
    "hip-hinge-single-leg",
    "knee-to-chest-leg-straight",
    "knee-to-chest-towel",
    "pelvic-tilt",
    "glute-bridge",
    "dead-bug",
    "press-up-elbows",
    "press-up-hands",
    "clamshell",
    "nerve-glide-lying",
    "hamstring-strap",
    "hip-hinge-deep",
    "hip-hinge-single-leg-deep",
    "toe-touch",
    "toe-touch-deep",
    "piriformis-chair",
    "nerve-glide-chair",
    "sit-to-stand",
    "cat-camel",
    "bird-dog",
    "childs-pose",
    "hip-flexor-kneeling",
    "wall-squat",
    "calf-wall",
    "walking",
    "floor-down",
    "floor-up",
}


@pytest.fixture(scope="module")
def drawn() -> dict[str, dict[Variant, str]]:
    """Every picture as drawn now: {pose key: {variant: svg}}."""
    found: dict[str, dict[Variant, str]] = {}
    for pose_key, variant, drawing in files.draw_all():
        found.setdefault(pose_key, {})[variant] = drawing.svg
    return found


def test_the_committed_files_are_what_the_poses_draw():
    assert [path.name for path in files.stale_figures(STATIC)] == []


def test_writing_creates_and_restores_and_clears_files(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "SIZES_FILE", tmp_path / "sizes.json")
    everything = files.write_figures(tmp_path)
    assert everything == len(list((tmp_path / "figures").rglob("*.svg"))) + 1
    assert (tmp_path / "sizes.json").read_text() == SIZES_FILE.read_text()
    assert files.write_figures(tmp_path) == 0

    edited = tmp_path / "figures" / "hip-hinge-1-plain.svg"
    left_over = tmp_path / "figures" / "handstand-1-plain.svg"
    edited.write_text("<svg/>")
    left_over.write_text("<svg/>")
    assert files.stale_figures(tmp_path) == [edited, left_over]
    assert files.write_figures(tmp_path) == 2
    assert files.stale_figures(tmp_path) == []
    assert not left_over.exists()


def test_the_command_names_stale_files_and_mends_them(tmp_path, monkeypatch, settings):
    monkeypatch.setattr(files, "SIZES_FILE", tmp_path / "sizes.json")
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match=r"piriformis-lying-4-left\.svg"):
        call_command("draw_figures", "--check")
    assert not (tmp_path / "static").exists()

    call_command("draw_figures", stdout=StringIO())
    answer = StringIO()
    call_command("draw_figures", "--check", stdout=answer)
    assert "up to date" in answer.getvalue()


def test_no_picture_is_larger_than_four_kilobytes_on_the_wire(drawn):
    sizes = {
        f"{pose_key} {variant}": len(gzip.compress(svg.encode(), 9))
        for pose_key, variants in drawn.items()
        for variant, svg in variants.items()
    }
    assert {name: size for name, size in sizes.items() if size > 4096} == {}


def test_pictures_carry_nothing_a_strict_content_policy_would_block(drawn):
    allowed = {"svg", "g", "path", "circle", "rect", "defs", "pattern"}
    for pose_key, variants in drawn.items():
        for svg in variants.values():
            nodes = list(ET.fromstring(svg).iter())  # noqa: S314 - our own text
            assert {node.tag.rpartition("}")[2] for node in nodes} <= allowed, pose_key
            attributes = {name for node in nodes for name in node.attrib}
            assert not attributes & {"class", "style", "href"}, pose_key
            assert not [name for name in attributes if name.startswith("on")], pose_key
            ids = [node.attrib["id"] for node in nodes if "id" in node.attrib]
            assert len(ids) == len(set(ids)), pose_key
            assert set(re.findall(r"url\(#([^)]*)\)", svg)) == set(ids), pose_key


def test_left_right_and_plain_differ_in_the_leg_they_colour(drawn):
    working = PALETTE["working leg"]
    for exercise in EXERCISES.values():
        for pose_key in poses_of(exercise.key):
            variants = drawn[pose_key]
            assert working not in variants[Variant.PLAIN], pose_key
            if exercise.one_sided:
                assert working in variants[Variant.LEFT], pose_key
                assert working in variants[Variant.RIGHT], pose_key
                assert variants[Variant.LEFT] != variants[Variant.RIGHT], pose_key
            else:
                assert set(variants) == {Variant.PLAIN}, pose_key


def test_left_is_the_mirror_image_of_right():
    edges = {}
    for variant in (Variant.LEFT, Variant.RIGHT):
        svg = (STATIC / figure("knee-to-chest-lying/3", variant).path).read_text()
        left_edge, _, width, _ = map(float, re.search(r'viewBox="([^"]*)"', svg)[1].split())
        edges[variant] = (left_edge, left_edge + width)
    assert edges[Variant.LEFT][0] == pytest.approx(-edges[Variant.RIGHT][1], abs=1)
    assert edges[Variant.LEFT][1] == pytest.approx(-edges[Variant.RIGHT][0], abs=1)


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB" (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("name", PALETTE)
def test_every_colour_stands_out_on_the_light_and_the_dark_surface(name):
    own = luminance(PALETTE[name])
    assert (1 + 0.05) / (own + 0.05) >= 3
    assert (own + 0.05) / (luminance("#162429") + 0.05) >= 3


def test_the_exercises_of_the_library_are_all_drawn():
    assert set(EXERCISES) == ISSUE_EXERCISES
    drawn = [f"{e.key}/{n}" for e in EXERCISES.values() for n in range(1, len(e.pictures) + 1)]
    assert list(POSE_KEYS) == drawn


def test_a_figure_has_the_path_and_the_size_of_its_file():
    for pose_key in POSE_KEYS:
        for variant in Variant:
            found = figure(pose_key, variant)
            svg = (STATIC / found.path).read_text()
            assert f'width="{found.width}" height="{found.height}"' in svg


def test_a_one_sided_exercise_has_a_picture_for_each_side():
    assert has_sides("piriformis-lying")
    assert figure("piriformis-lying/4", Variant.LEFT).path == "figures/piriformis-lying-4-left.svg"
    assert figure("piriformis-lying/4", "right").path == "figures/piriformis-lying-4-right.svg"


def test_a_two_sided_exercise_falls_back_to_its_plain_picture():
    assert not has_sides("hip-hinge")
    plain = figure("hip-hinge/3", Variant.PLAIN)
    assert isinstance(plain, Figure)
    assert plain.path == "figures/hip-hinge-3-plain.svg"
    assert figure("hip-hinge/3", Variant.LEFT) == figure("hip-hinge/3", Variant.RIGHT) == plain


@pytest.mark.parametrize("name", ["hip-hinge/5", "hip-hinge/0", "hip-hinge", "handstand/1", ""])
def test_an_unknown_pose_is_refused_with_its_name(name):
    with pytest.raises(UnknownPose, match=re.escape(f"“{name}”")):
        figure(name, Variant.PLAIN)


def test_an_unknown_exercise_is_refused_with_its_name():
    with pytest.raises(UnknownPose, match="handstand"):
        has_sides("handstand")
    assert poses_of("handstand") == ()


def test_poses_come_in_the_order_of_doing():
    assert poses_of("hip-hinge") == tuple(f"hip-hinge/{n}" for n in (1, 2, 3, 4))
    assert list(json.loads(SIZES_FILE.read_text())) == list(POSE_KEYS)

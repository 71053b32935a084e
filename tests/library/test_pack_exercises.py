"""What the exercises of the built-in pack say, against the clinical rules they are made from.

The tables of clinical.py and clinical_moves.py are written out by hand from those rules.
"""

import re
from collections import Counter, deque

import pytest
from django.conf import settings
from django.db import transaction

from education.library.actions import load_pack
from education.library.figures import catalogue
from education.library.models import (
    Exercise,
    ExerciseFamily,
    LadderLink,
    Laterality,
    Precaution,
    SearchSynonym,
    StopIf,
)
from education.library.wording import dosage_sentence, unknown_placeholders, worded
from tests.library.clinical import (
    ASK_FIRST,
    BODIES,
    DOSAGES,
    EXERCISES,
    HARDER_DAYS,
    LADDER,
    LATERALITIES,
    LOADED,
    MOVE_DOWN,
    MOVE_UP,
    PROGRESSIONS,
    PURPOSES,
    STOP_IFS,
    SUPERVISED_FIRST,
    UP_BEYOND,
)
from tests.library.clinical_moves import LOW_BACKS, MORE_LADDER, MOVES
from tests.library.reading import grade

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _library(django_db_setup, django_db_blocker):
    """The built-in pack, loaded once and taken back at the end: these tests only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pack(by=None)
        yield
        transaction.set_rollback(True)


every_exercise = pytest.mark.parametrize("key", EXERCISES)
of_the_clinical_rules = pytest.mark.parametrize("key", DOSAGES)
for_demonstration = pytest.mark.parametrize("key", MOVES)


def exercise(key: str) -> Exercise:
    return Exercise.objects.get(key=key)


def page_texts(found: Exercise) -> list[str]:
    """Every text of an exercise that a person reads, as it is stored."""
    texts = [
        found.title_en,
        found.form_name_en,
        found.purpose_en,
        found.feel_en,
        found.ask_first_en,
        found.harder_day_en,
        found.progression_en,
    ]
    for step in found.steps.all():
        texts += [step.text_en, step.caption_en, step.alt_en]
    texts += [stop_if.text_en for stop_if in found.stop_ifs.all()]
    texts += [link.rule_en for link in found.ladder_links.all()]
    return [text for text in texts if text]


# ------------------------------------------------------------------ the clinical tables


def test_the_pack_has_these_38_exercises_in_this_order():
    found = Exercise.objects.in_order().values_list("key", "family__key")
    assert list(found) == list(EXERCISES.items())
    assert len(EXERCISES) == 38
    assert set(EXERCISES) == {*DOSAGES, *MOVES}
    families = list(ExerciseFamily.objects.values_list("key", flat=True))
    assert families == list(dict.fromkeys(EXERCISES.values()))


@of_the_clinical_rules
def test_the_dosage_is_the_clinical_one(key):
    found = exercise(key)
    assert dosage_sentence(found.spec, "none") == DOSAGES[key]
    assert found.rest_seconds == (60 if key in LOADED else 15)


@of_the_clinical_rules
def test_purpose_demands_and_precautions_are_the_clinical_ones(key):
    found = exercise(key)
    assert found.purpose_en.startswith(PURPOSES.get(key, PURPOSES["hip-hinge"]))
    assert (set(found.demands), set(found.precautions)) == BODIES[key]
    assert found.laterality == LATERALITIES[key]
    assert found.supervised_first is (key in SUPERVISED_FIRST)
    assert found.low_back == LOW_BACKS[key]
    assert ASK_FIRST.get(key, "") in found.ask_first_en


@of_the_clinical_rules
def test_stop_ifs_are_the_clinical_ones(key):
    assert [row.text_en for row in exercise(key).stop_ifs.all()] == STOP_IFS[key]


@of_the_clinical_rules
def test_the_harder_day_and_the_next_step_are_the_clinical_ones(key):
    found = exercise(key)
    assert worded(found.harder_day_en, "left", "en").startswith(HARDER_DAYS[key])
    progression = found.progression_en or ""
    assert progression.startswith(PROGRESSIONS.get(key, ""))
    assert bool(progression) is (key in PROGRESSIONS)


@for_demonstration
def test_a_demonstration_exercise_asks_what_its_row_says(key):
    found, row = exercise(key), MOVES[key]
    assert dosage_sentence(found.spec, "none") == row.dosage
    assert found.rest_seconds == 15
    assert (set(found.demands), set(found.precautions)) == (row.demands, row.precautions)
    assert found.laterality == row.laterality
    assert found.low_back == row.low_back
    assert found.supervised_first is row.supervised_first


@every_exercise
def test_an_exercise_is_answered_whole(key):
    found = exercise(key)
    answered = ["position", "laterality", "kind", "low_back", "areas", "demands", "precautions"]
    worded_too = ["also_called_en", "purpose_en", "feel_en", "ask_first_en", "harder_day_en"]
    for name in answered + worded_too:
        assert getattr(found, name), name
    assert found.stop_ifs.exists()


@every_exercise
def test_more_of_the_same_form_is_for_the_clinician_to_allow(key):
    progression = exercise(key).progression_en or ""
    assert not progression or progression.startswith("Stay") or progression.endswith(MOVE_UP)


def test_the_signs_that_stop_every_exercise():
    assert [row.text_en for row in StopIf.objects.shared()] == [
        "The pain goes further down your leg.",
        "Numbness or weakness is new or worse.",
        "You feel dizzy.",
        "Your pain is high, and well above where it was when you began.",
    ]


# ------------------------------------------------------------------ what any body would ask


@pytest.mark.parametrize(
    ("wanted", "precaution"),
    [
        ({"demands": "one_leg"}, Precaution.FALL_RISK),
        ({"family": "toe-touch"}, Precaution.BEND_END_RANGE),
        ({"family": "toe-touch"}, Precaution.HEAD_LOW),
        ({"family": "toe-touch"}, Precaution.FALL_RISK),
        ({"family": "knee-to-chest"}, Precaution.BEND_END_RANGE),
        ({"family": "knee-to-chest"}, Precaution.HIP_DEEP_BEND),
        ({"family": "hands-and-knees"}, Precaution.BEND_END_RANGE),
        ({"family": "piriformis"}, Precaution.HIP_CROSS),
        ({"family": "floor"}, Precaution.FALL_RISK),
        ({"equipment": "weight"}, Precaution.BEND_LOADED),
        ({"equipment": "band"}, Precaution.BEND_LOADED),
    ],
)
def test_forms_of_one_movement_need_the_same_care(wanted, precaution):
    (field, value), *_rest = wanted.items()
    rows = [
        row
        for row in Exercise.objects.select_related("family")
        if value in ([row.family.key] if field == "family" else getattr(row, field))
    ]
    assert rows
    assert [row.key for row in rows if precaution not in row.precautions] == []


def test_whoever_gets_down_to_the_floor_for_it_is_asked():
    for row in Exercise.objects.filter(position__in=["floor", "hands_knees", "kneeling"]):
        assert "floor" in row.demands, row.key
        assert ("kneels" in row.demands) is (row.position != "floor"), row.key


def test_who_stands_is_asked_about_falls_unless_a_load_is_what_counts():
    for row in Exercise.objects.filter(position="standing").exclude(key__in=LOADED):
        assert {"stands", "one_leg"} & set(row.demands), row.key
        assert "fall_risk" in row.precautions, row.key


def test_nobody_lies_down_unasked():
    lying = Exercise.objects.filter(position__in=["supine", "prone", "side_lying"])
    assert lying.count() == 14
    assert [row.key for row in lying if "lies" not in row.demands] == []


def test_the_last_rungs_of_a_movement_are_watched_first():
    deep = Exercise.objects.filter(key__endswith="-deep")
    assert deep.count() == 3
    assert all(row.supervised_first for row in deep)


# ------------------------------------------------------------------ the ladder


def test_the_ladder_is_this_graph():
    links = LadderLink.objects.values_list("exercise__key", "direction", "to_exercise__key")
    assert set(links) == LADDER | MORE_LADDER
    assert len(links) == len(LADDER) + len(MORE_LADDER)


def test_every_rung_has_its_rule_in_words():
    for link in LadderLink.objects.select_related("exercise", "to_exercise"):
        if link.direction == "harder":
            assert link.rule_en.endswith(MOVE_UP)
            beyond = UP_BEYOND.get((link.exercise.key, link.to_exercise.key), "")
            assert beyond in link.rule_en
            assert link.rule_en != MOVE_UP
        elif link.direction == "easier":
            assert link.rule_en.endswith(MOVE_DOWN)
            assert link.rule_en != MOVE_DOWN
        else:
            assert "Your clinician" in link.rule_en


def test_a_harder_rung_always_has_a_way_back_down():
    ladder = LADDER | MORE_LADDER
    up = {(a, b) for a, direction, b in ladder if direction == "harder"}
    down = {(b, a) for a, direction, b in ladder if direction == "easier"}
    # From lying on the back the way down is the chair or the towel, not the floor.
    assert up - down == {("knee-to-chest-floor", "knee-to-chest-lying")}


def test_every_rung_leads_back_too():
    pairs = {(a, b) for a, _direction, b in LADDER | MORE_LADDER}
    one_way = {(a, b) for a, b in pairs if (b, a) not in pairs}
    assert one_way == {("knee-to-chest-floor", "knee-to-chest-lying")}


@every_exercise
def test_an_exercise_can_be_reached_from_another(key):
    assert LadderLink.objects.filter(to_exercise__key=key).exists()


def test_nobody_climbs_in_a_circle():
    up: dict[str, set[str]] = {}
    for a, direction, b in LADDER | MORE_LADDER:
        if direction == "harder":
            up.setdefault(a, set()).add(b)
    for start in up:
        waiting, above = deque(up[start]), set()
        while waiting:
            key = waiting.popleft()
            if key not in above:
                above.add(key)
                waiting += up.get(key, ())
        assert start not in above


# ------------------------------------------------------------------ steps and pictures


@every_exercise
def test_an_exercise_has_a_few_steps_and_says_how_to_breathe(key):
    kinds = Counter(step.kind for step in exercise(key).steps.all())
    assert kinds["preparation"] == 1
    most = 6 if EXERCISES[key] == "floor" else 5
    assert 2 <= kinds["step"] <= most
    assert kinds["breathing"] == 1
    breathing = exercise(key).steps.get(kind="breathing")
    assert breathing.text_en.endswith("Never hold your breath.")


@every_exercise
def test_every_step_to_do_has_its_picture(key):
    assert [step.text_en for step in exercise(key).steps_to_do if not step.pose] == []


@every_exercise
def test_every_picture_of_the_exercise_is_shown(key):
    drawn = catalogue.poses_of(key)
    shown = [step.pose for step in exercise(key).steps.all() if step.pose]
    assert set(drawn) <= set(shown)
    # The band's own pictures begin with the bend; the deeper pull begins where lying does.
    if key != "hip-hinge-band":
        assert [pose for pose in dict.fromkeys(shown) if pose in drawn] == list(drawn)
    assert set(shown) - set(drawn) <= {"knee-to-chest-lying/1"}


@every_exercise
def test_the_picture_of_an_exercise_shows_the_move(key):
    (cover,) = Exercise.objects.filter(key=key).with_cover().values_list("cover_pose", flat=True)
    assert cover in catalogue.MOVES
    assert cover.startswith(f"{key}/")


@every_exercise
def test_a_picture_has_words_under_it_and_words_instead_of_it(key):
    for step in exercise(key).steps.all():
        if not step.pose:
            assert not step.caption_en
            assert not step.alt_en
            continue
        assert step.kind in ("preparation", "step")
        caption = worded(step.caption_en, "left", "en")
        assert 1 <= len(caption.split()) <= 6, caption
        assert len(step.alt_en.split()) >= 6
        assert step.alt_en.endswith(".")
        assert step.alt_en != step.text_en


def is_striped(pose_key: str) -> bool:
    """Whether the drawing has the stripes that show where a move is felt."""
    path = settings.BASE_DIR / "static" / catalogue.figure(pose_key).path
    return 'id="zone"' in path.read_text(encoding="utf-8")


@every_exercise
def test_stripes_are_in_the_words_for_the_picture_too(key):
    for step in exercise(key).steps.exclude(pose=""):
        assert ("Stripes on" in step.alt_en) is is_striped(step.pose), step.pose


@every_exercise
def test_pictures_are_drawn_for_a_side_when_the_words_name_one(key):
    found = exercise(key)
    # A walk is drawn with one leg coloured, to follow it; a plan of minutes names no side.
    assert found.laterality == Laterality.TWO_SIDED or catalogue.has_sides(key)
    assert found.has_side or not catalogue.has_sides(key) or key == "walking"


@every_exercise
def test_a_moving_picture_is_shown_where_one_is_drawn(key):
    assert exercise(key).film == (key if key in catalogue.FILM_KEYS else "")


@every_exercise
def test_a_side_is_named_by_a_placeholder_or_not_at_all(key):
    found = exercise(key)
    texts = page_texts(found)
    for text in texts:
        assert not re.search(r"\b(left|right)\b", text, re.IGNORECASE), text
        assert not unknown_placeholders(text)
        # The tables bring the “your”, and a verb could not follow one and many legs alike.
        assert not re.search(r"\b(your|the|a) \{", text, re.IGNORECASE), text
        assert not re.search(r"\{[^}]*\} (is|are|stays?|lifts?|rests?|bends?)\b", text), text
    assert any("{" in text for text in texts) is found.has_side


@every_exercise
def test_steps_and_captions_give_no_numbers(key):
    for step in exercise(key).steps.all():
        words = f"{step.text_en} {step.caption_en or ''} {step.alt_en or ''}"
        assert set(re.findall(r"\d+", words)) <= {"911"}, words


# ------------------------------------------------------------------ plain words


@every_exercise
@pytest.mark.parametrize("side", ["left", "unknown", "each"])
def test_an_exercise_reads_at_grade_6_or_below(key, side):
    assert grade("\n".join(worded(text, side, "en") for text in page_texts(exercise(key)))) <= 6


def test_a_family_says_what_it_is_for_in_plain_words():
    for family in ExerciseFamily.objects.all():
        assert grade(family.purpose_en) <= 6, family.key


def test_words_of_one_meaning_come_in_groups():
    groups = [row.words_en.split(", ") for row in SearchSynonym.objects.all()]
    assert len(groups) >= 20
    for words in groups:
        assert len(words) == len(set(words)) >= 2
        assert all(word == word.strip().lower() and word for word in words)
    assert any({"butt", "bottom", "buttock", "glute"} <= set(words) for words in groups)

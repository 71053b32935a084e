"""The templates that come with the site: what they say, and that staff's edits stay."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from education.library.actions import load_pack
from education.library.loading import PackError
from education.library.models import CareLevel, RedFlag
from education.plans.checks import NEVER_TOGETHER
from education.plans.loading import document_of, load_templates
from education.plans.models import PlanTemplate
from tests import factories
from tests.library.reading import grade

pytestmark = pytest.mark.django_db

KEYS = ["first-weeks-sciatica", "back-strength", "after-a-flare-up", "keep-going"]


@pytest.fixture
def loaded() -> list[PlanTemplate]:
    """The four templates, on the library they are made of."""
    load_pack(by=None)
    load_templates(by=None)
    return list(PlanTemplate.objects.offered())


def file_with(tmp_path, text: str):
    path = tmp_path / "templates.toml"
    path.write_text(text)
    return path


# ------------------------------------------------------------------ what they say


def test_there_are_three_to_start_from_and_one_to_keep_going(loaded):
    assert [template.key for template in loaded] == KEYS
    assert [template.kind for template in loaded] == [*["treatment"] * 3, "maintenance"]


def test_each_asks_for_three_or_four_exercises_that_the_patient_may_do_alone(loaded):
    rows = {template.key: list(template.exercises.all()) for template in loaded}
    assert {key: len(of) for key, of in rows.items()} == dict(zip(KEYS, (4, 3, 3, 4), strict=True))
    exercises = [row.exercise for of in rows.values() for row in of]
    assert {exercise.state for exercise in exercises} == {"published"}
    assert not any(exercise.supervised_first for exercise in exercises)


def test_none_holds_two_exercises_that_never_stand_together_or_bends_and_arches(loaded):
    for template in loaded:
        keys = {row.exercise.key for row in template.exercises.all()}
        assert all(len(keys & group) <= 1 for group in NEVER_TOGETHER), template
        ways = {row.exercise.low_back for row in template.exercises.all()}
        assert not {"bends", "arches"} <= ways, template


def texts_of(template: PlanTemplate) -> list[str]:
    """What a patient reads of a template."""
    rows = template.exercises.all()
    return [
        *(template.title, template.note, template.flare_up),
        *(text for row in rows for text in (row.why, row.note, row.harder_day) if text),
    ]


def test_every_text_reads_at_grade_six_and_promises_nothing(loaded):
    for template in loaded:
        for text in texts_of(template):
            assert grade(text) <= 6, text
            assert not re.search(r"\b(cure|pain-free|just|simply|left|right leg)\b", text, re.I)


def test_a_flare_up_begins_with_the_signs_and_leaves_the_numbers_to_the_pain_rule(loaded):
    soon = CareLevel.objects.get(level="soon").instruction_en
    deadline = re.search(r"within \w+ working days", soon)[0]
    no_better = RedFlag.objects.get(key="no-better").text_en
    for template in loaded:
        text = template.flare_up
        assert text.startswith("First look at the signs that need a doctor.")
        assert "your harder-day plan" in text
        assert (
            f"further down your leg, stop. Do only your harder-day plan, and call us {deadline}"
            in text
        )
        assert "If the pain rule says stop, stop and call us." in text
        assert "settled by the next morning" in text
        assert re.search(r"no better (after two weeks)", no_better)[1] in text
        assert not re.search(r"\d", text)  # thresholds are settings of the clinic
        assert not re.search("mail|message|form|write", text)  # no sign waits for an answer


def test_a_dosage_that_is_left_out_is_the_librarys(loaded):
    hinge = loaded[1].exercises.get(exercise__key="hip-hinge")
    assert hinge.spec == hinge.exercise.spec
    assert hinge.spec.sets == 2


def test_each_says_that_it_is_for_demonstration(loaded):
    assert all("For demonstration: review before use." in t.for_whom for t in loaded)


# ------------------------------------------------------------------ loading again


def test_a_second_run_changes_nothing(loaded):
    report = load_templates(by=None)
    assert report.unchanged == KEYS
    assert PlanTemplate.objects.count() == 4


def test_what_staff_edited_is_left_and_listed_until_it_is_asked_for(loaded):
    template = PlanTemplate.objects.get(key="back-strength")
    template.exercises.first().delete()
    PlanTemplate.objects.filter(pk=loaded[0].pk).update(title="Our own words")
    out = StringIO()
    call_command("load_templates", stdout=out)
    assert "0 created, 0 updated, 2 unchanged, 2 skipped." in out.getvalue()
    assert "load_templates --take back-strength" in out.getvalue()
    assert template.exercises.count() == 2
    assert load_templates(take=["back-strength"], by=None).updated == ["back-strength"]
    assert template.exercises.count() == 3
    assert PlanTemplate.objects.get(pk=loaded[0].pk).title == "Our own words"


def test_a_new_text_of_the_file_comes_in_where_nobody_edited(tmp_path):
    factories.make_exercise("bend", sets=3)
    head = '[[templates]]\nkey = "one"\nname = "One"\n'
    tail = '[[templates.exercises]]\nexercise = "bend"\n'
    load_templates(file=file_with(tmp_path, f'{head}title = "Old"\n{tail}'), by=None)
    PlanTemplate.objects.update(is_offered=False)
    report = load_templates(file=file_with(tmp_path, f'{head}title = "New"\n{tail}'), by=None)
    assert report.updated == ["one"]
    template = PlanTemplate.objects.get()
    assert (template.title, template.is_offered) == ("New", False)
    assert document_of(template)["exercises"][0]["dosage"]["sets"] == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = "One"', "key"),
        ('key = "one"\nname = "One"\ntitle = "T"\nnote2 = "x"', "There is no such field"),
        ('key = "one"\nname = "One"', "template one: title"),
        (
            'key = "one"\nname = "One"\ntitle = "T"\n[[templates.exercises]]\nexercise = "moon"',
            "There is no “moon” in the library",
        ),
        (
            'key = "one"\nname = "One"\ntitle = "T"\n[[templates.exercises]]\nexercise = "bend"\n'
            "[templates.exercises.dosage]\nreps_min = 99",
            "reps_min",
        ),
    ],
)
def test_a_file_that_is_not_right_is_refused_as_a_whole(tmp_path, text, message):
    factories.make_exercise("bend")
    with pytest.raises(PackError, match=message):
        load_templates(file=file_with(tmp_path, f"[[templates]]\n{text}\n"), by=None)
    assert not PlanTemplate.objects.exists()


def test_the_command_says_what_is_missing():
    with pytest.raises(CommandError, match="Nothing was loaded. .*Load it first."):
        call_command("load_templates")


def test_a_name_to_take_must_be_one_of_the_file(loaded):
    with pytest.raises(PackError, match="no such template"):
        load_templates(take=["moon"], by=None)

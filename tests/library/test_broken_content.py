"""A content pack with a mistake: nothing is loaded, and one line says where it is."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from education.library.actions import load_pack
from education.library.loading import PackError
from education.library.models import (
    Article,
    Exercise,
    ExerciseStep,
    LibraryRevision,
    PackRecord,
    RedFlag,
    StopIf,
)

CHAIR = "exercises/knee-to-chest-chair.toml"
HINGE = "exercises/hip-hinge.toml"
LOWER = "Lower {working:leg} slowly."

pytestmark = pytest.mark.django_db

WRONG = [
    pytest.param(
        "Lower {working:leg} slowly.",
        "Lower {working:lg} slowly.",
        f"{CHAIR}: exercise knee-to-chest-chair: step 4 text: "
        "“{working:lg}” is not a placeholder. Use one such as {working:leg} or {resting:knee}.",
        id="unknown placeholder",
    ),
    pytest.param(
        'harder_day.en = "1 round of 2 on each side you do. Hold 5 seconds."',
        'harder_day.en = "1 round."\nharder_day.es = "Con {left:leg}."',
        f"{CHAIR}: exercise knee-to-chest-chair: harder_day in Spanish: “{{left:leg}}” is not",
        id="unknown placeholder in Spanish",
    ),
    pytest.param(
        'pose = "knee-to-chest-chair/3"',
        'pose = "knee-to-chest-chair/9"',
        f"{CHAIR}: exercise knee-to-chest-chair: step 3 pose: "
        "There is no picture “knee-to-chest-chair/9”.",
        id="unknown pose",
    ),
    pytest.param(
        'position = "chair"',
        'position = "hammock"',
        f"{CHAIR}: exercise knee-to-chest-chair: position: Value 'hammock' is not a valid choice.",
        id="unknown choice",
    ),
    pytest.param(
        'demands = ["sits", "grips"]',
        'demands = ["sits", "flies"]',
        f"{CHAIR}: exercise knee-to-chest-chair: demands: flies is not a choice.",
        id="unknown demand",
    ),
    pytest.param(
        "sets = 1",
        "sets = 9",
        f"{CHAIR}: exercise knee-to-chest-chair: sets: "
        "Ensure this value is less than or equal to 4.",
        id="dosage out of range",
    ),
    pytest.param(
        "sets = 1",
        'sets = "one"',
        f"{CHAIR}: exercise knee-to-chest-chair: dosage: sets: 'one' is not what belongs here.",
        id="words for a number",
    ),
    pytest.param(
        'feel.en = "Buttock and low back"',
        'fell.en = "Buttock and low back"',
        f"{CHAIR}: exercise knee-to-chest-chair: fell: There is no such field.",
        id="misspelt field",
    ),
    pytest.param(
        'feel.en = "Buttock and low back"',
        'feel.fr = "La fesse"',
        f"{CHAIR}: exercise knee-to-chest-chair: feel: fr: There is no such field.",
        id="unknown language",
    ),
    pytest.param(
        'title.en = "Knee to chest on a chair"',
        "",
        f"{CHAIR}: exercise knee-to-chest-chair: title: This field cannot be blank.",
        id="no title",
    ),
    pytest.param(
        'to = "knee-to-chest-lying"',
        'to = "knee-to-chest-flying"',
        f"{CHAIR}: exercise knee-to-chest-chair: ladder link 2 to: "
        "There is no “knee-to-chest-flying” in the library.",
        id="ladder to nowhere",
    ),
    pytest.param(
        'family = "knee-to-chest"',
        'family = "knee-to-nose"',
        f"{CHAIR}: exercise knee-to-chest-chair: family: "
        "There is no “knee-to-nose” in the library.",
        id="unknown family",
    ),
    pytest.param(
        'order = 2\nstate = "published"',
        "order = ",
        f"{CHAIR}: exercise knee-to-chest-chair: Invalid value (at line 3, column",
        id="broken TOML",
    ),
    pytest.param(
        'alt.en = "Sitting tall on a chair against a wall. '
        'The back rests on the backrest. Both feet are flat."',
        "",
        f"{CHAIR}: exercise knee-to-chest-chair: step 1: Say in words what the picture shows.",
        id="a picture without words",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG)
def test_a_broken_pack_leaves_nothing_and_says_where(pack, old, new, message):
    pack.edit(CHAIR, old, new)
    with pytest.raises(PackError) as refusal:
        pack.load()
    assert str(refusal.value).startswith(message)
    assert "\n" not in str(refusal.value)
    for model in (Exercise, ExerciseStep, RedFlag, StopIf, Article, PackRecord, LibraryRevision):
        assert not model.objects.exists()


def test_a_broken_pack_leaves_the_loaded_library_as_it_was(pack):
    pack.load()
    pack.edit(HINGE, 'text.en = "Your back rounds or grabs."', 'text.en = "Your back rounds."')
    pack.edit(CHAIR, LOWER, "Lower {working:lg} slowly.")
    with pytest.raises(PackError):
        pack.load()
    assert StopIf.objects.filter(text_en="Your back rounds or grabs.").exists()
    assert LibraryRevision.objects.current() == 1


def test_a_key_given_twice_is_refused(pack):
    pack.edit("red_flags.toml", 'key = "sore-calf"', 'key = "fever"')
    with pytest.raises(PackError, match="red-flag fever: key: It is given twice"):
        pack.load()


def test_an_object_without_a_key_is_refused(pack):
    pack.edit("families.toml", 'key = "piriformis"\n', "")
    with pytest.raises(PackError, match=r"^families.toml: family 4: key: Give it a key.$"):
        pack.load()


def test_a_missing_or_empty_folder_is_refused(tmp_path):
    with pytest.raises(PackError, match="There is no such folder"):
        load_pack(folder=tmp_path / "nowhere", by=None)
    with pytest.raises(PackError, match="There is no content here"):
        load_pack(folder=tmp_path, by=None)


def test_the_command_fails_with_one_clear_line(pack):
    pack.edit(CHAIR, LOWER, "Lower {working:lg} slowly.")
    with pytest.raises(CommandError) as refusal:
        call_command("load_content", folder=pack.folder)
    assert refusal.value.returncode == 1
    assert str(refusal.value).startswith(f"Nothing was loaded. {CHAIR}: exercise knee-to-chest")
    assert "“{working:lg}”" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_under_spanish_a_broken_pack_is_told_in_english(pack):
    pack.edit(CHAIR, LOWER, "Lower {working:lg} slowly.")
    with translation.override("es"), pytest.raises(PackError, match="is not a placeholder"):
        pack.load()

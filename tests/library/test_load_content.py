"""Loading the content pack: by key, leaving what staff edited, all or nothing."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from education.library.actions import content_changed, load_pack
from education.library.loading import PackError
from education.library.models import (
    Article,
    ArticleSection,
    Exercise,
    ExerciseStep,
    LadderLink,
    LibraryRevision,
    PackRecord,
    RedFlag,
    StopIf,
)
from education.library.publishing.actions import review

CHAIR = "exercises/knee-to-chest-chair.toml"
HINGE = "exercises/hip-hinge.toml"
LOWER = "Lower {working:leg} slowly."
KEEP = "Keep your back on the backrest and your head up."

pytestmark = pytest.mark.django_db


def step(key: str, number: int) -> ExerciseStep:
    return ExerciseStep.objects.get(exercise__key=key, order=number)


def section(key: str) -> ArticleSection:
    return ArticleSection.objects.get(article__key="sciatica", key=key)


def edit(row, **fields) -> None:
    """As staff do in the admin."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


# ------------------------------------------------------------------ first and second load


def test_the_first_load_creates_everything(pack):
    report = pack.load()
    assert len(report.created) == len(set(report.created)) == PackRecord.objects.count()
    assert "exercise:hip-hinge" in report.created
    assert (report.updated, report.unchanged, report.skipped) == ([], [], [])
    assert Exercise.objects.count() == 38
    assert LibraryRevision.objects.current() == 1


def test_a_second_load_writes_nothing(pack, django_assert_max_num_queries):
    created = pack.load().created
    with django_assert_max_num_queries(40) as queries:
        report = pack.load()
    assert report.unchanged == created
    assert not report.changed
    assert LibraryRevision.objects.current() == 1
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


def test_content_is_published_but_reviewed_by_nobody(pack):
    pack.load()
    for content in [*Exercise.objects.all(), *Article.objects.all()]:
        assert content.state == "published"
        assert not content.is_reviewed


# ------------------------------------------------------------------ edited by staff


def test_an_edited_step_is_skipped_and_its_line_is_listed(pack):
    pack.load()
    edit(step("knee-to-chest-chair", 2), text_en="Lift {working:knee} a little.")

    report = pack.load()

    assert [skipped.name for skipped in report.skipped] == ["exercise:knee-to-chest-chair"]
    assert report.skipped[0].lines == ["exercise knee-to-chest-chair: step 2 text"]
    assert not report.changed
    assert step("knee-to-chest-chair", 2).text_en == "Lift {working:knee} a little."
    assert LibraryRevision.objects.current() == 1


def test_a_skipped_object_stays_skipped_when_the_pack_changes_too(pack):
    pack.load()
    edit(step("knee-to-chest-chair", 2), text_en="Lift {working:knee} a little.")
    pack.edit(CHAIR, LOWER, "Put {working:foot} down slowly.")

    report = pack.load()

    assert report.skipped[0].lines == [
        "exercise knee-to-chest-chair: step 2 text",
        "exercise knee-to-chest-chair: step 4 text",
    ]
    assert step("knee-to-chest-chair", 4).text_en == LOWER


def test_the_command_lists_the_edited_line_with_both_texts(pack, capsys):
    unchanged = len(pack.load().created) - 1
    edit(step("knee-to-chest-chair", 2), text_en="Lift {working:knee} a little.")
    call_command("load_content", folder=pack.folder)
    said = capsys.readouterr().out
    assert f"0 created, 0 updated, {unchanged} unchanged, 1 skipped." in said
    assert "exercise knee-to-chest-chair: step 2 text\n" in said
    assert "here: Lift {working:knee} a little.\n" in said
    assert "pack: Lift {working:knee}. Hold behind {working:thigh} with both hands.\n" in said
    assert "load_content --take exercise:knee-to-chest-chair" in said


def test_an_edited_object_is_taken_when_it_is_named(pack):
    pack.load()
    before = step("knee-to-chest-chair", 2)
    edit(step("knee-to-chest-chair", 2), text_en="Lift {working:knee} a little.")
    edit(step("hip-hinge", 1), text_en="Stand up.")

    report = pack.load("exercise:knee-to-chest-chair")

    assert report.updated == ["exercise:knee-to-chest-chair"]
    assert [skipped.name for skipped in report.skipped] == ["exercise:hip-hinge"]
    after = step("knee-to-chest-chair", 2)
    assert (after.pk, after.text_en) == (before.pk, before.text_en)
    assert LibraryRevision.objects.current() == 2
    assert pack.load().updated == []


def test_the_take_option_may_be_given_more_than_once(pack, capsys):
    unchanged = len(pack.load().created) - 2
    edit(step("knee-to-chest-chair", 2), text_en="Lift {working:knee} a little.")
    edit(step("hip-hinge", 1), text_en="Stand up.")
    call_command(
        "load_content",
        "--take=exercise:knee-to-chest-chair",
        "--take=exercise:hip-hinge",
        folder=pack.folder,
    )
    said = capsys.readouterr().out
    assert f"0 created, 2 updated, {unchanged} unchanged, 0 skipped." in said


def test_a_name_to_take_that_the_pack_does_not_have_is_refused(pack):
    with pytest.raises(PackError, match="--take exercise:hip-hing: The pack has no such object."):
        pack.load("exercise:hip-hing")
    assert not Exercise.objects.exists()


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda e: edit(e, title_es="Rodilla al pecho"), "title in Spanish"),
        (lambda e: edit(e, hold_seconds=10), "dosage hold seconds"),
        (lambda e: edit(e, demands=["sits"]), "demands"),
        (lambda e: edit(e, state="retired"), "state"),
        (lambda e: edit(e, family=None), "family"),
        (lambda e: edit(e, supervised_first=True), "supervised first"),
        (lambda e: edit(e.stop_ifs.first(), text_en="It pinches."), "stop-if 1 text"),
        (lambda e: e.stop_ifs.last().delete(), "stop-if 2 taken out"),
        (lambda e: e.steps.create(order=9, text_en="Smile."), "step 7 added"),
        (lambda e: edit(e.steps.first(), alt_es="Una persona."), "step 1 alt in Spanish"),
        (lambda e: edit(e.ladder_links.last(), rule_en="Ask."), "ladder link 3 rule"),
        (lambda e: edit(e.ladder_links.last(), direction="easier"), "ladder link 3 direction"),
    ],
)
def test_every_kind_of_edit_is_found(pack, change, line):
    pack.load()
    change(Exercise.objects.get(key="knee-to-chest-chair"))
    assert [s.lines for s in pack.load().skipped] == [[f"exercise knee-to-chest-chair: {line}"]]


def test_an_edited_article_section_red_flag_and_shared_stop_if_are_found(pack):
    pack.load()
    edit(section("settle"), body_en="It takes time.")
    edit(RedFlag.objects.get(key="fever"), text_en="You have a fever.")
    edit(StopIf.objects.shared().last(), text_en="Stop when it hurts.")
    lines = [line for skipped in pack.load().skipped for line in skipped.lines]
    assert lines == [
        "red-flag fever: text",
        "stop-ifs shared: stop-if 4 text",
        "article sciatica: section 2 body",
    ]


def test_a_text_saved_unchanged_in_a_browser_is_not_an_edit(pack):
    pack.load()
    understand = section("understand")
    edit(understand, body_en=understand.body_en.replace("\n", "\r\n") + "\r\n", body_es="")
    assert pack.load().skipped == []


def test_what_staff_deleted_does_not_come_back_by_itself(pack):
    pack.load()
    RedFlag.objects.get(key="sore-calf").delete()
    report = pack.load()
    assert [skipped.lines for skipped in report.skipped] == [["red-flag sore-calf: deleted"]]
    assert not RedFlag.objects.filter(key="sore-calf").exists()
    assert pack.load("red-flag:sore-calf").created == ["red-flag:sore-calf"]
    assert RedFlag.objects.filter(key="sore-calf").exists()


def test_an_object_staff_made_under_the_same_key_is_left_alone(pack):
    RedFlag.objects.all().delete()
    Exercise.objects.create(
        key="hip-hinge", title_en="Our hinge", purpose_en="Ours.", reps_min=5, state="draft"
    )
    assert [skipped.name for skipped in pack.load().skipped] == ["exercise:hip-hinge"]
    assert Exercise.objects.get(key="hip-hinge").title_en == "Our hinge"


# ------------------------------------------------------------------ the pack changes


def test_a_change_of_the_pack_reaches_the_library_in_the_same_rows(pack):
    pack.load()
    rows = list(ExerciseStep.objects.order_by("pk").values_list("pk", flat=True))
    pack.edit(CHAIR, LOWER, "Put {working:foot} down slowly.")
    pack.edit(CHAIR, "hold_seconds = 15", "hold_seconds = 10")

    report = pack.load()

    assert report.updated == ["exercise:knee-to-chest-chair"]
    assert report.created == report.skipped == []
    assert step("knee-to-chest-chair", 4).text_en == "Put {working:foot} down slowly."
    assert Exercise.objects.get(key="knee-to-chest-chair").hold_seconds == 10
    assert list(ExerciseStep.objects.order_by("pk").values_list("pk", flat=True)) == rows
    assert LibraryRevision.objects.current() == 2
    assert pack.load().updated == []


def test_many_changes_count_as_one_revision(pack):
    pack.load()
    pack.edit(CHAIR, LOWER, "Put {working:foot} down slowly.")
    pack.edit(HINGE, 'text.en = "Your back rounds or grabs."', 'text.en = "Your back rounds."')
    assert len(pack.load().updated) == 2
    assert LibraryRevision.objects.current() == 2


def test_lines_are_added_and_taken_out(pack):
    pack.load()
    pack.edit(CHAIR, f'[[steps]]\nkind = "form_cue"\ntext.en = "{KEEP}"\n\n', "")
    pack.add(CHAIR, '\n[[stop_ifs]]\ntext.en = "You feel ill."\n')
    pack.load()
    exercise = Exercise.objects.get(key="knee-to-chest-chair")
    assert exercise.steps.count() == 5
    assert KEEP not in [row.text_en for row in exercise.steps.all()]
    assert [row.text_en for row in exercise.stop_ifs.all()][2:] == ["You feel ill."]
    assert pack.load().skipped == []


def test_ladder_links_keep_their_rows_when_their_order_changes(pack):
    pack.load()
    rows = dict(
        LadderLink.objects.filter(exercise__key="hip-hinge").values_list("to_exercise__key", "pk")
    )
    text = (pack.folder / HINGE).read_text(encoding="utf-8")
    head, *links = text.split("[[ladder]]\n")
    links[-1] += "\n"
    (pack.folder / HINGE).write_text("[[ladder]]\n".join([head, *reversed(links)]))
    assert pack.load().updated == ["exercise:hip-hinge"]
    links = LadderLink.objects.filter(exercise__key="hip-hinge")
    assert dict(links.values_list("to_exercise__key", "pk")) == rows
    assert links.order_by("order").first().to_exercise.key == "hip-hinge-deep"


def test_spanish_is_added_beside_english(pack):
    pack.load()
    pack.edit(
        CHAIR, f'text.en = "{LOWER}"', f'text.en = "{LOWER}"\ntext.es = "Baja {{working:leg}}."'
    )
    pack.add("articles/sciatica/settle.es.md", "A menudo se calma solo.\n")
    assert pack.load().updated == ["exercise:knee-to-chest-chair", "article:sciatica"]
    row = step("knee-to-chest-chair", 4)
    assert (row.text_en, row.text_es) == (LOWER, "Baja {working:leg}.")
    assert section("settle").body_es == "A menudo se calma solo."


def test_what_leaves_the_pack_stays_in_the_library(pack):
    pack.load()
    (pack.folder / "exercises/piriformis-lying.toml").unlink()
    assert not pack.load().changed
    assert Exercise.objects.filter(key="piriformis-lying").exists()


def test_two_exercises_may_point_at_each_other_whatever_comes_first(pack):
    for old, new in (("a", "b"), ("b", "a")):
        pack.add(
            f"exercises/{old}.toml",
            f'title.en = "Form {old}"\npurpose.en = "Helps."\nposition = "standing"\n'
            'laterality = "two_sided"\ndosage.reps_min = 5\n'
            f'[[ladder]]\nto = "{new}"\ndirection = "another_way"\nrule.en = "As you like."\n',
        )
    assert {"exercise:a", "exercise:b"} <= set(pack.load().created)
    for old, new in (("a", "b"), ("b", "a")):
        assert LadderLink.objects.get(exercise__key=old).to_exercise.key == new


# ------------------------------------------------------------------ review


def test_a_review_names_the_clinician_and_redraws_the_pages(library, clinician):
    exercise = Exercise.objects.get(key="hip-hinge")
    article = Article.objects.get(key="sciatica")
    review(content=exercise, by=clinician, on=date(2026, 11, 20))
    review(content=article, by=clinician, on=date(2026, 11, 21))
    for content in (exercise, article):
        content.refresh_from_db()
        assert content.reviewed_by == clinician
    assert (exercise.reviewed_on, article.reviewed_on) == (date(2026, 11, 20), date(2026, 11, 21))
    assert LibraryRevision.objects.current() == 3
    assert load_pack(by=None).skipped == []


def test_a_changed_text_has_to_be_reviewed_again(pack, clinician, capsys):
    pack.load()
    for key in ("knee-to-chest-chair", "hip-hinge"):
        exercise = Exercise.objects.get(key=key)
        review(content=exercise, by=clinician, on=date(2026, 11, 20))
    pack.edit(CHAIR, LOWER, "Put {working:foot} down slowly.")
    call_command("load_content", folder=pack.folder)
    assert "review it again: exercise:knee-to-chest-chair" in capsys.readouterr().out
    assert not Exercise.objects.get(key="knee-to-chest-chair").is_reviewed
    assert Exercise.objects.get(key="hip-hinge").is_reviewed


def test_staff_edits_count_as_a_change_of_the_library(library):
    content_changed()
    assert LibraryRevision.objects.current() == 2


# ------------------------------------------------------------------ languages


def columns(table: str, *names: str) -> list[tuple]:
    """The columns as the database has them, whatever the language."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id")  # noqa: S608
        return cursor.fetchall()


def test_under_spanish_english_stays_english(pack):
    with translation.override("es"):
        pack.load()
        pack.edit(CHAIR, LOWER, "Put {working:foot} down slowly.")
        assert pack.load().updated == ["exercise:knee-to-chest-chair"]
        assert not pack.load().changed
    rows = columns("library_exercisestep", "text", "text_en", "text_es")
    assert rows
    for plain, english, spanish in rows:
        assert plain == english
        assert english
        assert not spanish
    assert not pack.load().changed

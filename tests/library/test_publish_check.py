"""What the publish check finds, in plain words."""

from datetime import date

import pytest

from education.library.models import Article, Exercise, GlossaryTerm, OverruledFinding
from education.library.publishing import PublishCheck, Severity, findings_of, publish_check
from tests.library.admin_page import change_url
from tests.library.sound import POSE, make_sound_article, make_sound_exercise, make_term

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
HARD_WORDS = (
    "Physiotherapeutic rehabilitation necessitates considerable individualization, "
    "particularly regarding proprioceptive functionality."
)


def codes(content, **given) -> list[str]:
    """Codes of what is found, notes left out."""
    found = findings_of(content, today=TODAY, **given)
    return [f.code for f in found if f.severity is not Severity.NOTE]


def one(content, code: str, **given):
    [finding] = [f for f in findings_of(content, today=TODAY, **given) if f.code == code]
    return finding


# ------------------------------------------------------------------ exercises


def test_nothing_is_found_against_a_sound_exercise():
    assert codes(make_sound_exercise()) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"position": ""}, "position_missing"),
        ({"laterality": ""}, "laterality_missing"),
        ({"demands": None}, "demands_not_answered"),
        ({"precautions": None}, "precautions_not_answered"),
    ],
)
def test_what_a_clinician_has_to_know_is_asked_for(fields, code):
    exercise = make_sound_exercise(**fields)
    assert codes(exercise) == [code]
    assert one(exercise, code).is_hard


def test_an_exercise_that_asks_nothing_of_a_body_has_answered():
    assert codes(make_sound_exercise(demands=[], precautions=[])) == []


def test_it_needs_a_sign_of_its_own_to_stop():
    exercise = make_sound_exercise()
    exercise.stop_ifs.all().delete()
    assert codes(exercise) == ["no_stop_if"]


def test_an_imported_one_needs_a_purpose():
    finding = one(make_sound_exercise(purpose_en=""), "purpose_missing")
    assert finding.is_hard


@pytest.mark.parametrize(("column", "nothing"), [("areas", []), ("kind", ""), ("low_back", "")])
def test_what_a_search_goes_by_is_asked_for(column, nothing):
    exercise = make_sound_exercise(**{column: nothing})
    assert codes(exercise) == [f"{column}_missing"]
    assert one(exercise, f"{column}_missing").severity == Severity.SOFT


def test_it_needs_steps():
    exercise = make_sound_exercise()
    exercise.steps.all().delete()
    assert codes(exercise) == ["no_steps"]


@pytest.mark.parametrize("laterality", ["one_sided", "alternating"])
def test_an_exercise_for_one_side_says_which(laterality):
    exercise = make_sound_exercise(laterality=laterality)
    exercise.steps.update(text_en="Lift a leg slowly.")
    assert codes(exercise) == ["side_not_worded"]


def test_an_exercise_for_both_sides_names_none():
    exercise = make_sound_exercise(laterality="two_sided")
    exercise.steps.update(text_en="Lift both legs slowly.")
    assert codes(exercise) == []


def test_a_numbered_step_without_a_picture_is_named_by_its_number():
    exercise = make_sound_exercise()
    exercise.steps.create(order=2, kind="breathing", text_en="Breathe slowly.")
    exercise.steps.create(order=3, text_en="Put it down.")
    finding = one(exercise, "step_without_picture")
    assert (finding.place, finding.severity) == ("Step 2", Severity.SOFT)
    assert finding.anchor == "steps-2"
    assert codes(exercise) == ["step_without_picture"]


def test_a_placeholder_that_no_table_knows_is_named():
    exercise = make_sound_exercise()
    exercise.steps.update(alt_en="Lift {werking:leg}.")
    finding = one(exercise, "unknown_placeholder")
    assert "“{werking:leg}” is not a placeholder." in finding.message
    assert finding.is_hard


def test_a_picture_that_is_not_drawn_is_named():
    exercise = make_sound_exercise()
    exercise.steps.update(pose="moon-walk/1")
    assert one(exercise, "unknown_pose").message == "There is no picture “moon-walk/1”."


def test_left_or_right_outright_is_questioned():
    exercise = make_sound_exercise(laterality="alternating")
    exercise.steps.create(order=2, text_en="Lift the left foot.", pose=POSE, alt_en="A foot.")
    finding = one(exercise, "literal_side")
    assert finding.severity is Severity.SOFT
    assert finding.message == "It says “left” outright: “Lift the left foot.”"


def test_hard_words_are_found_and_their_sentences_named():
    exercise = make_sound_exercise()
    exercise.stop_ifs.update(text_en=HARD_WORDS)
    finding = one(exercise, "reading_grade")
    assert finding.sentences == (HARD_WORDS,)
    assert "Grade 6 is the most." in finding.message
    assert finding.severity is Severity.SOFT


HARD_ENOUGH = "Discontinue immediately if considerable discomfort persists."


def test_one_hard_sentence_is_named_where_it_stands():
    """Many easy words around it do not make up for a warning that nobody understands."""
    exercise = make_sound_exercise()
    for number in range(2, 9):
        exercise.steps.create(order=number, text_en="Sit.", kind="breathing")
    exercise.stop_ifs.update(text_en=HARD_ENOUGH)
    finding = one(exercise, "hard_sentence")
    assert (finding.place, finding.sentences) == ("Sign to stop 1", (HARD_ENOUGH,))
    assert (finding.anchor, finding.severity) == ("stop_ifs-0", Severity.SOFT)


@pytest.mark.parametrize("column", ["purpose_en", "ask_first_en"])
def test_a_hard_sentence_of_the_exercise_itself_is_named(column):
    exercise = make_sound_exercise(**{column: HARD_ENOUGH})
    assert one(exercise, "hard_sentence").anchor == f"id_{column}"


@pytest.mark.parametrize("text", ["Ask your physiotherapist first.", "Sit on a chair. Rest there."])
def test_a_short_sentence_with_one_long_word_is_not_named(text):
    assert "hard_sentence" not in codes(make_sound_exercise(ask_first_en=text))


@pytest.mark.parametrize("column", ["purpose_en", "feel_en", "ask_first_en", "harder_day_en"])
def test_left_or_right_is_questioned_in_the_words_of_the_exercise(column):
    finding = one(make_sound_exercise(**{column: "Eases your left hip."}), "literal_side")
    assert finding.severity is Severity.SOFT
    assert finding.anchor == f"id_{column}"


def test_left_or_right_is_questioned_in_signs_to_stop_and_on_the_ladder():
    exercise = make_sound_exercise()
    exercise.stop_ifs.update(text_en="Your right knee hurts.")
    other = make_sound_exercise("other")
    exercise.ladder_links.create(
        to_exercise=other, direction="easier", rule_en="Your left hip hurts."
    )
    found = findings_of(exercise, today=TODAY)
    places = [f.place for f in found if f.code == "literal_side"]
    assert places == ["Sign to stop 1", "Ladder 1"]


def test_a_step_of_one_side_never_names_it_outright():
    exercise = make_sound_exercise(laterality="one_sided")
    exercise.steps.update(text_en="Lift your left knee with {working:leg}.")
    assert one(exercise, "literal_side").is_hard


def test_lying_on_the_back_is_asked_of_a_body():
    exercise = make_sound_exercise(position="supine", demands=["grips"])
    assert one(exercise, "lying_not_asked").severity is Severity.SOFT
    exercise.demands = ["lies"]
    assert "lying_not_asked" not in codes(exercise)


def test_a_picture_of_another_position_is_questioned():
    make_sound_exercise("knee-to-chest-chair", position="chair")
    exercise = make_sound_exercise(position="supine", demands=["lies"])
    finding = one(exercise, "other_position_drawn")
    assert finding.place == "Step 1"
    assert finding.message == (
        "The picture shows sitting on a chair; the exercise starts lying on the back."
    )
    exercise.position = "chair"
    assert "other_position_drawn" not in codes(exercise)


def test_a_text_without_spanish_is_said_and_in_nobodys_way():
    check = publish_check(make_sound_exercise(), today=TODAY)
    assert [note.code for note in check.notes] == ["not_reviewed", "spanish_missing"]
    assert check.blocking == []


def test_an_overdue_review_is_found_and_a_new_review_mends_it(clinician):
    exercise = make_sound_exercise(
        reviewed_by=clinician, reviewed_on=date(2025, 11, 1), next_review_on=date(2026, 11, 21)
    )
    assert one(exercise, "review_overdue").message == "The next review was due on Nov. 21, 2026."
    check = publish_check(exercise, today=TODAY)
    assert [finding.code for finding in check.soft] == ["review_overdue"]
    assert check.blocking == []
    exercise.next_review_on = TODAY
    assert codes(exercise) == []


def test_an_exercise_is_checked_with_as_many_queries_for_twelve_steps_as_for_one(
    django_assert_num_queries,
):
    exercise = make_sound_exercise()
    for number in range(2, 13):
        exercise.steps.create(order=number, text_en=f"Step {number}.")
    found = Exercise.objects.prefetch_related("steps", "stop_ifs").get(pk=exercise.pk)
    with django_assert_num_queries(4):  # reasons, glossary, ladder, whose pictures these are
        publish_check(found, today=TODAY)


# ------------------------------------------------------------------ articles and words


def test_nothing_is_found_against_a_sound_article():
    assert codes(make_sound_article()) == []


def test_a_page_about_a_condition_needs_red_flags_and_key_points():
    article = make_sound_article()
    article.sections.filter(panel="red_flags").delete()
    article.key_points.all().delete()
    assert codes(article) == ["no_red_flags", "no_key_points"]
    article.kind = "self_care"
    assert codes(article) == []


def test_an_article_without_text_is_empty():
    article = make_sound_article()
    article.sections.all().delete()
    assert codes(article) == ["no_text", "no_red_flags"]


def test_the_section_that_reads_too_hard_is_named():
    article = make_sound_article()
    body = f"It is fine. Sit down.\n\n- {HARD_WORDS}\n- {HARD_WORDS}\n- {HARD_WORDS}"
    article.sections.filter(key="understand").update(body_en=body)
    finding = one(article, "reading_grade")
    assert finding.place == "Section “What is it?”"
    assert finding.sentences == (HARD_WORDS,)


def test_a_hard_sentence_in_a_short_part_counts_for_the_whole_page():
    article = make_sound_article()
    article.key_points.update(text_en=HARD_WORDS)
    finding = one(article, "reading_grade_of_page")
    assert finding.place == "The whole text"
    assert finding.sentences[0] == HARD_WORDS


def test_a_reason_for_one_section_is_none_for_the_whole_page(clinician):
    article = make_sound_article()
    article.sections.filter(key="understand").update(body_en=f"{HARD_WORDS}\n\n" * 4)
    section = one(article, "reading_grade")
    OverruledFinding.objects.create(
        article=article, code=section.code, subject=section.subject, reason="As it has to be.",
        overruled_by=clinician,
    )  # fmt: skip
    check = publish_check(article, today=TODAY)
    assert [finding.code for finding in check.soft] == ["reading_grade_of_page"]


def test_an_article_does_not_show_an_exercise_that_is_not_published():
    article = make_sound_article()
    exercise = make_sound_exercise(state="draft", title_en="Bird dog")
    article.sections.create(key="how", title_en="How", panel="steps", exercise=exercise, order=9)
    found = one(article, "exercise_not_published")
    assert found.message == "It shows “Bird dog”, which is not published."
    assert found.is_hard


def test_a_glossary_word_is_not_held_against_itself():
    term = make_term(term_en="proprioceptive", meaning_en="Proprioceptive sense: you feel it.")
    assert codes(term) == []
    term.meaning_en = HARD_WORDS
    assert codes(term) == ["reading_grade"]
    term.meaning_en = ""
    assert codes(term) == ["meaning_missing"]


# ------------------------------------------------------------------ reasons


def test_a_reason_holds_for_these_words_and_ends_with_them(clinician):
    exercise = make_sound_exercise()
    step = exercise.steps.create(order=2, text_en="Put it down.")
    OverruledFinding.objects.create(
        exercise=exercise, code="step_without_picture", subject="Put it down.",
        reason="It shows itself.", overruled_by=clinician,
    )  # fmt: skip
    check = publish_check(exercise, today=TODAY)
    assert check.soft == []
    [(finding, row)] = check.overruled
    assert (finding.place, row.reason) == ("Step 2", "It shows itself.")
    step.text_en = "Put it down slowly."
    step.save()
    check = publish_check(exercise, today=TODAY)
    assert [finding.code for finding in check.soft] == ["step_without_picture"]
    assert check.overruled == []


def test_a_reason_for_one_exercise_is_none_for_another(clinician):
    for key in ("one", "two"):
        make_sound_exercise(key).steps.create(order=2, text_en="Put it down.")
    one, two = Exercise.objects.filter(key__in=["one", "two"]).order_by("key")
    OverruledFinding.objects.create(
        exercise=one, code="step_without_picture", subject="Put it down.", reason="Clear.",
        overruled_by=clinician,
    )  # fmt: skip
    assert publish_check(one, today=TODAY).blocking == []
    assert len(publish_check(two, today=TODAY).blocking) == 1


def test_a_hard_finding_cannot_be_overruled(clinician):
    exercise = make_sound_exercise(position="")
    found = findings_of(exercise, today=TODAY)
    row = OverruledFinding(code="position_missing", subject="", reason="No.")
    check = PublishCheck.of(found, [row])
    assert [finding.code for finding in check.hard] == ["position_missing"]
    assert check.overruled == []


# ------------------------------------------------------------------ the pack, and imports


def test_the_check_finds_nothing_against_the_pack(library):
    names = ["Pain Management & Injury Relief"]
    found = {
        (str(content), finding.code, finding.place)
        for model in (Exercise, Article, GlossaryTerm)
        for content in model.objects.all()
        for finding in publish_check(content, today=TODAY, names=names).blocking
    }
    assert found == set()


def test_an_import_that_brings_no_answers_is_checked_and_shown(as_clinician):
    exercise = make_sound_exercise(
        state="draft", position="", laterality="", demands=None, precautions=None
    )
    check = publish_check(exercise, today=TODAY)
    assert len(check.hard) == 4
    body = as_clinician.get(change_url(exercise)).content.decode()
    for finding in check.hard:
        assert finding.message in body

"""Two clinicians on one plan: a save in between is noticed, told in words and not overwritten."""

import html
import re

import pytest
import time_machine

from education.plans.actions import complete_plan, hold_plan
from tests import factories
from tests.conftest import logged_in
from tests.plans.conftest import rows_of
from tests.plans.page import Page, page_of, text_of

pytestmark = pytest.mark.django_db


def after(page: Page, response) -> Page:
    """The page as the answer shows it: it knows the save that it was told of."""
    return page.again(response)


def told(response) -> list[str]:
    """The lines under “Changed since you opened this page”."""
    _before, _heading, rest = text_of(response).partition("Changed since you opened this page:")
    return [
        html.unescape(line) for line in re.findall("<li>(.*?)</li>", rest.partition("</ul>")[0])
    ]


def test_a_second_clinicians_save_is_noticed_named_and_not_overwritten(
    as_clinician, as_colleague, draft
):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).type(goal="Theirs").press()
    response = mine.press()
    body = text_of(response)
    assert response.status_code == 200
    assert "Kim Sample, PT saved this plan after you opened this page" in body
    assert 'value="Mine"' in body
    draft.refresh_from_db()
    assert draft.goal == "Theirs"


def test_after_the_notice_the_next_press_is_a_decision(as_clinician, as_colleague, draft):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).type(goal="Theirs").press()
    assert after(mine, mine.press()).press().status_code == 302
    draft.refresh_from_db()
    assert draft.goal == "Mine"


def test_a_third_save_in_between_is_noticed_again(as_clinician, as_colleague, draft):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).type(goal="Theirs").press()
    after(mine, mine.press())
    Page(as_colleague, page_of(draft)).type(goal="Theirs again").press()
    assert mine.press().status_code == 200
    draft.refresh_from_db()
    assert draft.goal == "Theirs again"


def test_a_save_without_its_count_is_not_trusted(as_clinician, draft):
    response = Page(as_clinician, page_of(draft)).type(lock="", goal="Mine").press()
    assert response.status_code == 200
    draft.refresh_from_db()
    assert draft.goal == ""


def test_a_row_the_colleague_added_stays_when_the_first_saves_over(
    as_clinician, as_colleague, draft, knee
):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).add_row(exercise="Knee to chest").press()
    after(mine, mine.press()).press()
    assert len(rows_of(draft)) == 3


def test_a_plan_that_ended_meanwhile_is_not_changed_and_the_typing_stays(
    as_clinician, active, colleague
):
    page = Page(as_clinician, page_of(active)).type(goal="Mine")
    complete_plan(plan=active, by=colleague)
    response = page.press()
    assert "This plan has ended since you opened this page. Nothing was saved." in text_of(response)
    assert 'value="Mine"' in text_of(response)
    active.refresh_from_db()
    assert (active.goal, active.status) == ("", "completed")


def test_a_colleagues_change_of_status_is_noticed(as_clinician, active, colleague):
    page = Page(as_clinician, page_of(active)).type(goal="Mine")
    hold_plan(plan=active, by=colleague)
    response = page.press()
    assert "Kim Sample, PT saved this plan after you opened" in text_of(response)
    assert told(response) == ["Status: on hold"]


# ------------------------------------------------------------------ what the other changed


def test_every_change_of_the_colleague_is_told_in_words(as_clinician, as_colleague, draft, knee):
    first, second = (row.exercise.title_en for row in rows_of(draft))
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    theirs = Page(as_colleague, page_of(draft)).type(title="Walk to the shop", note="Call me.")
    theirs.type(other_care="Hands-on treatment")
    theirs.row(1, hold_seconds=30).row(2, DELETE=True).add_row(exercise="Knee to chest").press()
    lines = told(mine.press())
    assert lines == [
        "Plan name: Walk to the shop",
        "Note: Call me.",
        f"Row 1, {first}: 2 rounds of 5, on your sore side. Hold 30 seconds. Once a day.",
        "Row 2, new: Knee to chest",
        f"Taken out: {second}",
        "Care beside the exercises: Hands-on treatment",
    ]


def test_the_time_of_that_save_is_the_clinics(clinician, colleague, draft):
    with time_machine.travel("2027-02-03T22:14:00Z", tick=False):
        mine = Page(logged_in(clinician), page_of(draft)).type(goal="Mine")
        Page(logged_in(colleague), page_of(draft)).type(goal="Theirs").press()
        assert "after you opened this page (Feb 3, 2:14 p.m.)" in text_of(mine.press())


def test_what_was_told_once_is_not_told_again(as_clinician, as_colleague, draft):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).type(goal="Theirs").press()
    after(mine, mine.press())
    Page(as_colleague, page_of(draft)).type(title="Walk to the shop").press()
    assert told(mine.press()) == ["Plan name: Walk to the shop"]


def test_all_who_saved_are_named_once_the_last_first(as_clinician, as_colleague, draft):
    third = factories.make_staff("ray@clinic.example", "Ray", "Third", "Clinicians", "PT")
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    for client, goal in ((as_colleague, "A"), (logged_in(third), "B"), (as_colleague, "C")):
        Page(client, page_of(draft)).type(goal=goal).press()
    body = text_of(mine.press())
    assert "Kim Sample, PT and Ray Third, PT saved this plan" in body


def test_ones_own_save_in_another_window_is_called_that(as_clinician, draft):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_clinician, page_of(draft)).type(goal="Mine, elsewhere").press()
    response = mine.press()
    assert "You, in another window, saved this plan" in text_of(response)
    assert told(response) == ["Goal: Mine, elsewhere"]


def test_a_save_that_changed_nothing_says_so(as_clinician, as_colleague, draft):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).press()
    body = text_of(mine.press())
    assert "Somebody saved this plan after you opened this page. That save stands." in body
    assert "Nothing that this page shows has changed." in body
    assert 'value="Mine"' in body


@pytest.mark.parametrize("shown", ["", "not-ours", "of-another-plan"])
def test_a_copy_that_is_not_ours_is_not_believed(
    as_clinician, as_colleague, draft, other_patient, colleague, shown
):
    if shown == "of-another-plan":
        other = factories.make_plan(other_patient, colleague, published=False, title="Secret")
        shown = Page(as_clinician, page_of(other)).data["shown"]
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine", shown=shown)
    Page(as_colleague, page_of(draft)).type(goal="Theirs").press()
    response = mine.press()
    assert told(response) == []
    assert "Nothing that this page shows has changed" not in text_of(response)
    assert "Kim Sample, PT saved this plan" in text_of(response)
    assert "Look at the plan as it is now" in text_of(response)
    assert after(mine, response).press().status_code == 302
    draft.refresh_from_db()
    assert draft.goal == "Mine"


def test_rows_that_were_typed_are_kept_beside_what_the_colleague_changed(
    as_clinician, as_colleague, draft
):
    mine = Page(as_clinician, page_of(draft)).row(1, note="Mine in the row")
    Page(as_colleague, page_of(draft)).row(1, note="Theirs in the row").press()
    response = mine.press()
    assert 'value="Mine in the row"' in text_of(response)
    assert [line.rpartition(": ")[2] for line in told(response)] == ["Theirs in the row"]
    assert after(mine, response).press().status_code == 302
    assert rows_of(draft)[0].note == "Mine in the row"


# ------------------------------------------------------------------ only what was typed stands


def test_the_next_press_keeps_the_colleagues_change_in_fields_nobody_typed_in(
    as_clinician, as_colleague, active
):
    mine = Page(as_clinician, page_of(active)).row(1, note="Mine")
    theirs = Page(as_colleague, page_of(active)).type(goal="Theirs", review_on="2027-03-01")
    assert theirs.row(1, hold_seconds=5).press("_publish").status_code == 302
    response = mine.press("_publish")
    assert "what you typed on top" in text_of(response)
    form = response.context["sheet"].rows.forms[0]
    assert [form["hold_seconds"].value(), form["note"].value()] == ["5", "Mine"]
    assert after(mine, response).press("_publish").status_code == 302
    active.refresh_from_db()
    row = rows_of(active)[0]
    assert (row.hold_seconds, row.note, active.goal) == (5, "Mine", "Theirs")
    assert str(active.review_on) == "2027-03-01"
    body = active.versions.latest_of(active).body
    assert body["exercises"][0]["dosage"]["hold_seconds"] == 5


def test_where_both_typed_the_second_one_counts(as_clinician, as_colleague, draft):
    mine = Page(as_clinician, page_of(draft)).row(1, hold_seconds=20)
    Page(as_colleague, page_of(draft)).row(1, hold_seconds=5, sets=1).press()
    assert after(mine, mine.press()).press().status_code == 302
    row = rows_of(draft)[0]
    assert (row.hold_seconds, row.sets) == (20, 1)


def test_a_row_the_colleague_took_out_stays_out(as_clinician, as_colleague, draft):
    first, second = rows_of(draft)
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine").row(1, note="Mine")
    Page(as_colleague, page_of(draft)).row(2, DELETE=True).press()
    response = mine.press()
    assert len(response.context["sheet"].rows.forms) == 1
    assert after(mine, response).press().status_code == 302
    assert rows_of(draft) == [first]


def test_a_row_the_colleague_took_out_is_still_there_for_who_typed_in_it(
    as_clinician, as_colleague, draft
):
    first, second = rows_of(draft)
    mine = Page(as_clinician, page_of(draft)).row(2, note="Mine")
    Page(as_colleague, page_of(draft)).row(2, DELETE=True).press()
    assert after(mine, mine.press()).press().status_code == 302
    assert [row.note for row in rows_of(draft)] == [first.note, "Mine"]


def test_a_row_the_colleague_added_is_shown_beside_a_new_one_of_ones_own(
    as_clinician, as_colleague, draft, knee
):
    factories.make_exercise("heel-slide", title_en="Heel slide", state="published")
    mine = Page(as_clinician, page_of(draft)).add_row(exercise="Heel slide", sets=1, reps=4)
    Page(as_colleague, page_of(draft)).add_row(exercise="Knee to chest").press()
    response = mine.press()
    names = [form["exercise"].value() for form in response.context["sheet"].rows.forms]
    assert set(names[2:]) == {"Knee to chest", "Heel slide"}
    assert after(mine, response).press().status_code == 302
    assert [str(row.exercise) for row in rows_of(draft)] == names


def test_ones_own_order_stands_and_the_colleagues_too_when_nobody_else_moved(
    as_clinician, as_colleague, draft
):
    first, second = rows_of(draft)
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).row(1, order=2).row(2, order=1).press()
    assert after(mine, mine.press()).press().status_code == 302
    assert rows_of(draft) == [second, first]


def test_a_sign_off_of_the_colleague_is_not_taken_back(as_clinician, as_colleague, draft):
    mine = Page(as_clinician, page_of(draft)).row(1, note="Mine")
    Page(as_colleague, page_of(draft)).row(1, signed_off=True).press()
    assert after(mine, mine.press()).press().status_code == 302
    row = rows_of(draft)[0]
    assert (str(row.signed_off_by), row.note) == ("Kim Sample, PT", "Mine")


def test_another_exercise_in_a_row_keeps_the_numbers_typed_for_it(
    as_clinician, as_colleague, draft, knee
):
    mine = Page(as_clinician, page_of(draft)).row(1, exercise="Knee to chest", hold_seconds=7)
    Page(as_colleague, page_of(draft)).row(1, sets=1).press()
    assert after(mine, mine.press()).press().status_code == 302
    row = rows_of(draft)[0]
    assert (row.exercise, row.hold_seconds, row.sets) == (knee, 7, 2)


def test_what_was_typed_for_an_exercise_is_not_put_on_another_one(
    as_clinician, as_colleague, draft, knee
):
    before = rows_of(draft)[0].exercise
    typed = {"hold_seconds": 30, "settled_reason": "Steady in three visits.", "band": "light"}
    mine = Page(as_clinician, page_of(draft)).row(1, **typed).row(2, note="Mine")
    Page(as_colleague, page_of(draft)).row(1, exercise="Knee to chest", hold_seconds=9).press()
    response = mine.press()
    lines = " ".join(response.context["sheet"].meanwhile.aside)
    assert lines.startswith(f"{before}: ")
    assert "Hold, seconds: 30" in lines
    assert "Why it is still right for this patient: Steady in three visits." in lines
    assert "Band: Light" in lines
    assert html.escape(lines) in text_of(response)
    assert after(mine, response).press().status_code == 302
    first, second = rows_of(draft)
    assert (first.exercise, first.hold_seconds, first.band) == (knee, 9, "")
    assert (first.settled_reason, second.note) == ("", "Mine")


def test_a_row_that_nobody_typed_in_follows_its_other_exercise_without_a_word(
    as_clinician, as_colleague, draft, knee
):
    mine = Page(as_clinician, page_of(draft)).type(goal="Mine")
    Page(as_colleague, page_of(draft)).row(1, exercise="Knee to chest").press()
    response = mine.press()
    assert response.context["sheet"].meanwhile.aside == ()
    assert "Another exercise stands there" not in text_of(response)
    assert after(mine, response).press().status_code == 302
    assert rows_of(draft)[0].exercise == knee


def test_who_takes_a_row_out_is_told_that_another_exercise_stands_there(
    as_clinician, as_colleague, draft, knee
):
    mine = Page(as_clinician, page_of(draft)).row(1, DELETE=True)
    Page(as_colleague, page_of(draft)).row(1, exercise="Knee to chest").press()
    response = mine.press()
    assert "Take out of the plan: yes" in text_of(response)
    assert after(mine, response).press().status_code == 302
    assert rows_of(draft)[0].exercise == knee

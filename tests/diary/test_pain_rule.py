"""The pain rule of clinical.md, at every edge."""

import pytest

from education.diary.models import Session
from education.diary.pain_rule import Thresholds, answer_to, thresholds_of
from education.people.models import Clinic
from education.plans.models import PlanVersion

LIMITS = Thresholds()


def answer(before=None, after=None, during=None, moved="", wrong="", limits=LIMITS):
    return answer_to(
        Session(pain_before=before, pain_after=after, pain_during=during, moved=moved, wrong=wrong),
        limits,
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0, 0, "fine"),
        (0, 3, "fine"),  # at most 3
        (0, 4, "ease_off"),
        (3, 4, "fine"),  # at most 1 above the start
        (3, 5, "ease_off"),  # 2 above
        (4, 5, "fine"),
        (4, 6, "stop"),  # 6 or more and 2 or more above
        (5, 6, "fine"),
        (0, 5, "ease_off"),
        (0, 6, "stop"),
        (7, 8, "fine"),
        (8, 10, "stop"),
        (9, 10, "fine"),
        (10, 10, "fine"),
        (8, 2, "fine"),
        (None, 3, "fine"),
        (None, 4, "ease_off"),
        (None, 10, "ease_off"),  # no rise is known
        (3, None, ""),
    ],
)
def test_pain_is_judged_against_the_pain_before(before, after, said):
    assert answer(before=before, after=after) == said


def test_the_most_pain_counts_also_when_it_went_down_again():
    assert answer(before=2, during=7, after=2) == "stop"


def test_where_outranks_how_much():
    assert answer(before=5, after=0, moved="down") == "further_down"
    assert answer(before=0, after=9, moved="down") == "further_down"
    assert answer(before=2, after=2, moved="up") == "fine"


def test_new_numbness_or_weakness_and_a_fall_outrank_everything():
    assert answer(before=0, after=0, moved="down", wrong="numb_or_weak") == "red_flag"
    assert answer(before=0, after=0, wrong="fell") == "red_flag"


def test_what_felt_wrong_is_believed_whatever_the_numbers_say():
    assert answer(before=2, after=2, wrong="too_much_pain") == "stop"
    assert answer(before=2, after=2, wrong="further_down") == "further_down"


def version_with(**pain) -> PlanVersion:
    """A published plan with these limits of its own; without any, one from before there were."""
    return PlanVersion(body={"exercises": [], **({"pain": pain} if pain else {})})


def test_a_plan_may_have_its_own_thresholds():
    clinic = Clinic(pain_fine_max=3, pain_stop=6)
    own = thresholds_of(version_with(fine_max=2, stop=5), clinic)
    assert answer(before=0, after=3, limits=own) == "ease_off"
    assert answer(before=0, after=5, limits=own) == "stop"
    clinics = thresholds_of(version_with(), clinic)
    assert answer(before=0, after=3, limits=clinics) == "fine"
    # A threshold of 0 is a threshold.
    assert thresholds_of(version_with(fine_max=0, stop=None), clinic).fine_max == 0


@pytest.mark.parametrize(
    ("own", "clinics", "fine_and_stop"),
    [
        ({"fine_max": None, "stop": 4}, {"pain_fine_max": 5, "pain_stop": 8}, (3, 4)),
        ({"fine_max": 5, "stop": None}, {"pain_fine_max": 2, "pain_stop": 4}, (3, 4)),
    ],
)
def test_pain_to_stop_at_is_never_fine_whatever_the_clinic_has_changed_since(
    own, clinics, fine_and_stop
):
    limits = thresholds_of(version_with(**own), Clinic(**clinics))
    assert (limits.fine_max, limits.stop) == fine_and_stop


def test_every_answer_is_one_that_a_session_can_keep():
    every = {
        answer(before=before, after=after, moved=moved, wrong=wrong)
        for before in (None, *range(11))
        for after in (None, *range(11))
        for moved in ("", *Session.Moved.values)
        for wrong in ("", *Session.Wrong.values)
    }
    assert every == {"", *Session.Told.values}

"""On paper, as on the page of an exercise: how it gets easier, and who moves the patient up."""

import pytest
from django.urls import reverse

from education.library.models import Demand
from education.plans.models import PlanVersion
from education.portal.paper.ladder import Ladder, Rungs, shared_end, tell_once
from tests import factories
from tests.plans.ladders import easier, harder
from tests.portal.sheets import reader, text_of

BOTH = pytest.mark.parametrize("name", ["plan_handout", "plan_print"])


@pytest.fixture
def hinge():
    return factories.make_exercise(title_en="Hip hinge")


@pytest.fixture
def plan(patient, clinician, hinge):
    return factories.make_plan(patient, clinician, exercises=[hinge])


def on_paper(client, name: str) -> str:
    """The words of the PDF, or of the page without its tags."""
    answer = client.get(reverse(name))
    if name == "plan_handout":
        return text_of(reader(answer))
    page = answer.content.decode().replace("<strong>", "").replace("</strong>", "")
    return " ".join(page.split())


def rules_of_the_plan(plan, **rules: str) -> None:
    version = PlanVersion.objects.latest_of(plan)
    version.body["exercises"][0]["rules"] |= rules
    version.save()


@BOTH
def test_the_librarys_rules_stand_with_the_names_of_the_forms(as_patient, plan, hinge, name):
    easier(hinge, factories.make_exercise(title_en="Bottom to a wall"), "A wall is easier.")
    harder(hinge, factories.make_exercise(title_en="With a weight"), "Ten go well.")
    text = on_paper(as_patient, name)
    assert "Make it easier: Bottom to a wall: A wall is easier." in text
    assert "Only Dana moves you up: With a weight: Ten go well." in text
    assert "Only Dana moves you up. Staying is fine." in text
    assert "Ask us to show you an easier form that is not on these sheets." in text


@BOTH
def test_the_rules_of_the_plan_take_the_place_of_the_librarys(as_patient, plan, hinge, name):
    easier(hinge, factories.make_exercise(title_en="Bottom to a wall"), "A wall is easier.")
    harder(hinge, factories.make_exercise(title_en="With a weight"), "Ten go well.")
    rules_of_the_plan(plan, down="When it pulls.", up="After five easy days.")
    text = on_paper(as_patient, name)
    assert "Make it easier: Bottom to a wall: When it pulls." in text
    assert "Only Dana moves you up: With a weight: After five easy days." in text
    assert "A wall is easier." not in text
    assert "Ten go well." not in text


@BOTH
def test_a_harder_form_is_named_and_never_explained(as_patient, plan, hinge, name):
    weight = factories.make_exercise(title_en="With a weight")
    weight.steps.update(text_en="Take the weight.")
    harder(hinge, weight)
    assert "Take the weight." not in on_paper(as_patient, name)


@BOTH
def test_an_easier_form_to_be_watched_first_is_not_offered(as_patient, plan, hinge, name):
    easier(hinge, factories.make_exercise(title_en="On a ball", supervised_first=True))
    text = on_paper(as_patient, name)
    assert "On a ball" not in text
    assert "Make it easier" not in text


@BOTH
def test_an_easier_form_that_an_answer_speaks_against_is_not_offered(
    as_patient, patient, plan, hinge, name
):
    floor = factories.make_exercise(title_en="On the floor", demands=[Demand.KNEELS])
    easier(hinge, floor)
    assert "On the floor" not in on_paper(as_patient, name)  # nobody asked yet
    factories.answer(patient, Demand.KNEELS, "yes")
    patient.answers_revision += 1
    patient.save()
    assert "Make it easier: On the floor: " in on_paper(as_patient, name)


@BOTH
def test_where_the_ladder_ends_nothing_is_said_of_it(as_patient, plan, name):
    text = on_paper(as_patient, name)
    assert "Make it easier" not in text
    assert "moves you up" not in text


def test_what_waits_for_the_clinic_has_no_ladder(as_patient, patient, clinician):
    watched = factories.make_exercise(title_en="One-leg balance", supervised_first=True)
    harder(watched, factories.make_exercise(title_en="Eyes shut"))
    factories.make_plan(patient, clinician, exercises=[watched, factories.make_exercise()])
    assert "Eyes shut" not in on_paper(as_patient, "plan_handout")


class TestToldOnce:
    """What all rules of the library end with stands once on the sheet."""

    def test_forms_of_one_rule_stand_together(self, as_patient, plan, hinge):
        for title in ("With a weight", "With a band"):
            harder(hinge, factories.make_exercise(title_en=title), "Ten go well.")
        text = on_paper(as_patient, "plan_handout")
        assert "Only Dana moves you up: With a weight; With a band: Ten go well." in text

    def test_the_end_of_all_rules_moves_to_the_sheet(self, as_patient, patient, clinician):
        many = [factories.make_exercise(title_en=f"Number {n}") for n in range(2)]
        for exercise, rule in zip(many, ("Flat back.", "No wobble."), strict=True):
            harder(exercise, factories.make_exercise(), f"{rule} Five good days. It settled.")
        factories.make_plan(patient, clinician, exercises=many)
        text = on_paper(as_patient, "plan_handout")
        assert text.count("Five good days. It settled.") == 1
        assert "Staying is fine. Five good days. It settled." in text

    @pytest.mark.parametrize(
        ("rules", "end"),
        [
            (["A. Same. End.", "B. Same. End."], "Same. End."),
            (["A. End.", "B. Other."], ""),
            (["A. End."], ""),
            (["A. End.", "A. End."], ""),
            (["End.", "A. End."], "End."),
            (["", "A. End."], ""),
            (["Is it flat? Go on!", "Go on!"], "Go on!"),
            ([], ""),
        ],
    )
    def test_whole_sentences_that_different_rules_end_with(self, rules, end):
        assert shared_end(Rungs(["A"], rule) for rule in rules) == end

    def test_nothing_of_a_clinicians_own_rule_is_moved(self):
        own = Rungs([], "My words. End.", is_own=True)
        ladders = [Ladder(easier=[own]), Ladder(easier=[Rungs(["A"], "One. End.")])]
        ladders.append(Ladder(easier=[Rungs(["B"], "Two. End.")]))
        shorter, shared = tell_once(ladders)
        assert [each.easier[0].words for each in shorter] == [
            "My words. End.",
            "A: One.",
            "B: Two.",
        ]
        assert (shared.easier, shared.harder) == ("End.", "")

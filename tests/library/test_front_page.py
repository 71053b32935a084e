"""The front page says what of the library waits for a clinician."""

from datetime import timedelta

import pytest
from django.urls import reverse

from education.people.models import Clinic
from tests.library.sound import make_sound_article, make_sound_exercise, make_term

pytestmark = pytest.mark.django_db

WAITING, OVERDUE = "Library: waiting for review", "Library: review overdue"


def front_page(client) -> str:
    return client.get(reverse("admin:index")).content.decode()


@pytest.fixture
def yesterday(db):
    return Clinic.objects.current().today() - timedelta(days=1)


def test_clinicians_editors_and_administrators_see_what_waits(
    as_clinician, as_editor, as_administrator
):
    exercise = make_sound_exercise(state="in_review", title_en="Bird dog")
    make_sound_article(state="in_review", title_en="Back pain")
    make_term(state="in_review", term_en="pelvis")
    make_sound_exercise("other", state="draft", title_en="Not handed in")
    for client in (as_clinician, as_editor, as_administrator):
        body = front_page(client)
        panel = body[body.index('id="library-waiting"') :].partition("</table>")[0]
        assert WAITING in panel
        for name in ("Bird dog", "Back pain", "pelvis"):
            assert f'<th scope="row">{name}</th>' in panel
        assert "Not handed in" not in panel
        assert reverse("admin:library_exercise_change", args=[exercise.pk]) in panel
        assert "3</b>texts to review" in body


def test_a_review_that_is_overdue_stands_there_until_somebody_reviews(
    as_clinician, clinician, yesterday
):
    exercise = make_sound_exercise(
        reviewed_by=clinician, reviewed_on=yesterday, next_review_on=yesterday
    )
    make_sound_exercise("retired", state="retired", next_review_on=yesterday)
    assert "1</b>text review overdue" in front_page(as_clinician)
    as_clinician.post(reverse("admin:library_exercise_state", args=[exercise.pk, "review"]))
    assert OVERDUE not in front_page(as_clinician)


def test_the_front_desk_patients_and_visitors_see_neither(
    as_front_desk, as_patient, visitor, yesterday
):
    make_sound_exercise(state="in_review")
    make_sound_article(next_review_on=yesterday)
    body = front_page(as_front_desk)
    assert WAITING not in body
    assert OVERDUE not in body
    assert as_patient.get(reverse("admin:index")).status_code == 403
    assert visitor.get(reverse("admin:index")).url.startswith(reverse("admin:login"))


def test_more_than_fit_lead_to_the_lists(as_editor):
    for number in range(9):
        make_sound_exercise(f"e-{number}", state="in_review")
    body = front_page(as_editor)
    address = reverse("admin:library_exercise_changelist") + "?waits_for=publishing"
    assert address in body
    assert "9</b>texts to review" in body
    assert as_editor.get(address).context["cl"].result_count == 9


@pytest.mark.parametrize("number", [1, 12])
def test_the_front_page_costs_the_same_for_one_text_and_for_many(
    as_editor, number, django_assert_max_num_queries
):
    for n in range(number):
        make_sound_exercise(f"e-{n}", state="in_review")
    with django_assert_max_num_queries(16):
        front_page(as_editor)


def test_the_list_of_overdue_reviews(as_editor, yesterday):
    make_sound_exercise("late", next_review_on=yesterday)
    make_sound_exercise("fine", next_review_on=yesterday + timedelta(days=1))
    page = as_editor.get(reverse("admin:library_exercise_changelist") + "?waits_for=overdue")
    assert [row.key for row in page.context["cl"].result_list] == ["late"]

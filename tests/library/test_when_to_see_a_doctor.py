"""The red flags alone, one tap from every page."""

import pytest
from django.urls import reverse

from education.library.models import LibraryRevision, RedFlag
from education.library.red_flags import red_flag_panel
from education.people.models import Clinic
from tests.library.content import make_article, make_pictured_exercise, make_red_flags

pytestmark = pytest.mark.django_db


def read(client) -> str:
    response = client.get(reverse("when_to_see_a_doctor"))
    assert response.status_code == 200
    return response.content.decode()


def test_911_comes_before_the_signs_and_the_levels_in_order_of_danger(visitor):
    make_red_flags()
    body = read(visitor)
    places = [
        body.index(part)
        for part in (
            "Call 911 now. Do not wait for us.",
            'class="btn btn-danger btn-huge pm-block" href="tel:911"',
            "You <strong>cannot pee</strong>.",
            "See a doctor today. Call us at",
            "You have a fever.",
            "Call us within two working days.",
            "You are no better.",
        )
    ]
    assert places == sorted(places)


def test_an_emergency_is_never_sent_to_the_phone_or_a_form_of_the_clinic(visitor):
    make_red_flags()
    emergency = read(visitor).partition('class="pm-rf__now"')[2].partition("pm-rf__two")[0]
    assert "555-0142" not in emergency
    assert reverse("contact") not in emergency
    assert "tel:911" in emergency


def test_nothing_of_it_is_folded(visitor):
    make_red_flags()
    assert "<details" not in read(visitor)


def test_it_is_the_same_for_a_patient(as_patient, visitor):
    make_red_flags()
    panel = 'id="red-flags"'
    mine = read(as_patient).partition(panel)[2].partition("</section>")[0]
    theirs = read(visitor).partition(panel)[2].partition("</section>")[0]
    assert mine == theirs


def test_an_empty_library_still_says_what_to_do(visitor):
    body = read(visitor)
    assert "Call 911 or go to the emergency room now." in body
    assert "See a doctor today." in body


@pytest.mark.parametrize("name", ["home", "exercise_list", "privacy"])
def test_public_pages_reach_it_in_one_tap(visitor, name):
    header = visitor.get(reverse(name)).content.decode().partition("</header>")[0]
    assert 'class="pm-sos" href="#red-flags"' in header or reverse("when_to_see_a_doctor") in header


def test_an_exercise_reaches_it_in_one_tap(visitor):
    make_pictured_exercise()
    page = visitor.get(reverse("exercise_detail", args=["knee-to-chest-chair"]))
    header = page.content.decode().partition("</header>")[0]
    assert reverse("when_to_see_a_doctor") in header


def test_the_panel_is_read_once_a_revision(django_assert_num_queries):
    make_red_flags()
    clinic = Clinic.objects.current()
    red_flag_panel(clinic)
    with django_assert_num_queries(1):
        red_flag_panel(clinic)
    revision = LibraryRevision.objects.current()
    with django_assert_num_queries(0):
        red_flag_panel(clinic, revision=revision)


def test_a_corrected_sign_is_read_at_the_next_revision():
    make_red_flags()
    clinic = Clinic.objects.current()
    red_flag_panel(clinic)
    RedFlag.objects.filter(key="sign-urgent").update(text_en="You have a high fever.")
    LibraryRevision.objects.bump()
    assert red_flag_panel(clinic).urgent.signs == ("You have a high fever.",)


def test_a_sign_is_never_markup():
    make_red_flags()
    RedFlag.objects.filter(key="sign-urgent").update(text_en="<script>x</script> **fever**")
    [sign] = red_flag_panel(Clinic.objects.current()).urgent.signs
    assert sign == "&lt;script&gt;x&lt;/script&gt; <strong>fever</strong>"


def test_the_article_has_the_same_signs(visitor):
    make_red_flags()
    make_article(is_home=True)
    home = visitor.get(reverse("home")).content.decode()
    panel = 'id="red-flags"'
    assert (
        home.partition(panel)[2].partition("</section>")[0]
        == read(visitor).partition(panel)[2].partition("</section>")[0]
    )

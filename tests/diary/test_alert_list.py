"""“Needs a look” on the staff's front page and as a list: what stands there, for whom, and seen."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.diary.actions.alerts import acknowledge_alert
from education.diary.alerts import settle_now
from education.diary.models import Alert
from education.people.models import Clinic
from tests import factories
from tests.conftest import logged_in

pytestmark = pytest.mark.django_db

LIST = "/admin/diary/alert/"
MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def _friday():
    """Friday, November 20, noon at the clinic."""
    with time_machine.travel(datetime(2026, 11, 20, 20, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def plan(patient, clinician):
    return factories.make_plan(patient, clinician, exercises=1)


def day(ago: int):
    return Clinic.objects.current().today() - timedelta(days=ago)


def session(patient, ago: int = 0, **fields):
    made = factories.make_session(patient, day=day(ago), **{"pain_after": 3, **fields})
    settle_now(patient)
    return made


def body_of(client, address: str = LIST) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# ------------------------------------------------------------------ what a line says


def test_a_red_flag_says_the_sign_and_the_phone(as_clinician, plan, patient):
    patient.phone = "+16195550177"
    patient.save()
    session(patient, wrong="numb_or_weak")
    body = body_of(as_clinician)
    assert "New numbness or weakness" in body
    assert "Fri, Nov 20. The page said what to do at once." in body
    assert 'href="tel:+16195550177"' in body
    assert 'class="cl-flagrow"' in body


def test_a_red_flag_that_was_corrected_away_says_so(as_clinician, plan, patient):
    made = session(patient, wrong="fell", told="red_flag")
    made.corrections.create(before={"wrong": "fell"}, by=patient.user)
    made.wrong = ""
    made.save()
    settle_now(patient)
    body = body_of(as_clinician)
    assert "A sign that needs a doctor" in body
    assert "Corrected later: ask all the same." in body


def test_further_down_says_its_day_and_pain(as_clinician, plan, patient):
    session(patient, 3, moved="down", pain_before=3, pain_after=5)
    assert "Pain moved further down</b>" in body_of(as_clinician)
    assert "Tue, Nov 17. Pain 3 to 5" in body_of(as_clinician)


def test_pain_up_says_from_what_to_what_and_how_often(as_clinician, plan, patient):
    for ago, pain in zip(range(8, 0, -1), (3, 3, 4, 4, 3, 4, 6, 7), strict=True):
        session(patient, ago, pain_after=pain)
    assert "Usually 3.5, now 7. 2 sessions running." in body_of(as_clinician)


def test_mornings_say_the_last_one(as_clinician, plan, patient):
    for ago, pain in ((3, 5), (2, 6)):
        factories.make_morning(session(patient, ago, pain_before=3), pain)
    settle_now(patient)
    words = "2 mornings running. Last: pain 3 before the session, 6 the next morning."
    assert words in body_of(as_clinician)


def test_a_comment_is_read_on_the_list_and_a_long_one_unfolds(as_clinician, plan, patient):
    session(patient, comment="Is <b>walking</b> fine?")
    session(patient, 1, comment="It pulls. " * 40)
    body = body_of(as_clinician)
    assert "“Is &lt;b&gt;walking&lt;/b&gt; fine?”" in body
    assert "Read all" in body
    assert "It pulls. " * 39 in body


def test_a_silence_says_since_when_and_a_review_its_day(clinician, plan):
    with time_machine.travel(datetime(2026, 12, 20, 20, tzinfo=UTC), tick=False):
        body = body_of(logged_in(clinician))
    assert "Nothing logged</b>" in body
    assert "since Fri, Nov 20" in body
    assert "23 days" in body
    assert "was to be on Fri, Dec 18" in body


def test_what_lies_ahead_is_not_on_the_list(as_clinician, plan):
    assert "Nobody here needs a look now." in body_of(as_clinician)


# ------------------------------------------------------------------ order and filters


@pytest.fixture
def three(plan, patient, other_patient, colleague):
    """A comment of five days ago, pain further down of yesterday, a red flag of now."""
    factories.make_plan(other_patient, colleague, exercises=1)
    session(patient, 5, comment="Old words.")
    session(patient, 1, moved="down")
    session(other_patient, wrong="fell")


def test_a_flag_comes_first_then_worse_then_age(as_clinician, three):
    for address in (LIST, "/admin/"):
        body = body_of(as_clinician, address)
        places = [
            body.index(words)
            for words in ("Fell or could not get up", "Pain moved further down", "Old words.")
        ]
        assert places == sorted(places)


def test_mine_are_those_of_my_patients(as_clinician, as_colleague, three):
    assert "Otherperson" not in body_of(as_clinician, LIST + "?whose=mine")
    assert "Testperson" not in body_of(as_colleague, LIST + "?whose=mine")


def test_one_kind_alone(as_clinician, three):
    body = body_of(as_clinician, LIST + "?kind__exact=further_down")
    assert "Pain moved further down" in body
    assert "Old words." not in body


def test_one_patient_alone(as_clinician, three, patient):
    body = body_of(as_clinician, f"{LIST}?patient__id__exact={patient.pk}")
    assert "Otherperson" not in body
    assert "Old words." in body


def test_the_place_to_act_is_the_plan_and_the_session(as_clinician, three, plan, patient):
    body = body_of(as_clinician)
    assert f'href="/admin/plans/plan/{plan.pk}/change/"' in body
    made = patient.sessions.get(moved="down")
    assert f'href="/admin/people/patient/{patient.pk}/sessions/?session={made.pk}"' in body


# ------------------------------------------------------------------ the front page


def test_the_front_page_flags_a_red_flag(as_clinician, three):
    body = body_of(as_clinician, "/admin/")
    assert 'href="#needs-a-look" class="cl-tile--flag"><b>1</b>red flag' in body
    assert "Needs a look (3)" in body


def test_without_a_flag_the_tile_is_quiet(as_clinician, plan, patient):
    session(patient, moved="down")
    body = body_of(as_clinician, "/admin/")
    assert 'href="#needs-a-look"><b>1</b>needs a look' in body


def test_a_calm_day_says_so(as_clinician, plan):
    assert "Nobody needs a look now." in body_of(as_clinician, "/admin/")


def test_a_due_review_stands_in_the_panel_of_reviews_alone(clinician, plan):
    with time_machine.travel(datetime(2026, 12, 18, 20, tzinfo=UTC), tick=False):
        body = body_of(logged_in(clinician), "/admin/")
    assert "Needs a look (1)" in body  # the silence
    assert 'id="reviews-due"' in body


def test_front_desk_and_editors_see_none_of_it(as_front_desk, as_editor, three):
    for client in (as_front_desk, as_editor):
        assert client.get(LIST).status_code == 403
        body = body_of(client, "/admin/")
        assert "Needs a look" not in body
        assert "Old words." not in body


# ------------------------------------------------------------------ seen


@pytest.fixture
def alert(plan, patient) -> Alert:
    session(patient, moved="down")
    return Alert.objects.get(kind="further_down")


def test_seen_takes_it_off_the_list_by_name_and_goes_back(as_clinician, clinician, alert):
    sent = {"note": "Called, reads the harder-day plan.", "back": LIST + "?whose=mine"}
    response = as_clinician.post(f"{LIST}{alert.pk}/acknowledge/", sent)
    assert (response.status_code, response.url) == (302, LIST + "?whose=mine")
    alert.refresh_from_db()
    assert (alert.acknowledged_by, alert.note) == (clinician, sent["note"])
    assert "Pain moved further down" not in body_of(as_clinician)
    entry = LogEntry.objects.get_for_object(alert).get()
    assert (entry.actor, "acknowledged_by" in entry.changes) == (clinician, True)


def test_colleagues_read_who_saw_it_when_and_what_was_done(as_colleague, clinician, alert):
    acknowledge_alert(alert=alert, note="Called.", by=clinician)
    body = body_of(as_colleague, LIST + "?seen=yes")
    assert "Seen by Dana Example, PT, Fri, Nov 20, 12:00 p.m.: Called." in body
    assert "Take it off the list" not in body


def test_the_faster_colleague_stays(as_colleague, clinician, alert):
    acknowledge_alert(alert=alert, note="Called.", by=clinician)
    response = as_colleague.post(f"{LIST}{alert.pk}/acknowledge/", {"note": "Me too."}, follow=True)
    assert "A colleague was faster." in response.content.decode()
    alert.refresh_from_db()
    assert (alert.acknowledged_by, alert.note) == (clinician, "Called.")


def test_a_note_that_is_too_long_is_kept_and_told(as_clinician, alert):
    response = as_clinician.post(f"{LIST}{alert.pk}/acknowledge/", {"note": "a" * 201})
    body = response.content.decode()
    assert response.status_code == 200
    assert "at most 200 characters (it has 201)" in body
    assert "a" * 201 in body
    alert.refresh_from_db()
    assert alert.acknowledged_at is None


def test_it_leads_to_no_other_site(as_clinician, alert):
    sent = {"back": "https://elsewhere.example/"}
    assert as_clinician.post(f"{LIST}{alert.pk}/acknowledge/", sent).url == LIST


def test_who_only_looks_has_no_button(as_administrator, as_front_desk, alert):
    assert "Take it off the list" not in body_of(as_administrator)
    for client in (as_administrator, as_front_desk):
        assert client.post(f"{LIST}{alert.pk}/acknowledge/", {}).status_code == 403
    alert.refresh_from_db()
    assert alert.acknowledged_at is None


# ------------------------------------------------------------------ how dear it is


def queries_of(client, address: str) -> int:
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def one_of_each_kind(number: int, clinician) -> None:
    patient = factories.make_patient(f"p{number}@patient.example", "Ada", f"No{number}", clinician)
    factories.make_plan(patient, clinician, exercises=1)
    for ago, pain in zip(range(17, 10, -1), (3, 3, 3, 3, 3, 6, 6), strict=True):
        made = factories.make_session(
            *(patient,),
            day=day(ago),
            pain_before=2,
            pain_after=pain,
            comment="Words.",
            moved="down",
        )
        factories.make_morning(made, 8)
    made.wrong = "fell"
    made.save()
    settle_now(patient)


def test_the_list_asks_the_same_for_few_and_for_many(as_clinician, clinician):
    one_of_each_kind(0, clinician)
    as_clinician.get(LIST)
    few = queries_of(as_clinician, LIST)
    for number in range(1, 9):
        one_of_each_kind(number, clinician)
    assert Alert.objects.needs_a_look(day(0)).count() > 100
    assert queries_of(as_clinician, LIST) <= few <= MOST_QUERIES
    assert queries_of(as_clinician, LIST + "?whose=mine&p=2") <= MOST_QUERIES


def test_the_panel_asks_the_same_for_few_and_for_many(as_clinician, clinician):
    factories.make_plan(factories.make_patient(None, "On", "Paper", clinician), clinician)
    one_of_each_kind(0, clinician)
    as_clinician.get("/admin/")
    factories.forget_drawn()
    few = queries_of(as_clinician, "/admin/")
    remembered = queries_of(as_clinician, "/admin/")
    for number in range(1, 5):
        one_of_each_kind(number, clinician)
    factories.forget_drawn()  # every plan is held against the answers anew
    assert queries_of(as_clinician, "/admin/") <= few
    assert queries_of(as_clinician, "/admin/") <= remembered < few

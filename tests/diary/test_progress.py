"""The patient's page of progress."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from education.diary.models import Session
from education.people.models import Clinic
from education.plans import actions, harder_days
from tests import factories
from tests.conftest import logged_in
from tests.library.reading import grade

URL = reverse("progress")
START = date(2026, 10, 11)  # a Sunday
TODAY = date(2026, 11, 22)  # a Sunday, six weeks later


def at_noon_of(day: date):
    return time_machine.travel(f"{day}T20:00:00Z", tick=False)


@pytest.fixture(autouse=True)
def _today():
    with at_noon_of(TODAY):
        yield


@pytest.fixture
def plan(patient, clinician):
    """One exercise, twice a day, published six weeks ago; the review is next week."""
    with at_noon_of(START):
        return factories.make_plan(
            patient,
            clinician,
            exercises=[factories.make_exercise(times_per_day=2)],
            review_on=date(2026, 12, 20),
        )


def weeks_of_pain(patient, *weeks: int) -> None:
    """Three sessions in each week since the start, with this pain after each."""
    for n, pain in enumerate(weeks):
        for day in range(3):
            when = START + timedelta(days=7 * n + day)
            factories.make_session(patient, day=when, pain_before=pain, pain_after=pain)


def page(client, month: str = "") -> str:
    response = client.get(URL, {"month": month} if month else {})
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    """What a reader sees of it, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def lead(html: str) -> str:
    return words(re.search(r'<p class="pm-lead">(.*?)</p>', html, re.S)[1])


def cell(html: str, day: int) -> str:
    """A day of the calendar in words."""
    cells = re.findall(r"<td[^>]*>(.*?)</td>", html.split('class="pm-cal"')[1], re.S)
    return next(said for said in map(words, cells) if re.match(rf"{day}\b", said))


# -- the first sentence


def test_without_a_plan_the_page_is_calm_and_nearly_empty(as_patient):
    body = page(as_patient)
    assert lead(body) == "Nothing to show yet. After your first session you see it here."
    assert '<svg class="pm-chart' not in body


def test_with_few_answers_it_says_when_there_is_more_to_see(as_patient, patient, plan):
    factories.make_session(patient, pain_after=5)
    body = page(as_patient)
    assert lead(body) == (
        "You have done 1 session so far. After two weeks you can see here how your pain goes."
    )
    assert "pm-chart" not in body
    assert "What you can do now" not in body


def test_it_begins_with_the_first_week_and_the_last(as_patient, patient, plan):
    weeks_of_pain(patient, 6, 6, 5, 5, 4, 4)
    factories.make_session(patient)
    assert lead(page(as_patient)) == (
        "In your first week, your pain after exercise was about 6. Last week it was about 4. "
        "You did 1 session this week."
    )


def test_pain_going_up_is_told_honestly_with_what_to_do(as_patient, patient, plan, clinician):
    weeks_of_pain(patient, 6, 5, 4, 4, 4, 6)
    body = page(as_patient)
    assert lead(body) == (
        "In the week of November 8, your pain after exercise was about 4. "
        "Last week it was about 6. That happens. Pain goes up and down."
    )
    assert "Do your harder-day plan. You do not need to ask." in body
    assert "You may leave out any exercise." in body
    assert f'formaction="{reverse("take_harder_day")}"' in body
    assert "Get help now" in body
    assert body.index("What you can do now") < body.index("November</h2>")


def test_a_rise_of_long_ago_is_told_without_advice_for_today(as_patient, patient, plan):
    weeks_of_pain(patient, 3, 6)
    body = page(as_patient)
    assert "In the week of October 18 it was about 6." in lead(body)
    assert "What you can do now" not in body


def test_two_mornings_that_did_not_settle_lead_to_the_phone(as_patient, patient, plan):
    for days in (3, 2):
        session = factories.make_session(patient, day=TODAY - timedelta(days=days), pain_before=3)
        factories.make_morning(session, 6)
    body = words(page(as_patient))
    assert "Twice you said: not gone by the next morning. Call us within two working days" in body


@pytest.mark.parametrize(
    ("told", "said", "advises_the_lighter_plan"),
    [
        (Session.Told.FURTHER_DOWN, "Call us within two working days", True),
        (Session.Told.STOP, "Call us before you go on", False),
        (Session.Told.RED_FLAG, "Read what to do now", False),
    ],
)
def test_what_outranks_numbers_is_said_though_the_numbers_fell(
    as_patient, patient, plan, told, said, advises_the_lighter_plan
):
    weeks_of_pain(patient, 7, 6, 5, 4, 3, 2)
    factories.make_session(patient, pain_after=2, told=told)
    body = words(page(as_patient))
    assert said in body
    assert ("Do your harder-day plan" in body) is advises_the_lighter_plan


def test_a_harder_day_is_not_offered_twice_nor_while_the_plan_rests(patient, plan, clinician):
    weeks_of_pain(patient, 6, 5, 4, 4, 4, 6)
    button = f'formaction="{reverse("take_harder_day")}"'
    assert button in page(logged_in(patient.user))
    harder_days.take_harder_day(patient=patient, day=TODAY, by=patient.user)
    assert button not in page(logged_in(patient.user))
    harder_days.take_back_harder_day(patient=patient, day=TODAY, by=patient.user)
    actions.hold_plan(plan=plan, by=clinician)
    body = page(logged_in(patient.user))
    assert button not in body
    assert "Do your harder-day plan" not in body
    assert "Call us if it worries you" in body


FORBIDDEN = re.compile(
    r"\b(missed|failed|only did|because|thanks to|worked|better|worse|cure|just|simply)\b", re.I
)


@pytest.mark.parametrize("weeks", [(), (5,), (6, 5, 4, 4, 3, 3), (3, 3, 4, 4, 5, 6)])
def test_the_words_are_plain_claim_no_cause_and_judge_nobody(as_patient, patient, plan, weeks):
    weeks_of_pain(patient, *weeks)
    main = page(as_patient).split("<h1>")[1].split("</main>")[0]
    for hidden in (r"<svg.*?</svg>", r"<table.*?</table>", r"<p class=\"pm-sources.*?</p>"):
        main = re.sub(hidden, "", main, flags=re.S)
    said = re.sub(r"</(p|li|h2|a)>", ".\n", main)
    assert not FORBIDDEN.search(words(said))
    assert grade(words(said)) <= 6


# -- the calendar


def test_the_calendar_says_how_each_day_went(as_patient, patient, plan):
    factories.make_session(patient, day=date(2026, 11, 2), occurrence=1)
    factories.make_session(patient, day=date(2026, 11, 2), occurrence=2)
    factories.make_session(patient, day=date(2026, 11, 3))
    body = page(as_patient)
    assert cell(body, 2) == "2 ✓ , all done"
    assert cell(body, 3) == "3 ½ , part done"
    assert cell(body, 4) == "4 , no entry"
    assert cell(body, 23) == "23"
    assert "Sessions done: 3 of 44 planned so far." in body
    assert body.count('aria-current="date"') == 1


@pytest.mark.parametrize(("start", "first"), [(0, "Sunday"), (1, "Monday")])
def test_a_week_begins_as_the_clinic_says(as_patient, plan, start, first):
    clinic = Clinic.objects.current()
    clinic.week_start = start
    clinic.save()
    head = page(as_patient).split("<thead>")[1].split("</thead>")[0]
    assert re.findall(r"hidden\">(\w+)</span></th>", head)[0] == first


def test_other_months_are_one_press_away(as_patient, plan):
    body = page(as_patient)
    assert 'href="?month=2026-10"' in body
    assert "month=2026-12" not in body
    october = page(as_patient, "2026-10")
    assert "October</h2>" in october
    assert 'href="?month=2026-11"' in october
    assert "month=2026-09" not in october
    assert cell(october, 10) == "10"  # before the plan there is nothing to tell
    assert cell(october, 11) == "11 , no entry"


@pytest.mark.parametrize(
    "month", ["2026-12", "2026-09", "2026-13", "2026-1", "0000-01", "9999-12", "x", "2026-11-01"]
)
def test_a_month_with_nothing_to_see_is_not_found(as_patient, plan, month):
    assert as_patient.get(URL, {"month": month}).status_code == 404


def test_days_can_be_corrected_from_here(as_patient, plan):
    assert f'href="{reverse("diary_days")}"' in page(as_patient)


# -- the charts


def test_the_pain_chart_has_words_and_a_table_and_marks_the_plan(
    as_patient, patient, plan, clinician
):
    weeks_of_pain(patient, 6, 6, 5, 5, 4, 4)
    with at_noon_of(START + timedelta(days=16)):
        plan.refresh_from_db()
        plan.note = "Go on like this."
        plan.save()
        actions.publish_changes(plan=plan, by=clinician)
    body = page(as_patient)
    chart = body.split('<svg class="pm-chart')[1].split("</svg>")[0]
    assert 'role="img" aria-labelledby="pain-chart-title pain-chart-said"' in chart
    assert "After exercise: 6.0 in the week of October 11, 4.0 in the week of November 15." in chart
    assert chart.count("pm-chart__flag") == 2  # the plan began, and changed
    assert "style=" not in chart
    table = body.split("Average pain, 0 to 10")[1].split("</table>")[0]
    rows = [words(row) for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)]
    assert rows[0] == "Week of Before After Next morning"
    assert rows[1] == "Oct 11 new plan 6.0 6.0 –"
    assert rows[3] == "Oct 25 plan changed 5.0 5.0 –"
    assert "The numbers do not show why." in body


def test_after_half_a_year_the_chart_shows_months_and_says_so(patient, plan):
    weeks_of_pain(patient, *[5] * 27)
    with at_noon_of(START + timedelta(days=27 * 7)):
        body = page(logged_in(patient.user))
    assert "Pain each month" in body
    assert "Over half a year, you see months, not weeks." in body
    assert "Apr 2027" in body


def test_numbers_of_a_drawing_have_points_in_every_language(as_patient, patient, plan):
    weeks_of_pain(patient, 6, 5)
    as_patient.cookies["django_language"] = "es"
    chart = page(as_patient).split('<svg class="pm-chart')[1].split("</svg>")[0]
    for coordinates in re.findall(r'points="([^"]+)"', chart):
        assert re.fullmatch(r"(\d+\.\d+,\d+\.\d+ ?)+", coordinates)


def test_a_real_change_is_told_with_its_sources_and_waits_for_a_review(as_patient, plan):
    said = words(page(as_patient))
    assert "Two points or more is a real change." in said
    for source in ("Farrar 2001", "94:149–158", "Childs 2005", "30:1331–1334", "Stratford 1995"):
        assert source in said
    assert "Demonstration content, to be reviewed by the clinic." in said


def test_the_page_names_who_else_sees_it(as_patient, plan):
    assert "Dana sees these numbers too, on working days." in page(as_patient)


# -- who may read it


def test_another_patient_sees_nothing_of_it(as_stranger, patient, plan):
    weeks_of_pain(patient, 6, 5)
    body = page(as_stranger)
    assert lead(body).startswith("Nothing to show yet.")
    assert "Testperson" not in body


def test_a_visitor_is_asked_to_log_in(visitor):
    response = visitor.get(URL)
    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next={URL}"


@pytest.mark.parametrize("name", ["clinician", "front_desk", "editor", "administrator"])
def test_staff_have_pages_of_their_own(name, request, plan):
    assert logged_in(request.getfixturevalue(name)).get(URL).status_code == 404


def test_the_page_only_reads_and_is_kept_nowhere(as_patient, plan):
    assert as_patient.post(URL).status_code == 405
    assert "no-store" in as_patient.get(URL)["Cache-Control"]

"""Staff read the sessions of a patient, what was corrected, and two weeks at a glance."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.diary.alerts import settle_now
from education.diary.models import Correction, ExerciseLog
from education.people.models import Clinic
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _friday():
    """Friday, November 20, noon at the clinic."""
    with time_machine.travel(datetime(2026, 11, 20, 20, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def plan(patient, clinician):
    with time_machine.travel(datetime(2026, 11, 2, 20, tzinfo=UTC), tick=False):
        return factories.make_plan(patient, clinician, exercises=2)


def day(ago: int):
    return Clinic.objects.current().today() - timedelta(days=ago)


def session(patient, ago: int = 0, **fields):
    return factories.make_session(patient, day=day(ago), **{"pain_after": 3, **fields})


def sessions_page(patient) -> str:
    return f"/admin/people/patient/{patient.pk}/sessions/"


def patient_page(patient) -> str:
    return f"/admin/people/patient/{patient.pk}/change/"


def plan_page(plan) -> str:
    return f"/admin/plans/plan/{plan.pk}/change/"


def body_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# ------------------------------------------------------------------ the sessions


def test_a_session_is_read_in_full(as_clinician, plan, patient):
    made = session(
        patient,
        1,
        pain_before=2,
        pain_during=4,
        moved="down",
        wrong="fell",
        told="red_flag",
        effort="hard",
        comment="I <i>slipped</i>.",
        harder=True,
    )
    factories.make_morning(made, 5)
    first, _second = made.logs.all()
    ExerciseLog.objects.filter(pk=first.pk).update(outcome="partly", why_not="pain")
    body = body_of(as_clinician, sessions_page(patient))
    for words in (
        "Thu, November 19, 2026",
        "2 / 4 / 3",
        "further down my leg",
        "fell or could not get up",
        "stop: a sign that needs a doctor",
        "too hard",
        "I &lt;i&gt;slipped&lt;/i&gt;.",
        "Harder day",
        "not settled",
        "Partly (pain):</b> Exercise",
        "Done:</b> Exercise",
    ):
        assert words in body
    assert "slipped</i>" not in body


def test_a_correction_says_from_what_to_what_and_when(as_clinician, plan, patient):
    made = session(patient, 2, pain_after=6, comment="Better.", moved="same")
    key = next(iter(made.version.planned))
    made.corrections.create(
        before={"pain_after": 3, "comment": "", "logs": {key: ["not_done", "no_time"]}},
        by=patient.user,
        at=datetime(2026, 11, 19, 17, 5, tzinfo=UTC),
    )
    made.corrections.create(before={"pain_after": 4, "told": "fine"}, by=patient.user)
    body = body_of(as_clinician, sessions_page(patient))
    assert "Corrected by the patient on Thu, Nov 19, 9:05 a.m." in body
    assert "Pain after: <del>3</del> → <ins>4</ins>" in body
    assert "Pain after: <del>4</del> → <ins>6</ins>" in body
    assert "Comment: <del>nothing</del> → <ins>Better.</ins>" in body
    assert "<del>not done (no time)</del> → <ins>done</ins>" in body


def test_a_session_that_was_added_later_says_so(as_clinician, plan, patient):
    made = session(patient, 2)
    Correction.objects.create(session=made, by=patient.user)
    assert "Added by the patient on Fri, Nov 20" in body_of(as_clinician, sessions_page(patient))


def test_ticks_alone_are_a_session_without_pain(as_clinician, plan, patient):
    session(patient, pain_after=None)
    body = body_of(as_clinician, sessions_page(patient))
    assert "<dt>Pain</dt><dd>not told</dd>" in body


def test_the_last_comes_first_and_older_ones_are_a_page_away(as_clinician, plan, patient):
    made = [session(patient, ago) for ago in range(29, -1, -1)]
    body = body_of(as_clinician, sessions_page(patient))
    assert body.index(f'id="session-{made[-1].pk}"') < body.index(f'id="session-{made[-2].pk}"')
    assert body.count('class="cl-session"') == 20
    older = f"?session={made[9].pk}"
    assert f'href="{older}"' in body
    body = body_of(as_clinician, sessions_page(patient) + older)
    assert body.count('class="cl-session"') == 10
    assert "Older sessions" not in body


@pytest.mark.parametrize("odd", ["x", "0", "9" * 30, ""])
def test_an_odd_address_begins_with_the_last(as_clinician, plan, patient, odd):
    made = session(patient)
    assert f'id="session-{made.pk}"' in body_of(
        as_clinician, f"{sessions_page(patient)}?session={odd}"
    )


def test_nothing_of_another_patient_is_there(as_clinician, plan, patient, other_patient, clinician):
    factories.make_plan(other_patient, clinician)
    others = session(other_patient, comment="Not yours.")
    for address in (sessions_page(patient), f"{sessions_page(patient)}?session={others.pk}"):
        assert "Not yours." not in body_of(as_clinician, address)


def test_opening_it_is_written_down(as_clinician, clinician, plan, patient):
    as_clinician.get(sessions_page(patient))
    entry = LogEntry.objects.get_for_object(patient).latest("pk")
    assert (entry.action, entry.actor) == (LogEntry.Action.ACCESS, clinician)
    made = session(patient)
    as_clinician.get(sessions_page(patient))
    entry = LogEntry.objects.get_for_object(made).get()  # the diary, not the details
    assert (entry.action, entry.actor) == (LogEntry.Action.ACCESS, clinician)


def test_a_patient_that_does_not_exist_is_404(as_clinician):
    assert as_clinician.get("/admin/people/patient/999/sessions/").status_code == 404


def test_it_can_only_be_read(as_clinician, plan, patient):
    assert as_clinician.post(sessions_page(patient), {"comment": "Mine."}).status_code == 405
    body = body_of(as_clinician, sessions_page(patient))
    assert "<textarea" not in body


# ------------------------------------------------------------------ two weeks at a glance


@pytest.fixture
def two_weeks(plan, patient):
    for ago, (before, after, moved) in {
        20: (9, 9, "down"),
        12: (5, 4, "up"),
        3: (4, 3, "same"),
        2: (7, 3, "up"),
        1: (4, 2, ""),
    }.items():
        made = session(patient, ago, pain_before=before, pain_after=after, moved=moved)
        factories.make_morning(made, 6)
    settle_now(patient)


def test_both_pages_show_two_weeks(as_clinician, plan, patient, two_weeks):
    for address in (patient_page(patient), plan_page(plan)):
        body = body_of(as_clinician, address)
        assert "4 / 2<span>Thu, Nov 19</span>" in body
        assert "7<span>Wed, Nov 18, before</span>" in body
        assert "Up<span>Wed, Nov 18. Further down: last Sat, Oct 31</span>" in body
        assert "4 of 14<span>settled 2 of 4 mornings</span>" in body
        assert f'href="{sessions_page(patient)}"' in body


def test_it_links_to_what_needs_a_look(as_clinician, plan, patient):
    session(patient, comment="Hello.")
    settle_now(patient)
    body = body_of(as_clinician, patient_page(patient))
    assert (
        f'href="/admin/diary/alert/?patient__id__exact={patient.pk}">1 thing needs a look' in body
    )


def test_before_the_first_session_it_says_so(as_clinician, plan, patient):
    assert "No session told yet." in body_of(as_clinician, plan_page(plan))


def test_ticks_alone_are_counted(as_clinician, plan, patient):
    session(patient, pain_after=None)
    assert "Sessions done in 14 days: 1 of 14." in body_of(as_clinician, plan_page(plan))


def test_a_draft_and_a_patient_on_paper_have_none(as_clinician, patient, clinician):
    draft = factories.make_plan(patient, clinician, published=False)
    assert "session" not in body_of(as_clinician, plan_page(draft)).split("What this plan")[0]
    paper = factories.make_patient(None, "Ada", "Paper", clinician)
    assert sessions_page(paper) not in body_of(as_clinician, patient_page(paper))


def test_the_front_desk_reads_nothing_of_it(as_front_desk, plan, patient, two_weeks):
    assert as_front_desk.get(sessions_page(patient)).status_code == 403
    body = body_of(as_front_desk, patient_page(patient))
    assert "Where it moved" not in body
    assert sessions_page(patient) not in body


# ------------------------------------------------------------------ how dear it is


def queries_of(client, address: str) -> int:
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_long_diary_asks_no_more_than_a_short_one(as_clinician, plan, patient):
    def live(ago: int) -> None:
        made = session(patient, ago, pain_before=3, comment="Hm.", moved="down")
        factories.make_morning(made, 3)
        made.corrections.create(before={"pain_after": 2}, by=patient.user)

    live(60)
    live(1)
    addresses = (sessions_page(patient), patient_page(patient), plan_page(plan))
    for address in addresses:
        as_clinician.get(address)
    short = [queries_of(as_clinician, address) for address in addresses]
    for ago in range(2, 40):
        live(ago)
    assert [queries_of(as_clinician, address) for address in addresses] == short

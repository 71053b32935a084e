"""Draft, in review, published, retired: who moves content on, and who reads it."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from education.library.models import Exercise, LibraryRevision, OverruledFinding, Reviewed
from education.library.publishing import PublishRefused
from education.library.publishing.actions import (
    publish,
    reinstate,
    retire,
    review,
    send_back,
    submit_for_review,
)
from education.library.publishing.states import StateRefused
from tests.factories import make_exercise, make_plan
from tests.library.admin_page import change_url, save
from tests.library.sound import make_sound_article, make_sound_exercise, make_term

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
STATES = ("draft", "in_review", "published", "retired")
# From, to: how.
ALLOWED = {
    ("draft", "in_review"): submit_for_review,
    ("in_review", "draft"): send_back,
    ("in_review", "published"): publish,
    ("published", "in_review"): send_back,
    ("published", "retired"): retire,
    ("retired", "in_review"): reinstate,
    ("retired", "published"): publish,
}
LEADS_TO = {
    submit_for_review: {"in_review"},
    publish: {"published"},
    send_back: {"draft", "in_review"},
    retire: {"retired"},
    reinstate: {"in_review"},
}


def run(act, content, by):
    given = {"on": TODAY} if act in (publish, submit_for_review) else {}
    return act(content=content, by=by, **given)


# ------------------------------------------------------------------ the table


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_the_table_of_states_is_this_one(before, after):
    assert Exercise(state=before).may_become(after) is ((before, after) in ALLOWED)


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("act", LEADS_TO)
def test_an_act_does_what_the_table_allows_and_nothing_else(before, act, clinician):
    exercise = make_sound_exercise(state=before)
    to = {after for (frm, after), how in ALLOWED.items() if frm == before and how is act}
    if not to:
        with pytest.raises(StateRefused):
            run(act, exercise, clinician)
    else:
        run(act, exercise, clinician)
    exercise.refresh_from_db()
    assert {exercise.state} == (to or {before})


@pytest.mark.parametrize("make", [make_sound_exercise, make_sound_article, make_term])
def test_every_kind_of_content_goes_the_same_way(make, clinician, editor):
    content = make(state="draft")
    before = LibraryRevision.objects.current()
    submit_for_review(content=content, by=editor, on=TODAY)
    publish(content=content, by=clinician, on=TODAY)
    content.refresh_from_db()
    assert content.state == "published"
    assert (content.reviewed_by, content.reviewed_on) == (clinician, TODAY)
    assert content.next_review_on == date(2027, 11, 22)
    assert LibraryRevision.objects.current() == before + 2


def test_the_log_says_who_published(clinician):
    exercise = make_sound_exercise(state="in_review")
    publish(content=exercise, by=clinician, on=TODAY)
    entry = LogEntry.objects.get_for_object(exercise).first()
    assert entry.actor == clinician
    assert entry.changes_dict["state"] == ["in_review", "published"]


# ------------------------------------------------------------------ publishing


def make_bare_exercise():
    """In review, with no sign to stop and no picture."""
    exercise = make_sound_exercise(state="in_review")
    exercise.stop_ifs.all().delete()
    exercise.steps.update(pose="", alt_en="")
    return exercise


def test_what_the_check_finds_is_not_published(clinician):
    exercise = make_bare_exercise()
    with pytest.raises(PublishRefused) as refused:
        publish(content=exercise, by=clinician, on=TODAY)
    assert [f.code for f in refused.value.findings] == ["no_stop_if", "step_without_picture"]
    exercise.refresh_from_db()
    assert exercise.state == "in_review"
    assert not exercise.is_reviewed


def test_a_clinician_chooses_the_next_review(clinician):
    exercise = make_sound_exercise(state="in_review")
    publish(content=exercise, by=clinician, on=TODAY, next_review_on=date(2027, 1, 4))
    exercise.refresh_from_db()
    assert exercise.next_review_on == date(2027, 1, 4)


def test_a_new_review_ends_an_overdue_one(clinician):
    exercise = make_sound_exercise(next_review_on=TODAY - timedelta(days=1))
    review(content=exercise, by=clinician, on=TODAY)
    exercise.refresh_from_db()
    assert not exercise.is_review_overdue(TODAY)
    assert exercise.state == "published"


def test_new_words_in_review_end_the_next_review_with_the_last(as_editor, clinician):
    exercise = make_sound_exercise(
        state="in_review",
        reviewed_by=clinician,
        reviewed_on=TODAY,
        next_review_on=date(2027, 11, 22),
    )
    save(as_editor, exercise, title_en="Another name")
    exercise.refresh_from_db()
    assert (exercise.next_review_on, exercise.reviewed_by) == (None, None)


def test_words_that_are_published_stay_reviewed_while_a_change_waits(as_editor, clinician):
    exercise = make_sound_exercise(reviewed_by=clinician, reviewed_on=TODAY)
    save(as_editor, exercise, title_en="Another name")
    exercise.refresh_from_db()
    assert exercise.reviewed_by == clinician
    assert exercise.title_en != "Another name"


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_only_what_is_published_is_reviewed_again(clinician, state):
    exercise = make_sound_exercise(state=state)
    with pytest.raises(StateRefused, match="Only what is published"):
        review(content=exercise, by=clinician, on=TODAY)
    exercise.refresh_from_db()
    assert not exercise.is_reviewed


def test_the_next_review_is_within_three_years(clinician):
    exercise = make_sound_exercise()
    with pytest.raises(StateRefused, match="within three years"):
        review(content=exercise, by=clinician, on=TODAY, next_review_on=date(2029, 11, 24))
    review(content=exercise, by=clinician, on=TODAY, next_review_on=date(2029, 11, 22))
    exercise.refresh_from_db()
    assert exercise.next_review_on == date(2029, 11, 22)


def test_what_has_to_be_mended_is_not_sent_to_review(as_editor):
    exercise = make_sound_exercise(state="draft", position="")
    response = save(as_editor, exercise, title_en="New name", _submit_for_review="")
    body = as_editor.get(response.url).content.decode()
    assert "Not done. 1 thing stands in the way" in body
    assert "Nobody has said how the body starts." in body
    exercise.refresh_from_db()
    assert (exercise.title_en, exercise.state) == ("New name", "draft")


# ------------------------------------------------------------------ retiring asks first


def test_retiring_asks_first_and_names_what_shows_it(as_editor, patient, clinician):
    exercise = make_sound_exercise()
    make_plan(patient, clinician, exercises=[exercise])
    lower = make_sound_exercise("lower", title_en="Easier lift")
    lower.ladder_links.create(to_exercise=exercise, direction="harder", rule_en="Later.")
    article = make_sound_article(title_en="Sore hips")
    article.sections.create(key="how", title_en="How", panel="steps", exercise=exercise, order=9)
    page = press(as_editor, exercise, "retire").content.decode()
    assert "Retire “" in page
    assert "1 patient follows a plan with it. The plan keeps it." in page
    assert "Easier lift" in page
    assert "Sore hips" in page
    exercise.refresh_from_db()
    assert exercise.state == "published"
    press(as_editor, exercise, "retire", _confirmed="1")
    exercise.refresh_from_db()
    assert exercise.state == "retired"


def test_only_people_of_the_library_are_asked(as_front_desk, as_patient, visitor):
    url = reverse("admin:library_exercise_retire", args=[make_sound_exercise().pk])
    assert as_front_desk.get(url).status_code == 403
    assert as_patient.get(url).status_code == 403
    assert visitor.get(url).url.startswith(reverse("account_login"))


# ------------------------------------------------------------------ the buttons


def state_url(content, act: str) -> str:
    return reverse(f"admin:library_{content._meta.model_name}_state", args=[content.pk, act])


def press(client, content, act: str, **typed: str):
    """As the button does for a person who may not change the words."""
    return client.post(state_url(content, act), typed, follow=True)


def test_an_editor_saves_and_sends_to_review_in_one(as_editor):
    exercise = make_sound_exercise(state="draft")
    response = save(as_editor, exercise, title_en="New name", _submit_for_review="")
    assert response.url == change_url(exercise)
    exercise.refresh_from_db()
    assert (exercise.title_en, exercise.state) == ("New name", "in_review")
    assert "Sent to review." in as_editor.get(response.url).content.decode()


def test_a_clinician_publishes_what_waits(as_clinician, clinician):
    exercise = make_sound_exercise(state="in_review")
    page = as_clinician.get(change_url(exercise)).content.decode()
    assert f'formaction="{state_url(exercise, "publish")}"' in page
    assert "Nothing stands in the way." in page
    body = press(as_clinician, exercise, "publish", _next_review_on="2028-01-31").content.decode()
    assert "Published and reviewed by you." in body
    assert "Reviewed by Dana Example, PT" in body
    exercise.refresh_from_db()
    assert (exercise.reviewed_by, exercise.next_review_on) == (clinician, date(2028, 1, 31))


@pytest.mark.parametrize("typed", ["2001-01-01", "soon", "2026-02-31", "2099-01-01"])
def test_a_next_review_that_is_no_day_to_come_changes_nothing(as_clinician, typed):
    exercise = make_sound_exercise(state="in_review")
    body = press(as_clinician, exercise, "publish", _next_review_on=typed).content.decode()
    assert "The next review must be on a day after today, within three years." in body
    exercise.refresh_from_db()
    assert exercise.state == "in_review"


def test_a_refusal_counts_and_the_page_names_each_with_what_to_do(as_clinician):
    exercise = make_bare_exercise()
    body = press(as_clinician, exercise, "publish").content.decode()
    assert "Not done. 2 things stand in the way; they are named below." in body
    assert "It has no sign of its own to stop." in body
    assert "Add at least one sign that says when to stop." in body
    assert "<b>Step 1:</b> It has no picture." in body


def test_an_editor_is_led_to_the_part_of_the_form(as_editor):
    exercise = make_exercise(state="draft")
    body = as_editor.get(change_url(exercise)).content.decode()
    assert '<a href="#stop_ifs-group">Add at least one sign' in body
    assert '<a href="#steps-0">Step 1</a>' in body
    assert 'id="stop_ifs-group"' in body
    assert 'id="steps-0"' in body


def test_an_editor_does_not_publish(as_editor):
    exercise = make_sound_exercise(state="in_review")
    page = as_editor.get(change_url(exercise)).content.decode()
    assert 'name="_publish"' not in page
    assert save(as_editor, exercise, title_en="New name", _publish="").status_code == 403
    assert as_editor.post(state_url(exercise, "publish")).status_code == 403
    exercise.refresh_from_db()
    assert (exercise.state, exercise.title_en != "New name") == ("in_review", True)


@pytest.mark.parametrize("act", ["submit_for_review", "publish", "review", "retire"])
def test_nobody_else_presses_a_button(visitor, as_patient, as_stranger, as_front_desk, act):
    exercise = make_sound_exercise(state="in_review")
    login = visitor.post(state_url(exercise, act))
    assert login.status_code == 302
    assert login.url.startswith(reverse("account_login"))
    for client in (as_patient, as_stranger, as_front_desk):
        assert client.post(state_url(exercise, act)).status_code == 403
    exercise.refresh_from_db()
    assert exercise.state == "in_review"


def test_an_address_alone_changes_nothing(as_clinician):
    exercise = make_sound_exercise(state="in_review")
    assert as_clinician.get(state_url(exercise, "publish")).status_code == 405
    assert as_clinician.post(state_url(exercise, "delete")).status_code == 404
    exercise.pk += 1000
    assert as_clinician.post(state_url(exercise, "publish")).status_code == 404


@pytest.mark.parametrize(
    ("state", "editors", "clinicians"),
    [
        ("draft", {"submit_for_review"}, {"submit_for_review"}),
        ("in_review", {"send_back"}, {"publish", "send_back"}),
        ("published", {"send_back", "retire"}, {"review", "send_back", "retire"}),
        ("retired", {"reinstate"}, {"publish", "reinstate"}),
    ],
)
def test_a_page_offers_the_buttons_of_its_state(
    as_editor, as_clinician, state, editors, clinicians
):
    article = make_sound_article(state=state)
    for client, offered in ((as_editor, editors), (as_clinician, clinicians)):
        assert {act.name for act in client.get(change_url(article)).context["acts"]} == offered


# ------------------------------------------------------------------ reasons


def unpictured(**fields) -> Exercise:
    """Sound, but for a second step without a picture."""
    exercise = make_sound_exercise(**fields)
    exercise.steps.create(order=2, text_en="Put it down.")
    return exercise


def reason_field(client, content) -> str:
    [finding] = client.get(change_url(content)).context["check"].soft
    return f"why-{finding.token}"


def test_an_editor_writes_why_a_finding_may_stay(as_editor, editor):
    exercise = unpictured(state="draft")
    field = reason_field(as_editor, exercise)
    page = as_editor.get(change_url(exercise)).content.decode()
    assert f'name="{field}"' in page
    response = save(as_editor, exercise, _continue="", **{field: "It shows itself."})
    row = OverruledFinding.objects.get(exercise=exercise)
    assert (row.code, row.subject) == ("step_without_picture", "Put it down.")
    assert (row.reason, row.overruled_by) == ("It shows itself.", editor)
    body = as_editor.get(response.url).content.decode()
    assert "1 reason is kept." in body
    assert "1 finding that may stay" in body
    assert "“It shows itself.” Sam Sample" in body
    assert f'name="{field}"' not in body


def test_a_clinician_writes_why_and_publishes_in_one(as_clinician, clinician):
    exercise = unpictured(state="in_review")
    field = reason_field(as_clinician, exercise)
    press(as_clinician, exercise, "publish", **{field: "It shows itself."})
    exercise.refresh_from_db()
    assert exercise.state == "published"
    assert OverruledFinding.objects.get().overruled_by == clinician


def test_a_clinician_keeps_a_reason_without_publishing(as_clinician):
    exercise = unpictured(state="in_review")
    field = reason_field(as_clinician, exercise)
    url = reverse("admin:library_exercise_overrule", args=[exercise.pk])
    as_clinician.post(url, {field: "It shows itself."})
    exercise.refresh_from_db()
    assert exercise.state == "in_review"
    assert OverruledFinding.objects.get().reason == "It shows itself."


def test_an_empty_reason_is_none_and_a_long_one_is_refused(as_clinician):
    exercise = unpictured(state="in_review")
    field = reason_field(as_clinician, exercise)
    press(as_clinician, exercise, "publish", **{field: "   "})
    for reason in ("x " * 151, "ok", "Itshowsitselfwell"):
        body = press(as_clinician, exercise, "publish", **{field: reason}).content.decode()
        assert "Write in a few words why it may stay, in 300 letters at most." in body
    exercise.refresh_from_db()
    assert exercise.state == "in_review"
    assert not OverruledFinding.objects.exists()


def test_an_overdue_review_is_not_silenced_by_a_reason(as_editor, clinician):
    exercise = make_sound_exercise(
        reviewed_by=clinician, reviewed_on=date(2020, 1, 1), next_review_on=date(2021, 1, 1)
    )
    [finding] = as_editor.get(change_url(exercise)).context["check"].to_review
    save(as_editor, exercise, **{f"why-{finding.token}": "It is still as good as it was."})
    assert not OverruledFinding.objects.exists()


def test_the_front_desk_and_patients_overrule_nothing(as_front_desk, as_patient, visitor):
    exercise = unpictured(state="in_review")
    url = reverse("admin:library_exercise_overrule", args=[exercise.pk])
    assert as_front_desk.post(url).status_code == 403
    assert visitor.post(url).url.startswith(reverse("account_login"))
    assert as_patient.post(url).status_code == 403
    assert not OverruledFinding.objects.exists()


# ------------------------------------------------------------------ who reads what


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_only_published_content_is_public(visitor, as_patient, state):
    exercise = make_sound_exercise(state=state, title_en="Secret squat")
    article = make_sound_article(state=state, title_en="Secret page", is_home=True)
    for client in (visitor, as_patient):
        for name, key in (("exercise_detail", exercise.key), ("article", article.key)):
            assert client.get(reverse(name, args=[key])).status_code == 404
        for name in ("home", "exercise_list", "article_list"):
            assert "Secret" not in client.get(reverse(name)).content.decode()
        assert "sound" not in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_a_published_exercise_shows_no_rung_that_is_not(visitor, state):
    lower = make_sound_exercise("lower")
    higher = make_sound_exercise("higher", state=state, title_en="Secret squat")
    lower.ladder_links.create(to_exercise=higher, direction="easier", rule_en="If it hurts.")
    body = visitor.get(reverse("exercise_detail", args=["lower"])).content.decode()
    assert "Secret squat" not in body


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_an_article_shows_no_other_page_or_steps_that_are_not_published(visitor, state):
    article = make_sound_article("open")
    article.related.add(make_sound_article("closed", state=state, title_en="Secret page"))
    exercise = make_sound_exercise(state=state)
    article.sections.create(key="how", title_en="How", panel="steps", exercise=exercise, order=9)
    body = visitor.get(reverse("article", args=["open"])).content.decode()
    assert "Secret page" not in body
    assert "Lift your sore leg slowly." not in body


def planned_page(client, plan) -> str:
    key = plan.planned_exercises.get().key
    return client.get(reverse("planned_exercise", args=[key])).content.decode()


def test_a_retired_exercise_stays_readable_in_the_plan_that_has_it(as_patient, patient, clinician):
    exercise = make_sound_exercise(title_en="Toe touch")
    plan = make_plan(patient, clinician, exercises=[exercise])
    retire(content=exercise, by=clinician)
    assert "Lift your sore leg slowly." in planned_page(as_patient, plan)
    assert "Toe touch" in as_patient.get(reverse("plan_today")).content.decode()
    assert as_patient.get(reverse("exercise_detail", args=["sound"])).status_code == 404


@pytest.mark.parametrize(("before", "act"), [("published", send_back), ("retired", reinstate)])
def test_an_exercise_that_a_patient_follows_is_not_taken_away(patient, clinician, before, act):
    exercise = make_sound_exercise(state="published")
    plan = make_plan(patient, clinician, exercises=[exercise])
    Exercise.objects.update(state=before)
    exercise.refresh_from_db()
    with pytest.raises(StateRefused, match="1 patient follows a plan with it"):
        act(content=exercise, by=clinician)
    plan.planned_exercises.update(removed_at=plan.created_at)  # not published yet
    with pytest.raises(StateRefused):
        act(content=exercise, by=clinician)
    exercise.refresh_from_db()
    assert exercise.state == before


def test_an_exercise_of_plans_that_have_ended_may_go_back(patient, clinician):
    exercise = make_sound_exercise()
    plan = make_plan(patient, clinician, exercises=[exercise])
    plan.status, plan.ended_on = "completed", plan.start_on
    plan.save()
    send_back(content=exercise, by=clinician)
    exercise.refresh_from_db()
    assert exercise.state == "in_review"


def test_should_one_be_taken_away_all_the_same_the_patient_is_asked_to_call(
    as_patient, patient, clinician
):
    exercise = make_sound_exercise()
    plan = make_plan(patient, clinician, exercises=[exercise])
    Exercise.objects.update(state=Reviewed.State.DRAFT)
    LibraryRevision.objects.bump()
    body = planned_page(as_patient, plan)
    assert "Lift your sore leg slowly." not in body
    assert "call" in body.lower()


def test_unreviewed_content_never_reads_as_reviewed(visitor, clinician):
    exercise = make_sound_exercise(reviewed_by=clinician, reviewed_on=TODAY)
    url = reverse("exercise_detail", args=[exercise.key])
    assert "Demonstration content" not in visitor.get(url).content.decode()
    Exercise.objects.update(reviewed_by=None, reviewed_on=None)
    LibraryRevision.objects.bump()
    assert "Demonstration content, to be reviewed by the clinic." in (
        visitor.get(url).content.decode()
    )

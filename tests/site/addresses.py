"""Every address of the project by its name, and the values that make a real page of it."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from auditlog.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from education.contact.models import ContactRequest
from education.diary.models import Alert
from education.library.models import (
    Article,
    CareLevel,
    ExerciseFamily,
    GlossaryTerm,
    LadderLink,
    RedFlag,
    SearchSynonym,
    StopIf,
    TodayStep,
)
from education.people.models import Clinic, Invitation, OutgoingMail, Patient, User
from tests import factories
from tests.library.pictures import make_photo


def every_pattern(patterns: Any, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(name with its namespace, pattern) of every address below ``patterns``."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from every_pattern(entry.url_patterns, inner)
        else:
            yield f"{namespace}{entry.name or entry.pattern}", entry


def every_name() -> list[str]:
    """Names of all addresses, in the order of the site; an address without a name by its path."""
    return list(dict.fromkeys(name for name, _ in every_pattern(get_resolver().url_patterns)))


ADMIN = "admin"
PLAN_SECRET = "Zebra walk plan"
MESSAGE_SECRET = "A question about a zebra"
PAGES_OF_A_ROW = (
    *("change", "delete", "history", "email", "discharge", "factor"),
    *(
        "pick",
        "preview",
        "versions",
        "complete",
        "revoke",
        "paper",
        "overrule",
        "retire",
        "readings",
    ),
    "handout",
    "measures",
)


def make_task_result() -> DBTaskResult:
    """A finished task, as the worker leaves it."""
    return DBTaskResult.objects.create(
        args_kwargs={"args": [1], "kwargs": {}},
        task_path="education.people.mail.deliver_mail",
        backend_name="default",
        run_after=timezone.now(),
        exception_class_path="",
        traceback="",
    )


class World:
    """A patient with a plan and a message, and one row of everything the admin shows."""

    def __init__(self, patient: Patient, clinician: User):
        exercise = factories.make_exercise("knee-lift", times_per_day=2)
        other = factories.make_exercise("other-lift")
        family = ExerciseFamily.objects.create(key="lifts", title_en="Lifts", purpose_en="Lifts.")
        level = CareLevel.objects.create(level="soon", title_en="Soon", instruction_en="Call us.")
        self.plan = factories.make_plan(patient, clinician, exercises=[exercise], title=PLAN_SECRET)
        self.request = ContactRequest.objects.create(
            submission_key=uuid4(),
            patient=patient,
            reason="other",
            message=MESSAGE_SECRET,
            answer_by="site",
            answer_due_on=timezone.now().date(),
        )
        self.session = factories.make_session(patient, pain_after=2, moved="same")
        self.begun = factories.make_session(patient, occurrence=2, logs=False)
        self.photo = make_photo(clinician)  # no page shows it yet
        self.rows = {
            "people_patient": patient,
            "people_user": clinician,
            "people_clinic": Clinic.objects.get_or_create(pk=1)[0],
            "people_answer": factories.answer(patient, "sits", "yes"),
            "people_invitation": Invitation.objects.create(
                user=patient.user, expires_at=timezone.now()
            ),
            "auth_group": Group.objects.first(),
            "auditlog_logentry": LogEntry.objects.first(),
            "django_tasks_database_dbtaskresult": make_task_result(),
            "people_outgoingmail": OutgoingMail.objects.create(
                kind="plan_ready", key="0", user=patient.user
            ),
            "plans_plan": self.plan,
            "plans_plantemplate": factories.make_template(exercises=[exercise]),
            "contact_contactrequest": self.request,
            "diary_alert": Alert.objects.create(
                patient=patient,
                kind="comment",
                cause="session:0",
                session=self.session,
                opens_on=self.session.day,
            ),
            "library_exercise": exercise,
            "library_exercisefamily": family,
            "library_article": Article.objects.create(
                key="sciatica", title_en="Sciatica", summary_en="About it.", state="published"
            ),
            "library_glossaryterm": GlossaryTerm.objects.create(
                key="sciatica", term_en="sciatica", meaning_en="Leg pain.", state="published"
            ),
            "library_carelevel": level,
            "library_redflag": RedFlag.objects.create(
                key="numb", care_level=level, text_en="Numb."
            ),
            "library_searchsynonym": SearchSynonym.objects.create(
                key="butt", words_en="butt, bottom"
            ),
            "library_stopif": StopIf.objects.create(text_en="Dizzy."),
            "library_ladderlink": LadderLink.objects.create(
                exercise=exercise, to_exercise=other, direction="harder", rule_en="Later."
            ),
        }
        TodayStep.objects.create(article=self.rows["library_article"], text_en="Take a walk.")
        self.values: dict[str, dict[str, Any]] = {
            "article": {"key": "sciatica"},
            "article_today": {"key": "sciatica"},
            "exercise_detail": {"key": "knee-lift"},
            "photo": {"digest": self.photo.digest},
            "planned_exercise": {"key": self.plan.planned_exercises.get().key},
            "session_now": {"key": self.begun.submission_key},
            "session_exercise": {"key": self.begun.submission_key, "place": 1},
            "session_wrong": {"key": self.begun.submission_key},
            "stop_my_reminders": {"stop_key": uuid4()},
            "session_finish": {"key": self.session.submission_key},
            "session_saved": {"key": self.session.submission_key},
            "session_entry": {"day": self.session.day, "occurrence": 1},
            "tick_exercise": {"key": self.plan.planned_exercises.get().key, "occurrence": 1},
            "accept_invitation": {"token": "no-such-token"},
            "own_request": {"submission_key": self.request.submission_key},
            "own_request_read": {"submission_key": self.request.submission_key},
            "visitor_answer": {"token": "no-such-token"},
            "account_confirm_email": {"key": "no-such-key"},
            "account_reset_password_from_key": {"uidb36": "1", "key": "no-such-key"},
            "mfa_remove_webauthn": {"pk": 1},
            "mfa_edit_webauthn": {"pk": 1},
            "admin:app_list": {"app_label": "people"},
            "admin:view_on_site": {"content_type_id": 1, "object_id": 1},
            "admin:people_user_second_factor": {"pk": clinician.pk},
            "admin:people_patient_first_log_in": {"pk": patient.pk},
            "admin:people_patient_first_log_in_page": {"pk": patient.pk},
            "admin:people_patient_sessions": {"pk": patient.pk},
            "admin:diary_alert_acknowledge": {"pk": self.rows["diary_alert"].pk},
            "admin:plans_plan_pick_add": {"pk": self.plan.pk},
            "admin:plans_plan_start": {"patient": patient.pk},
            "admin:plans_plan_add_from_template": {"pk": self.plan.pk},
            "admin:plans_plan_copy": {"pk": self.plan.pk},
            "admin:plans_plan_version": {"pk": self.plan.pk, "number": 1},
            "admin:plans_plan_hold": {"pk": self.plan.pk},
            "admin:plans_plan_finish": {"pk": self.plan.pk},
            "admin:plans_plan_rungs": {
                "pk": self.plan.pk,
                "key": self.plan.planned_exercises.get().key,
            },
        }
        for model in ("exercise", "article", "glossaryterm"):
            of_row = {"pk": self.rows[f"library_{model}"].pk, "act": "retire"}
            self.values[f"admin:library_{model}_state"] = of_row

    def address(self, name: str) -> str:
        """A real page behind the name; one without a name is told by its path."""
        if "/" in name or "^" in name or "(" in name:
            return "/" + PATHS.get(name, name.removeprefix("admin:"))
        if name in self.values:
            return reverse(name, kwargs=self.values[name])
        model, _underscore, page = name.removeprefix("admin:").rpartition("_")
        if name.startswith("admin:") and model in self.rows and page in PAGES_OF_A_ROW:
            return reverse(name, args=[self.rows[model].pk])
        return reverse(name)


PATHS = {
    "accounts/confirm-email/<str:key>/": "accounts/confirm-email/no-such-key/",
    "admin:<path:object_id>/": f"{ADMIN}/people/patient/1/",
    "admin:(?P<url>.*)$": f"{ADMIN}/no-such-page/",
}

"""A sheet is drawn once and kept; few are drawn at a time; without a library there is a page."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from clinic import gunicorn_conf
from education.library.models import LibraryRevision
from education.people.models import Clinic
from education.plans.actions import publish_changes
from education.portal.paper import checks, handout, kept, pdf
from education.portal.paper.kept import Busy, kept_pdf
from tests import factories
from tests.environments import production, python

URL = reverse("plan_handout")


@pytest.fixture
def plan(patient, clinician):
    return factories.make_plan(patient, clinician)


@pytest.fixture
def drawings(monkeypatch) -> list[str]:
    """The HTML of every sheet that was drawn; drawing itself is left out."""
    drawn: list[str] = []

    def draw(html: str, *, paper: str) -> bytes:
        drawn.append(html)
        return b"%PDF"

    monkeypatch.setattr(handout, "draw_pdf", draw)
    return drawn


class TestKept:
    def test_the_second_time_nothing_is_drawn(self, as_patient, plan, drawings):
        assert as_patient.get(URL).content == as_patient.get(URL).content == b"%PDF"
        assert len(drawings) == 1

    def test_another_language_is_another_sheet(self, as_patient, plan, drawings, spanish_texts):
        as_patient.get(URL)
        as_patient.cookies["django_language"] = "es"
        as_patient.get(URL)
        assert len(drawings) == 2

    def test_a_new_version_is_drawn(self, as_patient, plan, drawings, clinician):
        as_patient.get(URL)
        row = plan.planned_exercises.first()
        row.note = "Hold the counter."
        row.save()
        publish_changes(plan=plan, by=clinician)
        as_patient.get(URL)
        assert "Hold the counter." in drawings[1]

    def test_a_safety_correction_of_the_library_is_drawn(self, as_patient, plan, drawings):
        as_patient.get(URL)
        step = plan.planned_exercises.first().exercise.steps.first()
        step.text_en = "Lift it an inch."
        step.save()
        LibraryRevision.objects.bump()  # as every action on the library does
        as_patient.get(URL)
        assert "Lift it an inch." in drawings[1]

    def test_the_clinics_new_phone_is_drawn(self, as_patient, plan, drawings):
        as_patient.get(URL)
        Clinic.objects.current().save()  # a first row: its time of change is part of the key
        clinic = Clinic.objects.current()
        clinic.phone = "+16195550199"
        clinic.save()
        as_patient.get(URL)
        assert "(619) 555-0199" in drawings[-1]

    def test_tomorrow_has_a_sheet_of_its_own(self, plan, as_patient, patient, drawings):
        as_patient.get(URL)
        with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
            as_patient.force_login(patient.user)
            as_patient.get(URL)
        assert len(drawings) == 2

    def test_the_name_on_it_is_todays(self, as_patient, plan, patient, drawings):
        as_patient.get(URL)
        patient.family_name = "Newname"
        patient.save()
        as_patient.get(URL)
        assert "Lee Newname" in drawings[1]

    def test_what_is_kept_has_a_bound_and_the_oldest_goes_first(self, monkeypatch):
        monkeypatch.setattr(kept, "MOST_BYTES", 10)
        for name in "abc":
            kept_pdf(name, lambda: b"1234")
        assert kept_pdf("c", lambda: b"new") == b"1234"
        assert kept_pdf("a", lambda: b"new") == b"new"

    @override_settings(DEBUG=True)
    def test_nothing_is_kept_while_templates_are_edited(self):
        assert kept_pdf("a", lambda: b"1") == b"1"
        assert kept_pdf("a", lambda: b"2") == b"2"


class TestTurns:
    """Threads of one process; ``go`` lets the drawing that is under way come to its end."""

    def start(self, *keys: str, go: threading.Event) -> tuple[list[threading.Thread], list, list]:
        began, answers = [], []

        def draw() -> bytes:
            began.append(len(began))
            assert go.wait(10)
            return b"%d" % len(began)

        def ask(key: str) -> None:
            try:
                answers.append(kept_pdf(key, draw))
            except Busy:
                answers.append(Busy)

        threads = [threading.Thread(target=ask, args=[key]) for key in keys]
        for thread in threads:
            thread.start()
        return threads, began, answers

    def wait_for(self, truth) -> None:
        for _ in range(1000):
            if truth():
                return
            threading.Event().wait(0.01)
        raise AssertionError("It did not happen.")

    def test_one_is_drawn_while_the_others_wait(self):
        go = threading.Event()
        threads, began, answers = self.start("a", "b", "c", go=go)
        self.wait_for(lambda: began)
        threading.Event().wait(0.05)
        assert began == [0]
        go.set()
        for thread in threads:
            thread.join(10)
        assert sorted(answers) == [b"1", b"2", b"3"]

    def test_who_asks_for_the_same_gets_what_was_drawn_once(self):
        go = threading.Event()
        threads, began, answers = self.start("a", "a", "a", go=go)
        self.wait_for(lambda: began)
        go.set()
        for thread in threads:
            thread.join(10)
        assert (began, answers) == ([0], [b"1"] * 3)

    def test_beyond_the_queue_one_is_told_at_once_to_come_back(self):
        go = threading.Event()
        threads, _began, answers = self.start("a", "b", "c", "d", "e", go=go)
        self.wait_for(lambda: len(answers) == 2)
        assert answers == [Busy, Busy]
        go.set()
        for thread in threads:
            thread.join(10)
        assert len(answers) == 5

    def test_patience_ends(self, monkeypatch):
        monkeypatch.setattr(kept, "PATIENCE", 0.05)
        go = threading.Event()
        threads, _began, answers = self.start("a", "b", go=go)
        self.wait_for(lambda: answers)
        assert answers == [Busy]
        go.set()
        for thread in threads:
            thread.join(10)
        assert kept_pdf("b", lambda: b"now") == b"now"

    def test_a_drawing_that_fails_gives_its_turn_back(self):
        def fail() -> bytes:
            raise ValueError("no")

        for _ in range(5):
            with pytest.raises(ValueError, match="no"):
                kept_pdf("a", fail)
        assert kept_pdf("a", lambda: b"1") == b"1"

    def test_the_page_says_to_wait_and_offers_the_page_to_print(
        self, as_patient, plan, monkeypatch
    ):
        def busy(*_args: object) -> bytes:
            raise Busy

        monkeypatch.setattr(handout, "kept_pdf", busy)
        response = as_patient.get(URL)
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "15"
        body = response.content.decode()
        assert "Wait a little. Then try again." in body
        assert f'href="{reverse("plan_print")}"' in body


WITHOUT = """
import cffi
def dlopen(self, name, *flags):
    raise OSError(f"cannot load {name}")
cffi.FFI.dlopen = dlopen
"""


class TestWithoutTheLibrary:
    @pytest.fixture
    def no_library(self, monkeypatch):
        monkeypatch.setattr(pdf, "_weasyprint", lambda: None)

    def test_the_patient_gets_the_page_to_print(self, no_library, as_patient, plan):
        response = as_patient.get(URL, follow=True)
        assert response.redirect_chain == [(reverse("plan_print"), 302)]
        assert "Use the print button of your browser." in response.content.decode()

    def test_staff_get_it_too(self, no_library, as_clinician, plan):
        response = as_clinician.get(reverse("admin:plans_plan_handout", args=[plan.pk]))
        assert response.url == reverse("admin:plans_plan_paper", args=[plan.pk])

    def test_the_check_says_so_in_one_line(self, no_library):
        [warning] = checks.pdfs_can_be_made(None)
        assert warning.id == "portal.W001"
        assert warning.msg == pdf.MISSING
        assert "\n" not in warning.msg

    def test_a_machine_with_it_has_nothing_to_say(self):
        assert checks.pdfs_can_be_made(None) == []

    def test_the_server_says_it_once_when_it_starts(self):
        start = (
            WITHOUT
            + "import django; django.setup()\n"
            + "from clinic.gunicorn_conf import when_ready; when_ready(None); when_ready(None)\n"
        )
        ended = python("-c", start, env=production())
        assert ended.returncode == 0, ended.stderr
        assert ended.stdout == ""
        assert ended.stderr.count("WARNING clinic.paper") == 1

    def test_each_process_of_the_server_draws_small_sheets_beside_its_requests(
        self, monkeypatch, caplog
    ):
        drawn = threading.Event()
        draw = pdf.draw_pdf

        def watch(html: str, *, paper: str) -> bytes:
            made = draw(html, paper=paper)
            drawn.set()
            return made

        monkeypatch.setattr(pdf, "draw_pdf", watch)
        gunicorn_conf.post_worker_init(None)
        assert drawn.wait(timeout=30)
        assert caplog.records == []

    def test_the_server_of_a_machine_with_it_is_silent(self, caplog):
        gunicorn_conf.when_ready(None)
        assert caplog.records == []

"""Staff read the list, open a message and answer it."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.contrib.messages import get_messages
from django.utils import timezone

from education.contact.models import ContactRequest

from .conftest import MONDAY, SECRET, make_request

pytestmark = pytest.mark.django_db

LIST = "/admin/contact/contactrequest/"
ANSWER = "Please stop the stretch. We call you today."


def page_of(request: ContactRequest) -> str:
    return f"{LIST}{request.pk}/change/"


class TestTheList:
    def test_waiting_first_then_worse_or_new_symptoms_then_the_oldest(
        self, as_clinician, patient, other_patient
    ):
        now = timezone.now()
        make_request(patient, reason="pain_worse", status="answered", created_at=now)
        make_request(patient, reason="other", created_at=now - timedelta(days=3))
        make_request(reason="appointment", created_at=now - timedelta(days=4))
        make_request(patient, reason="new_symptom", created_at=now - timedelta(hours=1))
        make_request(other_patient, reason="pain_worse", created_at=now - timedelta(hours=2))
        rows = as_clinician.get(LIST).context["cl"].result_list
        assert [(row.status, row.reason) for row in rows] == [
            ("new", "pain_worse"),
            ("new", "new_symptom"),
            ("new", "appointment"),
            ("new", "other"),
            ("answered", "pain_worse"),
        ]

    def test_says_who_why_and_when_but_not_what(self, as_clinician, patient, friday):
        make_request(patient, reason="pain_worse", held=True)
        make_request()
        body = as_clinician.get(LIST).content.decode()
        for word in ("Lee Testperson", "Jo Testvisitor (visitor)", "Look first", "Held"):
            assert word in body
        assert "Mon, Nov 23" in body
        assert SECRET not in body

    def test_a_broken_promise_is_late(self, as_clinician, patient, friday):
        make_request(patient)
        assert "cl-tag--late" not in as_clinician.get(LIST).content.decode()
        friday.shift(timedelta(days=4))
        as_clinician.force_login(patient.clinician)
        assert "was due Mon, Nov 23" in as_clinician.get(LIST).content.decode()
        ContactRequest.objects.update(status="answered")
        assert "was due" not in as_clinician.get(LIST).content.decode()

    def test_can_be_narrowed_to_what_waits_of_my_patients(
        self, as_clinician, patient, other_patient
    ):
        mine = make_request(patient)
        make_request(patient, status="closed")
        make_request(other_patient)
        make_request()
        rows = as_clinician.get(LIST, {"todo": "mine"}).context["cl"].result_list
        assert list(rows) == [mine]

    def test_finds_people_by_name(self, as_front_desk, patient):
        make_request(patient)
        found = make_request(name="Zed Othervisitor")
        rows = as_front_desk.get(LIST, {"q": "othervisitor"}).context["cl"].result_list
        assert list(rows) == [found]

    @pytest.mark.parametrize("count", [2, 12])
    def test_costs_the_same_for_few_and_many(
        self, as_clinician, patient, count, django_assert_num_queries
    ):
        for _n in range(count):
            make_request(patient)
        as_clinician.get(LIST)
        with django_assert_num_queries(8):
            as_clinician.get(LIST)


class TestOneMessage:
    def test_shows_it_with_who_sent_it(self, as_front_desk, patient):
        request = make_request(patient, best_time="mornings")
        body = as_front_desk.get(page_of(request)).content.decode()
        for word in (SECRET, "Lee Testperson", f"/admin/people/patient/{patient.pk}/", "mornings"):
            assert word in body

    def test_warns_that_a_visitor_was_not_logged_in(self, as_front_desk):
        body = as_front_desk.get(page_of(make_request())).content.decode()
        assert "Visitor, was not logged in" in body
        assert "jo@visitor.example" in body

    def test_shows_typed_text_as_text(self, as_front_desk):
        request = make_request(message="<img src=x>", name="<b>Jo</b>")
        body = as_front_desk.get(page_of(request)).content.decode()
        assert "&lt;img src=x&gt;" in body
        assert "<b>Jo</b>" not in body

    def test_who_looked_is_written_down(self, as_clinician, clinician, patient):
        request = make_request(patient)
        as_clinician.get(page_of(request))
        (entry,) = LogEntry.objects.get_for_object(request).filter(action=LogEntry.Action.ACCESS)
        assert entry.actor == clinician

    def test_cannot_be_changed_added_or_deleted(self, as_administrator, patient):
        request = make_request(patient)
        form = {"text": ANSWER, "replies_seen": 0, "message": "Changed", "reason": "other"}
        as_administrator.post(page_of(request), {**form, "_answer": ""})
        request.refresh_from_db()
        assert (request.message, request.reason) == (SECRET, "exercise")
        assert as_administrator.get(f"{LIST}add/").status_code == 403
        assert as_administrator.post(f"{LIST}{request.pk}/delete/").status_code == 403

    def test_is_not_for_content_editors_and_patients(self, as_editor, as_patient, patient):
        request = make_request(patient)
        for url in (LIST, page_of(request)):
            for client in (as_editor, as_patient):
                response = client.get(url)
                assert response.status_code == 403
                assert SECRET not in response.content.decode()
        assert as_editor.post(page_of(request), {"text": ANSWER}).status_code == 403
        assert not request.replies.exists()


class TestAnswering:
    def post(self, client, request, **form):
        return client.post(page_of(request), {"text": "", "replies_seen": 0, **form})

    @pytest.mark.parametrize("who", ["as_clinician", "as_front_desk", "as_administrator"])
    def test_clinicians_front_desk_and_administrators_answer(self, request, patient, who):
        client, letter = request.getfixturevalue(who), make_request(patient)
        response = self.post(client, letter, text=ANSWER, _answer="")
        assert response.headers["Location"] == LIST
        letter.refresh_from_db()
        assert letter.status == "answered"
        assert letter.replies.get().text == ANSWER

    def test_says_what_happens_next(self, as_front_desk, patient):
        letter = make_request(patient)
        response = as_front_desk.post(
            page_of(letter), {"text": ANSWER, "replies_seen": 0, "_answer": ""}, follow=True
        )
        assert "They get a mail that it waits." in response.content.decode()

    def test_leaves_no_name_in_the_browser(self, as_front_desk, patient):
        letter = make_request(patient)
        response = self.post(as_front_desk, letter, text=ANSWER, _answer="")
        (said,) = map(str, get_messages(response.wsgi_request))  # it travels in a cookie
        assert "Lee" not in said

    def test_an_empty_answer_is_asked_for(self, as_front_desk, patient):
        letter = make_request(patient)
        body = self.post(as_front_desk, letter, text=" ", _answer="").content.decode()
        assert "Write the answer first." in body
        assert not letter.replies.exists()

    def test_a_long_answer_is_kept_in_its_box(self, as_front_desk, patient):
        letter = make_request(patient)
        body = self.post(as_front_desk, letter, text="long " * 900, _answer="").content.decode()
        assert "at most 4000 characters" in body
        assert "long long" in body
        assert not letter.replies.exists()

    def test_a_colleague_was_faster(self, as_clinician, as_front_desk, patient):
        letter = make_request(patient)
        self.post(as_front_desk, letter, text="Robin writes.", _answer="")
        response = self.post(as_clinician, letter, text=ANSWER, _answer="")
        body = response.content.decode()
        assert response.status_code == 200
        assert "Robin Sample answered in the meantime. Read that answer first." in body
        assert "Robin writes." in body
        assert ANSWER in body
        assert letter.replies.count() == 1
        assert 'name="replies_seen" value="1"' in body
        self.post(as_clinician, letter, text=ANSWER, replies_seen=1, _answer="")
        assert letter.replies.count() == 2

    def test_a_message_is_closed_without_an_answer(self, as_front_desk):
        letter = make_request(message="Buy our pills")
        self.post(as_front_desk, letter, _close="")
        letter.refresh_from_db()
        assert letter.status == "closed"

    def test_closing_never_throws_a_typed_answer_away(self, as_front_desk):
        letter = make_request()
        body = self.post(as_front_desk, letter, text=ANSWER, _close="").content.decode()
        assert "You typed an answer." in body
        assert ANSWER in body
        letter.refresh_from_db()
        assert letter.status == "new"

    def test_rubbish_in_the_hidden_field_is_no_crash(self, as_front_desk, patient):
        letter = make_request(patient)
        response = self.post(as_front_desk, letter, text=ANSWER, replies_seen="x", _answer="")
        assert response.status_code == 200
        assert not letter.replies.exists()

    def test_the_promised_day_stays(self, as_front_desk, patient):
        letter = make_request(patient)
        self.post(as_front_desk, letter, text=ANSWER, _answer="")
        letter.refresh_from_db()
        assert letter.answer_due_on == MONDAY

"""Patients: their record, what they answered, and the end of their care."""

from collections.abc import Collection, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from education.audit.actor import action

from ..followers import care_has_changed
from ..models import Answer, Clinic, Invitation, Patient, User
from .accounts import check_new_email, end_sessions, keep_address, set_language

# A topic of Answer.TOPICS -> (yes, no or None for "not asked", note)
AnswersByTopic = Mapping[str, tuple[str | None, str]]


@action
def add_patient(
    *,
    patient: Patient,
    email: str | None = None,
    answers: AnswersByTopic | None = None,
    by: User | None,
) -> Patient:
    """Save a new patient. With an e-mail they get an account that an invitation opens.

    Raises ValidationError when another account has the address.
    """
    patient.user = _new_account(email, patient.language, by) if email else None
    patient.save()
    set_answers(patient=patient, answers=answers or {}, by=by)
    return patient


def _new_account(email: str, language: str, by: User | None) -> User:
    user = User.objects.create_user(check_new_email(email), language=language)
    keep_address(user=user, by=by)
    return user


@action
def give_account(*, patient: Patient, email: str, by: User | None) -> User:
    """Let a patient who was followed on paper log in, once invited.

    Raises ValidationError when the patient has an account, or another account has the address.
    """
    patient = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    if patient.user_id:
        raise ValidationError(_("This patient has an account already."), code="has_account")
    patient.user = _new_account(email, patient.language, by)
    patient.save(update_fields=["user"])
    care_has_changed(patient)
    return patient.user


@action
def change_patient(
    *,
    patient: Patient,
    changed: Collection[str],
    answers: AnswersByTopic | None = None,
    by: User | None,
) -> Patient:
    """Save the fields named in ``changed``, and the answers; the account follows the language."""
    if changed:
        patient.save(update_fields=list(changed))
    if "language" in changed and patient.user:
        set_language(user=patient.user, language=patient.language, by=by)
    set_answers(patient=patient, answers=answers or {}, by=by)
    return patient


@action
def set_answers(*, patient: Patient, answers: AnswersByTopic, by: User | None) -> int:
    """Write down what a patient answered about demands and precautions.

    Writes only what differs, dated with the clinic's today, and counts up the patient's
    ``answers_revision`` when something did. Topics that are not named stay as they are; None
    means "not asked". Answers how many changed. Raises ValueError for an unknown topic.
    """
    if unknown := set(answers) - {topic for topic, _label in Answer.TOPICS}:
        raise ValueError(f"No such topic: {', '.join(sorted(unknown))}")
    locked = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    known = {answer.topic: answer for answer in locked.answers.all()}
    today = Clinic.objects.current().today()
    written = sum(
        _write(locked, topic, known.get(topic), value, note.strip(), today)
        for topic, (value, note) in answers.items()
    )
    if written:
        locked.answers_revision += 1
        locked.save(update_fields=["answers_revision"])
    patient.answers_revision = locked.answers_revision
    return written


def _write(
    patient: Patient, topic: str, old: Answer | None, value: str | None, note: str, today: date
) -> bool:
    """Write one answer, unless it says what it said before."""
    if value is None:
        if old:
            old.delete()
        return old is not None
    if old and (old.value, old.note) == (value, note):
        return False
    answer = old or Answer(patient=patient, topic=topic)
    answer.value, answer.note, answer.answered_on = value, note, today
    answer.save()
    return True


@action
def discharge_patient(*, patient: Patient, by: User | None) -> None:
    """End the care: no more log-in, no open link. The record stays."""
    patient.status = Patient.Status.DISCHARGED
    patient.save(update_fields=["status"])
    if patient.user:
        patient.user.is_active = False
        patient.user.save(update_fields=["is_active"])
        Invitation.objects.filter(user=patient.user).unsettled().revoke()
        end_sessions(user=patient.user, by=by)
    care_has_changed(patient)


@action
def readmit_patient(*, patient: Patient, by: User | None) -> None:
    """Take a discharged patient back; they log in with the password they had, or are invited."""
    patient.status = Patient.Status.CURRENT
    patient.save(update_fields=["status"])
    if patient.user:
        patient.user.is_active = True
        patient.user.save(update_fields=["is_active"])
    care_has_changed(patient)

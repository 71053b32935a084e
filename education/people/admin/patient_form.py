"""One form for a patient: the record, the address, and an answer to every question."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..models import Answer, Clinic, Patient, User
from ..questions import QUESTIONS

ADULT = 18  # years
NOT_ASKED = ""
CHOICES = [*Answer.Value.choices, (NOT_ASKED, _("not asked"))]


class PatientForm(forms.ModelForm):
    """``with_answers`` is set by the admin: the front desk sees no clinical part."""

    with_answers = True

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Leave it empty for a patient who is followed on paper."),
    )
    answers_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Patient
        fields = [
            "given_name",
            "family_name",
            "preferred_name",
            "clinic_number",
            "date_of_birth",
            "phone",
            "language",
            "clinician",
            "equipment",
            "staff_notes",
            "consent_on",
        ]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["email"]  # it changes on a page of its own
        else:
            self.fields["email"].widget.attrs["class"] = "vTextField"
        for name in ("date_of_birth", "consent_on"):
            self.fields[name].error_messages["invalid"] = _("Type a day such as 3/12/1961.")
        if self.with_answers:
            self._add_questions()

    def _add_questions(self) -> None:
        known = (
            {answer.topic: answer for answer in self.instance.answers.all()}
            if self.instance.pk
            else {}
        )
        self.fields["answers_seen"].initial = self.instance.answers_revision
        for topic, question in QUESTIONS.items():
            answer = known.get(topic)
            self.fields[f"answer_{topic}"] = forms.ChoiceField(
                label=question,
                choices=CHOICES,
                widget=forms.RadioSelect,
                required=False,
                initial=answer.value if answer else NOT_ASKED,
            )
            self.fields[f"note_{topic}"] = forms.CharField(
                label=_("In words"),
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"placeholder": _("In words")}),
                initial=answer.note if answer else "",
            )

    def question_rows(self, topics: list[str]) -> list[dict[str, Any]]:
        """The bound fields of some questions, for the template."""
        return [
            {"answer": self[f"answer_{topic}"], "note": self[f"note_{topic}"]} for topic in topics
        ]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        return actions.check_new_email(email) if email else ""

    def clean_date_of_birth(self) -> Any:
        born = self.cleaned_data["date_of_birth"]
        age = Patient(date_of_birth=born).age_on(Clinic.objects.current().today())
        if age is not None and age < ADULT:
            raise ValidationError(_("This site is for adults. Check the year."), code="minor")
        return born

    def clean_consent_on(self) -> Any:
        day = self.cleaned_data["consent_on"]
        if day and day > Clinic.objects.current().today():
            raise ValidationError(_("This day is still to come."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.with_answers:
            self._check_notes(cleaned)
            self._check_nobody_else_answered(cleaned)
        return cleaned

    def _check_notes(self, cleaned: dict[str, Any]) -> None:
        for topic in QUESTIONS:
            if cleaned.get(f"note_{topic}") and cleaned.get(f"answer_{topic}") == NOT_ASKED:
                self.add_error(
                    f"note_{topic}", _("Choose yes or no for this note, or take the note out.")
                )

    def _check_nobody_else_answered(self, cleaned: dict[str, Any]) -> None:
        """Two people with the same patient open must not undo each other's answers."""
        if not self.instance.pk or not self.answers():
            return
        now = Patient.objects.values_list("answers_revision", flat=True).get(pk=self.instance.pk)
        if cleaned.get("answers_seen") != now:
            self.add_error(
                None,
                _(
                    "Somebody else changed the answers while this page was open. "
                    "Open the patient again in a new tab, compare, and save there."
                ),
            )

    def changed_record(self) -> list[str]:
        """Names of the patient's own columns that were changed."""
        return [name for name in self.changed_data if name in self.Meta.fields]

    def answers(self) -> dict[str, tuple[str | None, str]]:
        """The answers that were changed, by topic. After ``clean``."""
        changed = set(self.changed_data)
        return {
            topic: (
                self.cleaned_data[f"answer_{topic}"] or None,
                self.cleaned_data[f"note_{topic}"],
            )
            for topic in (QUESTIONS if self.with_answers else ())
            if {f"answer_{topic}", f"note_{topic}"} & changed
            and f"answer_{topic}" in self.cleaned_data
            and f"note_{topic}" in self.cleaned_data
        }


def clinicians_for(patient: Patient | None) -> Any:
    """Who may be chosen as clinician: those of today, and whoever the patient has."""
    clinicians = User.objects.clinicians()
    if patient is not None and patient.clinician_id:
        clinicians = clinicians | User.objects.filter(pk=patient.clinician_id).distinct()
    return clinicians.order_by("family_name", "given_name")

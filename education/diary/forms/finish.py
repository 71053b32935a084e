"""How a session went: two questions; all else may stay empty."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from education.people.models import Clinic
from education.plans.bodies import Body
from education.plans.reading import title_of

from ..actions.finishing import Said
from ..fields import WORST, PainField
from ..models import ExerciseLog, Session
from ..pain_rule import answer_to, thresholds_of
from ..planned import due_rows, times_of

Outcome, WhyNot, Wrong = ExerciseLog.Outcome, ExerciseLog.WhyNot, Session.Wrong
LESS = (Outcome.PARTLY, Outcome.NOT_DONE)
SAID_OF_EXERCISES = (Outcome.DONE, *LESS)  # "taken back" is a tick's word


def choices(values: Any) -> list[tuple[str, Any]]:
    """Choices of a model's column, each beginning with a capital letter."""
    return [(value.value, capfirst(value.label)) for value in values]


@dataclass(frozen=True)
class AskedExercise:
    """One exercise of the session in the form: its title and its two fields."""

    title: str
    outcome: forms.BoundField
    why_not: forms.BoundField


class SessionForm(forms.Form):
    """What a patient says of ``session``, an unsaved one for a session that is being added.

    ``past``: it was on another day; the two questions need no answer then, for a number that
    nobody remembers would be made up. ``initial`` is what was said before.
    """

    pain_after = PainField(label=_("How much pain do you have now?"))
    moved = forms.ChoiceField(
        label=_("Has the pain moved?"),
        choices=choices(Session.Moved),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose where the pain is now.")
        ),
    )
    numb = forms.BooleanField(label=_("My leg or foot is newly numb or weak"), required=False)
    fell = forms.BooleanField(label=_("I fell, or could not get up"), required=False)
    pain_during = PainField(label=_("What was your most pain during it?"), required=False)
    pain_before = PainField(label=_("How much pain did you have before?"), required=False)
    effort = forms.ChoiceField(
        label=_("How did it feel?"),
        choices=choices(Session.Effort),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )
    comment = forms.CharField(
        max_length=Session._meta.get_field("comment").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={
            "max_length": _("Please use fewer words: %(limit_value)d letters at most.")
        },
    )

    def __init__(self, *args: Any, session: Session, past: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.session, self.past = session, past
        self.initial = self._said_before()
        if past:
            self.fields["pain_after"].label = _("How much pain did you have after it?")
            self.fields["moved"].label = _("Did the pain move?")
            self.fields["numb"].label = _("My leg or foot was newly numb or weak")
            self.fields["pain_after"].required = self.fields["moved"].required = False
        clinician = session.version.body["clinician"]["given_name"]
        self.fields["comment"].label = gettext("A note for %(name)s") % {"name": clinician}
        for key in self.rows:
            self._ask_about(key)

    @cached_property
    def rows(self) -> dict[str, Body]:
        """The exercises to ask about: those of this session, and whatever was done beyond them.

        What is done once a day is no part of the second session. A form that was sent says itself
        what it asked about: nothing is read for it.
        """
        session, planned = self.session, self.session.version.planned
        alone = {row["key"]: row for row in due_rows(session.version, session.day)}
        due = {
            key: row
            for key, row in alone.items()
            if times_of(row, harder=session.harder) >= session.occurrence
        }
        asked = {key for key in planned if f"outcome_{key}" in self.data}
        if not asked <= alone.keys():  # logged in another version, or no page asked for it
            asked &= alone.keys() | self._logs.keys()
        return due | {key: planned[key] for key in planned if key in (asked or self._logged)}

    @cached_property
    def _logs(self) -> dict[str, ExerciseLog]:
        """What was written of each exercise."""
        return {str(log.key): log for log in self.session.logs.all()} if self.session.pk else {}

    @cached_property
    def _logged(self) -> dict[str, ExerciseLog]:
        """What became of each exercise so far, but for ticks that were taken back."""
        logs = {} if self.is_bound else self._logs
        return {key: log for key, log in logs.items() if log.outcome in SAID_OF_EXERCISES}

    def _said_before(self) -> dict[str, Any]:
        """Initial values: nothing of a session of which nothing was said."""
        names = ("pain_after", "moved", "pain_during", "pain_before", "effort", "comment")
        said = {name: getattr(self.session, name) for name in names}
        said["numb"] = self.session.wrong == Wrong.NUMB_OR_WEAK
        said["fell"] = self.session.wrong == Wrong.FELL
        return said

    def _ask_about(self, key: str) -> None:
        """Two fields of one exercise. One that is being added was done, until it is said not."""
        log = self._logged.get(key)
        added = Outcome.DONE if self.session.pk is None else None
        self.fields[f"outcome_{key}"] = forms.ChoiceField(
            label=title_of(self.rows[key], harder=self.session.harder),
            choices=choices(SAID_OF_EXERCISES),
            widget=forms.RadioSelect,
            required=False,
            initial=log.outcome if log else added,
            error_messages={"invalid_choice": _("Choose one of these.")},
        )
        self.fields[f"why_not_{key}"] = forms.ChoiceField(
            label=_("Why less?"),
            choices=[("", _("I would rather not say")), *choices(WhyNot)],
            widget=forms.Select(attrs={"class": "form-select"}),
            required=False,
            initial=log.why_not if log else "",
            error_messages={"invalid_choice": _("Choose one of these.")},
        )

    @property
    def signs(self) -> list[forms.BoundField]:
        """The signs that need a doctor, whatever the pain."""
        return [self["numb"], self["fell"]]

    @property
    def exercises(self) -> Iterator[AskedExercise]:
        """The fields of each exercise, in the order of the plan."""
        for key in self.rows:
            outcome, why_not = self[f"outcome_{key}"], self[f"why_not_{key}"]
            yield AskedExercise(str(outcome.label), outcome, why_not)

    def stops_from(self, clinic: Clinic) -> int | None:
        """The least pain after the session that the rule answers with "stop"; None for none.

        Without the pain before it, that is the limit itself: the page then asks for the rise.
        """
        limits = thresholds_of(self.session.version, clinic)
        before = self.session.pain_before
        if before is None:
            return limits.stop
        said = (Session(pain_before=before, pain_after=pain) for pain in range(WORST + 1))
        stops = (s.pain_after for s in said if answer_to(s, limits) == Session.Told.STOP)
        return next(stops, None)

    @property
    def asks_before(self) -> bool:
        """Whether the pain before the session was not said at its start."""
        return self.session.pain_before is None

    @property
    def has_error_below(self) -> bool:
        """Whether something is to be changed among what the page folds away."""
        return not {"pain_after", "moved", "numb", "fell"}.issuperset(self.errors)

    def said(self) -> Said:
        """For finish_session, correct_session or add_session."""
        data = self.cleaned_data
        names = ("pain_after", "moved", "pain_during", "pain_before", "effort", "comment")
        columns = {name: data[name] for name in names} | {"wrong": self._wrong()}
        outcomes = {}
        for key in self.rows:
            outcome = data[f"outcome_{key}"]
            why_not = data[f"why_not_{key}"] if outcome in LESS else ""
            if outcome:
                outcomes[key] = (outcome, why_not)
        return Said(columns, outcomes)

    def _wrong(self) -> str:
        """What felt wrong, as a Session.Wrong.

        Numbness comes before a fall, for one is kept; what the session said of pain stays.
        """
        if self.cleaned_data["numb"]:
            return Wrong.NUMB_OR_WEAK
        if self.cleaned_data["fell"]:
            return Wrong.FELL
        return "" if self.session.wrong in Session.RED_FLAGS else self.session.wrong

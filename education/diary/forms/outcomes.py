"""How pain was in the last week, and how well the patient's own activities go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.people.fields import SubmissionKeyField

from ..fields import WORST, PainCells, PainField
from ..models import FunctionActivity, Outcome
from ..models.outcomes import FEWEST_ACTIVITIES, MOST_ACTIVITIES
from ..outcomes import Asked

NEW_PLACES = 2  # for activities that come later
ENDS = {0: gettext_lazy("0, cannot do it"), WORST: gettext_lazy("10, as before")}
Point = Outcome.Point


class AbilityCells(PainCells):
    """Eleven cells from “cannot do it” to “as before”."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        return {**option, "said": ENDS.get(option["value"], "")}


class AbilityField(PainField):
    """How well an activity goes, 0 to 10, as an int."""

    widget = AbilityCells

    def __init__(self, **kwargs: Any):
        super().__init__(**{"template_name": "diary/parts/ability_scale.html", **kwargs})


@dataclass(frozen=True)
class KnownActivity:
    """An activity that was named before: its score, and a box to end it."""

    activity: FunctionActivity
    score: forms.BoundField
    ended: forms.BoundField


@dataclass(frozen=True)
class NewActivity:
    """Room for an activity: its name and its score. ``number`` counts all, from 1."""

    number: int
    name: forms.BoundField
    score: forms.BoundField

    @property
    def is_needed(self) -> bool:
        """Whether without it there would be too few."""
        return self.number <= FEWEST_ACTIVITIES


class OutcomeForm(forms.Form):
    """One time of measuring. No score of an earlier time is shown beside a question.

    ``activities`` are those that were not ended; without any the patient names the first ones.
    """

    submission_key = SubmissionKeyField()
    pain = PainField(label=gettext_lazy("How much pain did you have in the last 7 days?"))

    def __init__(self, *args: Any, activities: Sequence[FunctionActivity], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.activities = activities
        self.fields["pain"].help_text = _("Think of all 7 days. Choose one number for them.")
        if not self.is_bound:
            self.initial["submission_key"] = str(uuid4())
        for activity in activities:
            self._ask_about(activity)
        self.places = range(1, max(NEW_PLACES, MOST_ACTIVITIES - len(activities)) + 1)
        for place in self.places:
            self._leave_room(place)

    def _ask_about(self, activity: FunctionActivity) -> None:
        self.fields[f"score_{activity.pk}"] = AbilityField(label=activity.name, required=False)
        self.fields[f"ended_{activity.pk}"] = forms.BooleanField(
            label=_("Do not ask me about this any more"),
            required=False,
            widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        )

    def _leave_room(self, place: int) -> None:
        number = len(self.activities) + place
        needed = number <= FEWEST_ACTIVITIES
        label = _("Activity %(number)s") if needed else _("Activity %(number)s (not needed)")
        self.fields[f"name_{place}"] = forms.CharField(
            label=label % {"number": number},
            max_length=FunctionActivity._meta.get_field("name").max_length,
            required=False,
            widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
            error_messages={
                "max_length": _("Please use fewer words: %(limit_value)d letters at most.")
            },
        )
        self.fields[f"new_score_{place}"] = AbilityField(
            label=_("How well does it go now?"), required=False
        )

    # -- what the template goes through

    @property
    def known(self) -> Iterator[KnownActivity]:
        """The activities that are asked about again."""
        for activity in self.activities:
            score, ended = self[f"score_{activity.pk}"], self[f"ended_{activity.pk}"]
            yield KnownActivity(activity, score, ended)

    @property
    def new(self) -> Iterator[NewActivity]:
        """Room for new ones."""
        for place in self.places:
            number = len(self.activities) + place
            yield NewActivity(number, self[f"name_{place}"], self[f"new_score_{place}"])

    @property
    def is_first(self) -> bool:
        """Whether nothing is asked about again: the patient names the first activities."""
        return not self.activities

    @property
    def opens_more(self) -> bool:
        """Whether the room for more than is needed is to be open: used, or to be changed."""
        more = [new for new in self.new if not new.is_needed]
        return any(new.name.value() or new.name.errors or new.score.errors for new in more)

    # -- checking

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for activity in self.activities:
            name = f"score_{activity.pk}"
            if data.get(name) is None and not data.get(f"ended_{activity.pk}"):
                self._ask_for(name, _("Choose a number from 0 to 10, or say not to ask again."))
        for place in self.places:
            self._check_new(place, data)
        self._check_names(data)
        self._check_number(data)
        return data

    def _check_new(self, place: int, data: dict[str, Any]) -> None:
        name, score = data.get(f"name_{place}"), data.get(f"new_score_{place}")
        if name and score is None:
            self._ask_for(f"new_score_{place}", _("Choose a number from 0 to 10."))
        if score is not None and not name:
            self._ask_for(f"name_{place}", _("Name the activity for this number."))

    def _check_names(self, data: dict[str, Any]) -> None:
        """The same words twice would be one activity asked about two times."""
        ended = {activity.pk for activity in self._ended(data)}
        taken = {a.name.casefold() for a in self.activities if a.pk not in ended}
        for place in self.places:
            name = (data.get(f"name_{place}") or "").casefold()
            if name and name in taken:
                self._ask_for(f"name_{place}", _("You have this one already. Name another."))
            taken.add(name)

    def _check_number(self, data: dict[str, Any]) -> None:
        """From three to five, told beside the first field that can mend it."""
        kept = len(self.activities) - len(self._ended(data))
        named = [place for place in self.places if data.get(f"name_{place}")]
        number = kept + len(named)
        empty = [place for place in self.places if place not in named]
        if number > MOST_ACTIVITIES:
            say = _("Five activities at most. Leave this one out, or end another.")
            self._ask_for(f"name_{named[MOST_ACTIVITIES - number]}", say)
        elif number < FEWEST_ACTIVITIES and empty:
            self._ask_for(f"name_{empty[0]}", _("Three activities at least. Name one more here."))

    def _ask_for(self, name: str, message: str) -> None:
        """One message a field."""
        if name not in self.errors:
            self.add_error(name, message)

    # -- for record_outcome

    def _ended(self, data: dict[str, Any]) -> list[FunctionActivity]:
        return [activity for activity in self.activities if data.get(f"ended_{activity.pk}")]

    def entries(self) -> dict[str, Any]:
        """What was told, as ``record_outcome`` takes it. An ended activity may have a score."""
        data = self.cleaned_data
        scores = {a: data.get(f"score_{a.pk}") for a in self.activities}
        named = [place for place in self.places if data.get(f"name_{place}")]
        return {
            "pain": data["pain"],
            "scores": {a: score for a, score in scores.items() if score is not None},
            "new": [(data[f"name_{place}"], data[f"new_score_{place}"]) for place in named],
            "ended": self._ended(data),
            "submission_key": data["submission_key"],
        }


class PaperOutcomeForm(OutcomeForm):
    """The same, typed by staff from paper: on which day, at which point; pain may be missing."""

    day = forms.DateField(label=gettext_lazy("Day on the paper"))
    point = forms.ChoiceField(label=gettext_lazy("When"), choices=Point.choices)

    def __init__(self, *args: Any, today: date, asked: Asked | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial["day"] = today
        self.initial["point"] = asked.point if asked else Point.REVIEW
        self.fields["day"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields["pain"].required = False
        self.fields["pain"].label = _("Pain, average of the 7 days before")
        self.fields["pain"].help_text = _("Leave it empty when it was not asked.")
        for field in self.fields.values():
            if isinstance(field, PainField):
                numbers = [(pain, str(pain)) for pain in range(WORST + 1)]
                field.widget = forms.Select(choices=[("", "–"), *numbers])  # type: ignore[assignment]
        self.order_fields(["day", "point"])

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("This day lies ahead."))
        return day

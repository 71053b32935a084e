"""What a patient says before a session and in the middle of it. Most of it may stay unsaid."""

from uuid import UUID

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import PainField
from ..models import ExerciseLog, Session
from ..pain_rule import HIGH_START


class Way(models.TextChoices):
    """Which plan the session follows."""

    NEXT = "", _("Next")
    HARDER = "harder", _("Do my harder-day plan")
    FULL = "full", _("Do my full plan after all")


class StartForm(forms.Form):
    """Before the first exercise. ``submission_key`` is made by the page; nobody types it."""

    pain_before = PainField(label=_("How much pain do you have right now?"), required=False)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    way = forms.ChoiceField(choices=Way.choices, required=False)

    @property
    def key(self) -> UUID | None:
        """The submission key, or None when the page sent none."""
        return self.cleaned_data["submission_key"]

    @property
    def was_sent(self) -> bool:
        """Whether a session was begun with this very page, by whomever."""
        return self.key is not None and Session.objects.filter(submission_key=self.key).exists()

    @property
    def is_high(self) -> bool:
        """So much pain that the harder-day plan comes first, and no way was chosen yet."""
        pain = self.cleaned_data["pain_before"]
        return not self.cleaned_data["way"] and pain is not None and pain >= HIGH_START


class Act(models.TextChoices):
    """What the buttons below an exercise say."""

    DONE = "done", _("Done with this exercise")
    PARTLY = "partly", _("I did some of it")
    SKIP = "skip", _("Skip this exercise")


OUTCOMES = {
    Act.DONE: ExerciseLog.Outcome.DONE,
    Act.PARTLY: ExerciseLog.Outcome.PARTLY,
    Act.SKIP: ExerciseLog.Outcome.NOT_DONE,
}


class LogForm(forms.Form):
    """What became of the exercise that the page showed; ``exercise`` is its key in the plan."""

    exercise = forms.UUIDField()
    act = forms.ChoiceField(choices=Act.choices)
    why_not = forms.ChoiceField(choices=ExerciseLog.WhyNot.choices, required=False)

    def outcome(self) -> dict[str, str]:
        """As log_exercise wants it: what is done needs no reason."""
        act = self.cleaned_data["act"]
        why_not = "" if act == Act.DONE else self.cleaned_data["why_not"]
        return {"outcome": OUTCOMES[Act(act)], "why_not": why_not}


class WrongForm(forms.Form):
    """What feels wrong. ``ease``: go on with the harder-day plan, for pain alone."""

    wrong = forms.ChoiceField(choices=Session.Wrong.choices, required=False)
    ease = forms.BooleanField(required=False)

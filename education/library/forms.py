"""Fields and forms of the library's admin: what an editor may type, with a message at its place."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from .figures.catalogue import FILM_KEYS
from .models import (
    Article,
    ArticleSection,
    CareLevel,
    Demand,
    Exercise,
    ExerciseStep,
    LadderLink,
    Precaution,
)
from .picture_form import PictureForm
from .red_flags import PHONE
from .validators import dosage_errors

ANSWERED = "answered"
LONGEST_BODY = 20_000  # letters of one section; Markdown gets slow with long text


class AnsweredChoicesField(forms.MultipleChoiceField):
    """A list of choices that can also be "not answered yet".

    The first box says that somebody has gone through the list. Without it the value is None, which
    is not the same as an empty list ("asks nothing"); boxes ticked without it are refused, so that
    a list left half-way is never taken for a whole one.
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices_class: type[TextChoices], **kwargs: Any):
        first = (ANSWERED, _("We went through this list"))
        kwargs = {"required": False, "choices": [first, *choices_class.choices], **kwargs}
        super().__init__(**kwargs)

    @staticmethod
    def ticked(value: list[str] | None) -> list[str]:
        """The boxes that show a stored value."""
        return [] if value is None else [ANSWERED, *value]

    def clean(self, value: Any) -> list[str] | None:
        ticked = super().clean(value)
        chosen = [choice for choice in ticked if choice != ANSWERED]
        if ANSWERED in ticked:
            return chosen
        if chosen:
            raise ValidationError(
                _("Tick “We went through this list” too, or clear the other boxes."),
                code="half_answered",
            )
        return None


class WeekdaysField(forms.MultipleChoiceField):
    """Weekdays as boxes; its value is the bits of a Dosage (Monday is bit 0)."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any):
        choices = [(str(number), name) for number, name in WEEKDAYS.items()]
        super().__init__(**{"choices": choices, **kwargs})

    @staticmethod
    def ticked(bits: int) -> list[str]:
        """The boxes that show stored bits."""
        return [str(number) for number in WEEKDAYS if bits & (1 << number)]

    def clean(self, value: Any) -> int:
        return sum(1 << int(number) for number in super().clean(value))


def film_choices() -> list[tuple[str, Any]]:
    """Every drawn movement by the title of its exercise; by its key where there is none."""
    titles = dict(Exercise.objects.filter(key__in=FILM_KEYS).values_list("key", "title_en"))
    named = sorted((titles.get(key, key), key) for key in FILM_KEYS)
    return [("", _("None")), *((key, title) for title, key in named)]


class ExerciseForm(forms.ModelForm):
    """An exercise, with its dosage and what it asks of a body."""

    demands = AnsweredChoicesField(Demand, label=_("Body demands"))
    precautions = AnsweredChoicesField(Precaution, label=_("Precautions"))
    weekdays = WeekdaysField(label=_("Weekdays"))
    film = forms.ChoiceField(
        choices=film_choices,
        required=False,
        label=_("Moving picture"),
        help_text=_("The exercise whose drawn movement it shows."),
    )

    class Meta:
        model = Exercise
        fields = "__all__"  # noqa: DJ007 - the admin's fieldsets say which

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("demands", "precautions"):
            self.initial[name] = AnsweredChoicesField.ticked(self.initial.get(name))
        default = Exercise._meta.get_field("weekdays").get_default()
        self.initial["weekdays"] = WeekdaysField.ticked(self.initial.get("weekdays", default))

    def clean(self) -> dict[str, Any]:
        dosage = super().clean() or self.cleaned_data
        for field, message in dosage_errors(dosage):
            if field not in self.errors:
                self.add_error(field, message)
        every_day = dosage.get("weekdays") == Exercise._meta.get_field("weekdays").get_default()
        if (dosage.get("every_n_days") or 1) > 1 and not every_day:
            self.add_error("every_n_days", _("Tick all weekdays to plan every so many days."))
        return dosage


class ExerciseStepForm(PictureForm):
    """A line of an exercise, with its picture."""

    class Meta:
        model = ExerciseStep
        fields = "__all__"  # noqa: DJ007 - the admin's fieldsets say which


class LadderLinkForm(forms.ModelForm):
    """A rung beside an exercise: another exercise, never itself."""

    class Meta:
        model = LadderLink
        fields = "__all__"  # noqa: DJ007 - an inline shows all but its parent

    def clean_to_exercise(self) -> Exercise:
        to_exercise = self.cleaned_data["to_exercise"]
        if to_exercise.pk == self.instance.exercise_id:
            raise ValidationError(_("Choose another exercise. This is the one you are editing."))
        return to_exercise


class ArticleForm(forms.ModelForm):
    """An article; one published article at a time is the home page."""

    class Meta:
        model = Article
        fields = "__all__"  # noqa: DJ007 - the admin's fieldsets say which

    def clean_is_home(self) -> bool:
        is_home = self.cleaned_data["is_home"]
        others = Article.objects.filter(is_home=True).exclude(pk=self.instance.pk)
        if is_home and (other := others.first()):
            raise ValidationError(
                _("“%(title)s” is the home page now. Take it off there first."),
                params={"title": other.title},
            )
        return is_home


class ArticleSectionForm(PictureForm):
    """A part of an article, with its picture. The steps it shows are those of a named exercise."""

    class Meta:
        model = ArticleSection
        fields = "__all__"  # noqa: DJ007 - the admin's fieldsets say which

    def clean(self) -> dict[str, Any]:
        section = super().clean()
        for name in ("body_en", "body_es"):
            if len(section.get(name) or "") > LONGEST_BODY:
                message = _("Keep a section below %(n)d letters. Make two of it.")
                self.add_error(name, ValidationError(message, params={"n": LONGEST_BODY}))
        shows_steps = section.get("panel") == ArticleSection.Panel.STEPS
        if shows_steps and not section.get("exercise"):
            self.add_error("exercise", _("Choose the exercise whose steps it shows."))
        if not shows_steps and section.get("exercise"):
            self.add_error("exercise", _("Choose “the steps of one exercise” too, or no exercise."))
        return section


class CareLevelForm(forms.ModelForm):
    """A care level; ``{phone}`` is the one placeholder of its instruction."""

    class Meta:
        model = CareLevel
        fields = "__all__"  # noqa: DJ007 - three columns, all for editors

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("instruction_en", "instruction_es"):
            rest = (cleaned.get(name) or "").replace(PHONE, "")
            if "{" in rest or "}" in rest:
                self.add_error(
                    name, _("{phone} is the only placeholder here. Take the others out.")
                )
        return cleaned

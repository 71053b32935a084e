"""The form with which exercises are looked for: on the public index, and by staff for a plan."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .finding import Wanted
from .models import Area, Demand, Equipment, ExerciseKind, Position

NOTHING = "nothing"  # nothing is at hand: only exercises that need nothing

# “I cannot …”, as a reader says it.
CANNOT: dict[str, Any] = {
    Demand.LIES: _("lie flat on my back"),
    Demand.FLOOR: _("get down to the floor"),
    Demand.SITS: _("sit on a firm chair"),
    Demand.STANDS: _("stand for some minutes"),
    Demand.ONE_LEG: _("stand on one leg"),
    Demand.KNEELS: _("kneel"),
    Demand.GRIPS: _("grip with my hands"),
}


def one_of(choices: type[TextChoices], label: Any, any_label: Any) -> forms.ChoiceField:
    """A select whose first choice asks for nothing."""
    options = [("", any_label), *((value, capfirst(name)) for value, name in choices.choices)]
    return forms.ChoiceField(label=label, choices=options, required=False)


def some_of(
    options: list[tuple[str, Any]], label: Any, help_text: Any
) -> forms.MultipleChoiceField:
    """Boxes to tick; none of them ticked asks for nothing."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=[(value, capfirst(name)) for value, name in options],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class Search(forms.Form):
    """What a reader looks for. Sent by GET: see docs/decisions/0008-searching-by-get.md."""

    FOLDED = ("area", "position", "kind", "cannot", "have")  # below the words, closed at first

    q = forms.CharField(
        label=_("Name, body part or position"),
        max_length=80,
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}
        ),
    )
    area = one_of(Area, _("Part of the body"), _("Any part"))
    position = one_of(Position, _("How you start"), _("Any way"))
    kind = one_of(ExerciseKind, _("Kind of exercise"), _("Any kind"))
    have = some_of(
        [*Equipment.choices, (NOTHING, _("nothing at all"))],
        _("I have"),
        _("Shows exercises that need only what you tick. Tick nothing to see all."),
    )
    cannot = some_of(
        list(CANNOT.items()), _("I cannot"), _("Hides exercises that ask for what you tick.")
    )

    @property
    def asks(self) -> bool:
        """Whether anything was typed or chosen, right or wrong."""
        return any(
            value.strip()
            for name in self.fields
            if hasattr(self.data, "getlist")
            for value in self.data.getlist(name)
        )

    @property
    def wanted(self) -> Wanted:
        """What a valid form asks for."""
        chosen = self.cleaned_data
        return Wanted(
            words=chosen["q"],
            area=chosen["area"],
            position=chosen["position"],
            kind=chosen["kind"],
            low_back=chosen.get("low_back", ""),
            have=frozenset(chosen["have"]) - {NOTHING} if chosen["have"] else None,
            cannot=frozenset(chosen.get("cannot", ())),
        )

    @property
    def chosen(self) -> list[str]:
        """What a valid form asks for beside the words, each in words."""
        lines = []
        for name in self.FOLDED:
            labels = dict(self.fields[name].choices)  # type: ignore[attr-defined]
            value = self.cleaned_data[name]
            if isinstance(value, list) and value:
                some = ", ".join(str(labels[one]).lower() for one in value)
                lines.append(f"{self.fields[name].label}: {some}")
            elif value:
                lines.append(str(labels[value]))
        return lines

    @property
    def is_open(self) -> bool:
        """Whether the folded part must be seen: something in it is wrong."""
        return bool(set(self.errors) & set(self.FOLDED))

"""What somebody else saved while a plan's form was open, in words.

The form carries the working copy it was shown with, signed: not a count or a digest, for only
the copy itself can say what is different now. It travels in the body of a POST, as the fields do.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from auditlog.models import LogEntry
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from education.people.models import Clinic, User

from .actions import plan_body, working_rows
from .changes import changes
from .merging import Fields, Texts
from .models import HarderDay, Plan, PlannedExercise

SALT = "plans.shown"


def signed_copy(plan: Plan, rows: Sequence[PlannedExercise], fields: Fields) -> str:
    """The working copy as a form is shown with it; ``rows`` come with their exercises.

    ``fields``: the texts in the form's fields (``shown_fields``).
    """
    return signing.dumps(
        {
            "plan": plan.pk,
            "at": timezone.now().isoformat(),
            "status": plan.status,
            "staff": _for_staff(plan),
            "body": plan_body(plan, list(rows)),
            "fields": fields,
        },
        salt=SALT,
        compress=True,
    )


def _for_staff(plan: Plan) -> dict[str, str]:
    """What staff write for each other: on the form, and in no version."""
    return {"starting_level": plan.starting_level, "other_care": plan.other_care}


def _label(column: str) -> str:
    return str(Plan._meta.get_field(column).verbose_name)  # type: ignore[union-attr]


def read_copy(signed: str, plan: Plan) -> dict[str, Any] | None:
    """What ``signed_copy`` wrote; None when it is missing, was altered, or is another plan's."""
    try:
        copy: dict[str, Any] = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    return copy if copy["plan"] == plan.pk else None


@dataclass(frozen=True)
class Meanwhile:
    """Who saved since a form was shown, when last, and what is different now.

    ``lines`` is None when the form did not say what it was shown with, and empty when those saves
    changed nothing that the form shows. ``now`` is the plan as it is, and ``fields`` are the texts
    that the form was shown with, or None. ``aside``: what was typed for exercises in whose place
    another one stands by now.
    """

    who: str
    at: str
    lines: list[str] | None
    now: Plan
    fields: Fields | None
    aside: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """Who saved and when, and that nothing is lost."""
        if self.now.is_ended:
            return _("This plan has ended since you opened this page. Nothing was saved.")
        return _(
            "%(who)s saved this plan after you opened this page%(when)s. That save stands. "
            "Yours is not saved yet, and what you typed is still here."
        ) % {"who": self.who, "when": f" ({self.at})" if self.at else ""}


def saved_meanwhile(plan: Plan, signed: str, *, by: User) -> Meanwhile:
    """What to tell ``by``, whose form carried the copy ``signed`` and came too late."""
    copy = read_copy(signed, plan)
    plans = Plan.objects.with_people().select_related("template", "copied_from")
    now = plans.get(pk=plan.pk)
    rows = working_rows(now)
    entries = _entries(now, copy)
    return Meanwhile(
        who=_names(entries, by),
        at=_when(entries),
        lines=_differences(copy, now, rows) if copy else None,
        now=now,
        fields=copy["fields"] if copy else None,
    )


def _differences(copy: dict[str, Any], now: Plan, rows: list[PlannedExercise]) -> list[str]:
    lines = changes(copy["body"], plan_body(now, rows))
    lines += [
        _("%(what)s: %(value)s") % {"what": _label(name), "value": value or _("empty")}
        for name, value in _for_staff(now).items()
        if value != copy["staff"][name]
    ]
    if copy["status"] != now.status:
        lines.insert(
            0, _("%(what)s: %(value)s") % {"what": _("Status"), "value": now.get_status_display()}
        )
    return [capfirst(line) for line in lines]


def aside_words(
    aside: Iterable[tuple[str, Texts]], rows: Iterable[forms.BaseForm]
) -> Iterator[str]:
    """What was typed in rows and ``set_aside``, a line each: the exercise, then its fields."""
    by_key = {form["key"].data: form for form in rows}
    for key, texts in aside:
        form = by_key[key]
        said = "; ".join(_field_words(form[name], text) for name, text in texts.items())
        yield _("%(what)s: %(value)s") % {"what": form["exercise"].data, "value": said}


def _field_words(field: forms.BoundField, text: str) -> str:
    """“Hold, seconds: 30”, with the words of a choice or a tick."""
    if isinstance(field.field.widget, forms.CheckboxInput):
        text = _("yes") if text else _("no")
    elif isinstance(field.field, forms.ChoiceField):
        text = str(dict(field.field.choices).get(text, text))  # type: ignore[arg-type]
    return _("%(what)s: %(value)s") % {"what": field.label, "value": text or _("empty")}


def _entries(plan: Plan, copy: dict[str, Any] | None) -> list[LogEntry]:
    """The audit log since the form was shown, newest first.

    When nobody knows since when: the last entry. A save that changed nothing left none.
    """
    kinds = ContentType.objects.get_for_models(Plan, PlannedExercise, HarderDay)
    rows = PlannedExercise.objects.filter(plan=plan).values("pk")
    entries = (
        LogEntry.objects.filter(
            Q(content_type=kinds[Plan], object_id=plan.pk)
            | Q(content_type__in=[kinds[PlannedExercise], kinds[HarderDay]], object_id__in=rows)
        )
        .exclude(action=LogEntry.Action.ACCESS)
        .select_related("actor")
        .order_by("-timestamp", "-pk")
    )
    if copy is None:
        return list(entries[:1])
    return list(entries.filter(timestamp__gte=parse_datetime(copy["at"])))


def _names(entries: Sequence[LogEntry], by: User) -> str:
    """Everybody who wrote, each once: the reader's own other window, then the last one first."""
    others = [str(entry.actor or _("Somebody")) for entry in entries if entry.actor != by]
    names = list(dict.fromkeys(others))
    if len(others) < len(entries):
        names.insert(0, _("You, in another window,"))
    if len(names) < 2:
        return names[0] if names else _("Somebody")
    return _("%(people)s and %(last)s") % {"people": ", ".join(names[:-1]), "last": names[-1]}


def _when(entries: Sequence[LogEntry]) -> str:
    """Day and time of the last save, by the clinic's clock; empty when the log has none."""
    if not entries:
        return ""
    last = entries[0].timestamp.astimezone(Clinic.objects.current().zone)
    return date_format(last, "M j, g:i a")

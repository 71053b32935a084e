"""What a new version of a plan changes, in words for the patient who reads it.

Only what the page shows is told, never what staff wrote for each other (compare changes.py).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.library.models import DosageSpec, Exercise
from education.library.wording import (
    count_line,
    day_words,
    days_line,
    dosage_sentence,
    load_line,
    rest_line,
    side_phrase,
    worded,
)
from education.people.models import Clinic

from .bodies import Body, is_supervised, upgraded, waiting_keys
from .pain import pain_limits
from .reading import easier_of, lighter_dosage, lighter_form, title_of


@dataclass(frozen=True)
class Change:
    """What changed about one exercise, named by ``about``, or (empty) about the whole plan."""

    about: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """What the library says now of the exercises of two bodies, by key.

    ``waiting``: keys of those that the patient is not led to (see ``waiting_keys``).
    """

    by_key: Mapping[str, Exercise]
    waiting: frozenset[str]

    def names_only(self, row: Body) -> bool:
        """Whether the page only names a row: a clinician has to watch it first."""
        return is_supervised(row, self.by_key.get(row["exercise"]))

    def harder_day(self, row: Body) -> str:
        """What the plan itself says of a harder day, as far as the page shows it.

        The library's own words are no change of the plan.
        """
        parts = [worded(row["harder_day"], row["working_side"])]
        if row["harder"]:
            if row["harder"]["exercise"] in self.waiting:
                return ""  # the line is about the rung, too
            name = f"{title_of(row, harder=True)}." if row["harder"]["exercise"] else ""
            form = lighter_form(row, None, easier_of(row, self.by_key))
            side = form.side if form else row["working_side"]
            parts = [name, dosage_sentence(lighter_dosage(row), side), *parts]
        return " ".join(part for part in parts if part)


def changes_for_patient(
    before: Body,
    after: Body,
    exercises: Iterable[Exercise] = (),
    *,
    clinic: Clinic | None = None,
) -> list[Change]:
    """What is different in ``after`` for somebody who knows ``before`` (bodies of any schema).

    ``exercises``: the library's rows for ``after``; an easier form is told for its own side, and
    what the library wants watched first is only named, whatever was published.
    ``clinic``: whose pain limits count where a plan has none of its own.
    In the reader's language: the exercises in order with those taken out, then the plan itself.
    Empty when nothing changed that a patient reads.
    """
    before, after = upgraded(before), upgraded(after)
    whole = Change("", (*_of_plan(before, after), *_of_pain(before, after, clinic or Clinic())))
    by_key = {exercise.key: exercise for exercise in exercises}
    library = Library(by_key, waiting_keys(after, by_key.values()))
    found = [*_of_rows(before, after, library), whole]
    return [change for change in found if change.lines]


def _of_plan(before: Body, after: Body) -> Iterator[str]:
    if before["title"] != after["title"]:
        yield _("Your plan is now called “%(title)s”.") % {"title": after["title"]}
    if before["kind"] != after["kind"] and after["kind"] == "maintenance":
        yield _("This is now a plan to keep going.")
    if before["clinician"]["name"] != after["clinician"]["name"]:
        yield _("Your therapist is now %(name)s.") % {"name": after["clinician"]["name"]}
    if before["start_on"] != after["start_on"]:
        yield _now_and_before(
            _("Your plan starts on %(now)s (was %(before)s)."),
            _day(after["start_on"]),
            _day(before["start_on"]),
        )
    if before["review_on"] != after["review_on"] and after["review_on"]:
        yield _now_and_before(
            _("Your next review is on %(now)s (was %(before)s)."),
            _day(after["review_on"]),
            _day(before["review_on"]),
        )
    for name, now, gone in (
        ("goal", _("Your goal is now: %(words)s"), _("Your goal is not in the plan any more.")),
        ("note", _("There is a new note for you."), _("The note for you is gone.")),
        (
            "flare_up",
            _("“When it flares up” has new words. Please read them."),
            _("“When it flares up” is gone from your plan."),
        ),
    ):
        yield from _of_text(before[name], after[name], now, gone)


def _of_pain(before: Body, after: Body, clinic: Clinic) -> Iterator[str]:
    """The pain limits that count, whoever set them: a number of the clinic's may stay the same."""
    now, was = pain_limits(after, clinic), pain_limits(before, clinic)
    if now.fine_max != was.fine_max:
        yield _("Pain of %(now)d or less is fine (was %(before)d).") % {
            "now": now.fine_max,
            "before": was.fine_max,
        }
    if now.stop != was.stop:
        yield _(
            "Stop when your pain is %(now)d or more (was %(before)d) and %(rise)d more than at "
            "the start."
        ) % {"now": now.stop, "before": was.stop, "rise": clinic.pain_stop_rise}


def _of_text(before: str, after: str, now: str, gone: str) -> Iterator[str]:
    """That a text is another one ``now``, or that it is ``gone``."""
    if before != after:
        yield now % {"words": after} if after else gone


def _of_rows(before: Body, after: Body, library: Library) -> Iterator[Change]:
    old = {row["key"]: row for row in before["exercises"]}
    new = {row["key"]: row for row in after["exercises"]}
    for key, row in new.items():
        if key in old:
            lines = _of_row(old[key], row, before, after, library)
        else:
            lines = _new(row, library)
        yield Change(title_of(row), tuple(lines))
    for key, row in old.items():
        if key not in new:
            yield Change(title_of(row), (_("Taken out. You do not do this one any more."),))


def _new(row: Body, library: Library) -> Iterator[str]:
    yield _("New in your plan.")
    if library.names_only(row):
        yield _("Only at the clinic for now.")
    else:
        yield dosage_sentence(_dosage(row), row["working_side"])


def _of_row(
    before: Body,
    after: Body,
    plan_before: Body,
    plan_after: Body,
    library: Library,
) -> Iterator[str]:
    waited = library.names_only(before)
    if library.names_only(after):
        # There is nothing to do at home: how much of it is not told either.
        if not waited:
            yield _("Only at the clinic for now.")
        return
    if waited:
        yield _("You may do this one at home now.")
    if before["exercise"] != after["exercise"]:
        yield _("It takes the place of %(title)s.") % {"title": title_of(before)}
    if waited or before["exercise"] != after["exercise"]:
        yield dosage_sentence(_dosage(after), after["working_side"])
    else:
        yield from _of_dosage(before, after)
        yield from _of_first_day(before, after, plan_before, plan_after)
    yield from _of_words(before, after, library)


def _dosage(row: Body) -> DosageSpec:
    return DosageSpec.from_dict(row["dosage"])


def _of_dosage(before: Body, after: Body) -> Iterator[str]:
    """The parts of the dosage that differ, in the order in which the dosage is read."""
    old, new = _dosage(before), _dosage(after)
    sides = _side(after["working_side"]), _side(before["working_side"])
    plainly = _("Now %(now)s (was %(before)s).")
    yield from _differs(plainly, count_line(new, "none"), count_line(old, "none"))
    yield from _differs(plainly, *sides)
    yield from _of_hold(old, new)
    yield from _differs(_("Now: %(now)s (was: %(before)s)."), _load(new), _load(old))
    yield from _differs(plainly, _times(new), _times(old))
    yield from _differs(plainly, _days(new), _days(old))
    yield from _differs(_("Effort is now %(now)s (was %(before)s)."), _effort(new), _effort(old))
    yield from _of_rest(old, new)


def _differs(sentence: str, now: str, before: str) -> Iterator[str]:
    if now != before:
        yield _now_and_before(sentence, now, before)


def _now_and_before(sentence: str, now: str, before: str) -> str:
    return sentence % {"now": now, "before": before}


def _of_hold(old: DosageSpec, new: DosageSpec) -> Iterator[str]:
    now, before = new.hold_seconds, old.hold_seconds
    if now and before and now != before:  # the unit is said once
        yield _now_and_before(
            _("Hold is now %(now)s (was %(before)s)."), _seconds(now), str(before)
        )
    elif now and not before:
        yield _("New: hold %(now)s.") % {"now": _seconds(now)}
    elif before and not now:
        yield _("No hold now (was %(before)s).") % {"before": _seconds(before)}


def _of_rest(old: DosageSpec, new: DosageSpec) -> Iterator[str]:
    """Of a rest that somebody changed; one that goes with its rounds needs no words."""
    now, before = new.rest_seconds, old.rest_seconds
    if now == before or not (rest_line(new) or rest_line(old)):
        return
    if now and before:
        yield _now_and_before(
            _("Rest is now %(now)s (was %(before)s)."), _seconds(now), str(before)
        )
    elif now:
        yield _("New: rest %(now)s.") % {"now": _seconds(now)}
    else:
        yield _("No rest now (was %(before)s).") % {"before": _seconds(before)}


def _seconds(number: int) -> str:
    return ngettext("%(n)d second", "%(n)d seconds", number) % {"n": number}


def _load(spec: DosageSpec) -> str:
    return load_line(spec) or _("no weight, no band")


def _times(spec: DosageSpec) -> str:
    if spec.times_per_day == 2:
        return _("twice a day")
    return ngettext("once a day", "%(n)d times a day", spec.times_per_day) % {
        "n": spec.times_per_day
    }


def _days(spec: DosageSpec) -> str:
    line = days_line(spec)
    return line[0].lower() + line[1:] if line else _("every day")


def _effort(spec: DosageSpec) -> str:
    if spec.effort_max is None:
        return _("as you like")
    return _("at most %(n)d out of 10") % {"n": spec.effort_max}


def _side(side: str) -> str:
    return side_phrase(side) or {"both": _("with both sides together")}.get(
        side, _("without a side")
    )


def _of_first_day(before: Body, after: Body, plan_before: Body, plan_after: Body) -> Iterator[str]:
    """The day from which “every so many days” counts: its own, or the start of the plan."""
    if _dosage(after).every_n_days == 1 or before["anchor_on"] == after["anchor_on"]:
        return
    first = after["anchor_on"] or plan_after["start_on"]
    if first != (before["anchor_on"] or plan_before["start_on"]):
        yield _("Counted from %(day)s.") % {"day": _day(first)}


def _of_words(before: Body, after: Body, library: Library) -> Iterator[str]:
    """What is written for this patient: told as it reads now, or that it is gone."""
    harder = library.harder_day(after)
    if library.harder_day(before) != harder:
        yield _("On a harder day: %(words)s") % {
            "words": harder or _("do less than usual. That is fine.")
        }
    yield from _of_text(
        before["why"],
        after["why"],
        _("Why this is for you: %(words)s"),
        _("“Why this is for you” is gone."),
    )
    yield from _of_text(
        before["note"], after["note"], _("New note: %(words)s"), _("The note is gone.")
    )
    for rule, now, gone in (
        (
            "up",
            _("When to move up: %(words)s"),
            _("Your own rule for when to move up is gone. The usual one counts."),
        ),
        (
            "down",
            _("When to make it easier: %(words)s"),
            _("Your own rule for when to make it easier is gone. The usual one counts."),
        ),
    ):
        yield from _of_text(before["rules"][rule], after["rules"][rule], now, gone)


def _day(day: str | None) -> str:
    found = parse_date(day) if day else None
    return day_words(found) if found else _("open")

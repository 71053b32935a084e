"""What the page of today says of the diary: the parts that fill the gaps of the drawn plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any, NamedTuple, Self

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from education.diary.adherence import DayDone, DayState
from education.diary.forms.mornings import MorningForm
from education.diary.models import ExerciseLog
from education.diary.today import Today, TodaySession
from education.diary.views.mornings import asks_now
from education.library.drawn import drawn
from education.people.models import Clinic
from education.plans.reading import ReadPlan

from .gaps import WithGaps

Outcome = ExerciseLog.Outcome
HIDDEN = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'

SESSIONS = {
    1: _lazy("First session"),
    2: _lazy("Second session"),
    3: _lazy("Third session"),
    4: _lazy("Fourth session"),
}
#: By the outcome of an exercise: what its button says when it is due once a day, then each time.
TICKS = {
    "": (_lazy("Done"), _lazy("1st time"), _lazy("2nd time"), _lazy("3rd time"), _lazy("4th time")),
    Outcome.DONE: (
        *(_lazy("Done"), _lazy("1st done")),
        *(_lazy("2nd done"), _lazy("3rd done"), _lazy("4th done")),
    ),
    Outcome.PARTLY: (
        *(_lazy("Partly done"), _lazy("1st partly done")),
        *(_lazy("2nd partly done"), _lazy("3rd partly done"), _lazy("4th partly done")),
    ),
}


@dataclass(frozen=True)
class DrawnPlan:
    """A plan's page for one day with gaps for the diary.

    ``titles`` and ``seconds`` of one sitting are those of today's exercises, by their keys.
    """

    page: WithGaps
    titles: Mapping[str, str]
    seconds: Mapping[str, int]
    is_harder: bool

    @classmethod
    def of(cls, plan: ReadPlan, html: str) -> Self:
        return cls(
            page=WithGaps.cut(html),
            titles={row.key: row.title for row in plan.due},
            seconds={row.key: row.seconds for row in plan.due},
            is_harder=plan.for_harder_day,
        )


class Tick(NamedTuple):
    """A button: which time of the day, what it says, and whether it is pressed."""

    occurrence: int
    words: str
    is_pressed: bool


def day_parts(plan: DrawnPlan, today: Today, *, lead: bool) -> dict[str, str]:
    """HTML for each gap of the plan. ``lead``: the page may lead to a session."""
    due = [key for key in plan.titles if today.outcomes_of(key)]
    ticks = {f"ticks {key}": _ticks(plan, today, key) for key in due}
    return {
        "sitting": _sitting(plan, today),
        "start": _start(today, lead=lead),
        "week": _week(today),
        **ticks,
    }


def _part(template_name: str, **values: Any) -> SafeString:
    """A template drawn with ``values`` alone, kept while they are the same."""
    key = (template_name, get_language(), *values.items())
    return drawn(key, lambda: render_to_string(template_name, values))


def morning_part(request: HttpRequest, today: Today | None, clinic: Clinic) -> SafeString:
    """The question of the morning after, or nothing: also while no plan is followed (None)."""
    if today is None or not asks_now(request, today):
        return SafeString()
    form = MorningForm(now=clinic.now())

    def draw() -> WithGaps:
        return WithGaps.cut(render_to_string("diary/parts/morning.html", {"form": form}))

    key = ("morning", get_language(), today.day, str(form.fields["pain"].label))
    token = format_html(HIDDEN, get_token(request))
    return drawn(key, draw).filled({"token": token})


def _ticks(plan: DrawnPlan, today: Today, key: str) -> SafeString:
    return _part(
        "diary/parts/ticks.html",
        key=key,
        title=plan.titles[key],
        day=today.day,
        ticks=tuple(ticks_of(today.outcomes_of(key))),
    )


def ticks_of(outcomes: tuple[str, ...]) -> Iterable[Tick]:
    """A button for each time that an exercise is due; one that was skipped may still be done."""
    for occurrence, outcome in enumerate(outcomes, start=1):
        said = outcome if outcome in TICKS else ""
        words = TICKS[said][occurrence if len(outcomes) > 1 else 0]
        yield Tick(occurrence, str(words), bool(said))


def _sitting(plan: DrawnPlan, today: Today) -> SafeString:
    rests = today.stopped is not None
    return _part("diary/parts/sitting.html", words=sitting_words(plan, today), rests=rests)


def sitting_words(plan: DrawnPlan, today: Today) -> str:
    """“Second session: 2 exercises, about 5 minutes”; empty when nothing is left."""
    session = today.next
    if session is None:
        return ""
    minutes = max(1, ceil(sum(plan.seconds.get(key, 0) for key in session.left) / 60))
    words = _("%(exercises)s, %(minutes)s") % {
        "exercises": _exercises(session),
        "minutes": _minutes(minutes, at_most=plan.is_harder),
    }
    if len(today.sessions) == 1:
        return words
    names = {"session": SESSIONS[session.occurrence], "words": words}
    return _("%(session)s: %(words)s") % names


def _exercises(session: TodaySession) -> str:
    n = len(session.left)
    if n < len(session.keys):
        return ngettext("%(n)d exercise left", "%(n)d exercises left", n) % {"n": n}
    return ngettext("%(n)d exercise", "%(n)d exercises", n) % {"n": n}


def _minutes(minutes: int, *, at_most: bool) -> str:
    if at_most:
        words = ngettext("at most %(n)d minute", "at most %(n)d minutes", minutes)
    else:
        words = ngettext("about %(n)d minute", "about %(n)d minutes", minutes)
    return words % {"n": minutes}


def _start(today: Today, *, lead: bool) -> SafeString:
    session, untold = today.next, today.untold
    return _part(
        "diary/parts/start.html",
        state=_state(session),
        lead=lead,
        stopped=today.stopped,
        flagged=today.flagged,
        untold=untold.key if untold else None,
    )


def _state(session: TodaySession | None) -> str:
    """What to say of a session: "new", "begun", or "done" when there is none left."""
    if session is None:
        return "done"
    return "begun" if session.is_begun else "new"


class Dot(NamedTuple):
    """A day of the week: its name, a DayState, whether it is today."""

    weekday: str
    state: str
    words: str
    is_today: bool


def _week(today: Today) -> SafeString:
    dots = tuple(dot_of(day, today.day) for day in today.week)
    rests = any(day.state == DayState.REST for day in today.week)
    return _part("diary/parts/week.html", dots=dots, done=today.done_this_week, rests=rests)


def dot_of(day: DayDone, today: date) -> Dot:
    """One dot of the week."""
    weekday = str(WEEKDAYS[day.day.weekday()])
    return Dot(weekday, day.state.value, str(day.state.label), day.day == today)

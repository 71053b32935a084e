"""Adherence: the sessions done of those planned, over stated dates; the same for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from education.people.models import Clinic, Patient

from .models import Session
from .planned import History, days_between, history_of


class DayState(models.TextChoices):
    """How a day stands, in the words of the calendar. None of them is a reproach."""

    ALL_DONE = "all", _("all done")
    PART_DONE = "part", _("part done")
    NO_ENTRY = "none", _("no entry")
    REST = "rest", _("rest day")
    AHEAD = "ahead", _("still to come")
    NO_PLAN = "no-plan", _("no plan")


@dataclass(frozen=True)
class DayDone:
    """One day: ``planned`` and ``done`` count sessions, ``done`` at most as many as planned.

    What was done on a rest day, or beyond the plan, adds nothing to ``done``; the state of such a
    rest day is ALL_DONE all the same.
    """

    day: date
    planned: int
    done: int
    state: DayState


@dataclass(frozen=True)
class Adherence:
    """``done`` of ``planned`` sessions over ``days``, from the first to the last stated date.

    Days that lie ahead count for nothing. Today counts: who does not want to count a day that is
    not over asks until yesterday.
    """

    done: int
    planned: int
    days: list[DayDone]

    @property
    def percent(self) -> int | None:
        """In whole percent, halves up; None when nothing was planned."""
        return (200 * self.done + self.planned) // (2 * self.planned) if self.planned else None


def adherence(
    patient: Patient,
    first: date,
    last: date,
    *,
    clinic: Clinic | None = None,
    history: History | None = None,
) -> Adherence:
    """Of one patient from ``first`` to ``last`` (the clinic's dates, both included).

    A query for the sessions, one for the clinic and three for the history, unless they are given.
    """
    clinic = clinic or Clinic.objects.current()
    history = history or history_of(patient, clinic.zone)
    return counted(history, sessions_by_day(patient, first, last), first, last, clinic.today())


def sessions_by_day(patient: Patient, first: date, last: date) -> dict[date, int]:
    """How many sessions were done on each day that has one."""
    done = Session.objects.filter(patient=patient).between(first, last).done()
    return dict(done.order_by().values("day").annotate(n=Count("pk")).values_list("day", "n"))


def counted(
    history: History, sessions: Mapping[date, int], first: date, last: date, today: date
) -> Adherence:
    """The same from what was read: ``sessions`` done by day."""
    days = [_day(history, day, sessions.get(day, 0), today) for day in days_between(first, last)]
    return Adherence(
        done=sum(day.done for day in days), planned=sum(day.planned for day in days), days=days
    )


def _day(history: History, day: date, sessions: int, today: date) -> DayDone:
    if day > today:
        return DayDone(day, planned=0, done=0, state=DayState.AHEAD)
    planned = history.times_on(day)
    done = min(sessions, planned)
    return DayDone(day, planned, done, _state(history, day, planned, sessions, today))


def _state(history: History, day: date, planned: int, sessions: int, today: date) -> DayState:
    if sessions and sessions >= planned:
        return DayState.ALL_DONE
    if sessions:
        return DayState.PART_DONE
    if history.version_on(day) is None:
        return DayState.NO_PLAN
    if not planned:
        return DayState.REST
    return DayState.AHEAD if day == today else DayState.NO_ENTRY

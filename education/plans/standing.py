"""How a patient's plan stands today: may it be followed, or is there something to say first."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from education.library.drawn import drawn

from .checks import answers_of, published_clashes
from .models import PlanVersion


class Standing(models.TextChoices):
    """What the patient's page leads with."""

    READY = "ready", _("to be followed")
    NOT_STARTED = "not_started", _("starts later")
    ON_HOLD = "on_hold", _("on hold")
    ENDED = "ended", _("ended")
    CLASH = "clash", _("something to settle first")
    REVIEW_PAST = "review_past", _("review is past")

    @property
    def may_be_followed(self) -> bool:
        """Whether the page shows what to do; else it says what to wait for."""
        return self in (Standing.READY, Standing.NOT_STARTED, Standing.REVIEW_PAST)

    @property
    def may_print(self) -> bool:
        """Paper outlives the screen: only a plan that may be followed is printed."""
        return self.may_be_followed


def standing(version: PlanVersion, *, today: date, grace_days: int, unsettled: bool) -> Standing:
    """The one thing that matters most about a published plan on ``today`` (the clinic's date).

    ``grace_days``: days after the review date until the patient is asked to call first.
    ``unsettled``: a clash with the patient's answers that no clinician has settled.
    """
    plan = version.plan
    if plan.is_ended:
        return Standing.ENDED
    if plan.rests_on(today):
        return Standing.ON_HOLD
    if unsettled:
        return Standing.CLASH
    if today - timedelta(days=grace_days) > version.review_on:  # a review may be in the year 9999
        return Standing.REVIEW_PAST
    if today < version.start_on:
        return Standing.NOT_STARTED
    return Standing.READY


def has_open_clash(version: PlanVersion) -> bool:
    """Whether the patient's answers and a published exercise clash, and nobody has settled it.

    Asked again when an answer or the library changes; in between, remembered in this process.
    """
    patient = version.plan.patient

    def look() -> bool:
        return bool(published_clashes(version.body, version.exercises, answers_of(patient)))

    key = ("clash", version.pk, patient.answers_revision, version.library_now)
    return drawn(key, look)

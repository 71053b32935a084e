"""The clinic itself: one row."""

import zoneinfo
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

MONDAY_TO_FRIDAY = 0b0011111  # a bit per weekday, Monday is bit 0


def validate_time_zone(name: str) -> None:
    """Raise ValidationError when no such time zone exists."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("There is no time zone “%(name)s”."), params={"name": name})


class ClinicManager(models.Manager["Clinic"]):
    def current(self) -> "Clinic":
        """The clinic's row, with the defaults of a new installation until staff save theirs."""
        # Not first(): there is one row, and this read is part of every page.
        return next(iter(self.all()), None) or Clinic(pk=1)


class Clinic(models.Model):
    """Name, hours and rules of the clinic. Times and "today" everywhere are this clinic's."""

    class WeekStart(models.IntegerChoices):
        SUNDAY = 0, _("Sunday")
        MONDAY = 1, _("Monday")

    class Paper(models.TextChoices):
        LETTER = "letter", _("Letter (8.5 × 11 inches)")
        A4 = "a4", _("A4 (210 × 297 mm)")

    name = models.CharField(_("name"), max_length=120, default="Pain Management & Injury Relief")
    phone = PhoneNumberField(_("phone"), default="+16195550142")
    address = models.CharField(_("address"), max_length=200, default="San Diego, California")
    hours_text = models.CharField(
        _("hours in words"), max_length=200, default="Monday to Friday, 8 am to 5 pm"
    )
    open_weekdays = models.PositiveSmallIntegerField(_("open on"), default=MONDAY_TO_FRIDAY)
    opens_at = models.TimeField(_("opens at"), default=time(8))
    closes_at = models.TimeField(_("closes at"), default=time(17))
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        default="America/Los_Angeles",
        validators=[validate_time_zone],
    )
    reply_days = models.PositiveSmallIntegerField(
        _("answers within"), default=1, help_text=_("Working days until a message is answered.")
    )
    week_start = models.PositiveSmallIntegerField(
        _("week starts on"), choices=WeekStart.choices, default=WeekStart.SUNDAY
    )
    paper = models.CharField(
        _("paper"),
        max_length=6,
        choices=Paper.choices,
        default=Paper.LETTER,
        help_text=_("For hand-outs."),
    )
    alert_email = models.EmailField(
        _("mail about new messages to"), blank=True, help_text=_("Told that a message waits.")
    )
    review_grace_days = models.PositiveSmallIntegerField(
        _("days after a review date"),
        default=14,
        help_text=_("After these the patient is asked to call before going on."),
    )
    pain_fine_max = models.PositiveSmallIntegerField(_("pain that is fine, at most"), default=3)
    pain_fine_rise = models.PositiveSmallIntegerField(_("rise that is fine, at most"), default=1)
    pain_stop = models.PositiveSmallIntegerField(_("pain to stop at"), default=6)
    pain_stop_rise = models.PositiveSmallIntegerField(_("rise to stop at"), default=2)

    changed_at = models.DateTimeField(auto_now=True, help_text="Keys what is drawn from this row.")

    objects = ClinicManager()

    class Meta:
        verbose_name = _("clinic")
        verbose_name_plural = _("clinic")
        constraints = [
            models.CheckConstraint(name="people_one_clinic", condition=Q(pk=1)),
            models.CheckConstraint(
                name="people_clinic_pain_thresholds_in_order",
                condition=Q(pain_stop__gt=F("pain_fine_max")) & Q(pain_stop__lte=10),
            ),
            models.CheckConstraint(
                name="people_clinic_hours_in_order", condition=Q(closes_at__gt=F("opens_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def now(self) -> datetime:
        """The clinic's wall clock."""
        return timezone.now().astimezone(self.zone)

    def today(self) -> date:
        """The clinic's date: the one "today" for patients and staff alike."""
        return self.now().date()

    def is_open_on(self, day: date, closed_days: set[date]) -> bool:
        """Whether the clinic works on ``day``."""
        return bool(self.open_weekdays & (1 << day.weekday())) and day not in closed_days

    def next_open_day(self, after: date, closed_days: set[date]) -> date | None:
        """The first day after ``after`` on which the clinic works; None when it never opens."""
        days = (after + timedelta(days=ahead) for ahead in range(1, 366))
        return next((day for day in days if self.is_open_on(day, closed_days)), None)


class ClosedDayQuerySet(models.QuerySet):
    def days_from(self, day: date) -> set[date]:
        """Dates on or after ``day`` on which the clinic is closed."""
        return set(self.filter(day__gte=day).values_list("day", flat=True))


class ClosedDay(models.Model):
    """A day on which the clinic is closed, such as a holiday."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="closed_days")
    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)

    objects = ClosedDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"

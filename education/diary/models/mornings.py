"""Pain on the morning after."""

from datetime import date

from django.db import models
from django.db.models import BooleanField, Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.library.models.dosage import whole
from education.people.models import Patient

from .sessions import Session

SETTLED_RISE = 1  # points of 10 above the start (clinical.md, the pain rule, 5)


class MorningCheckQuerySet(models.QuerySet["MorningCheck"]):
    def visible_to(self, user):
        """A patient's own; staff with the permission see all."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self if user.has_perm("diary.view_morningcheck") else self.none()
        return self.filter(patient__user=user)

    def with_settled(self):
        """Each with ``settled``: at most SETTLED_RISE above the pain before the session.

        None while that pain is not known: such a morning is not judged.
        """
        start = "session__pain_before"
        return self.annotate(
            settled=Case(
                When(**{f"{start}__isnull": True}, then=Value(None)),
                When(pain__lte=F(start) + SETTLED_RISE, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(null=True),
            )
        )

    def judged(self):
        """Those that can be judged, each with ``settled``."""
        return self.with_settled().filter(settled__isnull=False)

    def on(self, day: date) -> "MorningCheck | None":
        """The one of this day with its session, or None."""
        return self.filter(day=day).select_related("session").first()

    def in_order(self):
        """The oldest first."""
        return self.order_by("day")


class MorningCheck(models.Model):
    """Pain (0-10) on the morning of ``day``, the clinic's date, after a session of the day before.

    ``session`` is the first session of that day before with its pain at the start, else the last
    one; a morning is asked for once.
    """

    patient = models.ForeignKey(
        Patient, verbose_name=_("patient"), on_delete=models.PROTECT, related_name="mornings"
    )
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="mornings")
    day = models.DateField(_("day"))
    pain = whole(0, 10, verbose_name=_("pain in the morning"))
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)

    settled: bool | None  # with_settled() reads it along

    objects = MorningCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("morning after")
        verbose_name_plural = _("mornings after")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(name="diary_morning_once", fields=["patient", "day"]),
            models.CheckConstraint(
                name="diary_morning_pain_in_range", condition=Q(pain__range=(0, 10))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}"

    def get_additional_data(self) -> dict[str, int]:
        """For the audit log: whose morning it is."""
        return {"patient": self.patient_id}

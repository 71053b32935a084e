"""What a clinician should look at."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.people.models import Patient
from education.plans.models import Plan

from .sessions import Session


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, user):
        """Staff with the permission; a patient sees none."""
        allowed = user.is_authenticated and user.is_staff and user.has_perm("diary.view_alert")
        return self if allowed else self.none()

    def needs_a_look(self, on: date) -> Self:
        """Open on this day of the clinic, and nobody has said that they saw it."""
        return self.filter(closed_at__isnull=True, acknowledged_at__isnull=True, opens_on__lte=on)

    def most_urgent_first(self):
        """A flag first, then worse, then the longest wait."""
        whens = [When(kind=kind, then=Value(n)) for n, kind in enumerate(Alert.Kind.values)]
        ranks = [When(kind__in=kinds, then=Value(n)) for n, kinds in enumerate(Alert.LEVELS)]
        return self.annotate(
            level=Case(*ranks, output_field=IntegerField()),
            kind_rank=Case(*whens, output_field=IntegerField()),
        ).order_by("level", "opens_on", "raised_at", "pk")

    def with_facts(self):
        """With what the list says of each: people, session, and the patient's open plan."""
        open_plan = Plan.objects.open().filter(patient=OuterRef("patient")).values("pk")[:1]
        people = ("patient__clinician", "session", "acknowledged_by")
        return self.select_related(*people).annotate(open_plan=Subquery(open_plan))


class Alert(models.Model):
    """One reason to look at a patient, made once per cause.

    ``cause`` names it: ``session:12``, ``morning:7``, ``since:2026-11-15``, ``plan:3@2026-12-03``.
    ``opens_on`` is the clinic's date from which it stands: that of a silence or a review lies
    ahead, so that nothing has to run on the day itself. It closes (``closed_at``) when the cause
    is gone; an acknowledgement takes it off the list and keeps its name.
    """

    class Kind(models.TextChoices):
        RED_FLAG = "red_flag", _("red flag")
        FURTHER_DOWN = "further_down", _("pain further down")
        PAIN_UP = "pain_up", _("pain up")
        NOT_SETTLED = "not_settled", _("not settled next morning")
        COMMENT = "comment", _("comment")
        QUIET = "quiet", _("no entry for 7 days")
        REVIEW_DUE = "review_due", _("review due")

    #: Kinds by level: a flag, worse, the rest.
    LEVELS = (
        (Kind.RED_FLAG,),
        (Kind.FURTHER_DOWN, Kind.PAIN_UP, Kind.NOT_SETTLED),
        (Kind.COMMENT, Kind.QUIET, Kind.REVIEW_DUE),
    )

    patient = models.ForeignKey(
        Patient, verbose_name=_("patient"), on_delete=models.PROTECT, related_name="alerts"
    )
    kind = models.CharField(_("why"), max_length=12, choices=Kind.choices)
    cause = models.CharField(max_length=60, editable=False)
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    opens_on = models.DateField(_("stands from"))
    raised_at = models.DateTimeField(_("raised"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("seen"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("seen by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    note = models.CharField(_("what was done"), max_length=200, blank=True)

    open_plan: int | None  # with_facts() reads it along

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("needs a look")
        verbose_name_plural = _("needs a look")
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="diary_alert_once_a_cause", fields=["patient", "kind", "cause"]
            ),
            models.CheckConstraint(
                name="diary_alert_acknowledged_by_name",
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="diary_alert_to_look_at",
                fields=["opens_on"],
                condition=Q(closed_at__isnull=True, acknowledged_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"

    @property
    def cause_day(self) -> date:
        """The day that a silence is counted from, or of the review: what its cause names."""
        return date.fromisoformat(self.cause[-10:])

    def get_additional_data(self) -> dict[str, int]:
        """For the audit log: whom it is about."""
        return {"patient": self.patient_id}

"""The days on which a plan rested: nothing was planned on them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .plans import Plan


class PlanHold(models.Model):
    """A rest of a plan, from ``from_on`` to the day before ``until_on`` (the clinic's dates).

    ``until_on`` None: until somebody resumes the plan. Rows are kept, so that what was planned on
    a day can be told years later.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="holds")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("rest of a plan")
        verbose_name_plural = _("rests of plans")
        ordering = ["from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="plans_one_rest_without_end",
                fields=["plan"],
                condition=Q(until_on__isnull=True),
            ),
            models.CheckConstraint(
                name="plans_rest_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on} - {self.until_on or ''}"

    def covers(self, day: date) -> bool:
        """Whether the plan rested on ``day``."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

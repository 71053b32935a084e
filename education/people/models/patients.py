"""Patients and what they answered about their body."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from education.library.fields import ChoiceListField
from education.library.models import Demand, Equipment, Precaution

from .invitations import Invitation


class PatientQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff with the permission see all patients, a patient sees only themself."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self if user.has_perm("people.view_patient") else self.none()
        return self.filter(user=user)

    def current(self):
        """Patients the clinic looks after now."""
        return self.filter(status=Patient.Status.CURRENT)

    def discharged(self):
        """Patients whose care has ended."""
        return self.filter(status=Patient.Status.DISCHARGED)

    def with_log_in(self):
        """With the account, the clinician, and how far an invitation has come."""
        invitations = Invitation.objects.filter(user=OuterRef("user"))
        return self.select_related("user", "clinician").annotate(
            was_invited=Exists(invitations), has_open_invitation=Exists(invitations.open())
        )

    def of_clinician(self, user):
        """“My patients”."""
        return self.filter(clinician=user)

    def invited_but_never_in(self):
        """Invited, but the person has not set a password yet."""
        return (
            self.current()
            .filter(user__invitations__isnull=False, user__last_login__isnull=True)
            .distinct()
        )


class Patient(models.Model):
    """A person treated at the clinic. Without an account (no e-mail) they are followed on paper."""

    class Status(models.TextChoices):
        CURRENT = "current", _("current")
        DISCHARGED = "discharged", _("discharged")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="patient",
    )
    given_name = models.CharField(_("given name"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=80)
    preferred_name = models.CharField(
        _("preferred name"), max_length=80, blank=True, help_text=_("What to call them.")
    )
    clinic_number = models.CharField(
        _("clinic number"), max_length=20, unique=True, null=True, blank=True
    )
    date_of_birth = models.DateField(_("date of birth"), null=True, blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    clinician = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("clinician"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="patients",
    )
    equipment = ChoiceListField(
        Equipment, verbose_name=_("equipment at home"), default=list, blank=True
    )
    staff_notes = models.TextField(
        _("staff notes"), blank=True, help_text=_("The patient does not see this.")
    )
    consent_on = models.DateField(
        _("consent given on"),
        null=True,
        blank=True,
        help_text=_("The day the patient agreed to use this site."),
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.CURRENT
    )
    #: The last day that the patient called a harder one; all of them are kept in HarderDayTaken.
    #: Here it comes with the row that the busiest page of the site reads anyway.
    harder_day_on = models.DateField(null=True, blank=True, editable=False)
    answers_revision = models.PositiveIntegerField(
        default=0, editable=False, help_text="Counts changes of the answers; keys the clash check."
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = PatientQuerySet.as_manager()

    class Meta:
        verbose_name = _("patient")
        verbose_name_plural = _("patients")
        ordering = ["family_name", "given_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="people_patient_has_names", condition=~Q(given_name="") & ~Q(family_name="")
            ),
            models.CheckConstraint(
                name="people_patient_clinic_number_not_blank",
                condition=Q(clinic_number__isnull=True) | ~Q(clinic_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def called(self) -> str:
        """The name to greet them by."""
        return self.preferred_name or self.given_name

    @property
    def can_log_in(self) -> bool:
        """Whether an open account stands behind them, invited or in use. Reads the user's row."""
        return self.user is not None and self.user.is_active

    def age_on(self, day: date) -> int | None:
        """Age in whole years on ``day``; None when the date of birth is not known."""
        born = self.date_of_birth
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class Answer(models.Model):
    """What a patient said about one body demand or precaution.

    No row means "not asked", which is never the same as "no". For a demand the question is "can
    you?", for a precaution "do you need care with it?".
    """

    class Value(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")

    TOPICS = [*Demand.choices, *Precaution.choices]

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="answers")
    topic = models.CharField(_("about"), max_length=16, choices=TOPICS)
    value = models.CharField(_("answer"), max_length=3, choices=Value.choices)
    note = models.CharField(_("in words"), max_length=200, blank=True)
    answered_on = models.DateField(_("answered on"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="people_one_answer_a_topic", fields=["patient", "topic"]),
            models.CheckConstraint(
                name="people_answer_yes_or_no", condition=Q(value__in=["yes", "no"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.get_value_display()}"

    def get_additional_data(self) -> dict[str, int]:
        """For the audit log: whose answer it was, also after the row is gone."""
        return {"patient": self.patient_id}

    @property
    def asks_for_care(self) -> bool:
        """True when the answer limits what the patient may be asked to do."""
        limits = self.Value.NO if self.topic in Demand.values else self.Value.YES
        return self.value == limits

"""Who is to be reminded now. A mail goes only on a day with a plan and without an entry."""

from datetime import date, time

from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef, Q, QuerySet

from education.people.mail import builds, site_link, write_mail
from education.people.models import Clinic, OutgoingMail, Patient
from education.plans.models import PlanVersion
from education.plans.standing import Standing, has_open_clash, standing

from .models import Reminders, Session
from .planned import times_on


def to_remind(day: date, *, since: time, until: time) -> QuerySet[Reminders]:
    """Reminders with a time in this part of the day, of patients without an entry on ``day``."""
    due = Q(first_at__range=(since, until)) | Q(second_at__range=(since, until))
    entries = Session.objects.filter(patient=OuterRef("patient"), day=day).entries()
    current = Reminders.objects.filter(
        due, patient__status=Patient.Status.CURRENT, patient__user__is_active=True
    )
    return current.exclude(Exists(entries)).select_related("patient__user").order_by("pk")


def wants_a_reminder(patient: Patient, day: date) -> bool:
    """Whether there is something to do on ``day``, and nothing is logged yet."""
    if Session.objects.filter(patient=patient, day=day).entries().exists():
        return False
    version = PlanVersion.objects.filter(plan__patient=patient).current()
    if version is None:
        return False
    clinic = Clinic.objects.current()
    stands = standing(
        version,
        today=day,
        grace_days=clinic.review_grace_days,
        unsettled=has_open_clash(version),
    )
    return stands == Standing.READY and times_on(version, day) > 0


@builds("reminder")
def _reminder(mail: OutgoingMail) -> EmailMessage | None:
    """Built when it is sent: an entry made meanwhile, or reminders stopped, make it needless."""
    found = Reminders.objects.filter(pk=int(mail.key)).select_related("patient__user").first()
    if found is None or found.first_at is None or mail.user is None or not mail.user.is_active:
        return None
    if not wants_a_reminder(found.patient, Clinic.objects.current().today()):
        return None
    stop = site_link("stop_my_reminders", found.stop_key)
    context: dict[str, object] = {"link": site_link("plan_today"), "stop": stop}
    user = mail.user
    message = write_mail("reminder", to=user.email, language=user.language, context=context)
    # RFC 8058: the mail program's own button stops them with one click.
    message.extra_headers["List-Unsubscribe"] = f"<{stop}>"
    message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message

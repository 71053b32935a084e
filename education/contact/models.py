"""Messages to the clinic, and its answers."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from education.library.models import Article
from education.people.models import Patient
from education.people.models.invitations import hash_token


class ContactRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff with the permission see all; a patient their own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self if user.has_perm("contact.view_contactrequest") else self.none()
        return self.filter(patient__user=user)

    def sent_by(self, user):
        """Messages this person wrote while logged in."""
        return self.filter(patient__user=user)

    def waiting(self):
        """Not answered yet."""
        return self.filter(status=ContactRequest.Status.NEW)

    def held(self):
        """Sent above the rate limit."""
        return self.filter(held=True)

    def newest_first(self):
        """As their writer lists them, each with its answers."""
        found = self.order_by("-created_at", "-pk").select_related("about")
        return found.prefetch_related("replies__by")

    def with_urgency(self):
        """Adds ``handled`` (0 while it waits) and ``urgency`` (0 for worse or new symptoms)."""
        return self.annotate(
            handled=Case(When(status=ContactRequest.Status.NEW, then=Value(0)), default=Value(1)),
            urgency=Case(
                When(reason__in=ContactRequest.Reason.worrying(), then=Value(0)),
                default=Value(1),
            ),
        )

    def with_lateness(self, today):
        """Adds ``late``: the promised day is before ``today`` and the message still waits."""
        missed = Q(status=ContactRequest.Status.NEW, answer_due_on__lt=today)
        return self.annotate(late=Case(When(missed, then=Value(True)), default=Value(False)))

    def by_urgency(self):
        """What waits, then worse or new symptoms, then the oldest."""
        return self.with_urgency().order_by(*ContactRequest.URGENT_FIRST)

    def with_token(self, token):
        """The message whose one-time link holds ``token``, whether the link still works or not."""
        return self.filter(answer_token_hash=hash_token(token))


class ContactRequest(models.Model):
    """A message from a patient or a visitor. Saved before anything else happens with it.

    ``submission_key`` comes with the form: a double tap or a retry saves one row. ``held`` marks
    a message above the rate limit: staff see it, only the alert mail waits. A visitor reads the
    answer through a link that works once, of which ``answer_token_hash`` keeps the SHA-256.
    ``answer_due_on`` is the day the sender was promised. ``about``: the article whose “Ask about
    this page” led here.
    """

    URGENT_FIRST = ("handled", "urgency", "created_at", "pk")
    LINK_DAYS = 14

    class Reason(models.TextChoices):
        PAIN_WORSE = "pain_worse", _("My pain is worse")
        NEW_SYMPTOM = "new_symptom", _("I have a new symptom")
        EXERCISE = "exercise", _("A question about an exercise")
        APPOINTMENT = "appointment", _("An appointment")
        LOG_IN = "log_in", _("I cannot log in")
        OTHER = "other", _("Something else")

        @classmethod
        def worrying(cls) -> list[str]:
            """Reasons that ask the red-flag question again and go first in the list."""
            return [cls.PAIN_WORSE, cls.NEW_SYMPTOM]

    class AnswerBy(models.TextChoices):
        SITE = "site", _("On this site")
        EMAIL = "email", _("By e-mail, with a link to the answer")
        PHONE = "phone", _("By phone")

    class Status(models.TextChoices):
        NEW = "new", _("waiting")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed without an answer")

    submission_key = models.UUIDField(unique=True)
    patient = models.ForeignKey(
        Patient,
        verbose_name=_("patient"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_requests",
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    message = models.TextField(_("message"), max_length=4000)
    about = models.ForeignKey(
        Article,
        verbose_name=_("page"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answer_by = models.CharField(_("answer"), max_length=6, choices=AnswerBy.choices)
    best_time = models.CharField(_("best time to call"), max_length=80, blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="en")
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.NEW)
    held = models.BooleanField(_("held"), default=False)
    answer_due_on = models.DateField(_("answer due"))
    answer_token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    answer_token_expires_at = models.DateTimeField(null=True, editable=False)
    answer_token_used_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)

    objects = ContactRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact request")
        verbose_name_plural = _("contact requests")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(name="contact_request_has_message", condition=~Q(message="")),
            models.CheckConstraint(
                name="contact_request_can_be_answered",
                condition=Q(patient__isnull=False) | ~Q(email="") | ~Q(phone=""),
            ),
            models.CheckConstraint(
                name="contact_request_patient_is_who_they_are",
                condition=Q(patient__isnull=True) | Q(name="", email=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, {self.created_at:%Y-%m-%d}"

    @property
    def sender(self) -> str:
        """The patient's name, or the name a visitor typed."""
        return str(self.patient) if self.patient else self.name

    @property
    def is_worrying(self) -> bool:
        return self.reason in self.Reason.worrying()

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.NEW

    @property
    def by_phone(self) -> bool:
        """Whether the clinic calls, so that no mail follows the answer."""
        return self.answer_by == self.AnswerBy.PHONE

    @property
    def has_unread_answer(self) -> bool:
        """Needs the replies prefetched to cost no query."""
        return any(reply.read_at is None for reply in self.replies.all())

    def link_works(self, now: datetime) -> bool:
        """Whether the visitor's link still opens the answer."""
        expires = self.answer_token_expires_at
        return self.answer_token_used_at is None and expires is not None and now < expires

    def renew_link(self, now: datetime) -> str:
        """Make a new token for the visitor's link (unsaved) and return it; older links end."""
        token = secrets.token_urlsafe(32)
        self.answer_token_hash = hash_token(token)
        self.answer_token_expires_at = now + timedelta(days=self.LINK_DAYS)
        self.answer_token_used_at = None
        return token


class Reply(models.Model):
    """The clinic's answer. Read on the site, never mailed."""

    request = models.ForeignKey(ContactRequest, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField(_("answer"), max_length=4000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("answered"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(name="contact_reply_has_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}, {self.created_at:%Y-%m-%d}"

"""Who: users, patients, invitations, the clinic itself, and mail that waits."""

from .clinic import Clinic, ClosedDay
from .invitations import Invitation
from .mail import OutgoingMail
from .patients import Answer, Patient
from .users import User

__all__ = ["Answer", "Clinic", "ClosedDay", "Invitation", "OutgoingMail", "Patient", "User"]

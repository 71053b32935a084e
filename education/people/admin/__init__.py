"""The room in the admin: patients, staff, the clinic, invitations and mail that waits."""

from .clinic import ClinicAdmin
from .mail import InvitationAdmin, OutgoingMailAdmin
from .patients import PatientAdmin
from .staff import StaffAdmin

__all__ = ["ClinicAdmin", "InvitationAdmin", "OutgoingMailAdmin", "PatientAdmin", "StaffAdmin"]

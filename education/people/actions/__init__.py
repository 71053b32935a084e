"""Every write of the room that touches two tables, sends mail, or must be audited.

Each is all or nothing, takes keyword arguments only, and names who acts: ``by=`` is a User, or
None for the system.
"""

from .accounts import (
    add_staff,
    change_email,
    change_staff,
    check_new_email,
    end_sessions,
    keep_address,
    notify_account,
    reset_second_factor,
    send_mail_again,
    set_language,
    unlock_account,
)
from .invitations import InvitationClosed, accept_invitation, invite, invite_staff
from .patients import (
    AnswersByTopic,
    add_patient,
    change_patient,
    discharge_patient,
    give_account,
    readmit_patient,
    set_answers,
)

__all__ = [
    "AnswersByTopic",
    "InvitationClosed",
    "accept_invitation",
    "add_patient",
    "add_staff",
    "change_email",
    "change_patient",
    "change_staff",
    "check_new_email",
    "discharge_patient",
    "end_sessions",
    "give_account",
    "invite",
    "invite_staff",
    "keep_address",
    "notify_account",
    "readmit_patient",
    "reset_second_factor",
    "send_mail_again",
    "set_answers",
    "set_language",
    "unlock_account",
]

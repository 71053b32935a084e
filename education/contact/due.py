"""By which day an answer is promised."""

from datetime import date, datetime, timedelta

from education.people.models import Clinic

FURTHEST = 366  # days looked ahead: a clinic that never opens must not hang the page


def answer_due_on(clinic: Clinic, now: datetime, closed_days: set[date]) -> date:
    """The day by whose end a message sent at ``now`` (aware) is answered.

    It is the last of ``clinic.reply_days`` working days, counting those that begin after the
    message: one sent on Friday at 3 pm or on Friday evening is answered by Monday, one sent on
    Monday before opening by the same Monday. With 0 reply days it is the present working day
    until closing time, then the next. ``closed_days`` are the clinic's holidays from today on.
    """
    local = now.astimezone(clinic.zone)
    today, clock = local.date(), local.time()
    begins_by = clinic.opens_at if clinic.reply_days else clinic.closes_at
    left = max(clinic.reply_days, 1)
    for day in (today + timedelta(days=n) for n in range(FURTHEST)):
        over = day == today and clock > begins_by
        if over or not clinic.is_open_on(day, closed_days):
            continue
        left -= 1
        if not left:
            return day
    return today + timedelta(days=max(clinic.reply_days, 1))

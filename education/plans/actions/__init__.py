"""What staff do with a plan. Each action is atomic and names who did it."""

from .marks import (
    settle,
    sign_off,
    sign_off_exercise,
    take_back_sign_off,
    watch_exercise_again,
)
from .publishing import (
    activate_and_invite,
    activate_plan,
    plan_body,
    publish_changes,
    working_rows,
)
from .rungs import move_and_publish, move_to_rung
from .status import (
    change_hold,
    complete_plan,
    hold_plan,
    resume_plan,
    resume_plans_due,
    revoke_plan,
)
from .working_copy import (
    MOST_EXERCISES,
    PlanSavedMeanwhile,
    RowEdit,
    add_exercises,
    save_plan,
    take_lock,
)

__all__ = [
    "MOST_EXERCISES",
    "PlanSavedMeanwhile",
    "RowEdit",
    "activate_and_invite",
    "activate_plan",
    "add_exercises",
    "change_hold",
    "complete_plan",
    "hold_plan",
    "move_and_publish",
    "move_to_rung",
    "plan_body",
    "publish_changes",
    "resume_plan",
    "resume_plans_due",
    "revoke_plan",
    "save_plan",
    "settle",
    "sign_off",
    "sign_off_exercise",
    "take_back_sign_off",
    "take_lock",
    "watch_exercise_again",
    "working_rows",
]

"""The buttons that move a piece of content from state to state."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from education.library.models import Reviewed
from education.library.publishing.actions import (
    publish,
    reinstate,
    retire,
    review,
    send_back,
    submit_for_review,
)

State = Reviewed.State


@dataclass(frozen=True)
class Act:
    """One button.

    ``for_editors``: not for clinicians alone; ``is_review``: it notes a review; ``leads_on``: it is
    what comes next as a rule.
    """

    name: str
    label: Any
    run: Callable[..., Any]
    done: Any
    for_editors: bool = True
    is_review: bool = False
    leads_on: bool = False

    @property
    def button(self) -> str:
        """Its name in the form, where it saves first."""
        return f"_{self.name}"


SUBMIT = Act(
    "submit_for_review",
    _("Send to review"),
    submit_for_review,
    _("Sent to review. A clinician reads it next."),
    leads_on=True,
)
PUBLISH = Act(
    "publish",
    _("I have read it: publish"),
    publish,
    _("Published and reviewed by you. Everybody can read it now."),
    for_editors=False,
    is_review=True,
    leads_on=True,
)
REVIEW = Act(
    "review",
    _("I have read it: review again"),
    review,
    _("Reviewed by you."),
    for_editors=False,
    is_review=True,
    leads_on=True,
)
SEND_BACK = Act(
    "send_back",
    _("Send back to the editor"),
    send_back,
    _("Sent back. It is not public."),
)
TAKE_BACK = replace(SEND_BACK, label=_("Take back to review"))
RETIRE = Act(
    "retire",
    _("Retire"),
    retire,
    _("Retired. It has left the public pages, and plans that have it keep it."),
)
REINSTATE = Act(
    "reinstate", _("Bring back for a review"), reinstate, _("In review. A clinician reads it next.")
)

ACTS = {act.name: act for act in (SUBMIT, PUBLISH, REVIEW, SEND_BACK, RETIRE, REINSTATE)}

OFFERED: dict[str, tuple[Act, ...]] = {
    State.DRAFT: (SUBMIT,),
    State.IN_REVIEW: (PUBLISH, SEND_BACK),
    State.PUBLISHED: (REVIEW, TAKE_BACK, RETIRE),
    State.RETIRED: (PUBLISH, REINSTATE),
}


def acts_for(content: Reviewed) -> tuple[Act, ...]:
    """The buttons that make sense in its state."""
    return OFFERED[content.state]

"""The buttons that move a piece of content from state to state."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from education.library.models import ContentProposal, Reviewed
from education.library.publishing.actions import (
    publish,
    reinstate,
    retire,
    review,
    send_back,
    submit_for_review,
)
from education.library.publishing.proposals import (
    drop_proposal,
    publish_proposal,
    return_proposal,
)

State = Reviewed.State
A_CHECK = ("on", "names")
A_REVIEW = (*A_CHECK, "next_review_on")


@dataclass(frozen=True)
class Act:
    """One button.

    ``needs``: what ``run`` is told besides the content and who; ``for_editors``: not for clinicians
    alone; ``leads_on``: it is what comes next as a rule; ``is_asked``: a page asks first.
    """

    name: str
    label: Any
    run: Callable[..., Any]
    done: Any
    needs: tuple[str, ...] = ()
    for_editors: bool = True
    leads_on: bool = False
    is_asked: bool = False

    @property
    def is_review(self) -> bool:
        """Whether it notes a review."""
        return "next_review_on" in self.needs

    @property
    def button(self) -> str:
        """Its name in the form, where it saves first."""
        return f"_{self.name}"


SUBMIT = Act(
    "submit_for_review",
    _("Send to review"),
    submit_for_review,
    _("Sent to review. A clinician reads it next."),
    needs=A_CHECK,
    leads_on=True,
)
PUBLISH = Act(
    "publish",
    _("I have read it: publish"),
    publish,
    _("Published and reviewed by you. Everybody can read it now."),
    needs=A_REVIEW,
    for_editors=False,
    leads_on=True,
)
REVIEW = Act(
    "review",
    _("I have read it: review again"),
    review,
    _("Reviewed by you."),
    needs=A_REVIEW,
    for_editors=False,
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
    is_asked=True,
)
REINSTATE = Act(
    "reinstate", _("Bring back for a review"), reinstate, _("In review. A clinician reads it next.")
)

PUBLISH_CHANGES = Act(
    "publish_changes",
    _("I have read it: publish these changes"),
    publish_proposal,
    _("Published and reviewed by you. Patients read the new words now."),
    needs=(*A_REVIEW, "seen"),
    for_editors=False,
    leads_on=True,
)
RETURN_CHANGES = Act(
    "return_changes",
    _("Send back to the editor"),
    return_proposal,
    _("Sent back to the editor. Patients read the words before."),
    needs=("because",),
    for_editors=False,
)
DROP_CHANGES = Act(
    "drop_changes",
    _("Throw the changes away"),
    drop_proposal,
    _("The changes are gone. Patients read the words as they were."),
)

MOVES = (SUBMIT, PUBLISH, REVIEW, SEND_BACK, RETIRE, REINSTATE)
CHANGES = (PUBLISH_CHANGES, RETURN_CHANGES, DROP_CHANGES)
ACTS = {act.name: act for act in (*MOVES, *CHANGES)}

OFFERED: dict[str, tuple[Act, ...]] = {
    State.DRAFT: (SUBMIT,),
    State.IN_REVIEW: (PUBLISH, SEND_BACK),
    State.PUBLISHED: (REVIEW, TAKE_BACK, RETIRE),
    State.RETIRED: (PUBLISH, REINSTATE),
}


def acts_for(content: Reviewed, proposal: ContentProposal | None) -> tuple[Act, ...]:
    """The buttons that make sense in its state.

    While changes are kept, the page shows these: what readers read now is not reviewed from it.
    """
    if proposal is None:
        return OFFERED[content.state]
    others = tuple(act for act in OFFERED[content.state] if not act.is_review)
    return others if proposal.returned_because else (PUBLISH_CHANGES, *others)

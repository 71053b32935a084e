"""Who answers for a piece of content, and who may read it: every change of its state."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.audit.actor import action
from education.library.models import LibraryRevision, OverruledFinding, Reviewed
from education.library.uses import uses_of

from . import COLUMN_OF, Content, PublishRefused, publish_check
from .proposals import check_as_proposed, take_in_proposal
from .states import StateRefused, lock, note_review

State = Reviewed.State
#: A reason why a finding may stay says something: so many letters and words at the least.
SHORTEST_REASON: Final = 15
FEWEST_WORDS: Final = 2


@action
def submit_for_review(
    *, content: Content, by: Any, on: date, names: Collection[str] = ()
) -> Content:
    """A draft goes to the clinicians.

    Raises StateRefused unless it is one, PublishRefused for what has to be mended first.
    """
    is_draft = lock(content).state == State.DRAFT
    if is_draft and (hard := publish_check(content, today=on, names=names).hard):
        raise PublishRefused(hard)
    return _change_state(content, State.IN_REVIEW, only_from=State.DRAFT)


@action
def send_back(*, content: Content, by: Any) -> Content:
    """One step back: from review to draft, from published to review.

    Raises StateRefused for any other state, and for an exercise that a patient's plan shows now.
    """
    back = {State.IN_REVIEW: State.DRAFT, State.PUBLISHED: State.IN_REVIEW}
    content = lock(content)
    return _change_state(content, back.get(State(content.state), State.DRAFT))


@action
def retire(*, content: Content, by: Any) -> Content:
    """Take published content from the public pages; plans that have it keep it."""
    return _change_state(content, State.RETIRED)


@action
def reinstate(*, content: Content, by: Any) -> Content:
    """Retired content comes back for a review. Raises StateRefused while a plan shows it."""
    return _change_state(content, State.IN_REVIEW, only_from=State.RETIRED)


@action
def publish(
    *,
    content: Content,
    by: Any,
    on: date,
    next_review_on: date | None = None,
    names: Collection[str] = (),
) -> Content:
    """The clinician ``by`` has read it, answers for it, and lets patients read it.

    ``on`` is the clinic's today, ``next_review_on`` a year later unless given; ``names`` do not
    count against the reading grade. Raises PublishRefused with what the check finds, StateRefused
    when the table of states has no such change.
    """
    content = lock(content)
    _refuse_unless_allowed(content, State.PUBLISHED)
    if blocking := publish_check(content, today=on, names=names).blocking:
        raise PublishRefused(blocking)
    content.state = State.PUBLISHED
    return note_review(content, by, on, next_review_on)


@action
def review(
    *,
    content: Content,
    by: Any,
    on: date,
    next_review_on: date | None = None,
    names: Collection[str] = (),
) -> Content:
    """Note that the clinician ``by`` read it on this day and answers for it; its state stays.

    Raises StateRefused unless it is published, PublishRefused for what has to be mended first.
    Soft findings do not take back what is published already: they stay in sight.
    """
    content = lock(content)
    if content.state != State.PUBLISHED:
        raise StateRefused(_("Only what is published is reviewed again. Publish it instead."))
    if hard := publish_check(content, today=on, names=names).hard:
        raise PublishRefused(hard)
    return note_review(content, by, on, next_review_on)


@action
def drop_review(*, content: Content, by: Any) -> None:
    """The words have changed: whoever reviewed them answers for the others, not for these."""
    content.reviewed_by = content.reviewed_on = content.next_review_on = None
    content.save(update_fields=["reviewed_by", "reviewed_on", "next_review_on"])


@action
def overrule_findings(
    *,
    content: Content,
    reasons: Mapping[str, str],
    by: Any,
    today: date,
    names: Collection[str] = (),
) -> int:
    """Keep why soft findings may stay; answers how many.

    ``reasons`` are by the token of a finding. One that is no longer found, that is hard, that a
    review alone ends, or that somebody has overruled already is passed over. Raises ValidationError
    for a reason that says nothing or too much.
    """
    kept = 0
    for finding in check_as_proposed(content, today=today, names=names).to_overrule:
        if reason := " ".join(reasons.get(finding.token, "").split()):
            _refuse_empty(reason)
            row = OverruledFinding(
                **{COLUMN_OF[type(content)]: content},
                code=finding.code,
                subject=finding.subject,
                reason=reason,
                overruled_by=by,
            )
            row.full_clean()
            row.save()
            kept += 1
    return kept


def _refuse_empty(reason: str) -> None:
    if len(reason) < SHORTEST_REASON or len(reason.split()) < FEWEST_WORDS:
        raise ValidationError(_("Write in a few words why it may stay."))


def _change_state(content: Content, state: State, only_from: State | None = None) -> Content:
    content = lock(content)
    if only_from and content.state != only_from:
        raise StateRefused(_not_allowed(content, state))
    _refuse_unless_allowed(content, state)
    content.state = state
    content.save(update_fields=["state"])
    if not content.is_read_by_patients:
        content = take_in_proposal(content)
    LibraryRevision.objects.bump()
    return content


def _refuse_unless_allowed(content: Content, state: State) -> None:
    """Raise StateRefused for a change that is not in the table, or would leave a plan bare."""
    if not content.may_become(state):
        raise StateRefused(_not_allowed(content, state))
    hides = content.state in Reviewed.READABLE_IN_PLANS and state not in Reviewed.READABLE_IN_PLANS
    if hides and (plans := uses_of(content).plans):
        message = ngettext(
            "%(n)d patient follows a plan with it. Correct its words here, or retire it: it then "
            "stays readable in that plan.",
            "%(n)d patients follow a plan with it. Correct its words here, or retire it: it then "
            "stays readable in these plans.",
            plans,
        )
        raise StateRefused(message % {"n": plans})


def _not_allowed(content: Content, state: State) -> str:
    now, then = content.get_state_display(), state.label
    return _("What is %(now)s cannot become %(then)s.") % {"now": now, "then": then}

"""Changes of what patients read: kept beside it until a clinician has read and published them."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from education.audit.actor import action
from education.library.loading.differences import Difference, differences
from education.library.loading.documents import Document, Kind, PackError, PackObject, digest_of
from education.library.loading.rows import document_of, write_late_parts, write_object
from education.library.loading.shapes import SHAPES
from education.library.models import Article, ContentProposal, Exercise, GlossaryTerm

from . import COLUMN_OF, Content, PublishCheck, PublishRefused, publish_check
from .states import StateRefused, lock, note_review

KIND_OF: Final = {
    Exercise: Kind.EXERCISE,
    Article: Kind.ARTICLE,
    GlossaryTerm: Kind.TERM,
}
# Lines of a proposal that are new have these primary keys while it is shown, far above real ones.
NEW_FROM: Final = 2**40


def words_of(content: Content) -> Document:
    """What the rows of a piece of content say now, without its state."""
    document = document_of(content, SHAPES[KIND_OF[type(content)]])
    del document["state"]
    return document


def proposal_of(content: Content) -> ContentProposal | None:
    """The change that is kept for it, or None."""
    rows = ContentProposal.objects.select_related("proposed_by")
    return rows.filter(**{COLUMN_OF[type(content)]: content}).first()


def changes_of(content: Content, proposal: ContentProposal) -> list[Difference]:
    """Line by line: ``pack`` is what readers read now, ``here`` what they would read."""
    now = words_of(content)
    shape = SHAPES[KIND_OF[type(content)]]
    return differences(now | proposal.document, now, shape, every_field=True)


def seal_of(content: Content, proposal: ContentProposal) -> str:
    """Names what a clinician saw: these words now, those proposed."""
    return digest_of({"now": words_of(content), "then": proposal.document})[:16]


@contextmanager
def as_proposed(content: Content) -> Iterator[Content]:
    """The content with its proposal written to its rows. When the block ends all is undone.

    Draw nothing inside that this process keeps (drawn.py): its keys know no proposals. Raises
    PackError for a proposal that cannot be written any more.
    """
    with transaction.atomic():
        proposal = proposal_of(content)
        yield _write(content, proposal, new_from=NEW_FROM) if proposal else content
        transaction.set_rollback(True)


def check_as_proposed(
    content: Content, *, today: date, names: Collection[str] = ()
) -> PublishCheck:
    """The publish check of what a clinician would publish: the proposed words, if there are any."""
    with as_proposed(content) as proposed:
        return publish_check(proposed, today=today, names=names)


@action
def keep_proposal(*, content: Content, document: Document, by: Any) -> ContentProposal | None:
    """Keep what the content shall say; None when that is what it says already.

    It takes the place of a proposal kept before, and waits for a clinician. The words that
    patients read stay as they are.
    """
    content = lock(content)
    kept = ContentProposal.objects.filter(**{COLUMN_OF[type(content)]: content}).first()
    if document == words_of(content):
        if kept:
            kept.delete()
        return None
    proposal = kept or ContentProposal(**{COLUMN_OF[type(content)]: content})
    proposal.document, proposal.proposed_by, proposal.returned_because = document, by, ""
    proposal.full_clean()
    proposal.save()
    return proposal


@action
def publish_proposal(
    *,
    content: Content,
    by: Any,
    on: date,
    seen: str,
    next_review_on: date | None = None,
    names: Collection[str] = (),
) -> Content:
    """The clinician ``by`` has read the proposed words and answers for them: patients read them.

    Raises PublishRefused for what the check finds in them; StateRefused when there is nothing to
    publish, or when it is not what was ``seen`` (see seal_of). Retired content stays retired.
    """
    content = lock(content)
    proposal = _waiting(content)
    if seal_of(content, proposal) != seen:
        raise StateRefused(_("The words have changed since you opened the page. Read them again."))
    try:
        content = _write(content, proposal)
    except PackError as error:
        raise StateRefused(str(error)) from error
    if blocking := publish_check(content, today=on, names=names).blocking:
        raise PublishRefused(blocking)
    proposal.delete()
    return note_review(content, by, on, next_review_on)


@action
def return_proposal(*, content: Content, because: str, by: Any) -> None:
    """Back to the editor, with what to change. Raises StateRefused without a word of that."""
    proposal = _waiting(lock(content))
    if not because.strip():
        raise StateRefused(_("Write what has to be changed, so that the editor knows."))
    proposal.returned_because = because.strip()[:300]
    proposal.save(update_fields=["returned_because"])


@action
def drop_proposal(*, content: Content, by: Any) -> None:
    """Throw the changes away. Raises StateRefused when there are none."""
    proposal = proposal_of(lock(content))
    if proposal is None:
        raise StateRefused(_nothing_waits())
    proposal.delete()


def take_in_proposal(content: Content) -> Content:
    """Write the proposed words to content that nobody reads any more: they are its draft now."""
    proposal = proposal_of(content)
    if proposal is None:
        return content
    content = _write(content, proposal)
    proposal.delete()
    return content


def _waiting(content: Content) -> ContentProposal:
    proposal = proposal_of(content)
    if proposal is None or proposal.returned_because:
        raise StateRefused(_nothing_waits())
    return proposal


def _nothing_waits() -> str:
    return _("There are no changes that wait here.")


def _write(content: Content, proposal: ContentProposal, *, new_from: int | None = None) -> Any:
    """The content, read anew, with what the proposal says written to its rows."""
    row: Any = type(content)._default_manager.get(pk=content.pk)
    document = {**words_of(row), **proposal.document, "state": row.state}
    item = PackObject(KIND_OF[type(content)], row.key, "", document)
    with translation.override("en"):  # the plain columns follow the active language
        write_object(item, row, new_from=new_from)
        write_late_parts(item, row, new_from=new_from)
    return type(content)._default_manager.get(pk=content.pk)

"""Rules that hold for exercises, articles and glossary words alike."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.library.figures.catalogue import POSE_KEYS
from education.library.models import ArticleSection, ExerciseStep, Reviewed
from education.library.reading_grade import HIGHEST_GRADE, hard_sentences, reading
from education.library.wording import unknown_placeholders

from .findings import Finding, Severity

Pictured = ExerciseStep | ArticleSection


def of_reading(
    texts: Iterable[str | None],
    proper_terms: Iterable[str],
    *,
    place: str,
    anchor: str,
    code: str = "reading_grade",
) -> Iterator[Finding]:
    """Texts that read, all together, above the grade; their hardest sentences are named."""
    read = reading(filter(None, texts), proper_terms=proper_terms)
    if not read.is_too_hard:
        return
    yield Finding(
        code=code,
        severity=Severity.SOFT,
        place=place,
        message=_("It reads at grade %(grade).1f. Grade %(most)d is the most.")
        % {"grade": read.grade, "most": HIGHEST_GRADE},
        to_do=_("Use shorter sentences and plainer words. These are the hardest to read:"),
        subject="\n".join(read.hardest),
        anchor=anchor,
        sentences=read.hardest,
    )


def of_sentences(
    text: str | None, proper_terms: Iterable[str], *, place: str, anchor: str
) -> Iterator[Finding]:
    """Single sentences clearly above the grade: easy words elsewhere do not make up for them."""
    for sentence in hard_sentences(text or "", proper_terms=proper_terms):
        yield Finding(
            code="hard_sentence",
            severity=Severity.SOFT,
            place=place,
            message=_("This sentence is hard to read."),
            to_do=_("Make two of it, or use plainer words:"),
            subject=sentence,
            anchor=anchor,
            sentences=(sentence,),
        )


def of_picture(part: Pictured, *, place: str, anchor: str) -> Iterator[Finding]:
    """A picture needs words for those who do not see it, and has to exist."""
    if (part.pose or part.photo_id) and not part.alt_en:  # type: ignore[union-attr]
        yield Finding(
            code="alt_missing",
            severity=Severity.HARD,
            place=place,
            message=_("The picture has no words for people who cannot see it."),
            to_do=_("Fill in “picture in words”."),
            anchor=anchor,
        )
    if part.pose and part.pose not in POSE_KEYS:
        yield Finding(
            code="unknown_pose",
            severity=Severity.HARD,
            place=place,
            message=_("There is no picture “%(name)s”.") % {"name": part.pose},
            to_do=_("Choose a picture that is drawn."),
            subject=part.pose,
            anchor=anchor,
        )


def of_placeholders(
    texts: Iterable[str | None], *, place: str = "", anchor: str = ""
) -> Iterator[Finding]:
    """Placeholders that no table fills: a patient would read the braces."""
    for text in filter(None, texts):
        for name in unknown_placeholders(text):
            yield Finding(
                code="unknown_placeholder",
                severity=Severity.HARD,
                place=place,
                message=_("“%(name)s” is not a placeholder.") % {"name": name},
                to_do=_("Use one such as {working:leg} or {resting:knee}."),
                subject=text,
                anchor=anchor,
            )


def of_review(content: Reviewed, today: date) -> Iterator[Finding]:
    """A review that is missing or long ago. Publishing is a review, so neither is in its way."""
    if content.state == Reviewed.State.PUBLISHED and not content.is_reviewed:
        yield Finding(
            code="not_reviewed",
            severity=Severity.NOTE,
            message=_("No clinician has reviewed these words, or they changed since."),
            to_do=_(
                "Readers see that it is not reviewed. Outside of a demonstration no new plan takes "
                "it."
            ),
        )
    if content.is_review_overdue(today):
        day = date_format(content.next_review_on)  # type: ignore[arg-type]
        yield Finding(
            code="review_overdue",
            severity=Severity.SOFT,
            message=_("The next review was due on %(day)s.") % {"day": day},
            to_do=_("A clinician reads it again and presses “Review again”."),
            subject=str(content.next_review_on),
            reviewable=True,
        )


def of_spanish(rows: Iterable[Any], names: Iterable[str]) -> Iterator[Finding]:
    """How many texts are not there in Spanish: said, for readers then get English."""
    names = tuple(names)
    missing = sum(
        bool(getattr(row, f"{name}_en", "")) and not getattr(row, f"{name}_es", "")
        for row in rows
        for name in names
    )
    if missing:
        yield Finding(
            code="spanish_missing",
            severity=Severity.NOTE,
            message=ngettext(
                "%(n)d text is not there in Spanish.",
                "%(n)d texts are not there in Spanish.",
                missing,
            )
            % {"n": missing},
            to_do=_("Readers of Spanish get English there."),
        )


def hard(code: str, message: str, to_do: str, *, anchor: str = "", place: str = "") -> Finding:
    """A finding that has to be mended."""
    return Finding(code, Severity.HARD, message, to_do, place=place, anchor=anchor)

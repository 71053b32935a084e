"""The publish check: what stands between a piece of content and its readers, in plain words."""

from collections.abc import Collection
from datetime import date

from education.library.models import Article, Exercise, GlossaryTerm, OverruledFinding

from .articles import findings_of_article, findings_of_term
from .exercises import findings_of_exercise
from .findings import Finding, PublishCheck, PublishRefused, Severity

Content = Exercise | Article | GlossaryTerm

#: The column of OverruledFinding and ContentProposal that names a piece of content.
COLUMN_OF = {Exercise: "exercise", Article: "article", GlossaryTerm: "term"}


def findings_of(
    content: Content, *, today: date, proper_terms: Collection[str] = ()
) -> list[Finding]:
    """Everything found against a piece of content; asks the database only for its own parts.

    ``today`` is the clinic's date. ``proper_terms`` (the words of the glossary, the clinic's name)
    do not count against the reading grade.
    """
    if isinstance(content, Exercise):
        return findings_of_exercise(content, today=today, proper_terms=proper_terms)
    if isinstance(content, Article):
        return findings_of_article(content, today=today, proper_terms=proper_terms)
    return findings_of_term(content, today=today, proper_terms=proper_terms)


def publish_check(content: Content, *, today: date, names: Collection[str] = ()) -> PublishCheck:
    """The check of a piece of content as it is stored now, with the reasons that were written.

    ``names`` are proper names besides the published glossary, such as the clinic's.
    """
    reasons = OverruledFinding.objects.filter(**{COLUMN_OF[type(content)]: content})
    terms = {*GlossaryTerm.objects.published().words(), *names}
    found = findings_of(content, today=today, proper_terms=terms)
    return PublishCheck.of(found, reasons.select_related("overruled_by"))


__all__ = [
    "COLUMN_OF",
    "Content",
    "Finding",
    "PublishCheck",
    "PublishRefused",
    "Severity",
    "findings_of",
    "publish_check",
]

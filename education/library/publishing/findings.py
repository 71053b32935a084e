"""What the publish check finds, and what of it stands in the way."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from education.library.models import OverruledFinding


class Severity(StrEnum):
    """How much a finding weighs."""

    HARD = "hard"  # stands in the way until it is mended
    SOFT = "soft"  # stands in the way until it is mended, or somebody writes why it may stay
    NOTE = "note"  # said, and never in the way


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found against a piece of content, in plain words.

    ``code`` names the kind and ``subject`` the words it was found in: an overruling holds for both
    together. ``place`` is where to look ("Step 3"), ``anchor`` the id of that part of the admin's
    form. ``sentences`` are quoted below the message. What a review itself mends (``reviewable``)
    does not stand in the way of the clinician who publishes.
    """

    code: str
    severity: Severity
    message: str
    to_do: str
    place: str = ""
    subject: str = ""
    anchor: str = ""
    sentences: tuple[str, ...] = ()
    reviewable: bool = False

    @property
    def token(self) -> str:
        """Names the finding in a form: the same words, the same token."""
        return hashlib.sha256(f"{self.code}\n{self.subject}".encode()).hexdigest()[:12]

    @property
    def is_hard(self) -> bool:
        return self.severity is Severity.HARD


@dataclass(frozen=True, slots=True)
class PublishCheck:
    """The findings of one piece of content, sorted by what they mean for it."""

    hard: list[Finding] = field(default_factory=list)
    soft: list[Finding] = field(default_factory=list)  # nobody has overruled these
    overruled: list[tuple[Finding, OverruledFinding]] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    @classmethod
    def of(cls, found: Iterable[Finding], reasons: Iterable[OverruledFinding]) -> "PublishCheck":
        """Sort findings by weight; ``reasons`` are the rows kept for this content."""
        kept = {(row.code, row.subject): row for row in reasons}
        check = cls()
        for finding in found:
            reason = kept.get((finding.code, finding.subject))
            if finding.severity is Severity.HARD:
                check.hard.append(finding)
            elif finding.severity is Severity.NOTE:
                check.notes.append(finding)
            elif reason:
                check.overruled.append((finding, reason))
            else:
                check.soft.append(finding)
        return check

    @property
    def to_overrule(self) -> list[Finding]:
        """Soft findings that somebody mends, or says of why they may stay."""
        return [finding for finding in self.soft if not finding.reviewable]

    @property
    def to_review(self) -> list[Finding]:
        """Soft findings that end with the next review."""
        return [finding for finding in self.soft if finding.reviewable]

    @property
    def blocking(self) -> list[Finding]:
        """What a clinician who publishes now would be refused for."""
        return [*self.hard, *self.to_overrule]


class PublishRefused(Exception):
    """A piece of content cannot be published. ``findings`` say why."""

    def __init__(self, findings: Sequence[Finding]):
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = findings

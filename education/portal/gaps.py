"""Parts of a page that are drawn once, with gaps for what changes with every tap."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.utils.safestring import SafeString, mark_safe

# In a template: <!--gap week-->. Typed text is escaped, so nobody can write one.
GAP = re.compile(r"<!--gap ([\w -]+)-->")


@dataclass(frozen=True)
class WithGaps:
    """A drawn part of a page. ``pieces``: HTML, the name of a gap, HTML, ..., HTML."""

    pieces: tuple[str, ...]

    @classmethod
    def cut(cls, drawn: str) -> Self:
        """What a template drew, cut at its gaps."""
        return cls(tuple(GAP.split(drawn)))

    @property
    def gaps(self) -> tuple[str, ...]:
        """The names of its gaps, in the order of the page."""
        return self.pieces[1::2]

    def filled(self, parts: Mapping[str, str]) -> SafeString:
        """The whole, with a part of HTML in each gap; one without a part stays empty."""
        pieces = list(self.pieces)
        pieces[1::2] = [parts.get(name, "") for name in self.gaps]
        return mark_safe("".join(pieces))  # noqa: S308 - templates drew every piece

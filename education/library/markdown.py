"""The small Markdown that editors write: paragraphs, lists, emphasis and links. Nothing else.

HTML, pictures, headings and code are shown as the text they were typed as. A link leads to a web
page, to this site, to a mail address or a phone number; any other address stays text.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

INLINE_RULES = ("emphasis", "link", "escape")
# One slash only: "//elsewhere.example" would leave the site.
ALLOWED_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|#|/(?!/))", re.IGNORECASE)
OTHER_SITE = re.compile(r"https?://", re.IGNORECASE)


class _Renderer(RendererHTML):
    """Writes links to other sites so that they learn nothing about this one."""

    def link_open(
        self, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]
    ) -> str:
        token = tokens[index]
        if OTHER_SITE.match(str(token.attrGet("href") or "")):
            token.attrSet("rel", "noopener noreferrer")
        return self.renderToken(tokens, index, options, env)


def _parser() -> MarkdownIt:
    """The "zero" preset knows paragraphs and plain text only; what we allow is added by name."""
    parser = MarkdownIt("zero", {"html": False}, renderer_cls=_Renderer)
    parser.enable(["list", *INLINE_RULES])
    parser.validateLink = lambda url: bool(ALLOWED_ADDRESS.match(url))  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


@lru_cache(maxsize=256)
def markdown(text: str) -> SafeString:
    """``text`` as HTML of paragraphs, lists, emphasis and links."""
    return mark_safe(_PARSER.render(text))  # noqa: S308 - the parser writes no HTML it is given


@lru_cache(maxsize=512)
def markdown_line(text: str) -> SafeString:
    """One line: emphasis and links, no paragraph around it."""
    return mark_safe(_PARSER.renderInline(text))  # noqa: S308 - as above

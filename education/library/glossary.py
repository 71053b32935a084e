"""Words of the glossary, explained where a page first uses them.

The native popover does it without a script: a button that shows the meaning, by touch, by keyboard
and to a screen reader. On paper, and in a browser too old for it, the meaning follows in brackets.
"""

import re
from collections.abc import Iterable, Mapping

from django.utils.functional import cached_property
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .models import GlossaryTerm
from .models.glossary import forms_of

TAG = re.compile(r"(<[^>]*>)")
TAG_NAME = re.compile(r"</?\s*([a-zA-Z][\w-]*)")
#: Nothing is explained inside these: another control, a heading, or what no reader sees.
LEFT_ALONE = frozenset(
    {"a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "label", "script", "style", "svg"}
)


class Explainer:
    """The words that one page explains. It remembers which ones the page has explained already.

    One for each drawing of a page: terms are asked for once, and the first use on the page wins.
    """

    def __init__(self, terms: Iterable[GlossaryTerm]):
        self._left: dict[str, GlossaryTerm] = {term.key: term for term in terms}

    @classmethod
    def of_library(cls) -> "Explainer":
        """With every published word, in the active language. One query."""
        return cls(GlossaryTerm.objects.published())

    @cached_property
    def _forms(self) -> Mapping[str, str]:
        """Each form, escaped and in small letters -> the key of its term."""
        return {
            escape(form).casefold(): term.key
            for term in self._left.values()
            for form in forms_of(term.term, term.other_forms)
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Any form as a whole word, the longest first: “sciatic nerve” before “sciatic”."""
        forms = sorted(self._forms, key=len, reverse=True)
        if not forms:
            return None
        either = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
        return re.compile(rf"(?<![\w&-])(?:{either})(?![\w-])", re.IGNORECASE)

    def explain(self, html: str) -> SafeString:
        """``html`` (text is escaped first) with the first use of each word made a button."""
        safe = conditional_escape(html)
        if self._pattern is None or not self._left:
            return mark_safe(safe)  # noqa: S308 - escaped above
        parts = TAG.split(safe)
        depth = 0
        for number, part in enumerate(parts):
            if number % 2:
                depth += _depth_of(part)
            elif part and not depth:
                parts[number] = self._pattern.sub(self._explained, part)
        return mark_safe("".join(parts))  # noqa: S308 - its own escaped text and our elements

    def _explained(self, found: re.Match[str]) -> str:
        # "ı" and "İ" meet an "i" in the pattern, and are no form of any word.
        key = self._forms.get(" ".join(found[0].split()).casefold(), "")
        term = self._left.pop(key, None)
        return explanation(mark_safe(found[0]), term) if term else found[0]  # noqa: S308


def explanation(word: SafeString, term: GlossaryTerm) -> SafeString:
    """``word``, as the page has it, as a button that shows the meaning of ``term``."""
    not_reviewed = (
        "" if term.is_reviewed else format_html(" <small>{}</small>", _("Not reviewed yet."))
    )
    return format_html(
        '<button type="button" class="pm-term" popovertarget="g-{key}">{word}</button>'
        '<span popover id="g-{key}" class="pm-term__meaning"><b>{term}: </b>{meaning}{note}</span>',
        key=term.key,
        word=word,
        term=term.term,
        meaning=term.meaning,
        note=not_reviewed,
    )


def _depth_of(tag: str) -> int:
    """1 where something that is left alone begins, -1 where it ends, else 0."""
    name = TAG_NAME.match(tag)
    if name is None or name[1].lower() not in LEFT_ALONE or tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1

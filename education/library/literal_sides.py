"""Finds left and right written out where a placeholder should name the side.

A planned exercise is worded for its working side, so a step that says “left” is wrong for half of
the patients. Some steps mean it all the same ("turn right at the door"): the answer is a question
to the editor, never a refusal.
"""

import re
from typing import Final

from .wording import PLACEHOLDER

SIDES: Final = {
    "en": re.compile(r"\b(?:left|right)\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:izquierd|derech)[oa]s?\b", re.IGNORECASE),
}

# The same words where they name no side of the body. “Left and right” guesses none either.
NO_SIDE: Final = {
    "en": re.compile(
        r"""
        \bright[ -]angled?s?\b
        | \bright\ (?:away|now|after|before|at|under|below|above|beside|here|there|then|size|height
            |amount|way|time|place|spot|form|kind|help|exercises?|for|enough|through)\b
        | \b(?:all|feels?|do\ (?:it|this|that|them))\ right\b
        | \bleft[ -]?(?:over|out|off|behind|alone|to\ do)\b
        | \b(?:is|are|was|were|be|has|have|had|any|none|nothing|seconds?|minutes?|rounds?|times?)
            \ left\b
        | \b(?:left\ (?:and|or|to)\ right|right\ (?:and|or|to)\ left)\b
        """,
        re.IGNORECASE | re.VERBOSE,
    ),
    "es": re.compile(
        r"""
        \b(?:espalda|columna|cabeza|cuello|tronco|cuerpo|postura|siéntate|ponte|párate|quédate
            |mantente|sentad[oa]|parad[oa]|de\ pie|bien)\ derech[oa]\b
        | \bderechos?\ (?:a|de)\b
        | \bizquierda\ (?:y|o|a)\ (?:la\ )?derecha\b
        | \bderecha\ (?:e|o|a)\ (?:la\ )?izquierda\b
        """,
        re.IGNORECASE | re.VERBOSE,
    ),
}


def literal_sides(text: str, language: str) -> list[str]:
    """The words of ``text`` that name left or right outright, each once, as they stand there.

    ``language`` is "en" or "es" (or such as "es-mx"). What a placeholder becomes is never found.
    """
    code = language[:2]
    rest = NO_SIDE[code].sub(" ", PLACEHOLDER.sub(" ", text))
    return list(dict.fromkeys(found[0] for found in SIDES[code].finditer(rest)))

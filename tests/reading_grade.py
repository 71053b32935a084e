"""An estimate of how many years of school a text asks for (Flesch-Kincaid grade)."""

import re


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end: close enough for a mean."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = re.search(r"[^aeiouyl]e$|[^aeiou]es$|[^aeioutd]ed$", word.lower()) is not None
    return max(1, groups - silent)


def reading_grade(text: str) -> float:
    """Flesch-Kincaid grade of plain text; sentences end with . ! ? or :."""
    words = re.findall(r"[A-Za-z’'-]+", text)
    sentences = [part for part in re.split(r"[.!?:]+", text) if re.search(r"[A-Za-z]", part)]
    if not words:
        return 0.0
    each = sum(syllables(word) for word in words) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * each - 15.59

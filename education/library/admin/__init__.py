"""The library in the admin: editors write, clinicians answer for it, nothing is deleted."""

from . import articles, exercises, glossary, red_flags, synonyms

__all__ = ["articles", "exercises", "glossary", "red_flags", "synonyms"]

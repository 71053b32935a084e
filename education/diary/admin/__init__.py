"""The diary as staff see it. It is read here, and never edited."""

from .alerts import AlertAdmin

__all__ = ["AlertAdmin"]

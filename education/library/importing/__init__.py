"""Exercises of other collections, brought into the library as drafts that nobody has reviewed."""

from .entries import Collection, Entry, FileContent, ImportRefused
from .formats import FORMATS
from .load import ImportReport, load_entries

__all__ = [
    "FORMATS",
    "Collection",
    "Entry",
    "FileContent",
    "ImportRefused",
    "ImportReport",
    "load_entries",
]

"""The language that a sheet is written in: that of its words, whoever prints it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import translation


def has_texts(language: str) -> bool:
    """Whether the site's own words exist in ``language``: a compiled catalogue is there."""
    folder = Path(translation.to_locale(language), "LC_MESSAGES", "django.mo")
    return any((Path(path) / folder).is_file() for path in settings.LOCALE_PATHS)


@contextmanager
def language_of_paper(wanted: str) -> Iterator[None]:
    """Draw in ``wanted``; in English as long as the words do not exist in it (decision 7).

    Dates and the PDF's own language follow: English words under a Spanish date, read aloud with a
    Spanish voice, would help nobody.
    """
    language = wanted if has_texts(wanted) else settings.LANGUAGE_CODE
    with translation.override(language):
        yield

"""What tests of the patients' pages share."""

import struct

import pytest

NO_WORDS = struct.pack("<7I", 0x950412DE, 0, 0, 28, 28, 0, 28)  # a compiled catalogue, empty


@pytest.fixture
def spanish_texts(settings, tmp_path):
    """A site whose own words exist in Spanish: its compiled catalogue is there."""
    catalogue = tmp_path / "es" / "LC_MESSAGES" / "django.mo"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(NO_WORDS)
    settings.LOCALE_PATHS = [tmp_path]

"""The red flags as every page shows them: one text, three care levels, the clinic's phone in it."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .clinic import ClinicFacts
from .drawn import drawn
from .markdown import markdown_line
from .models import CareLevel, LibraryRevision

PHONE = "{phone}"


@dataclass(frozen=True, slots=True)
class CareAdvice:
    """What to do at one care level, and the signs it is for."""

    instruction: SafeString
    signs: tuple[SafeString, ...] = ()


@dataclass(frozen=True, slots=True)
class RedFlagPanel:
    """What components/redflags.html shows."""

    emergency: CareAdvice
    urgent: CareAdvice
    soon: CareAdvice


def red_flag_panel(clinic: ClinicFacts, *, revision: int | None = None) -> RedFlagPanel:
    """The panel in the active language.

    One query while the library stays as it is, none when the caller knows the ``revision``.
    """
    phone = clinic.phone.as_national if clinic.phone else ""
    if revision is None:
        revision = LibraryRevision.objects.current()
    return drawn(("red flags", get_language(), revision, phone), lambda: _read_panel(phone))


def _read_panel(phone: str) -> RedFlagPanel:
    levels = {
        level.level: CareAdvice(
            instruction=_with_phone(level.instruction, phone),
            signs=tuple(markdown_line(flag.text) for flag in level.red_flags.all()),
        )
        for level in CareLevel.objects.prefetch_related("red_flags")
    }
    return RedFlagPanel(
        **{level: levels.get(level) or _unwritten(level, phone) for level in CareLevel.Level.values}
    )


def _with_phone(instruction: str, phone: str) -> SafeString:
    """The instruction with the clinic's number, which never breaks at the end of a line."""
    text = markdown_line(instruction)
    number = format_html('<span class="text-nowrap">{}</span>', phone)
    return mark_safe(text.replace(PHONE, number))  # noqa: S308 - both parts are escaped


def _unwritten(level: str, phone: str) -> CareAdvice:
    """The least a page about danger must say, in a library that is still empty."""
    said = {
        CareLevel.Level.EMERGENCY: _("Call 911 or go to the emergency room now."),
        CareLevel.Level.URGENT: _("See a doctor today."),
        CareLevel.Level.SOON: _("Call us at {phone}."),
    }
    return CareAdvice(instruction=_with_phone(said[CareLevel.Level(level)], phone))

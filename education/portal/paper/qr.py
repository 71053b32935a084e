"""The QR code on paper: the address of the log-in page, and nothing else."""

import segno
from django.utils.safestring import SafeString, mark_safe
from segno import QRCode

from education.people.mail import site_link


def log_in_address() -> str:
    """The whole address of the log-in page. It names nobody, and lets nobody in."""
    return site_link("account_login")


def _code() -> QRCode:
    return segno.make(log_in_address(), error="m", micro=False)


def qr_source() -> str:
    """The code as the source of an image, for a PDF."""
    return _code().svg_data_uri(border=0, xmldecl=False, nl=False)


def qr_inline() -> SafeString:
    """The code as part of a page: its black squares, without a label of its own."""
    svg = _code().svg_inline(border=4, omitsize=True, svgclass="pm-qr", lineclass=None, scale=4)
    return mark_safe(svg)  # noqa: S308 - drawn from our own address

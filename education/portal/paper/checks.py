"""What ``manage.py check --deploy`` says about paper."""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register

from .pdf import what_is_missing


@register(Tags.compatibility, deploy=True)
def pdfs_can_be_made(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The site runs without PDFs; whoever sets it up should know that it does."""
    missing = what_is_missing()
    return [Warning(missing, id="portal.W001")] if missing else []

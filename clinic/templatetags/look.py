"""Template tags of the site's look."""

from datetime import date
from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from education.library.drawn import drawn
from education.library.wording import day_words

register = template.Library()


@register.simple_tag
@cache  # a page draws the same few icons many times
def icon(name: str) -> SafeString:
    """Draws one icon of static/img/icons.svg by its id.

    It is hidden from screen readers: the word beside it carries the meaning, always.
    """
    return format_html(
        '<svg class="pm-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.filter
def day(value: date | None, form: str = "l, F j") -> str:
    """A day as a patient reads it, with the year when it is not this one; empty for none."""
    return day_words(value, form) if value else ""


@register.simple_tag
def kept(template_name: str, **values: Any) -> SafeString:
    """The include ``template_name`` with ``values`` alone, drawn once and kept in this process.

    For the frame of every page: its header and footer are the same for each reader of a language.
    A value is compared as it is, a row by its ``changed_at``. The part must not hold a token.
    """
    told = tuple(getattr(value, "changed_at", value) for value in values.values())
    key = (template_name, get_language(), *told)
    return drawn(key, lambda: render_to_string(template_name, values))

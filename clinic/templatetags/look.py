"""Template tags of the site's look."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

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

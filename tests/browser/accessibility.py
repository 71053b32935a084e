"""What the accessibility rules of axe find on a page."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Markup of Django's own admin: its search form, its boxes to delete a line, its pair of lists, and
# what a box with a search inside shows while it is empty (the box around it has a name).
NOT_OURS = [
    *(["#changelist-search"], [".tabular .delete"], [".tabular th.original"], [".selector"]),
    [".select2-selection__rendered"],
]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]  # all that dark colours can change
RUN = "async ([where, options]) => (await axe.run(where, options)).violations"


def accessibility_findings(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """A line for each place that breaks a rule; none on a clean page."""
    page.wait_for_load_state()  # a page half arrived has no names yet
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    # Its preload would fetch style sheets in ways that the page itself does not.
    options = {"runOnly": list(rules), "resultTypes": ["violations"], "preload": False}
    violations = page.evaluate(RUN, [{"exclude": NOT_OURS}, options])
    return [_line(violation, node) for violation in violations for node in violation["nodes"]]


def _line(violation: dict[str, Any], node: dict[str, Any]) -> str:
    said = " ".join(node["failureSummary"].split())
    return f"{violation['id']}: {node['html'][:160]} ({said})"

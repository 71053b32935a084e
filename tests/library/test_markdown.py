"""The small Markdown of editors: what it draws, and what stays text."""

import pytest

from education.library.markdown import markdown, markdown_line


def test_paragraphs_lists_and_emphasis_are_drawn():
    drawn = markdown("One *soft* and **strong**.\n\n- first\n- second\n\n1. one")
    assert "<p>One <em>soft</em> and <strong>strong</strong>.</p>" in drawn
    assert "<ul>\n<li>first</li>\n<li>second</li>\n</ul>" in drawn
    assert "<ol>\n<li>one</li>\n</ol>" in drawn


@pytest.mark.parametrize("address", ["/contact/", "#red-flags", "mailto:a@b.example", "tel:911"])
def test_links_within_the_site_and_to_people_are_drawn(address):
    assert markdown_line(f"[go]({address})") == f'<a href="{address}">go</a>'


def test_a_link_to_another_site_tells_it_nothing():
    assert (
        markdown_line("[go](https://health.example/x)")
        == '<a href="https://health.example/x" rel="noopener noreferrer">go</a>'
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&#10;script:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "data:image/png;base64,x",
        "file:///etc/passwd",
        "//elsewhere.example/",
        "elsewhere",
    ],
)
def test_any_other_address_stays_text(address):
    for drawn in (markdown(f"[go]({address})"), markdown(f"[go](<{address}>)")):
        assert "<a" not in drawn
        assert "href" not in drawn
        assert "go" in drawn


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "text <b onclick=alert(1)>bold</b>",
        "<iframe src='https://elsewhere.example'></iframe>",
        "<!-- comment -->",
        "<https://elsewhere.example>",
        "<style>body{}</style>",
        "- <svg/onload=alert(1)>",
    ],
)
def test_html_is_shown_as_it_was_typed(typed):
    drawn = markdown(typed)
    for tag in ("<script", "<img", "<b ", "<iframe", "<!--", "<a", "<style", "<svg"):
        assert tag not in drawn
    assert "&lt;" in drawn


def test_a_title_cannot_leave_its_quotes():
    drawn = markdown_line('[go](/x "\\" onmouseover=alert(1) ")')
    assert 'title="&quot; onmouseover=alert(1) "' in drawn


@pytest.mark.parametrize(
    "typed", ["![alt](/x.png)", "![alt](https://elsewhere.example/x.png)", "![a][b]\n\n[b]: /x.png"]
)
def test_pictures_are_not_drawn(typed):
    assert "<img" not in markdown(typed)


@pytest.mark.parametrize(
    "typed", ["# Big", "    code", "```\ncode\n```", "> quote", "| a | b |\n|-|-|"]
)
def test_headings_code_quotes_and_tables_stay_text(typed):
    drawn = markdown(typed)
    for tag in ("<h1", "<pre", "<code", "<blockquote", "<table"):
        assert tag not in drawn


def test_line_breaks_and_lonely_marks_do_no_harm():
    assert markdown_line("2 * 3 and a_b_c") == "2 * 3 and a_b_c"
    assert markdown("") == ""

"""Words of the glossary are explained where a page first uses them."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe

from education.library.glossary import Explainer
from education.library.markdown import markdown
from education.library.models import GlossaryTerm, LibraryRevision
from education.library.publishing import findings_of
from education.library.publishing.proposals import proposal_of, publish_proposal, seal_of
from tests.library.admin_page import assert_saved, save
from tests.library.content import make_article
from tests.library.sound import make_sound_exercise, make_term

pytestmark = pytest.mark.django_db

SCIATICA = (
    '<button type="button" class="pm-term" popovertarget="g-sciatica">{}</button>'
    '<span popover id="g-sciatica" class="pm-term__meaning"><b>sciatica: </b>'
    "Pain that runs down the leg. <small>Not reviewed yet.</small></span>"
)


def explain(text: str) -> str:
    """Text that somebody typed."""
    return Explainer.of_library().explain(text)


def explain_html(html: str) -> str:
    """HTML that a template made."""
    return explain(mark_safe(html))  # noqa: S308 - written in these tests


# ------------------------------------------------------------------ which words


def test_the_first_use_is_explained_as_the_page_writes_it():
    make_term()
    html = markdown("Sciatica hurts. So does sciatica.")
    assert explain_html(html) == f"<p>{SCIATICA.format('Sciatica')} hurts. So does sciatica.</p>\n"


def test_a_page_explains_a_word_once_in_all_of_its_parts():
    make_term()
    words = Explainer.of_library()
    assert "popover" in words.explain("Sciatica.")
    assert words.explain("Sciatica.") == "Sciatica."


def test_other_forms_are_explained_too_and_parts_of_words_are_not():
    make_term("flare-up", term_en="flare-up", other_forms_en="flare-ups, flare up")
    assert ">flare-ups</button>" in explain("Two flare-ups.")
    assert ">Flare up</button>" in explain("Flare up.")
    assert explain("A flare-upset, a pre-flare-up.") == "A flare-upset, a pre-flare-up."


def test_the_longer_of_two_words_wins():
    make_term("nerve", term_en="nerve")
    make_term("sciatic-nerve", term_en="sciatic nerve")
    html = explain("The sciatic nerve is a nerve.")
    assert html.index("g-sciatic-nerve") < html.index('popovertarget="g-nerve"')
    assert ">sciatic nerve</button>" in html


@pytest.mark.parametrize(
    "word",
    ["sc\N{LATIN SMALL LETTER DOTLESS I}atica", "SC\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}ATICA"],
)
def test_a_word_with_a_turkish_i_stays_as_it_is(word):
    make_term()
    assert explain(f"{word}.") == f"{word}."


def test_a_word_that_goes_on_in_the_next_line_is_found():
    make_term("sciatic-nerve", term_en="sciatic nerve")
    assert ">sciatic\nnerve</button>" in explain_html("<p>The sciatic\nnerve.</p>")


@pytest.mark.parametrize("tag", ["a", "h2", "h3", "button", "code", "label"])
def test_nothing_is_explained_inside_another_control_or_a_heading(tag):
    make_term()
    assert explain_html(f"<{tag}>Sciatica</{tag}>") == f"<{tag}>Sciatica</{tag}>"
    html = explain_html(f"<{tag}><b>Sciatica</b></{tag}><p>Sciatica</p>")
    assert html.startswith(f"<{tag}><b>Sciatica</b></{tag}><p><button")


def test_attributes_are_no_text():
    make_term()
    html = explain_html('<img src="x" alt="sciatica"><p>Sciatica</p>')
    assert html.startswith('<img src="x" alt="sciatica"><p><button')


def test_only_published_words_are_explained():
    make_term(state="in_review")
    assert explain("Sciatica") == "Sciatica"


# ------------------------------------------------------------------ what is written


def test_typed_text_is_escaped_everywhere():
    make_term("q", term_en="Q&A", meaning_en='<img src=x onerror="x">')
    html = explain("Q&A <script>")
    assert ">Q&amp;A</button>" in html
    assert "&lt;img src=x onerror=&quot;x&quot;&gt;" in html
    assert html.endswith(" &lt;script&gt;")
    assert explain("amp &amp; A") == "amp &amp;amp; A"


def test_a_reviewed_word_does_not_say_that_it_is_not(clinician):
    make_term(reviewed_by=clinician, reviewed_on="2026-11-02")
    assert "Not reviewed" not in explain("Sciatica")


def test_a_spanish_page_explains_in_spanish():
    make_term(term_es="ciática", meaning_es="Dolor que baja por la pierna.")
    with translation.override("es"):
        html = explain("La ciática duele.")
    assert ">ciática</button>" in html
    assert "Dolor que baja por la pierna." in html


# ------------------------------------------------------------------ on the pages


def page(client, name: str, *args: str) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_an_article_explains_a_word_of_its_text_once(visitor):
    make_term("text", term_en="text")
    make_article("back")
    body = page(visitor, "article", "back")
    assert body.count('popovertarget="g-text"') == 1
    assert body.count('id="g-text"') == 1


def test_an_exercise_explains_a_word_of_its_steps(visitor):
    make_term("leg", term_en="leg")
    exercise = make_sound_exercise()
    body = page(visitor, "exercise_detail", exercise.key)
    assert 'Lift your sore <button type="button" class="pm-term" popovertarget="g-leg">' in body


def test_a_page_is_drawn_once_and_anew_when_a_changed_word_is_published(
    visitor, as_editor, clinician, django_assert_num_queries
):
    term = make_term("text", term_en="text")
    make_article("back")
    page(visitor, "article", "back")
    with django_assert_num_queries(2):  # the revision and the clinic
        page(visitor, "article", "back")
    before = LibraryRevision.objects.current()
    assert_saved(save(as_editor, term, meaning_en="What you read now."))
    assert "What you read now." not in page(visitor, "article", "back")
    seal = seal_of(term, proposal_of(term))
    publish_proposal(content=term, by=clinician, on=date(2026, 11, 22), seen=seal)
    assert LibraryRevision.objects.current() == before + 1
    assert "What you read now." in page(visitor, "article", "back")


# ------------------------------------------------------------------ the pack's own words


def test_every_word_of_the_pack_is_plain(library, clinician):
    terms = list(GlossaryTerm.objects.all())
    assert len(terms) >= 15
    proper = GlossaryTerm.objects.published().words()
    for term in terms:
        found = findings_of(term, today=clinician.date_joined.date(), proper_terms=proper)
        assert {f.code for f in found} <= {"spanish_missing", "not_reviewed"}, term
        assert not re.search(r"\b(just|simply|cure)\b", term.meaning_en)


def test_the_words_of_the_pack_are_explained_on_its_pages(library, visitor):
    body = page(visitor, "home")
    for key in ("sciatica", "sciatic-nerve", "radiculopathy", "herniated-disc", "hamstrings"):
        assert body.count(f'popovertarget="g-{key}"') == 1, key

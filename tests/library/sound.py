"""Content against which the publish check finds nothing to mend."""

from typing import Any

from education.library.models import Article, Exercise, GlossaryTerm, StopIf
from tests.factories import make_exercise
from tests.library.content import make_article

POSE = "knee-to-chest-chair/1"


def make_sound_exercise(key: str = "sound", **fields: Any) -> Exercise:
    """One step with a picture that names the side, and a sign to stop."""
    found_by = {"areas": ["low_back"], "kind": "mobility", "low_back": "bends"}
    exercise = make_exercise(key, **{**found_by, **fields})
    exercise.steps.all().delete()
    exercise.steps.create(
        order=1, text_en="Lift {working:leg} slowly.", pose=POSE, alt_en="{Working:leg} comes up."
    )
    StopIf.objects.create(exercise=exercise, text_en="The chair slides.")
    return exercise


def make_bare_exercise() -> Exercise:
    """In review, with no sign to stop and no picture."""
    exercise = make_sound_exercise(state="in_review")
    exercise.stop_ifs.all().delete()
    exercise.steps.update(pose="", alt_en="")
    return exercise


def make_sound_article(key: str = "sound", **fields: Any) -> Article:
    """A page about a condition with its red flags and a key point."""
    article = make_article(key, **{"summary_en": "It often settles in a few weeks.", **fields})
    article.key_points.create(text_en="Keep moving.")
    return article


def make_term(key: str = "sciatica", **fields: Any) -> GlossaryTerm:
    defaults = {
        "key": key,
        "term_en": "sciatica",
        "meaning_en": "Pain that runs down the leg.",
        "state": "published",
    }
    return GlossaryTerm.objects.create(**{**defaults, **fields})

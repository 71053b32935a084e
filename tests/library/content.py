"""A small library for the tests of the public pages."""

from typing import Any

from education.library.models import (
    Article,
    ArticleSection,
    CareLevel,
    Exercise,
    ExerciseFamily,
    LadderLink,
    RedFlag,
    StopIf,
)
from tests.factories import make_exercise

PANELS = ArticleSection.Panel


def make_red_flags() -> None:
    """One sign at each care level."""
    for order, (level, instruction, sign) in enumerate(
        [
            ("emergency", "Call 911 now. Do not wait for us.", "You **cannot pee**."),
            ("urgent", "See a doctor today. Call us at {phone}.", "You have a fever."),
            ("soon", "Call us within two working days.", "You are no better."),
        ]
    ):
        care = CareLevel.objects.create(
            level=level, title_en=level.title(), instruction_en=instruction, order=order
        )
        RedFlag.objects.create(key=f"sign-{level}", care_level=care, text_en=sign)


def make_family(key: str = "knee-to-chest", **fields: Any) -> ExerciseFamily:
    return ExerciseFamily.objects.create(
        **{"key": key, "title_en": "Knee to chest", "purpose_en": "Eases a stiff back.", **fields}
    )


def make_draft(key: str = "", **fields: Any) -> Exercise:
    """An exercise that nobody reads yet: what an editor saves is in its rows at once."""
    return make_exercise(key, **{"state": "draft", **fields})


def make_article(key: str = "sciatica", **fields: Any) -> Article:
    """A published article: what it is, the red flags, the exercises."""
    defaults = {
        "key": key,
        "title_en": "Exercises for sciatica",
        "summary_en": "Sciatica often settles in days or weeks.",
        "state": "published",
    }
    article = Article.objects.create(**{**defaults, **fields})
    for order, (name, title, panel) in enumerate(
        [
            ("understand", "What is it?", PANELS.NONE),
            ("see-a-doctor", "When to see a doctor", PANELS.RED_FLAGS),
            ("exercises", "The exercises", PANELS.EXERCISES),
        ]
    ):
        ArticleSection.objects.create(
            article=article, key=name, title_en=title, body_en=f"Text of {name}.", order=order,
            panel=panel,
        )  # fmt: skip
    return article


def illustrate(article: Article, key: str, pose: str, **words: str) -> None:
    """Give the section a drawing with the words below it and instead of it."""
    section = article.sections.get(key=key)
    section.pose = pose
    section.caption_en, section.alt_en = words.get("caption", ""), words.get("alt", "A person.")
    section.save()


def link(lower: Exercise, higher: Exercise) -> None:
    """``higher`` is the harder form of ``lower``, which is the easier form of it."""
    LadderLink.objects.create(
        exercise=lower, to_exercise=higher, direction="harder", rule_en="5 of 7 days went well."
    )
    LadderLink.objects.create(
        exercise=higher, to_exercise=lower, direction="easier", rule_en="It hurts too much."
    )


def make_pictured_exercise(**fields: Any) -> Exercise:
    """Knee to chest on a chair: two steps with pictures, a stop-if, a dosage of odd numbers."""
    exercise = make_exercise(
        fields.pop("key", "knee-to-chest-chair"),
        **{
            "title_en": "Knee to chest on a chair",
            "form_name_en": "On a chair",
            "sets": 3,
            "reps_min": 17,
            "hold_seconds": 43,
            "equipment": ["chair"],
            "demands": ["sits", "grips"],
            "harder_day_en": "1 round of 13.",
            **fields,
        },
    )
    exercise.steps.all().delete()
    for order, (kind, text, pose) in enumerate(
        [
            ("safety", "Put the chair against a wall.", ""),
            ("preparation", "Sit tall.", "knee-to-chest-chair/1"),
            ("step", "Hold behind {working:thigh}.", ""),
            ("step", "Lift {working:knee} slowly.", "knee-to-chest-chair/2"),
            ("breathing", "Breathe slowly.", ""),
        ]
    ):
        exercise.steps.create(
            order=order, kind=kind, text_en=text, pose=pose,
            alt_en="{Working:knee} comes up." if pose else "",
        )  # fmt: skip
    StopIf.objects.create(exercise=exercise, text_en="The chair slides.")
    return exercise

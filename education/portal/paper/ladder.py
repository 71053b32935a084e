"""How an exercise gets easier or harder, in the few words that paper has room for.

The plan's own rule where its clinician wrote one, the library's where not. The library's rules
end alike; what all of them on a sheet end with is told once, and not beside each exercise.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from education.library.models import Exercise, LadderLink
from education.plans.checks import clashes
from education.plans.reading import ReadExercise

BETWEEN_SENTENCES: Final = re.compile(r"(?<=[.!?]) +")


@dataclass(frozen=True)
class Rungs:
    """Forms, by name, that one rule is about; ``is_own`` when the plan's clinician wrote it.

    ``names`` is empty where a rule of the plan is all there is; ``rule`` where all of it is told
    once for the whole sheet.
    """

    names: list[str]
    rule: str
    is_own: bool = False

    @property
    def words(self) -> str:
        """All names, then the rule: “Bridge; Hip hinge, deep: You lie down.”"""
        named = "; ".join(self.names)
        if named and self.rule:
            return f"{named}: {self.rule}"
        return self.rule or f"{named}."


@dataclass(frozen=True)
class Ladder:
    """Down is the patient's choice, up the clinician's."""

    easier: Sequence[Rungs] = ()
    harder: Sequence[Rungs] = ()


@dataclass(frozen=True)
class SharedRules:
    """What the library's rules of a whole sheet end with, down and up; or empty."""

    easier: str = ""
    harder: str = ""


def ladder_of(
    row: ReadExercise,
    exercise: Exercise,
    *,
    answers: Mapping[str, str],
    waiting: Collection[str],
) -> Ladder:
    """The rungs beside ``exercise`` (read ``with_page``), in the order of the library.

    An easier form is not named when it is to be watched first (``waiting``: library keys), nor
    when the patient's ``answers`` speak against it: see ``clashes``.
    """
    easier = [
        link
        for link in exercise.easier_links
        if not (link.to_exercise.supervised_first or link.to_exercise.key in waiting)
        and not clashes(link.to_exercise.topics, answers)
    ]
    return Ladder(
        easier=_by_rule(easier, row.down_rule), harder=_by_rule(exercise.harder_links, row.up_rule)
    )


def _by_rule(links: Iterable[LadderLink], own: str) -> list[Rungs]:
    """``own`` with all names; without one, a rule of the library with those that it is for."""
    links = list(links)
    if own:
        return [Rungs([link.to_exercise.title for link in links], own, is_own=True)]
    by_rule: dict[str, list[str]] = {}
    for link in links:
        by_rule.setdefault(link.rule, []).append(link.to_exercise.title)
    return [Rungs(names, rule) for rule, names in by_rule.items()]


def tell_once(ladders: Sequence[Ladder]) -> tuple[list[Ladder], SharedRules]:
    """The ladders of a sheet without what their rules share, and what that is."""
    shared = SharedRules(
        easier=shared_end(rungs for ladder in ladders for rungs in ladder.easier),
        harder=shared_end(rungs for ladder in ladders for rungs in ladder.harder),
    )
    shorter = [
        Ladder(_without(ladder.easier, shared.easier), _without(ladder.harder, shared.harder))
        for ladder in ladders
    ]
    return shorter, shared


def shared_end(rungs: Iterable[Rungs]) -> str:
    """The sentences with which every rule of the library ends; none unless two rules differ."""
    rules = {each.rule for each in rungs if not each.is_own and each.rule}
    if len(rules) < 2:
        return ""
    shared: list[str] = []
    backwards = [reversed(BETWEEN_SENTENCES.split(rule)) for rule in sorted(rules)]
    for sentences in zip(*backwards, strict=False):
        if len({*sentences}) > 1:
            break
        shared.insert(0, sentences[0])
    return " ".join(shared)


def _without(rungs: Sequence[Rungs], end: str) -> list[Rungs]:
    return [
        each if each.is_own else replace(each, rule=each.rule.removesuffix(end).rstrip())
        for each in rungs
    ]

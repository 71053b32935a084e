"""What the page says under a row: the patient's sentence, the answers, and what to settle."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.forms import BoundField
from django.utils.translation import gettext as _

from education.library.models import LadderLink
from education.library.wording import dosage_sentence, worded, worded_column

from ..checks import Finding, clash_words, open_clashes, row_clashes
from ..forms.harder import HARDER_FIELDS
from ..forms.row import RowForm
from ..harder import harder_of, harder_side
from ..models import PlannedExercise
from ..remarks import WORDS, equipment_remark, longer_remark, other_side_remark
from ..shelf import side_remark, topics_line
from ..workload import Load


@dataclass(frozen=True)
class ForWhom:
    """Topic -> answer, what is at the patient's home (empty: not asked), the plan's first day."""

    answers: Mapping[str, str]
    have: Collection[str]
    start: date


@dataclass(frozen=True)
class Clash:
    """What clashes with the patient's answers: the open codes, or all of them when settled."""

    codes: list[str]
    settled: bool
    text: str


@dataclass(frozen=True)
class RowReading:
    """Everything under one row. ``number`` counts from 1; 0 for a blank row.

    ``harder_reads``: the sentence of a harder day. ``up_rule`` and ``down_rule``: the library's.
    ``is_own``: the dosage is the clinician's own default; ``keeps_own``: they keep one for it.
    """

    form: RowForm
    number: int = 0
    reads: str = ""
    harder_reads: str = ""
    up_rule: str = ""
    down_rule: str = ""
    is_own: bool = False
    keeps_own: bool = False
    load: Load | None = None
    topics: str = ""
    remark: str = ""
    clash: Clash | None = None
    planned: PlannedExercise | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def codes(self) -> str:
        """The clashes that stand beside the row, as its hidden field keeps them."""
        return " ".join(self.clash.codes) if self.clash else ""

    @property
    def wrong_fields(self) -> list[BoundField]:
        """The fields with errors; the messages stand under the line."""
        return [field for field in self.form.visible_fields() if field.errors]

    @property
    def has_anchor(self) -> bool:
        """Whether the day that is counted from matters: “every so many days”, or it is wrong."""
        often = self.planned.every_n_days if self.planned else 1
        return often > 1 or bool(self.form["anchor_on"].value())

    @property
    def is_leaving(self) -> bool:
        """Whether the row is ticked to be taken out."""
        return "DELETE" in self.form.fields and bool(self.form["DELETE"].value())

    @property
    def load_json(self) -> str:
        """What the row adds to the work of the plan, for the page's script."""
        return json.dumps(self.load.as_dict()) if self.load else ""

    @property
    def is_supervised(self) -> bool:
        """Whether a sign-off is asked for."""
        planned = self.planned
        return bool(planned and (planned.supervised_first or planned.exercise.supervised_first))

    @property
    def is_open(self) -> bool:
        """Whether the part behind "More" must be seen: something in it is wrong."""
        return bool(set(self.form.errors) & MORE)


MORE = {
    "minutes",
    "rest_seconds",
    "load",
    "band",
    "effort_max",
    *HARDER_FIELDS,
    "harder_day",
    "why",
    "note",
    "up_rule",
    "down_rule",
    "anchor_on",
    "supervised_first",
    "signed_off",
}


def read_row(
    form: RowForm,
    whom: ForWhom,
    *,
    number: int = 0,
    found: list[Finding] | None = None,
) -> RowReading:
    """A row as it stands in its form, right or not. ``found``: findings other than clashes."""
    planned = None if form.is_blank else form.planned
    if planned is None:
        return RowReading(form, number)
    exercise, own = planned.exercise, form.shelf.own.get(planned.exercise_id)
    remarks = [
        side_remark(planned, form.affected_side),
        equipment_remark(planned, whom.have),
        longer_remark(planned) if form.harder_is_right else "",
        other_side_remark((getattr(planned, name) for name in WORDS), planned.working_side),
    ]
    return RowReading(
        form=form,
        number=number,
        reads=reads_line(planned) if form.dosage_is_right else "",
        harder_reads=harder_line(planned) if form.harder_is_right else "",
        up_rule=form.shelf.rule(exercise, LadderLink.Direction.HARDER),
        down_rule=form.shelf.rule(exercise, LadderLink.Direction.EASIER),
        is_own=bool(own and form.dosage_is_right and own.spec == planned.spec),
        keeps_own=own is not None,
        load=Load.of(planned, whom.start) if form.dosage_is_right else None,
        topics=topics_line(exercise, whom.answers, whom.have),
        remark=" ".join(remark for remark in remarks if remark),
        clash=read_clash(planned, whom.answers),
        planned=planned,
        findings=found or [],
    )


def read_clash(planned: PlannedExercise, answers: Mapping[str, str]) -> Clash | None:
    """The open clashes of a row, else the settled ones, else None."""
    if unsettled := open_clashes(planned, answers):
        return Clash(unsettled, settled=False, text=clash_words(planned, unsettled, answers))
    present = row_clashes(planned, answers)
    if not present:
        return None
    return Clash(present, settled=True, text=clash_words(planned, present, answers))


def harder_line(planned: PlannedExercise) -> str:
    """“On a harder day: …” as the patient reads it: the lighter form with the line that was typed.

    Where the plan has neither, the library's line; empty when it has none.
    """
    harder, side = harder_of(planned), planned.working_side
    line = worded(planned.harder_day, side)
    if harder is None and not line:
        line = worded_column(planned.exercise, "harder_day", side)
        return _("On a harder day, from the library: “%(line)s”") % {"line": line} if line else ""
    parts = [line]
    if harder:
        another = f"{harder.exercise.title}." if harder.exercise else ""
        parts = [another, dosage_sentence(harder.spec, harder_side(planned)), line]
    told = " ".join(part for part in parts if part)
    return _("On a harder day: “%(sentence)s”") % {"sentence": told}


def reads_line(planned: PlannedExercise) -> str:
    """“The patient reads: …” in full, for the page and for its script."""
    sentence = dosage_sentence(planned.spec, planned.working_side)
    if planned.needs_supervision:
        return _(
            "The patient reads the name and “Only at the clinic”. "
            "After the sign-off: “%(sentence)s”"
        ) % {"sentence": sentence}
    return _("The patient reads: “%(sentence)s”") % {"sentence": sentence}

"""What the page says under a row: the patient's sentence, the answers, and what to settle."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.forms import BoundField
from django.utils.translation import gettext as _

from education.library.wording import dosage_sentence

from ..checks import Finding, clash_sentence, clashes, open_clashes
from ..forms.rows import RowForm
from ..models import PlannedExercise
from ..shelf import side_remark, topics_line


@dataclass(frozen=True)
class Clash:
    """What clashes with the patient's answers: the open codes, or all of them when settled."""

    codes: list[str]
    settled: bool

    @property
    def text(self) -> str:
        return " ".join(clash_sentence(code) for code in self.codes)


@dataclass(frozen=True)
class RowReading:
    """Everything under one row. ``number`` counts from 1; 0 for a blank row."""

    form: RowForm
    number: int = 0
    reads: str = ""
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
    def is_supervised(self) -> bool:
        """Whether a sign-off is asked for."""
        return bool(self.planned and self.planned.supervised_first)

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
    "harder_day",
    "note",
    "supervised_first",
    "signed_off",
}


def read_row(
    form: RowForm,
    answers: Mapping[str, str],
    *,
    number: int = 0,
    found: list[Finding] | None = None,
) -> RowReading:
    """A row as it stands in its form, right or not. ``found``: findings other than clashes."""
    planned = None if form.is_blank else form.planned
    if planned is None:
        return RowReading(form, number)
    return RowReading(
        form=form,
        number=number,
        reads=reads_line(planned) if form.dosage_is_right else "",
        topics=topics_line(planned.exercise, answers),
        remark=side_remark(planned, form.affected_side),
        clash=read_clash(planned, answers),
        planned=planned,
        findings=found or [],
    )


def read_clash(planned: PlannedExercise, answers: Mapping[str, str]) -> Clash | None:
    """The open clashes of a row, else the settled ones, else None."""
    if unsettled := open_clashes(planned, answers):
        return Clash(unsettled, settled=False)
    present = clashes(planned.exercise.topics, answers)
    return Clash(present, settled=True) if present else None


def reads_line(planned: PlannedExercise) -> str:
    """“The patient reads: …” in full, for the page and for its script."""
    sentence = dosage_sentence(planned.spec, planned.working_side)
    if planned.needs_supervision:
        return _(
            "The patient reads the name and “Only at the clinic”. "
            "After the sign-off: “%(sentence)s”"
        ) % {"sentence": sentence}
    return _("The patient reads: “%(sentence)s”") % {"sentence": sentence}

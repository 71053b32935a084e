"""The page of one plan: its forms, and everything that is shown around them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext as _

from education.library.models import Demand, Precaution
from education.people.models import Answer, Clinic, ClosedDay, User

from ..actions import PlanSavedMeanwhile, plan_body, save_plan
from ..changes import changes
from ..checks import Finding, findings
from ..edits import Typist, row_edits
from ..forms import PlanForm, RowsFormSet
from ..forms.fields import day_suggestions
from ..meanwhile import Meanwhile, aside_words, saved_meanwhile, signed_copy
from ..merging import Texts, as_sent, merged, set_aside, shown_fields, typed_fields
from ..models import Plan, PlannedExercise, PlanVersion
from ..remarks import MANY, closed_remarks, other_side_remark, plan_remarks
from ..shelf import Shelf
from ..workload import Workload, workload
from .own_defaults import back_to_library
from .reading import ForWhom, RowReading, read_row

BLANK_ROWS = 3  # on a new plan

Aside = list[tuple[str, Texts]]  # key of a row, and what was typed for the exercise before


@dataclass(frozen=True)
class Obstacle:
    """One thing that stands in the way of publishing, and where on the page."""

    message: str
    anchor: str


class PlanSheet:
    """One plan on one page. ``plan`` may be new; it comes with its people.

    Reads the answers, the rows, the exercises and the clinic once each. With ``data`` it is the
    typed page. ``by``: whose own defaults a new row starts from.
    """

    def __init__(
        self, plan: Plan, data: Mapping[str, Any] | None = None, *, by: User, more: bool = False
    ):
        self.plan = plan
        self.answer = self  # the page to show when what was typed is not saved
        self.patient = plan.patient
        self.is_new = plan.pk is None
        self.clinic = Clinic.objects.current()
        self.answers: list[Answer] = list(self.patient.answers.all())
        self.said = {answer.topic: answer.value for answer in self.answers}
        rows = self._rows(data)
        self.shelf = Shelf.open(rows, typed_names(data or {}), by=by)
        data = back_to_library(data, self.shelf) if data else data
        self.form = PlanForm(data, instance=plan, clinic=self.clinic)
        side = self.form["affected_side"].value()
        self.rows: Any = RowsFormSet(
            data,
            plan=plan,
            rows=rows,
            shelf=self.shelf,
            affected_side=side if side in Plan.AffectedSide else Plan.AffectedSide.UNKNOWN,
        )
        blank = BLANK_ROWS if self.shelf.is_short and not rows else 0
        self.rows.extra = blank or int(more)
        if data is None and not self.is_new:
            fields = shown_fields(self.form, self.rows.forms)
            self.form.initial["shown"] = signed_copy(plan, self.rows.rows, fields)

    def _rows(self, data: Mapping[str, Any] | None) -> list[PlannedExercise]:
        """Rows in the plan; with typed data also those that a colleague took out meanwhile."""
        if self.is_new:
            return []
        wanted = Q(removed_at__isnull=True)
        if data is not None:
            typed = [value for name, value in data.items() if name.endswith("-key") and value]
            wanted |= Q(key__in=[key for key in typed if _is_uuid(key)])
        rows = self.plan.planned_exercises.filter(wanted).select_related("harder__exercise")
        return list(rows.select_related("settled_by", "signed_off_by").order_by("order", "pk"))

    # ------------------------------------------------------------------ saving

    def move(self, pressed: Mapping[str, Any]) -> None:
        """Put a row one place up or down, for a page whose script did not run."""
        for button, step in (("_up", -1), ("_down", 1)):
            if button in pressed:
                self.rows.move(pressed[button], step)

    def is_valid(self) -> bool:
        """Whether both forms are right; each error is beside its field."""
        return all([self.form.is_valid(), self.rows.is_valid()])

    def save(self, *, by: User) -> bool:
        """Write what was typed. False when it could not be written: ``answer`` says why."""
        typist = Typist(by, self.said, self.clinic.today())
        edits = row_edits(self.plan, self.rows, typist)
        seen = self.form.cleaned_data["lock"]
        try:
            save_plan(
                plan=self.plan,
                columns=self.form.changed_columns,
                edits=edits,
                seen=-1 if seen is None else seen,
                by=by,
            )
        except PlanSavedMeanwhile:
            shown = self.form.cleaned_data["shown"]
            self.answer = self._after_save_of(saved_meanwhile(self.plan, shown, by=by), by)
        except IntegrityError:
            self._say_not_saved()
        else:
            return True
        return False

    def _after_save_of(self, told: Meanwhile, by: User) -> "PlanSheet":
        """The page that says who saved and what is different: that save, with the typing on it.

        The next press carries the new count, so it is a decision to save over; a third save in
        between would be noticed again. A plan that has ended stays as it was typed.
        """
        sheet = self
        if not told.now.is_ended:
            data, aside = self._typed_over(told, by)
            told = replace(told, aside=tuple(aside_words(aside, self.rows.forms)))
            sheet = PlanSheet(told.now, data, by=by)
            sheet.is_valid()
        sheet.meanwhile = told
        sheet.form.add_error(None, told.message)
        return sheet

    def _typed_over(self, told: Meanwhile, by: User) -> tuple[dict[str, Any], Aside]:
        """What was really typed, over the plan as it is now; and what has no place there.

        A form that did not say what it was shown with cannot tell typing from the rest.
        """
        fresh = PlanSheet(told.now, by=by)
        data, aside = self.form.data.dict(), []
        if told.fields:
            typed = typed_fields(self.form, self.rows.forms)
            now = shown_fields(fresh.form, fresh.rows.forms)
            data = as_sent(merged(typed, told.fields, now), self.rows.prefix)
            aside = set_aside(typed, told.fields, now)
        carried = {"lock": str(told.now.lock), "shown": fresh.form.initial["shown"]}
        return data | carried, aside

    meanwhile: Meanwhile | None = None

    def _say_not_saved(self) -> None:
        """A constraint of the database that no check saw coming: typed values stay."""
        if self.is_new:  # the rolled back insert left its key behind
            self.plan.pk = None
            self.plan._state.adding = True
        self.form.add_error(
            None,
            _(
                "The plan could not be saved. Nothing is lost: check the exercises and their "
                "sides, then save again."
            ),
        )

    def saved_before(self) -> Plan | None:
        """The plan that the same form made already: a double click, or a reload."""
        keys = [form.cleaned_data["key"] for form in self.rows.in_order()]
        return Plan.objects.filter(
            patient=self.patient, planned_exercises__key__in=[key for key in keys if key]
        ).first()

    # ------------------------------------------------------------------ what is shown

    @cached_property
    def found(self) -> list[Finding]:
        """What stands in the way of publishing the saved working copy."""
        if self.is_new or self.form.is_bound:
            return []
        return findings(self.plan, self.rows.rows, self.said)

    @cached_property
    def readings(self) -> list[RowReading]:
        """Each row with what stands under it."""
        beside: dict[str | None, list[Finding]] = {}
        for finding in self.found:
            if not finding.clashes:
                beside.setdefault(finding.row, []).append(finding)
        whom = ForWhom(self.said, self.patient.equipment, self.first_day)
        return [
            read_row(form, whom, number=number, found=beside.get(_key(form)))
            for number, form in enumerate(self.rows.forms, start=1)
        ]

    @property
    def blank(self) -> RowReading:
        """The row that the page's script copies."""
        return RowReading(self.rows.empty_form)

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        """The findings in short, with links to their places."""
        numbers = {str(row.key): number for number, row in enumerate(self.rows.rows, start=1)}
        return [
            self._of_row(finding, numbers[finding.row])
            if finding.row
            else Obstacle(finding.message, f"id_{finding.field}" if finding.field else "rows")
            for finding in self.found
        ]

    @property
    def asks_to_call(self) -> bool:
        """Whether a clash that nobody settled stands on the patient's page, too."""
        return any(finding.clashes for finding in self.found)

    def _of_row(self, finding: Finding, number: int) -> Obstacle:
        words = finding.words or finding.message
        message = _("Row %(number)d, %(exercise)s: %(words)s") % {
            "number": number,
            "exercise": self.rows.rows[number - 1].exercise,
            "words": words,
        }
        return Obstacle(message, f"row-{number}")

    @property
    def review_findings(self) -> list[str]:
        """What stands in the way beside the day of the review; else that nobody is there then."""
        wrong = [finding.message for finding in self.found if finding.field == "review_on"]
        day = self.plan.review_on
        if wrong or day is None or self.form.is_bound:
            return wrong
        closed = ClosedDay.objects.days_from(day)
        return closed_remarks(day, self.clinic, closed)

    @property
    def is_draft(self) -> bool:
        return self.plan.status == Plan.Status.DRAFT

    @cached_property
    def version(self) -> PlanVersion | None:
        """What the patient reads now."""
        if self.is_new:
            return None
        return PlanVersion.objects.select_related("by").latest_of(self.plan)

    @cached_property
    def unpublished(self) -> list[str]:
        """What differs from the version the patient reads, as last saved."""
        if self.version is None or self.form.is_bound:
            return []
        return changes(self.version.body, plan_body(self.plan, self.rows.rows))

    @cached_property
    def other_plans(self) -> list[Plan]:
        """Other plans of the patient that are not over: a draft, or the one to be replaced."""
        others = Plan.objects.filter(patient=self.patient).exclude(status__in=Plan.ENDED)
        return list(others.exclude(pk=self.plan.pk) if self.plan.pk else others)

    @property
    def will_be_completed(self) -> Plan | None:
        """The open plan that activating this draft would complete."""
        return next((plan for plan in self.other_plans if plan.is_open), None)

    @property
    def other_draft(self) -> Plan | None:
        """A draft that somebody has begun for this patient."""
        return next((plan for plan in self.other_plans if not plan.is_open), None)

    @property
    def cares(self) -> list[Answer]:
        """Answers that limit what the patient may be asked to do."""
        return [answer for answer in self.answers if answer.asks_for_care]

    @property
    def not_asked(self) -> list[str]:
        """Names of the demands and precautions that nobody has asked about."""
        topics = [*Demand.choices, *Precaution.choices]
        return [str(label) for topic, label in topics if topic not in self.said]

    @property
    def may_be_invited(self) -> bool:
        """The patient has an account and was never in."""
        user = self.patient.user
        return user is not None and user.last_login is None

    @property
    def gets_mail(self) -> bool:
        """A mail tells the patient of a change: only who has set a password gets one."""
        user = self.patient.user
        return user is not None and user.has_usable_password()

    @cached_property
    def workload(self) -> Workload:
        """What the plan asks for as it stands on the page; rows that leave are left out."""
        loads = [row.load for row in self.readings if row.load and not row.is_leaving]
        return workload(loads, self.first_day)

    @property
    def first_day(self) -> date:
        """The start of the plan; today while what is typed is no day."""
        return self.plan.start_on or self.clinic.today()

    @property
    def first_weekday(self) -> int:
        """0 for Monday."""
        return self.first_day.weekday()

    many = MANY

    @property
    def is_long(self) -> bool:
        """More exercises than are easy to do well."""
        return self.workload.exercises + self.workload.supervised > MANY

    @cached_property
    def remarks(self) -> list[str]:
        """What to look at again in the saved plan; nothing here stands in the way."""
        words = (self.plan.note, self.plan.flare_up)
        of_words = other_side_remark(words, self.plan.affected_side)
        of_rows = plan_remarks(self.rows.rows, self.patient.equipment) if self.rows.rows else []
        return [*of_rows, of_words] if of_words else of_rows

    @property
    def goal(self) -> str:
        """The patient's own goal as it stands in its field."""
        return self.form["goal"].value() or ""

    @property
    def day_suggestions(self) -> list[str]:
        return day_suggestions()

    @cached_property
    def offers(self) -> list[tuple[str, str]]:
        """What may be picked, each with a hint for this patient."""
        return self.shelf.offers(self.said)


def typed_names(data: Mapping[str, Any]) -> list[str]:
    """The names of exercises as they were typed into the rows."""
    return [value for name, value in data.items() if name.endswith("-exercise")]


def _key(form: Any) -> str | None:
    return str(form.row.key) if form.row else None


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True

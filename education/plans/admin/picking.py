"""Where staff look through the library and add exercises to a plan."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from education.audit.actions import record_view
from education.library.drawn import drawn
from education.library.finding import Index, Wanted, exercise_index
from education.library.found import ON_A_PAGE, in_order_of
from education.library.models import Demand, Exercise, LibraryRevision, WorkingSide
from education.library.pictures import cover_picture
from education.library.wording import dosage_sentence
from education.people.admin.acts import me
from education.people.models import Answer, User

from ..actions import add_exercises
from ..checks import PlanRefused, answers_of, clash_sentence, clashes
from ..forms import PickForm
from ..models import ExerciseDefault, Plan
from ..remarks import missing_equipment, things
from ..shelf import usual_row

if TYPE_CHECKING:
    from .plans import PlanAdmin


@dataclass(frozen=True, slots=True)
class Face:
    """What an exercise looks like in every plan, drawn once."""

    picture: SafeString  # empty without one
    facts: SafeString  # its title, and what it needs


@dataclass(frozen=True)
class Offer:
    """An exercise as it would stand in the plan."""

    exercise: Exercise
    face: Face
    dosage: str  # in words, for the side the plan gives it
    is_own: bool  # the dosage is the clinician's own default
    clashes: list[str]  # sentences
    missing: str  # what the patient does not have at home, in words
    is_in_plan: bool
    is_ticked: bool


class Picker:
    """The library as it is offered for one plan. ``sent``: the form, or None for the first look.

    ``by``: whose own defaults come before the library's dosage.
    """

    def __init__(self, plan: Plan, sent: QueryDict | None = None, *, by: User):
        self.plan = plan
        self.by = by
        self.answers = answers_of(plan.patient)
        self.form = PickForm(QueryDict("fits=on") if sent is None else sent)
        self.page_number = "" if sent is None else sent.get("page", "")

    @cached_property
    def can_search(self) -> bool:
        """Whether what is looked for is right. A tick that is wrong does not hide the library."""
        return not set(self.form.errors) - {"picked"}

    @cached_property
    def wanted(self) -> Wanted:
        """What a form that can search asks for, with what the patient's answers speak against."""
        wanted = self.form.wanted
        return replace(wanted, cannot=limits(self.answers)) if self.hides else wanted

    @property
    def hides(self) -> bool:
        return bool(self.form.cleaned_data["fits"])

    @property
    def limits(self) -> str:
        """What the patient’s answers speak against, in words; nothing when they do not."""
        names = dict(Answer.TOPICS)
        return ", ".join(str(names[topic]) for topic in names if topic in limits(self.answers))

    @cached_property
    def index(self) -> Index:
        return exercise_index()

    @cached_property
    def found(self) -> list[int]:
        """Primary keys of what was asked for; nothing while the form is wrong."""
        return self.index.find(self.wanted) if self.can_search else []

    @cached_property
    def hidden(self) -> int:
        """How many more there would be without the patient's answers."""
        if not self.can_search or not self.wanted.cannot:
            return 0
        everything = replace(self.wanted, cannot=frozenset())
        return len(self.index.find(everything)) - len(self.found)

    @cached_property
    def page(self) -> Page:
        return Paginator(self.found, ON_A_PAGE).get_page(self.page_number)

    @cached_property
    def offers(self) -> list[Offer]:
        """The exercises of this page; without any, those that come near."""
        if self.found:
            return self._offers(list(self.page))
        near = self.index.nearest(self.wanted) if self.can_search else []
        return self._offers(near)

    @cached_property
    def ticked(self) -> list[Exercise]:
        return self.form.ticked if self.form.is_valid() else []  # kept: an error would empty it

    @property
    def ticked_elsewhere(self) -> list[Exercise]:
        """Ticked in an earlier search, and not on this page."""
        here = {offer.exercise.pk for offer in self.offers}
        return [exercise for exercise in self.ticked if exercise.pk not in here]

    def _offers(self, pks: Collection[int]) -> list[Offer]:
        exercises = in_order_of(pks, Exercise.objects.published().filter(pk__in=pks))
        in_plan = set(self.plan.planned_exercises.in_plan().values_list("exercise", flat=True))
        ticked = {exercise.pk for exercise in self.ticked}
        own = ExerciseDefault.objects.kept_by(self.by, pks)
        have = self.plan.patient.equipment
        drawn_once = faces(pks)
        say = cache(clash_sentence)  # the same few clashes come again and again
        return [
            Offer(
                exercise,
                face=drawn_once[exercise.pk],
                dosage=usual_words(self.plan, exercise, own.get(exercise.pk)),
                is_own=exercise.pk in own,
                missing=things(missing_equipment([exercise], have)),
                clashes=[say(c) for c in clashes(exercise.topics, self.answers)],
                is_in_plan=exercise.pk in in_plan,
                is_ticked=exercise.pk in ticked,
            )
            for exercise in exercises
        ]


def limits(answers: Mapping[str, str]) -> frozenset[str]:
    """Demands and movements that a patient's answers speak against. Not asked is no answer."""
    against = {True: Answer.Value.NO, False: Answer.Value.YES}
    return frozenset(
        topic for topic, given in answers.items() if given == against[topic in Demand.values]
    )


def faces(pks: Collection[int]) -> dict[int, Face]:
    """The faces of these exercises and more, drawn once per language and state of the library."""
    key = ("faces", get_language(), LibraryRevision.objects.current())
    kept: dict[int, Face] = drawn(key, dict)
    if new := [pk for pk in pks if pk not in kept]:
        exercises = Exercise.objects.with_cover().filter(pk__in=new)
        kept |= {exercise.pk: face_of(exercise) for exercise in exercises}
    return kept


def face_of(exercise: Exercise) -> Face:
    """``exercise``: with its cover."""
    picture = cover_picture(exercise, WorkingSide.UNKNOWN)
    shown = {"figure": picture, "alt": "", "lazy": True}  # the title beside it says what it shows
    return Face(
        render_to_string("components/figure.html", shown) if picture else SafeString(""),
        render_to_string("admin/plans/plan/facts.html", {"exercise": exercise}),
    )


def usual_words(plan: Plan, exercise: Exercise, own: ExerciseDefault | None) -> str:
    """The usual dosage in words, for the side it would work in this plan."""
    row = usual_row(plan, exercise, own)
    return dosage_sentence(row.spec, row.working_side)


def pick(request: HttpRequest, admin: "PlanAdmin", pk: int) -> HttpResponse:
    """Look through the library for one plan. A search is a POST, and changes nothing."""
    plan = plan_to_change(request, admin, pk)
    return show(
        request,
        admin,
        Picker(plan, request.POST if request.method == "POST" else None, by=me(request)),
    )


@require_POST
def pick_add(request: HttpRequest, admin: "PlanAdmin", pk: int) -> HttpResponse:
    """Add the ticked exercises to the plan's working copy."""
    picker = Picker(plan_to_change(request, admin, pk), request.POST, by=me(request))
    if not picker.ticked and "picked" not in picker.form.errors:
        picker.form.add_error("picked", _("Pick an exercise first."))
    if not picker.form.is_valid():
        return show(request, admin, picker)
    try:
        rows = add_exercises(plan=picker.plan, exercises=picker.ticked, by=me(request))
    except PlanRefused as refused:
        picker.form.add_error("picked", str(refused))
        return show(request, admin, picker)
    messages.success(request, added_words(len(rows)))
    place = f"#row-{picker.plan.planned_exercises.in_plan().count() - len(rows) + 1}"
    return HttpResponseRedirect(reverse("admin:plans_plan_change", args=[pk]) + place)


def added_words(number: int) -> str:
    """What was added. It names no person and no exercise: messages travel in a cookie."""
    if not number:
        return _("Nothing was added: they are in the plan already.")
    added = ngettext("%(n)d exercise added.", "%(n)d exercises added.", number) % {"n": number}
    return added + " " + _("Look at the dosage and the side of each.")


def plan_to_change(request: HttpRequest, admin: "PlanAdmin", pk: int) -> Plan:
    """The plan, if this person may change it now."""
    plan = admin.plan_of(request, pk)
    if not admin.has_change_permission(request, plan):
        raise PermissionDenied
    return plan


def show(request: HttpRequest, admin: "PlanAdmin", picker: Picker) -> HttpResponse:
    """The page of the picker."""
    record_view(record=picker.plan, by=me(request))
    context = admin.page_context(request, picker.plan, title=_("Find exercises"))
    context |= {"picker": picker, "form": picker.form, "patient": picker.plan.patient}
    return TemplateResponse(request, "admin/plans/plan/pick.html", context)

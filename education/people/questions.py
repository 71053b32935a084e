"""What staff ask a patient about each body demand and precaution, in plain words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from education.library.models import Demand, Precaution

CAN_QUESTIONS: dict[str, Any] = {
    Demand.LIES: _("Can the patient lie flat on the back?"),
    Demand.FLOOR: _("Can the patient get down to the floor and up again?"),
    Demand.SITS: _("Can the patient sit on a firm chair?"),
    Demand.STANDS: _("Can the patient stand for some minutes?"),
    Demand.ONE_LEG: _("Can the patient stand on one leg, with a hand to hold on?"),
    Demand.KNEELS: _("Can the patient kneel?"),
    Demand.GRIPS: _("Can the patient grip with both hands?"),
}
CARE_QUESTIONS: dict[str, Any] = {
    Precaution.HIP_DEEP_BEND: _("Care needed: deep bend of the hip?"),
    Precaution.HIP_CROSS: _("Care needed: leg across the middle of the body?"),
    Precaution.BEND_END_RANGE: _("Care needed: back bent all the way?"),
    Precaution.BEND_LOADED: _("Care needed: bending with a load?"),
    Precaution.LIE_FLAT: _("Care needed: lying flat?"),
    Precaution.HEAD_LOW: _("Care needed: head down low?"),
    Precaution.FALL_RISK: _("Care needed: risk of a fall?"),
    Precaution.BREATH_HOLD: _("Care needed: holding the breath?"),
}
QUESTIONS = {**CAN_QUESTIONS, **CARE_QUESTIONS}

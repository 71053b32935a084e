"""What an exercise asks of a body, and the movements it needs care with."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Demand(TextChoices):
    """What an exercise asks of a body. A patient answers "can you?" with yes or no."""

    LIES = "lies", _("lies flat")
    FLOOR = "floor", _("gets to the floor")
    SITS = "sits", _("sits")
    STANDS = "stands", _("stands")
    ONE_LEG = "one_leg", _("stands on one leg")
    KNEELS = "kneels", _("kneels")
    GRIPS = "grips", _("grips with the hands")


class Precaution(TextChoices):
    """A movement that needs care. A patient answers "do you need care with it?".

    Sources: Bone Health and Osteoporosis Foundation (bending), Mayo Clinic (knee-to-chest with
    osteoporosis), hip precautions after replacement.
    """

    HIP_DEEP_BEND = "hip_deep_bend", _("deep bend of the hip")
    HIP_CROSS = "hip_cross", _("leg across the middle")
    BEND_END_RANGE = "bend_end_range", _("back bent all the way")
    BEND_LOADED = "bend_loaded", _("bending with a load")
    LIE_FLAT = "lie_flat", _("lying flat")
    HEAD_LOW = "head_low", _("head down low")
    FALL_RISK = "fall_risk", _("risk of a fall")
    BREATH_HOLD = "breath_hold", _("holding the breath")


class Equipment(TextChoices):
    """What the exercise needs to hand."""

    CHAIR = "chair", _("firm chair")
    WALL = "wall", _("wall")
    COUNTER = "counter", _("kitchen counter")
    MAT = "mat", _("mat or bed")
    TOWEL = "towel", _("towel")
    WEIGHT = "weight", _("small weight")
    BAND = "band", _("resistance band")
    STEP = "step", _("low step")
    STRAP = "strap", _("strap")
    PILLOW = "pillow", _("pillow")


class Position(TextChoices):
    """How the body starts."""

    CHAIR = "chair", _("sitting on a chair")
    FLOOR = "floor", _("sitting on the floor")
    SUPINE = "supine", _("lying on the back")
    PRONE = "prone", _("lying on the stomach")
    SIDE_LYING = "side_lying", _("lying on one side")
    HANDS_KNEES = "hands_knees", _("on hands and knees")
    KNEELING = "kneeling", _("kneeling")
    STANDING = "standing", _("standing")


class Area(TextChoices):
    """Parts of the body an exercise is for: what a reader looks for first."""

    LOW_BACK = "low_back", _("low back")
    BUTTOCK = "buttock", _("buttock")
    HIP = "hip", _("hip")
    THIGH = "thigh", _("thigh")
    CALF = "calf", _("calf and foot")
    BELLY = "belly", _("belly")
    SHOULDER_ARM = "shoulder_arm", _("shoulder and arm")
    NECK = "neck", _("neck and upper back")
    WHOLE_BODY = "whole_body", _("whole body")


class ExerciseKind(TextChoices):
    """What sort of exercise it is."""

    MOBILITY = "mobility", _("gentle movement")
    STRETCH = "stretch", _("stretch")
    STRENGTH = "strength", _("strength")
    CONTROL = "control", _("steadiness and control")
    NERVE_GLIDE = "nerve_glide", _("nerve glide")
    AEROBIC = "aerobic", _("walking and stamina")
    DAILY_MOVE = "daily_move", _("everyday move")


class LowBack(TextChoices):
    """What the low back does: a clinician picks by the direction that eases the patient."""

    BENDS = "bends", _("bends forward")
    ARCHES = "arches", _("arches back")
    NEUTRAL = "neutral", _("stays as it is")

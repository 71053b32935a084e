"""The measures of the drawn person, an adult of 170 cm. Centimetres.

Every part of the body is a row of spheres; its outline is the hull of their circles.
"""

from __future__ import annotations

BONE_LENGTHS = {"thigh": 42.0, "shank": 40.0, "upper arm": 28.0, "forearm": 31.0}
FOREARM_TO_HEEL_OF_HAND = 27.0  # a flat hand; the 31 cm above end in the middle of the fist

SPINE_LENGTH = 45.0  # hip line to C7
SPINE_STEPS = 6
NECK_LENGTH = 8.0
HIP_OUT = 8.6  # from the midline
SHOULDER_OUT = 16.0
SHOULDER_UP = 41.5  # along the spine

# Trunk: (fraction of the spine, cm forward, half the distance of a pair of spheres, radius).
TRUNK = (
    (0.00, -0.5, 7.0, 10.2),
    (0.17, -0.2, 6.4, 9.8),
    (0.36, 0.3, 5.6, 8.9),
    (0.54, 0.5, 6.4, 9.4),
    (0.72, 0.4, 7.8, 10.2),
    (0.86, -0.4, 9.2, 9.2),
)
BUTTOCK = (0.0, -3.2, 6.6, 8.6)

# Limbs: (fraction of the bone, cm forward, radius).
THIGH = ((0.0, 0.0, 9.2), (0.35, 0.3, 8.3), (0.72, 0.2, 6.5), (1.0, 0.0, 5.7))
SHANK = ((0.0, 0.0, 5.7), (0.30, -0.8, 5.4), (0.62, -0.4, 4.3), (1.0, 0.0, 3.6))
UPPER_ARM = ((0.0, 0.0, 5.4), (0.5, 0.0, 4.4), (1.0, 0.0, 3.7))
SLEEVE = ((0.0, 0.0, 5.7), (0.52, 0.0, 5.2))
FOREARM = ((0.0, 0.0, 3.7), (0.25, 0.0, 3.8), (0.80, 0.0, 2.6))
LIMB_PROFILES = {"thigh": THIGH, "shank": SHANK, "upper arm": UPPER_ARM, "forearm": FOREARM}

# Foot: (cm along the sole from the ankle, cm up, radius): ankle, heel, ball, toes, instep.
FOOT = ((0.0, 0.0, 3.9), (-3.6, -4.5, 3.5), (9.5, -5.2, 2.8), (14.5, -5.7, 2.3), (3.0, -3.2, 3.6))

# Head: (cm forward, cm up from the top of the neck, radius).
HAIR = ((-1.0, 8.6, 9.6), (-3.6, 5.0, 7.6))
FACE = ((2.6, 7.2, 7.9), (4.4, 2.2, 5.3))
NOSE = ((10.2, 6.2, 1.2), (11.6, 3.9, 1.5), (9.0, 3.8, 1.2))
BUN = (-7.4, 16.4, 3.7)

KNEE_RADIUS = 5.7
ELBOW_RADIUS = 3.7
HIP_RADIUS = 9.2

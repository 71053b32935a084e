"""The clinical rules as tables, written out by hand: a change here is a clinical decision.

The exercises the rules themselves prescribe; clinical_moves.py has the others.
"""

from education.library.models import Laterality

EXERCISES = {  # key: family, in order
    "pelvic-tilt": "pelvic-tilt",
    "knee-to-chest-chair": "knee-to-chest",
    "knee-to-chest-floor": "knee-to-chest",
    "knee-to-chest-towel": "knee-to-chest",
    "knee-to-chest-lying": "knee-to-chest",
    "knee-to-chest-leg-straight": "knee-to-chest",
    "knee-to-chest-deeper": "knee-to-chest",
    "nerve-glide-chair": "nerve-glide",
    "nerve-glide-lying": "nerve-glide",
    "piriformis-chair": "piriformis",
    "piriformis-lying": "piriformis",
    "cat-camel": "hands-and-knees",
    "childs-pose": "hands-and-knees",
    "press-up-elbows": "press-up",
    "press-up-hands": "press-up",
    "calf-wall": "leg-stretch",
    "hamstring-strap": "leg-stretch",
    "hip-flexor-kneeling": "leg-stretch",
    "toe-touch": "toe-touch",
    "toe-touch-one-knee-bent": "toe-touch",
    "toe-touch-both-straight": "toe-touch",
    "toe-touch-deep": "toe-touch",
    "clamshell": "hip-strength",
    "glute-bridge": "hip-strength",
    "dead-bug": "steady-back",
    "bird-dog": "steady-back",
    "hip-hinge-wall": "hip-hinge",
    "hip-hinge": "hip-hinge",
    "hip-hinge-deep": "hip-hinge",
    "hip-hinge-weight": "hip-hinge",
    "hip-hinge-band": "hip-hinge",
    "hip-hinge-single-leg": "hip-hinge",
    "hip-hinge-single-leg-deep": "hip-hinge",
    "sit-to-stand": "sit-to-stand",
    "wall-squat": "sit-to-stand",
    "walking": "walking",
    "floor-down": "floor",
    "floor-up": "floor",
}
DOSAGES = {
    "knee-to-chest-chair": "1 round of 3. Hold 15 seconds. Twice a day.",
    "knee-to-chest-floor": "1 round of 3. Hold 15 seconds. Twice a day.",
    "knee-to-chest-lying": "1 round of 3. Hold 20 seconds. Twice a day.",
    "knee-to-chest-deeper": "1 round of 3. Hold 30 seconds. Once a day.",
    "piriformis-lying": "1 round of 3. Hold 20 seconds. Twice a day.",
    "toe-touch-one-knee-bent": "1 round of 3. Hold 15 seconds. Once a day.",
    "toe-touch-both-straight": "1 round of 3. Hold 10 seconds. Once a day.",
    "hip-hinge-wall": "2 rounds of 5. Once a day.",
    "hip-hinge": "2 rounds of 8. Once a day.",
    "hip-hinge-weight": "2 rounds of 8. Use 2 lb. Once a day. On Monday, Wednesday and Friday. "
    "Effort: at most 5 out of 10.",
    "hip-hinge-band": "2 rounds of 8. Use the light band. Once a day. "
    "On Monday, Wednesday and Friday.",
    "hip-hinge-single-leg": "2 rounds of 5. Once a day. On Monday, Wednesday and Friday.",
}
LOADED = {"hip-hinge-weight", "hip-hinge-band"}
PURPOSES = {
    "knee-to-chest-chair": "Eases a stiff low back. You can do it in a chair.",
    "knee-to-chest-floor": "Eases a stiff low back. You sit on the floor.",
    "knee-to-chest-lying": "Bends your low back gently, so it moves more easily.",
    "knee-to-chest-deeper": "A longer stretch for the buttock and low back.",
    "piriformis-lying": "Loosens a deep muscle in your buttock.",
    "toe-touch-one-knee-bent": "Loosens the back of one thigh at a time.",
    "toe-touch-both-straight": "Loosens the back of both thighs.",
    "hip-hinge": "Teaches you to bend at the hips and spare your back.",
    "hip-hinge-weight": "Makes your hips and back strong for lifting.",
    "hip-hinge-band": "Makes your hips strong without a weight.",
    "hip-hinge-single-leg": "Builds balance and strength on one leg.",
}
BODIES = {  # demands, precautions
    "knee-to-chest-chair": ({"sits", "grips"}, {"hip_deep_bend", "bend_end_range"}),
    "knee-to-chest-floor": ({"floor", "grips"}, {"hip_deep_bend", "bend_end_range"}),
    "knee-to-chest-lying": ({"lies", "grips"}, {"hip_deep_bend", "bend_end_range", "lie_flat"}),
    "knee-to-chest-deeper": ({"lies", "grips"}, {"hip_deep_bend", "bend_end_range", "lie_flat"}),
    "piriformis-lying": ({"lies", "grips"}, {"hip_cross", "hip_deep_bend"}),
    "toe-touch-one-knee-bent": ({"stands"}, {"bend_end_range", "head_low", "fall_risk"}),
    "toe-touch-both-straight": ({"stands"}, {"bend_end_range", "head_low", "fall_risk"}),
    "hip-hinge-wall": ({"stands"}, {"fall_risk", "hip_deep_bend"}),
    "hip-hinge": ({"stands"}, {"fall_risk", "hip_deep_bend"}),
    "hip-hinge-weight": ({"stands", "grips"}, {"bend_loaded", "breath_hold"}),
    "hip-hinge-band": ({"stands", "grips"}, {"bend_loaded", "breath_hold"}),
    "hip-hinge-single-leg": ({"one_leg"}, {"fall_risk", "hip_cross"}),
}
ASK_FIRST = {  # what the rules name beyond the precautions
    "knee-to-chest-floor": "sharp, new leg pain",
    "knee-to-chest-deeper": "new knee or hip",
    "toe-touch-one-knee-bent": "sharp, new leg pain",
    "toe-touch-both-straight": "sharp, new leg pain",
    "hip-hinge-band": "latex",
}
STOP_IFS = {
    "knee-to-chest-chair": ["You feel a pinch in your groin.", "The chair slides."],
    "knee-to-chest-floor": ["You feel a pinch in your groin.", "You cannot sit tall."],
    "knee-to-chest-lying": ["You feel a pinch in your groin.", "Your knee hurts."],
    "knee-to-chest-deeper": ["The front of your knee hurts."],
    "piriformis-lying": ["Your groin or knee hurts.", "Your foot tingles."],
    "toe-touch-one-knee-bent": ["You feel tingling below your knee."],
    "toe-touch-both-straight": ["You feel tingling below your knee."],
    "hip-hinge-wall": ["Your back rounds or grabs."],
    "hip-hinge": ["Your back rounds or grabs."],
    "hip-hinge-weight": ["The weight drifts forward."],
    "hip-hinge-band": ["The band slips or cracks."],
    "hip-hinge-single-leg": ["You wobble two times.", "Your leg gives way."],
}
LATERALITIES = {
    "knee-to-chest-chair": Laterality.ONE_SIDED,
    "knee-to-chest-floor": Laterality.ONE_SIDED,
    "knee-to-chest-lying": Laterality.ONE_SIDED,
    "knee-to-chest-deeper": Laterality.ONE_SIDED,
    "piriformis-lying": Laterality.ONE_SIDED,
    "toe-touch-one-knee-bent": Laterality.ONE_SIDED,
    "toe-touch-both-straight": Laterality.TWO_SIDED,
    "hip-hinge-wall": Laterality.TWO_SIDED,
    "hip-hinge": Laterality.TWO_SIDED,
    "hip-hinge-weight": Laterality.TWO_SIDED,
    "hip-hinge-band": Laterality.TWO_SIDED,
    "hip-hinge-single-leg": Laterality.ALTERNATING,
}
SUPERVISED_FIRST = {"toe-touch-both-straight", "hip-hinge-weight", "hip-hinge-single-leg"}
LADDER = {
    ("knee-to-chest-chair", "another_way", "knee-to-chest-floor"),
    ("knee-to-chest-chair", "harder", "knee-to-chest-lying"),
    ("knee-to-chest-floor", "easier", "knee-to-chest-chair"),
    ("knee-to-chest-floor", "harder", "knee-to-chest-lying"),
    ("knee-to-chest-lying", "easier", "knee-to-chest-chair"),
    ("knee-to-chest-lying", "harder", "knee-to-chest-deeper"),
    ("knee-to-chest-deeper", "easier", "knee-to-chest-lying"),
    ("toe-touch-one-knee-bent", "harder", "toe-touch-both-straight"),
    ("toe-touch-both-straight", "easier", "toe-touch-one-knee-bent"),
    ("hip-hinge-wall", "harder", "hip-hinge"),
    ("hip-hinge", "easier", "hip-hinge-wall"),
    ("hip-hinge", "harder", "hip-hinge-weight"),
    ("hip-hinge", "harder", "hip-hinge-band"),
    ("hip-hinge", "harder", "hip-hinge-single-leg"),
    ("hip-hinge-weight", "easier", "hip-hinge"),
    ("hip-hinge-weight", "another_way", "hip-hinge-band"),
    ("hip-hinge-band", "easier", "hip-hinge"),
    ("hip-hinge-band", "another_way", "hip-hinge-weight"),
    ("hip-hinge-single-leg", "easier", "hip-hinge"),
}
MOVE_UP = (
    "Your clinician decides with you. You did the full dosage on 5 of the last 7 planned days. "
    "Your pain was fine by the pain rule. It settled each morning."
)
MOVE_DOWN = (
    "You may change at once. You need not ask. Do so if the pain rule says ease off. Do so if "
    "pain did not settle two times in a row, if you lose your form, or after seven days off."
)
UP_BEYOND = {  # from, to: what the rules ask beyond the rule of every rung
    ("knee-to-chest-chair", "knee-to-chest-lying"): "back stays on the backrest",
    ("knee-to-chest-lying", "knee-to-chest-deeper"): "hold 30 seconds",
    ("toe-touch-one-knee-bent", "toe-touch-both-straight"): "reach your shins with no leg pain",
    ("hip-hinge", "hip-hinge-weight"): "2 rounds of 10 go well. Your back stays flat. "
    "Your effort is at most 4 out of 10.",
    ("hip-hinge", "hip-hinge-band"): "2 rounds of 10 go well. Your back stays flat. "
    "Your effort is at most 4 out of 10.",
}
PROGRESSIONS = {
    "knee-to-chest-lying": "Hold up to 30 seconds.",
    "knee-to-chest-deeper": "Stay with this form.",
    "piriformis-lying": "Hold up to 30 seconds.",
    "toe-touch-one-knee-bent": "Slide to the shins, if that gives no leg pain.",
    "toe-touch-both-straight": "Stay with this form. Toes are not the goal.",
    "hip-hinge": "Up to 2 rounds of 10.",
    "hip-hinge-weight": "Begin with 2 to 5 lb. At 2 rounds of 12, add 2 lb.",
    "hip-hinge-band": "At 2 rounds of 12, take the next band.",
    "hip-hinge-single-leg": "Only your fingertips on the counter.",
}
HARDER_DAYS = {
    "knee-to-chest-chair": "1 round of 2 on each side you do. Hold 5 seconds.",
    "knee-to-chest-floor": "Do knee to chest on a chair.",
    "knee-to-chest-lying": "Loop a towel behind your left thigh and pull on the towel. "
    "Hold 5 seconds.",
    "knee-to-chest-deeper": "Do knee to chest, lying.",
    "piriformis-lying": "Cross your left ankle over. Do not pull.",
    "toe-touch-one-knee-bent": "Rest your hands on a firm chair.",
    "toe-touch-both-straight": "Do the toe touch with one knee bent.",
    "hip-hinge-wall": "Bend less, or do fewer.",
    "hip-hinge": "2 rounds of 5, with your bottom to a wall.",
    "hip-hinge-weight": "Do the hip hinge with no weight.",
    "hip-hinge-band": "Do the hip hinge with no band.",
    "hip-hinge-single-leg": "Do the hip hinge on both feet.",
}

EMERGENCY = (
    "Call 911 or go to the emergency room now if you have any one of these. "
    "Do not drive yourself. Do not wait for us to answer."
)
URGENT = (
    "See a doctor today. Stop your exercises. Call us at {phone}. "
    "If we are closed or do not answer, go to urgent care or the emergency room."
)
SOON = "Call us within two working days. Until then, do only your harder-day plan."
RED_FLAGS = {  # level: what to do, then sign and source in order
    "emergency": (
        EMERGENCY,
        [
            (
                "New for you: you cannot pee, or it is hard to start. Or you leak pee or poop, "
                "or cannot tell when you need to go.",
                "article 6, CE",
            ),
            (
                "The skin between your legs or around your bottom feels numb or tingles. "
                "Wiping feels different.",
                "CE",
            ),
            ("Sex feels numb, or you have new trouble with an erection.", "CE"),
            ("Both legs hurt, tingle or feel weak. This is new or getting worse.", "CE"),
            (
                "An arm, leg or foot is suddenly very weak, or gets weaker by the day. "
                "You can hardly move.",
                "article 2",
            ),
            ("You have lost all or almost all feeling in an arm or a leg.", "article 3"),
            ("Your back hurts and you suddenly feel very sick to your stomach.", "article 4"),
            (
                "Your back or leg hurts and you have a high fever (103 F or more), "
                "or you shake with chills.",
                "article 5",
            ),
            ("Your pain is suddenly much worse. No position eases it.", "article 1"),
            ("Your pain is bad after a fall or a crash.", ""),
            (
                "You have chest pain or it is hard to breathe. "
                "Or you have a sudden, tearing pain in your back or belly.",
                "",
            ),
            ("Your leg is suddenly cold, pale or blue.", ""),
        ],
    ),
    "urgent": (
        URGENT,
        [
            (
                "Your pain is suddenly much worse, but it eases when you change position.",
                "article 1",
            ),
            ("Your back or leg hurts and you have a fever over 100.4 F.", "article 5"),
            ("A leg or foot is a little weaker or more numb than before.", ""),
            ("One calf is swollen, hot or sore.", ""),
            (
                "Your back pain is new and you have had cancer, weak bones, "
                "or a recent back shot or surgery.",
                "",
            ),
            ("You are pregnant and this pain is new.", ""),
        ],
    ),
    "soon": (
        SOON,
        [
            ("The pain goes further down your leg than last week.", ""),
            ("You wake up from pain most nights.", ""),
            ("You are losing weight and do not know why. Or you feel ill and tired.", ""),
            ("You are no better after two weeks.", ""),
            ("The pain from exercise is not gone by the next morning, two times in a row.", ""),
        ],
    ),
}

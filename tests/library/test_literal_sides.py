"""Left and right written out: a question to the editor."""

import pytest

from education.library.literal_sides import literal_sides


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Lift your left leg.", ["left"]),
        ("en", "Right foot forward, then the left one.", ["Right", "left"]),
        ("en", "Left knee up, left hand down.", ["Left", "left"]),
        ("en", "Turn to the right.", ["right"]),
        ("en", "Put your right hand right under {working:knee}.", ["right"]),
        ("es", "Levanta la pierna izquierda.", ["izquierda"]),
        ("es", "Apoya el pie derecho y las manos derechas.", ["derecho", "derechas"]),
        ("es-mx", "Gira a la derecha.", ["derecha"]),
    ],
)
def test_a_side_written_out_is_found(language, text, words):
    assert literal_sides(text, language) == words


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lift {working:leg}. {Resting:foot} stays down."),
        ("en", "Stop right away. Hold right under the knee. Bend the knee to a right angle."),
        ("en", "A right-angled bend is all right."),
        ("en", "The right exercises help. Do them right."),
        ("en", "Rest when 5 seconds are left."),
        ("en", "Rock your knees left and right."),
        ("en", "Lift the upright chair. Brightly."),
        ("en", ""),
        ("es", "Siéntate con la espalda derecha."),
        ("es", "Mueve la cabeza a izquierda y derecha."),
        ("es", "Tienes derecho a parar."),
    ],
)
def test_words_that_name_no_side_are_not_found(language, text):
    assert literal_sides(text, language) == []

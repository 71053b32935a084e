"""Long passwords that somebody guesses first.

Django's list of common passwords has few of the 12 characters this site asks for. People reach
that length in known ways: a word with a number behind it, a word twice, a walk over the keyboard.
This module makes those from words that lead every list of leaked passwords, and from the clinic's
own. ``manage.py write_common_passwords`` writes the file that settings.py names.
"""

from collections.abc import Iterator
from itertools import product

SHORTEST = 12  # characters: shorter ones are refused for their length

COMMON_WORDS = """
    password passwort passw0rd p@ssword p@ssw0rd pass qwerty qwertz azerty asdfgh zxcvbn letmein
    welcome admin administrator login guest master root user test testing changeme default secret
    iloveyou loveyou mylove lovely princess sunshine shadow monkey dragon football baseball
    basketball soccer hockey superman batman spiderman starwars pokemon minecraft trustno1 freedom
    whatever nothing something computer internet samsung google facebook apple iphone android
    michael michelle jennifer jessica ashley daniel charlie jordan hunter thomas robert andrew
    matthew anthony joshua nicole amanda summer winter spring autumn flower butterfly rainbow
    chocolate cookie cheese banana orange purple yellow silver golden diamond ginger pepper jesus
    blessed heaven angel family mother father daughter grandma grandpa america california sandiego
    losangeles chargers padres lakers dodgers contrasena contraseña teamo tequiero hola amor
    mivida princesa corazon familia mexico
"""
CLINIC_WORDS = """
    painmanagement painmanagementandinjuryrelief painrelief injuryrelief paincenter painclinic
    clinic patient therapist therapy physicaltherapy physiotherapy doctor nurse hospital medical
    health healthcare sciatica sciaticnerve sciaticapain backpain legpain hippain kneepain
    neckpain lowback exercise exercises homeexercise homeexercises exerciseplan myexercises myplan
    workout stretch stretching kneetochest piriformis hamstring toetouch hiphinge recovery
    movegently move-gently feelbetter getbetter wellness
"""
DIGITS = "1234567890"
KEYBOARD_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")
COLUMNS = "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol"
YEARS = [str(year) for year in range(1950, 2031)]
TAILS = [
    *("", "!", "!!", "1", "1!", "12", "12!", "123", "123!", "1234", "1234!", "12345", "12345!"),
    *("123456", "123456!", "1234567", "12345678", "123456789", "1234567890", "321", "4321"),
    *("0", "00", "000", "0000", "01", "007", "11", "111", "1111", "22", "69", "77", "99", "999"),
    *("abc", "abc123", "qwerty", "asdf", "xyz", "me", "you", "4ever", "forever", "please", "love"),
    *("@123", "#123", "_123", "-123", ".123", "@1234", "#1", "?", ".", "*", "$", "a", "x"),
]
HEADS = ("my", "the", "your", "our", "new", "i", "a", "hello", "mi")


def _with_tails(words: list[str]) -> Iterator[str]:
    for word, tail in product(words, [*TAILS, *YEARS]):
        yield word + tail
        yield tail + word
    for word, year in product(words, YEARS):
        yield f"{word}{year}!"
        yield f"{word}-{year}"
    for head, word, tail in product(HEADS, words, TAILS[:16]):
        yield head + word + tail


def _doubled(words: list[str]) -> Iterator[str]:
    for word in words:
        yield from (word * 2, word * 3, word * 4, f"{word} {word}", f"{word}-{word}")
    for first, second in product(words[:40], words[:40]):
        yield first + second


def _walks() -> Iterator[str]:
    """Fingers that go along the keys."""
    for row in (*KEYBOARD_ROWS, COLUMNS, "abcdefghijklmnopqrstuvwxyz", DIGITS):
        for line in (row, row[::-1]):
            endless = line * 4
            for start, length in product(range(len(line)), range(SHORTEST, SHORTEST + 5)):
                yield endless[start : start + length]
            for tail in TAILS:
                yield line + tail
                yield tail + line
    for first, second in product(KEYBOARD_ROWS, KEYBOARD_ROWS):
        yield first + second
        yield first[:6] + second[:6]


def _repeated() -> Iterator[str]:
    for character in "abcdefghijklmnopqrstuvwxyz0123456789!*.-#":
        for length in range(SHORTEST, SHORTEST + 9):
            yield character * length
    for first, second in product("abcxyz0123456789", repeat=2):
        yield from ((first + second) * 6, first * 6 + second * 6)


def common_passwords() -> list[str]:
    """All of them, in lower case as Django compares them, sorted, each once."""
    words = f"{COMMON_WORDS} {CLINIC_WORDS}".split()
    found = {*_with_tails(words), *_doubled(words), *_walks(), *_repeated()}
    return sorted(password.lower() for password in found if len(password) >= SHORTEST)

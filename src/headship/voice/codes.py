"""Codes on paper: short enough to type, too many to guess, without letters that look like figures."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, PART = 12, 4
LOOKALIKE = str.maketrans({"O": "Q", "U": "V"})  # letters no code has, read as what a hand may have meant


def made() -> str:
    """Return a new code.

    >>> len(made()), set(made()) <= set(ALPHABET)
    (12, True)
    """
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spaced(code: str) -> str:
    """Return a code as it is printed.

    >>> spaced("K7QDM2XP94TR")
    'K7QD-M2XP-94TR'
    """
    return "-".join(code[at : at + PART] for at in range(0, len(code), PART)) if len(code) == LENGTH else code


def read(typed: str) -> str:
    """Return the code that somebody typed, or that a scanner typed as a whole address; other tokens as they are.

    >>> read("k7qd m2xp 94tr"), read("https://head.example/answer/K7QD-M2XP-94TR"), read("a-long_token-of-a-link")
    ('K7QDM2XP94TR', 'K7QDM2XP94TR', 'a-long_token-of-a-link')
    """
    last = typed.strip().rstrip("/").rpartition("/")[2]
    bare = "".join(last.split()).replace("-", "").upper().translate(LOOKALIKE)
    return bare if len(bare) == LENGTH else last

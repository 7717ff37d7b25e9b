"""A sealed file opens whole or not at all."""

import io
import random

import pytest

from headship.core.errors import Unusable
from headship.project.backups import sealed
from headship.project.backups.sealed import PIECE, TAG, Opening, Sealing

KEY = "a passphrase of tests alone"
HEADER = len(sealed.MARK) + sealed.SALT
WORDS = random.Random(1).randbytes(PIECE * 3 + 1000)


@pytest.fixture(autouse=True)
def easy_keys(monkeypatch):
    """Make keys fast: how hard a key is to guess is not what is tried here."""
    monkeypatch.setattr(sealed, "HARDNESS", 2**4)


def sealed_words(words):
    file = io.BytesIO()
    sealing = Sealing(file, KEY)
    for at in range(0, len(words), 10_000):
        sealing.write(words[at : at + 10_000])
    sealing.seal()
    return file.getvalue()


def opened(content, key=KEY):
    return Opening(io.BytesIO(content), key).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, PIECE * 2, len(WORDS)])
def test_what_is_sealed_opens(size):
    assert opened(sealed_words(WORDS[:size])) == WORDS[:size]


def test_nothing_of_it_can_be_read_in_the_file():
    words = b"Ada Headteacher-Example " * 5_000
    content = sealed_words(words)
    assert b"Ada" not in content
    assert sealed_words(words)[HEADER : HEADER + 64] != content[HEADER : HEADER + 64], "The same words, sealed alike."


def test_another_key_opens_nothing():
    with pytest.raises(Unusable, match=r"not the key it was made with"):
        opened(sealed_words(WORDS), "another passphrase of tests")


def test_a_short_key_is_refused():
    with pytest.raises(Unusable, match=r"at least 16"):
        Sealing(io.BytesIO(), "short")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 some other file", sealed.MARK + b"salt"])
def test_another_file_is_named_as_such(content):
    with pytest.raises(Unusable, match=r"not a backup that Headship made"):
        opened(content)


def piece(number):
    return slice(HEADER + number * (PIECE + TAG), HEADER + (number + 1) * (PIECE + TAG))


def without_the_end(content):
    return content[: piece(3).start]


def within_a_piece(content):
    return content[:-1]


def with_more(content):
    return content + b"more"


def out_of_order(content):
    return content[:HEADER] + content[piece(1)] + content[piece(0)] + content[piece(2).start :]


def one_missing(content):
    return content[: piece(1).start] + content[piece(2).start :]


def one_twice(content):
    return content[: piece(1).stop] + content[piece(1)] + content[piece(2).start :]


def the_end_of_another(content):
    return content[: piece(3).start] + sealed_words(WORDS)[piece(3).start :]


SPOILED = [without_the_end, within_a_piece, with_more, out_of_order, one_missing, one_twice, the_end_of_another]


@pytest.mark.parametrize("spoil", SPOILED)
def test_what_was_spoiled_is_refused(spoil):
    with pytest.raises(Unusable, match=r"damaged|beginning"):
        opened(spoil(sealed_words(WORDS)))


def test_every_flipped_bit_is_refused():
    chance, content = random.Random(2), sealed_words(WORDS)
    for _ in range(200):
        at = chance.randrange(len(content))
        flipped = bytearray(content)
        flipped[at] ^= 1 << chance.randrange(8)
        with pytest.raises(Unusable):
            opened(bytes(flipped))


def test_it_is_read_piece_by_piece():
    opening = Opening(io.BytesIO(sealed_words(WORDS)), KEY)
    assert opening.read(100) == WORDS[:100]
    assert len(opening._held) <= PIECE, "More than one piece was opened for a hundred bytes."

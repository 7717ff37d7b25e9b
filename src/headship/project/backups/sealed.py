"""A sealed file: encrypted in pieces, each of which proves itself, its place and whether it is the last.

A file is a header (a mark and a random salt) and pieces of 64 KiB, each with its tag of 16 bytes. The key is made from
the passphrase and the salt by scrypt; each piece is ChaCha20-Poly1305 under the number of its place and a flag on the
last one, with the header as associated data (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár). So a
changed bit, a piece moved or missing, and an end cut off are all refused, and nothing unproved is ever handed on.
"""

import functools
import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from headship.core.errors import Unusable

MARK = b"HEADSHIP-BACKUP-1\n"
SALT, PIECE, TAG = 16, 64 * 1024, 16
HARDNESS = 2**17  # scrypt's work: 128 MB and some tenths of a second for each guess at a passphrase
SHORTEST_KEY = 16
TOO_SHORT = f"The backup key is too short to protect anything: give at least {SHORTEST_KEY} characters."
NOT_OURS = "This is not a backup that Headship made: it does not begin like one."
WRONG_BEGINNING = (
    "The backup cannot be opened. Either this is not the key it was made with, or its beginning is damaged."
)


class Sealing(io.RawIOBase):
    """Writes what it is given to a file, sealed. Only `seal()` makes the file whole; without it, it is refused."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        super().__init__()
        header = MARK + os.urandom(SALT)
        file.write(header)
        self._file, self._pieces, self._held = file, Pieces(key, header), bytearray()

    def writable(self) -> bool:
        """Whether it may be written: always."""
        return True

    def write(self, given: bytes) -> int:  # type: ignore[override]  # any buffer will do, and bytes is what comes
        """Take some bytes; whole pieces go to the file. One is always held back: the last must be known as the last."""
        self._held += given
        while len(self._held) > PIECE:
            self._file.write(self._pieces.sealed(bytes(self._held[:PIECE]), last=False))
            del self._held[:PIECE]
        return len(given)

    def seal(self) -> None:
        """Write the last piece."""
        self._file.write(self._pieces.sealed(bytes(self._held), last=True))


class Opening(io.RawIOBase):
    """Reads a sealed file's plain bytes, in order, each proved first. Errors: Unusable, saying where."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        super().__init__()
        header = file.read(len(MARK) + SALT)
        if not header.startswith(MARK) or len(header) < len(MARK) + SALT:
            raise Unusable(NOT_OURS)
        self._file, self._pieces = file, Pieces(key, header)
        self._next, self._held, self._number = file.read(PIECE + TAG), b"", 0

    def readable(self) -> bool:
        """Whether it may be read: always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, or all that is left; nothing once the proved end is reached."""
        while self._next and (size < 0 or len(self._held) < size):
            self._held += self._opened()
        size = len(self._held) if size < 0 else size
        given, self._held = self._held[:size], self._held[size:]
        return given

    def _opened(self) -> bytes:
        sealed, self._next = self._next, self._file.read(PIECE + TAG)
        self._number += 1
        try:
            return self._pieces.opened(sealed, last=not self._next)
        except InvalidTag:
            where = f"The backup is damaged or cut off, {(self._number - 1) * PIECE >> 10} KB from its beginning."
            raise Unusable(WRONG_BEGINNING if self._number == 1 else where) from None


@functools.lru_cache(maxsize=2)  # what was just written is read back: no need to work as hard again
def made_from(key: str, salt: bytes, hardness: int) -> bytes:
    """Return the cipher's key."""
    return Scrypt(salt=salt, length=32, n=hardness, r=8, p=1).derive(key.encode())


class Pieces:
    """The cipher, and the number of the next piece."""

    def __init__(self, key: str, header: bytes) -> None:
        if len(key) < SHORTEST_KEY:
            raise Unusable(TOO_SHORT)
        made = made_from(key, header[len(MARK) :], HARDNESS)
        self._cipher, self._header, self._number = ChaCha20Poly1305(made), header, 0

    def sealed(self, plain: bytes, *, last: bool) -> bytes:
        """Return a piece sealed for the next place."""
        return self._cipher.encrypt(self.nonce(last=last), plain, self._header)

    def opened(self, sealed: bytes, *, last: bool) -> bytes:
        """Return the next place's piece in plain. Errors: InvalidTag."""
        return self._cipher.decrypt(self.nonce(last=last), sealed, self._header)

    def nonce(self, *, last: bool) -> bytes:
        """Return a number no two pieces of a file share; each file's salt gives it a key of its own."""
        self._number += 1
        return self._number.to_bytes(11) + bytes([last])

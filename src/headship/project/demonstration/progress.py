"""How far a long step has come: a bar where somebody watches, otherwise a line for each step."""

import sys
from collections.abc import Iterator, Sequence

WIDTH = 24


def along[T](words: str, things: Sequence[T]) -> Iterator[T]:
    """Yield each thing, showing on standard error how many are done."""
    watched = sys.stderr.isatty()
    if not watched:
        sys.stderr.write(f"{words}\n")
    for done, thing in enumerate(things, 1):
        yield thing
        if watched:
            full = WIDTH * done // len(things)
            sys.stderr.write(f"\r{words:<32} [{'=' * full:<{WIDTH}}] {done} of {len(things)}")
            sys.stderr.flush()
    if watched:
        sys.stderr.write("\n")

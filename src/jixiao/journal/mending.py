"""What a line was before one byte of it was changed, found by trying: its hash is known."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

_LONGEST: Final = 4000
"""Bytes of a line for which it is tried: some two million hashes, two seconds."""


def mended(line: bytes, leaf: bytes) -> bytes | None:
    """The line with one byte another, one more or one less, that has this leaf; `None` if there is none.

    Args:
        line: as it was read, without its newline.
        leaf: SHA-256 of the line as it was signed, with the prefix of a leaf.
    """
    if len(line) > _LONGEST:
        return None
    return next((each for each in _near(line) if sha256(b"\0" + each).digest() == leaf), None)


def _near(line: bytes) -> Iterator[bytes]:
    """Every line that differs in one byte."""
    every = [bytes([value]) for value in range(256)]
    for at in range(len(line)):
        before, after = line[:at], line[at + 1 :]
        yield before + after
        yield from (before + value + after for value in every)
    for at in range(len(line) + 1):
        before, after = line[:at], line[at:]
        yield from (before + value + after for value in every)

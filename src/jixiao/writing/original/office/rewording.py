"""Where in a text the number stands that was read, and what is to stand there instead."""

import re
import unicodedata
from typing import Final, NamedTuple

_NUMBER: Final = re.compile(r"(?<![0-9.,，．])[0-9]+(?:[,，][0-9]{3})*(?:[.．][0-9]+)?")
_COMMAS: Final = re.compile("[,，]")


class Rewording(NamedTuple):
    """From where to where a text is replaced, and by what."""

    start: int
    end: int
    written: str


def rewording(text: str, read: str, written: str) -> Rewording | None:
    """Where what was read stands in a text; `None` where it does not stand there exactly once.

    A number is read without its thousands separators, and with common digits for full-width ones; it is found all the
    same, and what is written instead is parted as it was.

    Args:
        text: what stands in the cell.
        read: what was read there.
        written: what is to stand there.
    """
    if not read:
        return None
    found = [(each.start(), each.end()) for each in _exactly(read).finditer(text)]
    if found:
        return Rewording(*found[0], written) if len(found) == 1 else None
    plain = _narrow(text)
    same = [each for each in _NUMBER.finditer(plain) if _bare(each[0]) == _bare(read)]
    if len(same) != 1:
        return None
    parted = _COMMAS.search(same[0][0])
    return Rewording(same[0].start(), same[0].end(), _parted(written, parted[0]) if parted else written)


def _exactly(read: str) -> re.Pattern[str]:
    return re.compile(r"(?<![0-9.])" + re.escape(read) + r"(?![0-9]|\.[0-9])")


def _narrow(text: str) -> str:
    """A text with common digits and points for full-width ones, letter for letter."""
    return "".join(unicodedata.normalize("NFKC", letter) if letter in _WIDE else letter for letter in text)


_WIDE: Final = frozenset("０１２３４５６７８９．")


def _bare(number: str) -> str:
    return _COMMAS.sub("", number)


def _parted(number: str, comma: str) -> str:
    whole, point, rest = number.partition(".")
    return (f"{int(whole):,}".replace(",", comma) + point + rest) if whole.isdecimal() and whole.isascii() else number

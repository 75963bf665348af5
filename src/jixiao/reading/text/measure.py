"""Widths of printed text in quarter ems, and where Chinese line breaking 禁则 lets a line end. Integers only.

A full-width character is 4 quarters, a half-width one 2, a blank 1; where 中文 meets Latin letters or digits type
setters add 1. The figures are the usual metrics of Song and Fang-Song type, not of one document.
"""

import re
from typing import Final

EM: Final = 4
"""One em in quarter ems."""

_OPEN: Final = frozenset("“‘（《〔【([")
_CLOSE: Final = frozenset("”’），。、；：！？》〕】,.;:!?)]%％…")
_NARROW: Final = frozenset("“”‘’…—·")
_HALVED: Final = frozenset("，。、；：！？）》〕】")
_LATIN_RUN = re.compile(r"[A-Za-z0-9.%]+")


def is_wide(char: str) -> bool:
    """Whether a character is set a full em wide."""
    return char > "\u2000"


def is_latin(char: str) -> bool:
    """Whether a character is a half-width letter or digit."""
    return char.isascii() and char.isalnum()


def meets(left: str, right: str) -> bool:
    """Whether 中文 meets Latin between two characters, where type setters add a quarter em."""
    return (left > "\u2e80" and is_latin(right)) or (right > "\u2e80" and is_latin(left))


def width(text: str) -> int:
    """Width of a text set on one line, in quarter ems."""
    total = 0
    before = ""
    for char in text:
        total += 4 if char > "\u2000" else 1 if char == " " else 2
        if before and meets(before, char):
            total += 1
        before = char
    return total


def slack(text: str) -> int:
    """How much narrower a text may be than `width` says.

    Quotation marks and dashes are half as wide in some fonts, punctuation at the end of a line is set half as wide.
    """
    return 2 * (sum(char in _NARROW for char in text) + (text[-1:] in _HALVED))


def lead_width(text: str) -> int:
    """Width of what must stand together at the start of a line: a Latin run or one character, with what closes it."""
    match = _LATIN_RUN.match(text)
    end = match.end() if match else 1
    if not match and text[:1] in _OPEN:
        end = 2
    while end < len(text) and text[end] in _CLOSE:
        end += 1
    return width(text[:end])


def closes(char: str) -> bool:
    """Whether a character may not begin a line."""
    return char in _CLOSE


def opens(char: str) -> bool:
    """Whether a character may not end a line."""
    return char in _OPEN

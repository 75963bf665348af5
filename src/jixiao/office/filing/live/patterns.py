"""Patterns of this program as patterns of a page: the same matches, whatever Unicode the browser was made for."""

from functools import cache
from typing import Final

from jixiao.language.javascript import SPACES

_MARKS: Final = frozenset("^$\\.*+?()[]{}|/")
CLASSES: Final = "ds"
_LAST_SCRIPT: Final = 0x20000


def in_page(pattern: str) -> str:
    """A pattern as JavaScript reads it with the flag u; for a text as a whole, the page puts ^(?:…)$ around it.

    Raises:
        ValueError: the pattern uses what has no counterpart here; the message names it.
    """
    made: list[str] = []
    at, inside = 0, False
    while at < len(pattern):
        text, at = _next(pattern, at, inside=inside)
        made.append(text)
        inside = (inside or text in {"[", "[^"}) and text != "]"
    return "".join(made)


def zeros() -> tuple[int, ...]:
    """The code of the 0 of every script that has decimal digits; its 1 to 9 follow it."""
    return tuple(code for code in range(_LAST_SCRIPT) if chr(code).isdecimal() and int(chr(code)) == 0)


def _next(pattern: str, at: int, *, inside: bool) -> tuple[str, int]:
    """One piece of a pattern, and where the next one begins."""
    if pattern[at] == "\\":
        return _escaped(pattern[at + 1], inside=inside), at + 2
    if not inside and pattern.startswith("(?P<", at):
        return "(?<", at + 4
    if not inside and pattern.startswith("(?P=", at):
        end = pattern.index(")", at)
        return f"\\k<{pattern[at + 4 : end]}>", end + 1
    if not inside and pattern.startswith("[^", at):
        return "[^", at + 2
    plain = {".": "[^\\n]", "$": "(?=\\n?(?![^]))"} if not inside else {"[": "\\["}
    return plain.get(pattern[at], pattern[at]), at + 1


def _escaped(letter: str, *, inside: bool) -> str:
    if letter in CLASSES:
        return f"\\{letter}" if inside else f"[\\{letter}]"
    if letter.isalnum():
        raise ValueError(f"\\{letter}")
    needed = letter in _MARKS or (inside and letter == "-")
    return f"\\{letter}" if needed else letter


@cache
def classes() -> dict[str, str]:
    r"""What the page puts for \d and \s, which stand inside a class wherever they stand: those of Unicode as here."""
    return {"d": _digits(), "s": "".join(_letter(ord(space)) for space in SPACES)}


def _digits() -> str:
    return "".join(f"{_letter(zero)}-{_letter(zero + 9)}" for zero in zeros())


def _letter(code: int) -> str:
    return chr(code) if chr(code).isascii() and chr(code).isalnum() else f"\\u{{{code:x}}}"

"""What a recogniser confuses by the shape alone, where the neighbours tell: letters in a number, Chinese points in it.

Only what cannot be printed so is changed. Where two numbers could be meant, both are offered to the form's arithmetic
(`candidates`), and the text stays as read.
"""

import re
from collections.abc import Iterable, Sequence

from jixiao.reading.scan.trust import is_no_number
from jixiao.reading.scan.typeset import Sign

_SHAPES = (
    (re.compile(r"(?<=[0-9.,])[Oo](?=[0-9.,%％]|$)"), "0"),
    (re.compile(r"(?<![A-Za-z0-9])[Oo](?=\.[0-9])"), "0"),
    (re.compile(r"(?<=[0-9.,])[lI|](?=[0-9.,%％]|$)"), "1"),
    (re.compile(r"(?<=[0-9])[。．](?=[0-9])"), "."),
    (re.compile(r"(?<=[0-9])，(?=[0-9]{3}(?![0-9]))"), ","),
    (re.compile(r"(?<=[0-9]) (?=[.,][0-9])|(?<=[0-9][.,]) (?=[0-9])"), ""),
    (re.compile(r"(?<=[0-9])(?:[º°ª] ?[0oOuUa]|%[0oOuU](?![0-9A-Za-z]))"), "%"),
    (re.compile(r"(?<=[0-9])([(（])(?:[º°ª] ?[0oOuUa]|%[0oOuU]|0[0oO]|[oO]{2})(?=[)）])"), r"\1%"),
)
_NOT_POINTS = re.compile(r"[,:：，;；·°。](?=[0-9]{1,2}$)")
_LIKELY, _SHAPE_SHARE = 0.005, 0.3
_MOST = 5


def mended(text: str) -> str:
    """The text with shapes in numbers put right: "1O.00" is "10.00", "69(ºo)" is "69(%)"; "O3" stays."""
    for shape, meant in _SHAPES:
        text = shape.sub(meant, text)
    return text


def candidates(signs: Sequence[Sign], others: Iterable[tuple[str, float]], text: str) -> list[tuple[str, float]]:
    """Other readings of a line with their probabilities, likeliest first.

    Args:
        signs: the line as read, each sign with its rivals.
        others: whole readings of the other model.
        text: the line's text, which is no candidate.
    """
    letters = [sign.text for sign in signs]
    found = list(others)
    for at, sign in enumerate(signs):
        found += (("".join([*letters[:at], rival, *letters[at + 1 :]]), share) for rival, share in sign.rivals)
    if is_no_number(text):
        found.append((_NOT_POINTS.sub(".", text), _SHAPE_SHARE))
    best: dict[str, float] = {}
    for other, share in found:
        reading = mended(other).strip()
        if reading not in (text, "") and share >= _LIKELY:
            best[reading] = max(share, best.get(reading, 0.0))
    return sorted(best.items(), key=lambda pair: -pair[1])[:_MOST]

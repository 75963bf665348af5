"""Small readings of OFD's XML (GB/T 33190-2016, clause 7): numbers, boxes, matrices, paths of parts, runs of advances.

Lengths are millionths of a millimetre and factors are millionths, both whole numbers: what the file says in decimals is
kept exactly, and only the places on the page are rounded, once.
"""

import posixpath
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from lxml import etree

from jixiao.layout.grid import Box
from jixiao.reading.formats.xlsx_xml import children

MILLION = 10**6
_MOST_DIGITS = 40
_LARGEST = 10**7 * MILLION
_PLAIN = re.compile(r"([-+]?)(\d*)\.?(\d*)")

Matrix = tuple[int, int, int, int, int, int]
"""a, b, c, d as millionths, e, f as lengths: x' = a x + c y + e, y' = b x + d y + f."""

IDENTITY: Matrix = (MILLION, 0, 0, MILLION, 0, 0)


class Malformed(ValueError):
    """A number, box or matrix that is none, or far off any paper."""


@lru_cache(maxsize=16_384)
def scaled(text: str) -> int:
    """A decimal number in millionths.

    Raises:
        Malformed: it is no number, or absurdly large.
    """
    match = _PLAIN.fullmatch(text)
    if match and (match[2] or match[3]) and len(text) <= _MOST_DIGITS:
        value = int(match[2] or "0") * MILLION + int(match[3][:6].ljust(6, "0"))
        value = -value if match[1] == "-" else value
    else:
        value = _of_power(text)
    if abs(value) > _LARGEST:
        raise Malformed(text[:_MOST_DIGITS])
    return value


def _of_power(text: str) -> int:
    """A number written with a power of ten (1.5e-05), as some programs do."""
    try:
        number = Decimal(text) if len(text) <= _MOST_DIGITS else Decimal("NaN")
        if not number.is_finite() or number.adjusted() > 7:
            raise Malformed(text[:_MOST_DIGITS])
        return int(number * MILLION)
    except InvalidOperation as error:
        raise Malformed(text[:_MOST_DIGITS]) from error


def length(element: etree._Element, name: str, otherwise: str = "0") -> int:
    """An attribute that is a number, in millionths.

    Raises:
        Malformed: it is none.
    """
    return scaled(element.get(name, otherwise).strip())


def box(text: str | None) -> Box | None:
    """Left, top, width and height (ST_Box) as left, top, right, bottom; `None` where there is none.

    Raises:
        Malformed: it is not four numbers.
    """
    if text is None or not text.strip():
        return None
    numbers = [scaled(word) for word in text.split(maxsplit=8)]
    if len(numbers) != 4:
        raise Malformed(text[:_MOST_DIGITS])
    left, top, width, height = numbers
    return left, top, left + width, top + height


def matrix(text: str | None) -> Matrix:
    """A transformation (CTM); the identity where there is none.

    Raises:
        Malformed: it is not six numbers.
    """
    if text is None or not text.strip():
        return IDENTITY
    numbers = [scaled(word) for word in text.split(maxsplit=8)]
    if len(numbers) != 6:
        raise Malformed(text[:_MOST_DIGITS])
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def times(first: Matrix, then: Matrix) -> Matrix:
    """Both transformations, one after the other.

    Raises:
        Malformed: together they lead far off any paper.
    """
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    made = (
        (a * g + b * i) // MILLION, (a * h + b * j) // MILLION, (c * g + d * i) // MILLION, (c * h + d * j) // MILLION,
        (e * g + f * i) // MILLION + k, (e * h + f * j) // MILLION + m,
    )  # fmt: skip
    if max(map(abs, made)) > _LARGEST:
        raise Malformed("CTM")
    return made


def placed(element: etree._Element, outer: Matrix) -> Matrix:
    """From the space of an object (Boundary, CTM) to that of the page.

    Raises:
        Malformed: its numbers are none.
    """
    boundary, own = box(element.get("Boundary")), matrix(element.get("CTM"))
    if boundary:
        own = (*own[:4], own[4] + boundary[0], own[5] + boundary[1])
    return own if outer is IDENTITY else times(own, outer)


def at(matrix: Matrix, x: int, y: int) -> tuple[int, int]:
    """A point under a transformation, as hundredths of a point."""
    a, b, c, d, e, f = matrix
    return hundredths((a * x + c * y) // MILLION + e), hundredths((b * x + d * y) // MILLION + f)


def hundredths(millionths: int) -> int:
    """Millionths of a millimetre as hundredths of a point, to the nearest."""
    return (millionths * 36 + 63_500) // 127_000


def advances(text: str | None, most: int) -> list[int]:
    """The steps from letter to letter (DeltaX, DeltaY), runs "g count step" spelled out; never more than `most`.

    Raises:
        Malformed: a step is no number.
    """
    steps: list[int] = []
    words = iter((text or "").split())
    for word in words:
        if word in ("g", "G"):
            count, step = next(words, ""), next(words, "")
            if not (count.isascii() and count.isdigit() and len(count) < _MOST_DIGITS):
                raise Malformed(count[:_MOST_DIGITS])
            steps.extend([scaled(step)] * min(int(count), most - len(steps)))
        else:
            steps.append(scaled(word))
        if len(steps) >= most:
            break
    return steps[:most]


def resolved(part: str, location: str) -> str:
    """The name of a part that another names: from the root where it begins with a slash, else from the other's folder.

    Args:
        part: the part that names it.
        location: as it stands there (ST_Loc).
    """
    location = location.strip().replace("\\", "/")
    joined = location if location.startswith("/") else posixpath.join("/", posixpath.dirname(part), location)
    return posixpath.normpath(joined).lstrip("/")


def text_at(element: etree._Element, name: str) -> str:
    """The text of the first child of a local name; "" where there is none."""
    return next(((child.text or "").strip() for child in children(element, name)), "")


def below(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The elements at the end of a path of local names."""
    if not names:
        yield element
        return
    for child in children(element, names[0]):
        yield from below(child, *names[1:])

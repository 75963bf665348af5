"""Lengths of an OFD document: millimetres with five decimals (GB/T 33190-2016, 7.3), kept as whole numbers.

A *grain* is a hundred-thousandth of a millimetre. Places on a page are whole hundredths of a point, 352.8 grains each:
a place that is read back is the one that was written.
"""

from functools import lru_cache
from typing import Final

MILLIMETRE: Final = 100_000
_HUNDREDTHS: Final = 9
_GRAINS: Final = 3_175
"""9 hundredths of a point are 3,175 grains exactly: a point is 1/72 of 25.4 mm."""


def grains(hundredths: int) -> int:
    """Hundredths of a point in grains, to the nearest."""
    return (2 * hundredths * _GRAINS + _HUNDREDTHS) // (2 * _HUNDREDTHS)


def advance(units: int, em: int, size: int) -> int:
    """How far a letter takes the line on, in grains, to the nearest.

    Args:
        units: the letter's advance in the font's units.
        em: how many of these the size is.
        size: of the letters, in hundredths of a point.
    """
    whole = _HUNDREDTHS * em
    return (2 * units * size * _GRAINS + whole) // (2 * whole)


@lru_cache(maxsize=65_536)
def mm(length: int) -> str:
    """Grains as millimetres, without zeros that say nothing."""
    sign, length = ("-", -length) if length < 0 else ("", length)
    whole, rest = divmod(length, MILLIMETRE)
    return f"{sign}{whole}.{rest:05}".rstrip("0").rstrip(".")


def box(left: int, top: int, width: int, height: int) -> str:
    """A box (ST_Box) of grains."""
    return f"{mm(left)} {mm(top)} {mm(width)} {mm(height)}"

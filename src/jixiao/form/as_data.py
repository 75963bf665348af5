"""How texts are read, as data: what this room knows of signs, units and days, for readers in another language."""

from collections.abc import Mapping
from typing import Any, Final

from jixiao.form.deadlines import _DATE, _DIGIT, _IN_YEAR, _NUMERIC, _SIGNED, _YEAR_END
from jixiao.form.targets import (
    _DONE,
    _INCLUSIVE,
    _NAMED,
    _NO_UNIT_BEGINS,
    _NO_UNIT_ENDS,
    _NO_UNIT_HOLDS,
    _NOT_A_NAME,
    _QUALITATIVE_SIGNS,
    _RANGES,
    _RATIO_TAILS,
    _SIGNS,
    _SIMPLE,
    _STRICT,
    _SUFFIXES,
    _YEAR,
    _YEAR_AND_MONTH,
)
from jixiao.form.taxonomy import _ALIASES, _BLANK, _NUMBERING, _POINTS, LEVEL1, LEVEL2
from jixiao.form.values import (
    _CLOSING,
    _FOLDABLE,
    _FULL_WIDTH,
    _IDLE_SPACE,
    _MONEY_YUAN,
    _MULTIPLIERS,
    _RATIOS,
    _SAME_UNIT,
    _SPACE,
    _WHOLE_NUMBER,
    NOTHING,
)

PATTERNS: Final[Mapping[str, str]] = {
    name: pattern.pattern
    for name, pattern in {
        "foldable": _FOLDABLE, "space": _SPACE, "idle_space": _IDLE_SPACE, "whole_number": _WHOLE_NUMBER,
        "numeric_date": _NUMERIC, "date": _DATE, "year_end": _YEAR_END, "in_year": _IN_YEAR, "digit": _DIGIT,
        "simple": _SIMPLE, "named": _NAMED, "year": _YEAR, "year_and_month": _YEAR_AND_MONTH, "done": _DONE,
        "blank": _BLANK, "points": _POINTS, "numbering": _NUMBERING,
    }.items()
}  # fmt: skip
"""Patterns by name, in Python's notation."""

RANGES: Final[tuple[str, ...]] = tuple(pattern.pattern for pattern in _RANGES)
"""Patterns of ranges in the order in which they are tried."""


def words() -> Mapping[str, Any]:
    """Lists of words, signs and units as plain values, ready for JSON."""
    return {
        "nothing": sorted(NOTHING),
        "wide": "".join(_FULL_WIDTH),
        "narrow": "".join(_FULL_WIDTH.values()),
        "closing": _CLOSING,
        "deadline_signs": _SIGNED,
        "units": {
            "ratios": {unit: factor.as_integer_ratio() for unit, factor in _RATIOS.items()},
            "money": _MONEY_YUAN,
            "multipliers": _MULTIPLIERS,
            "same": _SAME_UNIT,
        },
        "targets": {
            "signs": _SIGNS,
            "suffixes": _SUFFIXES,
            "inclusive": _INCLUSIVE,
            "strict": _STRICT,
            "ratio_tails": sorted(_RATIO_TAILS),
            "no_unit_begins": _NO_UNIT_BEGINS,
            "no_unit_ends": _NO_UNIT_ENDS,
            "no_unit_holds": _NO_UNIT_HOLDS,
            "not_a_name": _NOT_A_NAME,
            "qualitative_signs": _QUALITATIVE_SIGNS,
        },
        "levels": {"first": sorted(LEVEL1), "second": sorted(LEVEL1 | LEVEL2), "aliases": _ALIASES},
    }

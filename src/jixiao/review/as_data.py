"""What a review calls cells and which it misses, as data: for those who tell its findings in another language."""

from collections.abc import Mapping
from typing import Any, Final

from jixiao.review.features.structure import _YEAR
from jixiao.review.features.whole import _POINTS
from jixiao.review.locate import _ALWAYS, _AMOUNTS, _CLAIMS, _NEEDED
from jixiao.review.lookup import _LABELS, _PARTS, EMPTY
from jixiao.review.message import _TRUTHS, _value
from jixiao.review.naming import _FIELDS
from jixiao.review.reviewer import Reviewer
from jixiao.scoring import Text

TOLD_YEAR: Final[str] = _YEAR.pattern
"""A year in a text."""

POINTS: Final[str] = _POINTS.pattern
"""Pointers of cells that hold points or scores, or of what holds them."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "all": (*_NEEDED, *_AMOUNTS, *_CLAIMS),
    "always": tuple(sorted(_ALWAYS)),
}
"""Pointers of the cells that must be filled in, and of those that stand on every form."""


FIELDS: Final[Mapping[str, Text]] = _FIELDS
"""Fields and parts of a form, by JSON pointer, in words people use."""


def lookup() -> Mapping[str, Any]:
    """Names of cells and of truths, in both languages."""
    truths = {"yes": _TRUTHS[True], "no": _TRUTHS[False]}
    return {"empty": EMPTY, "labels": _LABELS, "parts": _PARTS, "truths": truths}


def parameters(reviewer: Reviewer) -> Mapping[str, Text]:
    """The parameters of a book as messages print them."""
    return {name: _value(value) for name, value in reviewer.parameters.items()}

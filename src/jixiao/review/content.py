"""What a text is about 内容: its clauses, its pairs of characters without weightless words, the things it counts.

Pairs of characters instead of words from a tokenizer: see docs/why/review.md for the figures. All texts are squeezed
(half width, no white space); everything is bounded, for a cell may hold ten thousand characters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final

from jixiao.form import unit_scale
from jixiao.review.lexicon import Group, Lexicon, Lexicons
from jixiao.review.wording import bare, squeeze

LONGEST: Final = 1500
"""A text is looked at up to so many characters."""

_MOST: Final = 40
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_BREAKS: Final = re.compile(r"[。;:!?…()]|(?<!\d),|,(?!\d{3}(?!\d))|、")
_AMOUNT: Final = r"(?<![\d.,第])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([万亿]?)(余|多)?"


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of things in a clause.

    Attributes:
        number: how many, in the base unit.
        unit: the base unit, one word for all its ways of writing.
        printed: number and unit as printed.
        clause: the clause it stands in, as printed.
        around: the clause without the number.
        topic: the pairs of characters of that.
        step: one in the last place that is printed (0.1万: 1000).
        exact: whether it is told exactly (not 余, 多).
    """

    number: Decimal
    unit: str
    printed: str
    clause: str
    around: str
    topic: frozenset[str]
    step: Decimal
    exact: bool


def clipped(text: str) -> str:
    """The text squeezed, its beginning where it is too long."""
    return squeeze(text[: 2 * LONGEST])[:LONGEST]


def clauses(text: str) -> list[str]:
    """The clauses of a clipped text; a comma within a number parts nothing."""
    return [clause for clause in _BREAKS.split(text) if clause]


def pairs(text: str, weightless: Lexicon) -> frozenset[str]:
    """The pairs of neighbouring characters of a text, weightless words taken out."""
    return frozenset(a + b for piece in _pieces(text, weightless) for a, b in pairwise(piece))


def letters(text: str, weightless: Lexicon) -> frozenset[str]:
    """The characters of a text, weightless words taken out."""
    return frozenset(letter for piece in _pieces(text, weightless) for letter in piece)


def _pieces(text: str, weightless: Lexicon) -> Iterator[str]:
    for part in weightless.pattern.split(text):
        yield from _HAN.findall(part)


def counted(text: str, lexicons: Lexicons) -> list[Counted]:
    """The things that a clipped text counts, at most forty."""
    pattern = _amounts(lexicons["counted_units"])
    places = ((clause, match) for clause in clauses(text) for match in pattern.finditer(clause))
    return [_counted(clause, match, lexicons) for clause, match in islice(places, _MOST)]


def _counted(clause: str, match: re.Match[str], lexicons: Lexicons) -> Counted:
    around = clause[: match.start()] + clause[match.end() :]
    unit, factor = base_unit(match["unit"], lexicons)
    times, decimals = _TIMES[match[3]] * factor, match[2] or ""
    return Counted(
        number=Decimal(match[1].replace(",", "") + decimals) * times,
        unit=unit,
        printed=match[0],
        clause=clause,
        around=around,
        topic=pairs(around, lexicons["weightless"]),
        step=times * Decimal(1).scaleb(-max(len(decimals) - 1, 0)),
        exact=match[4] is None,
    )


_TIMES: Final = {"": 1, "万": 10**4, "亿": 10**8}


@lru_cache(maxsize=4)
def _amounts(units: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"{_AMOUNT}(?P<unit>{units.pattern.pattern})")


def base_unit(unit: str, lexicons: Lexicons) -> tuple[str, int]:
    """A unit of count as one word for all its ways of writing, and how many of it the unit is (万亩: 亩, 10000)."""
    base, scale = unit_scale(squeeze(unit))
    named = next((group.name for group in lexicons.grouped("same_units") if group.pattern.fullmatch(base)), base)
    return named, scale.numerator


def excluded(one: str, other: str, contrasts: tuple[Group, ...]) -> bool:
    """Whether two texts name different members of one set: 新建 and 改建, 小学 and 初中."""
    for group in contrasts:
        here, there = set(group.pattern.findall(one)), set(group.pattern.findall(other))
        if here and there and not here & there:
            return True
    return False


def alike(one: Counted, other: Counted, contrasts: tuple[Group, ...]) -> int:
    """How many pairs of characters two counted things share; 0 where they cannot be one thing."""
    shared = len(one.topic & other.topic) if one.unit == other.unit else 0
    return 0 if shared and excluded(one.around, other.around, contrasts) else shared


def meaning(name: str, unit: str, lexicons: Lexicons) -> str:
    """What two names share that say the same in other words or another order; "" where too little is left to compare.

    Args:
        name: a squeezed name.
        unit: the base unit of its target: 人数 says no more than the unit 人 does.
        lexicons: words that say the same, words without weight in a name, words for counting by unit.
    """
    text = bare(name)
    for group in lexicons.grouped("same_words"):
        text = group.pattern.sub(group.name, text)
    for group in lexicons.grouped("counting_words"):
        text = group.pattern.sub("", text) if group.name == unit else text
    left = "".join(sorted(lexicons["weightless_in_names"].pattern.sub("", text)))
    return left if len(left) >= _LEAST_MEANING else ""


_LEAST_MEANING: Final = 2

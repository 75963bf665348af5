"""What a text is about 内容: its clauses, its pairs of characters without weightless words, the things it counts.

Pairs of characters instead of words from a tokenizer: see docs/why/review.md for the figures. All texts are squeezed
(half width, no white space); everything is bounded, for a cell may hold ten thousand characters.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain, islice
from operator import add
from typing import Final

from jixiao.form import unit_scale
from jixiao.review.lexicon import Lexicon, Lexicons
from jixiao.review.wording import bare, squeeze

LONGEST: Final = 1500
"""A text is looked at up to so many characters."""

_MOST: Final = 40
_NEAR: Final = 30
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
        topic: the pairs of characters around the number, up to thirty characters off.
        letters: the single characters there.
        sides: the members of each set of contrasts that are named there.
        step: one in the last place that is printed (0.1万: 1000).
        exact: whether it is told exactly (not 余, 多).
    """

    number: Decimal
    unit: str
    printed: str
    clause: str
    topic: frozenset[str]
    letters: frozenset[str]
    sides: Mapping[str, frozenset[str]]
    step: Decimal
    exact: bool


def clipped(text: str, longest: int = LONGEST) -> str:
    """The text squeezed, its beginning where it is too long."""
    return squeeze(text[: 2 * longest])[:longest]


def clauses(text: str) -> list[str]:
    """The clauses of a clipped text; a comma within a number parts nothing."""
    return [clause for clause in _BREAKS.split(text) if clause]


def pairs(text: str, weightless: Lexicon) -> frozenset[str]:
    """The pairs of neighbouring characters of a text, weightless words taken out."""
    return frozenset(chain.from_iterable(map(add, piece, piece[1:]) for piece in _pieces(text, weightless)))


def letters(text: str, weightless: Lexicon) -> frozenset[str]:
    """The characters of a text, weightless words taken out."""
    return frozenset(chain.from_iterable(_pieces(text, weightless)))


def _pieces(text: str, weightless: Lexicon) -> Iterable[str]:
    return _short_pieces(text, weightless) if len(text) <= _SHORT else _cut(text, weightless)


@lru_cache(maxsize=1024)
def _short_pieces(text: str, weightless: Lexicon) -> tuple[str, ...]:
    return tuple(_cut(text, weightless))


def _cut(text: str, weightless: Lexicon) -> Iterator[str]:
    for part in weightless.pattern.split(text):
        yield from _HAN.findall(part)


_SHORT: Final = 100
"""Texts of names are cut more than once, so the pieces of short texts are kept for a while."""


@lru_cache(maxsize=16)
def counted(text: str, lexicons: Lexicons) -> tuple[Counted, ...]:
    """The things that a clipped text counts, at most forty."""
    pattern = _amounts(lexicons["counted_units"])
    places = ((clause, match) for clause in clauses(text) for match in pattern.finditer(clause))
    return tuple(_counted(clause, match, lexicons) for clause, match in islice(places, _MOST))


def _counted(clause: str, match: re.Match[str], lexicons: Lexicons) -> Counted:
    start, end = match.span()
    around = f"{clause[max(start - _NEAR, 0) : start]} {clause[end : end + _NEAR]}"
    unit, factor = base_unit(match["unit"], lexicons)
    times, decimals = _TIMES[match[3]] * factor, match[2] or ""
    return Counted(
        number=Decimal(match[1].replace(",", "") + decimals) * times,
        unit=unit,
        printed=match[0],
        clause=clause,
        topic=pairs(around, lexicons["weightless"]),
        letters=letters(around, lexicons["weightless"]),
        sides=sides(around, lexicons),
        step=times * Decimal(1).scaleb(-max(len(decimals) - 1, 0)),
        exact=match[4] is None,
    )


_TIMES: Final = {"": 1, "万": 10**4, "亿": 10**8}


@lru_cache(maxsize=4)
def _amounts(units: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"{_AMOUNT}(?P<unit>{units.pattern.pattern})")


@lru_cache(maxsize=512)
def _base(unit: str, lexicons: Lexicons) -> tuple[str, int]:
    base, scale = unit_scale(squeeze(unit))
    named = next((group.name for group in lexicons.grouped("same_units") if group.pattern.fullmatch(base)), base)
    return named, scale.numerator


def base_unit(unit: str, lexicons: Lexicons) -> tuple[str, int]:
    """A unit of count as one word for all its ways of writing, and how many of it the unit is (万亩: 亩, 10000)."""
    return _base(unit[:_LONGEST_UNIT], lexicons)


_LONGEST_UNIT: Final = 20


def sides(text: str, lexicons: Lexicons) -> Mapping[str, frozenset[str]]:
    """The members of each set of contrasts that a text names: 新建 and 改建 of ways to build, 小学 of schools."""
    if not _any_of("contrasts", lexicons).search(text):
        return {}
    found = ((group.name, group.pattern.findall(text)) for group in lexicons.grouped("contrasts"))
    return {name: frozenset(words) for name, words in found if words}


@lru_cache(maxsize=16)
def _any_of(groups: str, lexicons: Lexicons) -> re.Pattern[str]:
    """Any word of any group of a lexicon: most texts hold none."""
    return re.compile("|".join(group.pattern.pattern for group in lexicons.grouped(groups)))


def excluded(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> bool:
    """Whether two texts name different members of one set, and so cannot be about one thing."""
    return any(not one[name] & other[name] for name in one.keys() & other.keys())


def alike(one: Counted, other: Counted) -> int:
    """How many pairs of characters two counted things share; 0 where they cannot be one thing."""
    shared = len(one.topic & other.topic) if one.unit == other.unit else 0
    return 0 if shared and excluded(one.sides, other.sides) else shared


def meaning(name: str, unit: str, lexicons: Lexicons) -> str:
    """What two names share that say the same in other words or another order; "" where too little is left to compare.

    Args:
        name: a squeezed name.
        unit: the base unit of its target: 人数 says no more than the unit 人 does.
        lexicons: words that say the same, words without weight in a name, words for counting by unit.
    """
    text = bare(name)
    for group in lexicons.grouped("same_words") if _any_of("same_words", lexicons).search(text) else ():
        text = group.pattern.sub(group.name, text)
    for group in lexicons.grouped("counting_words"):
        text = group.pattern.sub("", text) if group.name == unit else text
    left = lexicons["weightless_in_names"].pattern.sub("", text)
    words, numbers = "".join(sorted(_DIGITS.sub("", left))), "#".join(_DIGITS.findall(left))
    return f"{words}{numbers}" if len(words) + len(numbers) >= _LEAST_MEANING else ""


_LEAST_MEANING: Final = 2
_DIGITS: Final = re.compile(r"[0-9]+")
"""Numbers keep their order: district 12 is not district 21."""

"""The value of a formula over numbers of its own sheet: sums, the four operations, rounding; nothing else is guessed.

It tells whether a formula gives the right number once the cells it rests on are put right: then it may stay.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Final

from jixiao.writing.original.xlsx.book import position

Look = Callable[[int, int], Fraction | None]
"""The number in a cell (row, column, from 0): 0 for an empty one, `None` where it is no number."""
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<cell>\$?[A-Z]{1,3}\$?[0-9]{1,7})(?![A-Za-z0-9(!])|(?P<word>[A-Z]{1,10})(?=\()|"
    r"(?P<number>[0-9]{1,15}(?:\.[0-9]{1,15})?)|(?P<sign>[-+*/(),:%]))"
)
_LONGEST, _DEEPEST, _MOST_CELLS = 500, 30, 2_000


class _Unknown(Exception):
    """A formula of another kind."""


def value_of(formula: str, look: Look) -> Fraction | None:
    """The value of a formula; `None` where it is of another kind, or rests on what is no number."""
    try:
        return _Reader(formula, look).whole()
    except (_Unknown, ZeroDivisionError):
        return None


class _Reader:
    def __init__(self, formula: str, look: Look) -> None:
        self._tokens = list(_tokens(formula))
        self._at = self._depth = 0
        self._look = look

    def whole(self) -> Fraction:
        value = self._sum()
        self._want("")
        return value

    def _next(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _take(self, *signs: str) -> str:
        sign = self._next()[1]
        if sign not in signs or not sign:
            return ""
        self._at += 1
        return sign

    def _want(self, sign: str) -> None:
        if self._next()[1] != sign:
            raise _Unknown
        self._at += 1

    def _sum(self) -> Fraction:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Unknown
        value = self._product()
        while sign := self._take("+", "-"):
            value += self._product() * (1 if sign == "+" else -1)
        self._depth -= 1
        return value

    def _product(self) -> Fraction:
        value = self._single()
        while sign := self._take("*", "/"):
            by = self._single()
            value = value * by if sign == "*" else value * Fraction(by.denominator, by.numerator)
        return value

    def _single(self) -> Fraction:
        if self._take("-"):
            return -self._single()
        value = self._bare()
        while self._take("%"):
            value *= Fraction(1, 100)
        return value

    def _bare(self) -> Fraction:
        kind, text = self._next()
        self._at += 1
        if kind == "number":
            return Fraction(Decimal(text))
        if kind == "cell":
            return self._cell(text)
        if kind == "word":
            return self._call(text)
        if text != "(":
            raise _Unknown
        value = self._sum()
        self._want(")")
        return value

    def _cell(self, text: str) -> Fraction:
        at = position(text)
        value = self._look(*at) if at else None
        if value is None:
            raise _Unknown
        return value

    def _call(self, word: str) -> Fraction:
        self._want("(")
        if word == "SUM":
            value = self._range()
            while self._take(","):
                value += self._range()
        elif word == "ROUND":
            value = self._sum()
            self._want(",")
            value = _rounded(value, self._single())
        else:
            raise _Unknown
        self._want(")")
        return value

    def _range(self) -> Fraction:
        """One argument of a sum: a range, in which text counts as nothing, or an expression."""
        kind, text = self._next()
        following = self._tokens[self._at + 1 : self._at + 3]
        if kind != "cell" or len(following) < 2 or following[0][1] != ":" or following[1][0] != "cell":
            return self._sum()
        first, last = position(text), position(following[1][1])
        self._at += 3
        if first is None or last is None or (last[0] - first[0] + 1) * (last[1] - first[1] + 1) > _MOST_CELLS:
            raise _Unknown
        cells = ((row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1))
        return sum((self._look(*cell) or Fraction(0) for cell in cells), Fraction(0))


def _rounded(value: Fraction, places: Fraction) -> Fraction:
    """Rounded half away from zero, as spreadsheets do."""
    if places.denominator != 1 or not 0 <= places <= 12:
        raise _Unknown
    scale = 10 ** int(places)
    whole = floor(abs(value) * scale + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, scale)


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    text, at = formula.strip(), 0
    if len(text) > _LONGEST:
        raise _Unknown
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _Unknown
        yield match.lastgroup or "", match[match.lastgroup or 0]
        at = match.end()

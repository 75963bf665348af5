"""Text as tokens: chunks without blanks, each with what separates it from the one before and what it looks like."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from jixiao.form import fold, is_nothing, parse_number
from jixiao.reading.text.measure import lead_width, slack, width


class Gap(IntEnum):
    """What stands before a token, the weaker first."""

    SPACE = 0
    LINE = 1
    PARAGRAPH = 2
    PAGE = 3
    BAR = 4


UNIT: Final = 10**6
"""Printed points and amounts are compared as integers in millionths."""

_FED: Final = 1000
"""Blank lines a form feed counts for."""

_FEW: Final = 3
_MANY: Final = 4
_BLANKS: Final = " \t\f\v\u3000\xa0\ufeff"
_N = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_VALUE = re.compile(rf"(?:[≥≤=<>≧≦═⩾⩽]|>=|<=)?{_N}(?:\(?[^\d()]{{0,8}}\)?)")
_DATE_PART = re.compile(r"\d{1,4}(?:年|月|日|号|周年|年度|季度)\D*")
_CHUNK = re.compile(r"[^\s|｜]+|[|｜]")
_PAGE_NUMBER = re.compile(r"[-—–－·]?(?:第?\d{1,4}页?|第\d{1,4}页[,/，共]*\d{1,4}页?|\d{1,4}/\d{1,4})[-—–－·]?")
_TABBED = re.compile(r"\t| {3,}|\u3000{2,}")
_FILLER = re.compile(r"[…。.·]{2,}|指标\d{1,2}[:：]?")


class Looks(NamedTuple):
    """What a chunk of text looks like.

    Attributes:
        width: its width in quarter ems.
        lead: width of its first unbreakable unit, in quarter ems.
        slack: how much narrower it may be, in quarter ems.
        amount: its value in millionths where it is one number and nothing else.
        number: whether it is a number, with or without a per cent sign.
        nothing: whether it stands for "nothing here" (a dash, a slash).
        value: whether it looks like a typed value: sign, number, unit.
    """

    width: int
    lead: int
    slack: int
    amount: int | None
    number: bool
    nothing: bool
    value: bool


@lru_cache(maxsize=8192)
def looks_of(text: str) -> Looks:
    """The looks of a chunk of text."""
    folded = fold(text)
    amount = _scaled(folded)
    number = amount is not None or _scaled(folded.removesuffix("%")) is not None
    value = bool(_VALUE.fullmatch(folded)) and not _DATE_PART.fullmatch(folded)
    return Looks(width(text), lead_width(text), slack(text), amount, number, is_nothing(text), value)


@dataclass(frozen=True, slots=True)
class Token:
    """A chunk of text without blanks.

    Attributes:
        text: as printed.
        gap: what stands before it.
        line: line in the source, from 1.
        column: column in the source, from 1, in characters.
        after_label: whether a floating heading was taken out just before it.
        cut: whether it was printed in one with its neighbours and parted by arithmetic.
    """

    text: str
    gap: Gap
    line: int
    column: int
    after_label: bool = False
    cut: bool = False

    @property
    def looks(self) -> Looks:
        """What its text looks like, worked out when asked for: most of a long text is never looked at."""
        return looks_of(self.text)

    @property
    def width(self) -> int:
        """Its width in quarter ems."""
        return looks_of(self.text).width

    @property
    def amount(self) -> int | None:
        """Its value in millionths where it is one number and nothing else."""
        return looks_of(self.text).amount

    @property
    def number(self) -> bool:
        """Whether it is a number, with or without a per cent sign."""
        return looks_of(self.text).number

    @property
    def nothing(self) -> bool:
        """Whether it stands for "nothing here" (a dash, a slash)."""
        return looks_of(self.text).nothing

    @property
    def value(self) -> bool:
        """Whether it looks like a typed value: sign, number, unit."""
        return looks_of(self.text).value

    def after(self, gap: Gap) -> "Token":
        """The same token behind another gap."""
        return self if gap == self.gap else replace(self, gap=gap)

    def behind_heading(self, gap: Gap) -> "Token":
        """The same token where a heading before it was taken out."""
        return replace(self, gap=gap, after_label=True)


def tokenize(text: str) -> list[Token]:
    """All tokens of a text in order, page numbers and template filler left out, auto-spaced dates rejoined.

    Where blank lines stand between most lines, a single line break is a LINE and a blank line a PARAGRAPH; elsewhere
    every line break is a PARAGRAPH. More blank lines than usual (two at least), or a form feed, is a PAGE.
    """
    tokens: list[Token] = []
    for gap, line in _lines(text):
        _line_tokens(line, gap, tokens)
    return tokens


def parts_cells(tokens: Sequence[Token]) -> bool:
    """Whether empty lines stand between the cells of a text, told by numbers: no two of them share a cell."""
    gaps = Counter(
        right.gap for left, right in pairwise(tokens) if left.amount is not None and right.amount is not None
    )
    wrapped = sum(token.gap == Gap.LINE for token in tokens)
    return gaps[Gap.PARAGRAPH] > _MANY * (1 + gaps[Gap.LINE] + gaps[Gap.SPACE]) and wrapped > _MANY


def joined(tokens: Iterable[Token]) -> str:
    """The text of a cell: wrapped lines joined, a blank kept only between Latin words of one line."""
    parts: list[str] = []
    for token in tokens:
        if parts and token.gap == Gap.SPACE and _both_latin(parts[-1][-1], token.text[0]):
            parts.append(" ")
        parts.append(token.text)
    return "".join(parts)


def _both_latin(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def amount_of(text: str) -> int | None:
    """The value of a printed number in millionths; `None` where the text is no number, or absurdly large."""
    return _scaled(fold(text))


def _scaled(folded: str) -> int | None:
    number = parse_number(folded) if folded[:1].isdigit() or folded[:1] in "+-" else None
    return int(number * UNIT) if number is not None and abs(number) < UNIT * UNIT else None


_Line = tuple[int, int, str]
"""Line number from 1, characters of that line before the text, text."""


def _lines(text: str) -> list[tuple[Gap, _Line]]:
    counted: list[tuple[int, _Line]] = []
    blank = _FED
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        column, empty = 0, True
        for index, part in enumerate(raw.replace("\ufeff", " ").split("\f")):
            blank += _FED if index else 0
            if part.strip(_BLANKS):
                counted.append((blank, (number, column, part)))
                blank, empty = 0, False
            column += len(part) + 1
        blank += empty
    usual = _usual_blanks(counted)
    return _without_page_numbers([(_gap(blank, usual), line) for blank, line in counted])


def _usual_blanks(lines: list[tuple[int, _Line]]) -> int:
    """How many blank lines stand between most lines that have any between them; 0 where few have."""
    counted = Counter(blank for blank, _ in lines if 0 < blank < _FED)
    usual, times = max(counted.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    return usual if times >= _FEW and sum(counted.values()) * 4 > len(lines) else 0


def _gap(blank: int, usual: int) -> Gap:
    """A single line break says something only where blank lines are usual; more blank lines than usual are a page."""
    if blank >= max(2, usual + 1):
        return Gap.PAGE
    return Gap.PARAGRAPH if blank or not usual else Gap.LINE


def _without_page_numbers(lines: list[tuple[Gap, _Line]]) -> list[tuple[Gap, _Line]]:
    kept: list[tuple[Gap, _Line]] = []
    carried = Gap.LINE
    for place, (gap, line) in enumerate(lines):
        following = lines[place + 1][0] if place + 1 < len(lines) else Gap.PAGE
        if Gap.PAGE in (gap, following) and _is_page_number(re.sub(r"\s", "", line[2])):
            carried = Gap.PAGE
            continue
        kept.append((max(gap, carried), line))
        carried = Gap.LINE
    return kept


def _is_page_number(squeezed: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(squeezed)) and not squeezed.isdigit()


def _line_tokens(line: _Line, gap: Gap, tokens: list[Token]) -> None:
    number, before, text = line
    end = 0
    for match in _CHUNK.finditer(text):
        chunk = match[0]
        if chunk in "|｜":
            gap = max(gap, Gap.BAR)
            end = match.end()
            continue
        if end and gap == Gap.SPACE and _TABBED.search(text[end : match.start()]):
            gap = Gap.BAR
        end = match.end()
        if _FILLER.fullmatch(chunk):
            continue
        if gap == Gap.SPACE and tokens and _rejoins(tokens[-1].text, chunk):
            last = tokens[-1]
            tokens[-1] = Token(last.text + chunk, last.gap, last.line, last.column)
        else:
            tokens.append(Token(chunk, gap, number, before + match.start() + 1))
        gap = Gap.SPACE


_NUMBERED_NAME = re.compile(r"\d{1,2}[:：、.．](?!\d)")
_BEFORE_DATE = re.compile(r".*(?:在|于|至|到|截至|截止|自|从|\d{4}年|\d{1,2}月)")
_CUT_YEAR = re.compile(r"(?:.*[^\d.,])?(?:19|20)\d\d")
_CUT_MONTH = re.compile(r"(?:.*[^\d.,])?(?:0?[1-9]|1[0-2])")
_CUT_DAY = re.compile(r"(?:.*[^\d.,])?(?:0?[1-9]|[12]\d|3[01])")


def _rejoins(left: str, right: str) -> bool:
    """Whether a blank between two chunks is only the automatic one: 2024 年, 年 12 月, 在 2024年, 指标 1：."""
    if (left == "指标" and _NUMBERED_NAME.match(right)) or (right == "分" and looks_of(left).amount is not None):
        return True
    if right[0] == "年":
        return bool(_CUT_YEAR.fullmatch(left))
    if right[0] == "月":
        return bool(_CUT_MONTH.fullmatch(left)) and right[1:2] not in ("度", "均", "报")
    if right[0] in "日号":
        return bool(_CUT_DAY.fullmatch(left)) and right[1:2] not in ("常", "均", "志")
    if not right[0].isdigit() or not _BEFORE_DATE.fullmatch(left):
        return False
    return left[-1] in "年月在于至到自从" if right.isdigit() else bool(re.match(r"\d{1,4}[年月日]", right))

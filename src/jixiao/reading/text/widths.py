"""Latent geometry: column widths learnt from cells, and what a line break costs in a column of a known width."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jixiao.form import fold
from jixiao.reading.text.looks import is_sign
from jixiao.reading.text.measure import EM, is_latin, meets
from jixiao.reading.text.tokens import Gap, Token

_LIST_NUMBER = re.compile(r"[(（]?(\d{1,2}|[一二三四五六七八九十])[)）.、．](?!\d)")
_DATE = re.compile(r"\d{1,4}(?:年|月|日|号|周年|年度|季度)")
_MOST_TRUST: Final = 40
_ENOUGH: Final = 3
_PARTED: Final = 200
"""What it costs that a cell goes on across an empty line, where these part cells."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's width in quarter ems (0: unknown), and how much a line that fills it says, in hundredths."""

    width: int
    trust: int


UNKNOWN: Final = Column(0, 0)


@dataclass(frozen=True, slots=True)
class Seam:
    """What stands between two tokens.

    Attributes:
        cost: what it costs to go on across it, before geometry.
        slack: how much narrower than measured the line before may be (its last chunk), in quarter ems.
        unit: width of what would have had to fit on the line before, in quarter ems.
        inline: whether both stand on one line.
        settled: whether a line may well end here without being full (a sentence or a list item ends).
    """

    cost: int
    unit: int
    slack: int
    inline: bool
    settled: bool


def seam(left: Token, right: Token, *, spaced: bool = False, parted: bool = False) -> Seam:
    """The seam between two tokens as one cell would have it; `spaced`, `parted`: see `Stream`."""
    unit = right.looks.lead + (1 if meets(left.text[-1], right.text[0]) else 0)
    if right.gap == Gap.SPACE:
        return Seam(_inline(left, right, spaced=spaced), unit, left.looks.slack, inline=True, settled=False)
    if right.gap == Gap.BAR:
        return Seam(300, unit, left.looks.slack, inline=True, settled=False)
    dated = left.text[-1].isdigit() or left.text[-1] in "年月日"
    within = right.gap == Gap.LINE
    cost = (10 if within else _PARTED) if parted else 90 if within and not dated else 10
    cost += 60 if right.after_label else 0
    numbered = _LIST_NUMBER.match(right.text)
    settled = left.text[-1] in "。；;！" or bool(numbered and numbered[1] not in ("1", "一"))
    return Seam(cost, unit, left.looks.slack, inline=False, settled=settled)


def _inline(left: Token, right: Token, *, spaced: bool) -> int:
    """Two chunks of one line are one cell only where the blank is automatic: between 中文 and Latin, or in a value."""
    if is_sign(left.text) and (right.number or right.value):
        return 10
    if (left.number or left.value) and fold(right.text).startswith("("):
        return 10
    mixed = meets(left.text[-1], right.text[0]) or _is_roman(left.text[-1]) or _is_roman(right.text[0])
    if spaced and mixed and (left.number or left.value) and len(right.text) <= 4:
        return 30
    if right.number or left.number or not mixed:
        latin = is_latin(left.text[-1]) and is_latin(right.text[0]) and not (left.value or right.value)
        return 150 if latin else 80 if spaced and mixed else 250
    return (60 if spaced else 200) if right.value and not _DATE.match(right.text) else 5


def _is_roman(char: str) -> bool:
    """Whether a character is a Roman numeral of one letter (Ⅲ), which type setters space like Latin."""
    return "\u2160" <= char <= "\u217f"


def break_cost(line: int, join: Seam, column: Column) -> int:
    """What it costs that one cell goes on behind a line of width `line`."""
    if not column.width:
        return join.cost + (25 if line < 4 * EM else 0)
    if line - join.slack > column.width + 2:
        return join.cost + 250
    short = column.width - line - join.unit
    if short < 0:
        return join.cost - 5 - column.trust
    if join.settled:
        return join.cost + 40
    return join.cost + (250 if short >= EM else 120 if short else 60)


def fit_width(cells: Iterable[Sequence[Token]]) -> Column | None:
    """The column width that explains most line ends of some cells.

    Where no cell is wrapped the column is at least as wide as the widest; `None` where there are too few to tell.
    """
    ends: list[int] = []
    breaks: list[tuple[int, int]] = []
    for cell in cells:
        line = 0
        for index, token in enumerate(cell):
            if index and token.gap != Gap.SPACE:
                before = cell[index - 1]
                if not seam(before, token).settled:
                    breaks.append((line - before.looks.slack, line + token.looks.lead))
                line = token.width
            else:
                line += token.width + (1 if index else 0)
        ends.append(line - cell[-1].looks.slack if cell else 0)
    if not breaks:
        return Column(max(ends), 0) if len(ends) >= _ENOUGH else None
    candidates = sorted({line for line, _ in breaks} | set(ends))
    width = min(candidates, key=lambda wide: (_misfits(wide, ends, breaks), wide))
    right = sum(line <= width + 2 and full > width for line, full in breaks)
    wrong = _misfits(width, ends, breaks) // 2
    return Column(width, max(0, min(_MOST_TRUST, 8 * (right - 1 - 2 * wrong))))


def _misfits(wide: int, ends: Sequence[int], breaks: Sequence[tuple[int, int]]) -> int:
    over = sum(line > wide + 2 for line in ends) + sum(line > wide + 2 for line, _ in breaks)
    return 2 * over + 2 * sum(full <= wide for _, full in breaks)

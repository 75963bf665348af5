"""What it costs to read a run of tokens as one cell of a column, in hundredths.

Two kinds of evidence: the look of the text (a score is a number, a target a sign and a value) and the latent geometry:
each column has a width, so a line may end inside a cell only where the next unit would not have fitted.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from jixiao.form import fold
from jixiao.reading.text.looks import EMPTY, begin, is_sign, is_value, look, stray
from jixiao.reading.text.tokens import Gap, Token, joined
from jixiao.reading.text.widths import UNKNOWN, Column, Seam, break_cost, seam

LONGEST_CELL: Final = 40
"""A cell of more tokens than this is not considered; a wrapped cell has one token a line."""

_GIVE_UP: Final = 650
_OVERWIDE: Final = 200
_COUNTED: Final = 60
_COUNTERS: Final = frozenset("次个项人天月年日家份套台件篇部户亩万元期场册批")
_MIDLINE: Final = 60
"""What it costs that a row begins amid a line."""

_LONGEST_RESUMED: Final = 14
_LONGEST_WORDS: Final = 3

Span = tuple[int, int]
"""Where a cell ends (token position), and what it costs."""


class Stream:
    """The tokens of one table, with what does not depend on widths worked out once."""

    def __init__(self, tokens: Sequence[Token], *, spaced: bool, parted: bool = False) -> None:
        """Work out strays and seams.

        Args:
            tokens: the tokens.
            spaced: whether the text has blanks between 中文 and Latin inside cells.
            parted: whether empty lines stand between its cells and not inside them.
        """
        self.tokens = tokens
        self._widths = [token.width for token in tokens]
        self._slacks = [token.looks.slack for token in tokens]
        self._typed = [token.number or token.value for token in tokens]
        self._strays = [
            _COUNTED if spaced and _is_counted(tokens, index) else stray(token) for index, token in enumerate(tokens)
        ]
        self._seams = [Seam(0, 0, 0, inline=True, settled=False)] if tokens else []
        self._seams += [seam(left, right, spaced=spaced, parted=parted) for left, right in pairwise(tokens)]
        self._begins = [0] if tokens else []
        self._begins += [begin(left, right) for left, right in pairwise(tokens)]
        self._texts: dict[Span, str] = {}

    def text(self, start: int, end: int) -> str:
        """The text of a run of tokens as one cell."""
        if (start, end) not in self._texts:
            self._texts[start, end] = joined(self.tokens[start:end])
        return self._texts[start, end]

    def spans(self, start: int, kind: str, widths: Mapping[str, Column]) -> list[Span]:
        """Every way to read a cell of a kind of column at `start`. An empty cell ends where it starts."""
        if kind in ("weight", "score"):
            return self._numbers(start, kind)
        if kind in ("sign", "unit"):
            return self._words(start, kind)
        return self._prose(start, kind, widths.get(kind, UNKNOWN))

    def resumed(self, cell: Span, position: int, kind: str, widths: Mapping[str, Column]) -> list[Span]:
        """Every way in which a cell goes on at `position`, behind a page break; costs are what it adds."""
        if position >= len(self.tokens):
            return []
        column = widths.get(kind, UNKNOWN)
        before = self.tokens[cell[1] - 1]
        first = self.tokens[position]
        found: list[Span] = []
        cost = self._strays[position] + break_cost(
            self._last_line(cell), seam(before, first.after(Gap.PARAGRAPH)), column
        )
        line = first.width
        part = self.text(*cell)
        shown = look(kind, part, self.tokens[cell[0]])
        for end in range(position + 1, min(len(self.tokens), position + _LONGEST_RESUMED) + 1):
            last = self.tokens[end - 1]
            if end > position + 1:
                if last.gap in (Gap.SPACE, Gap.BAR):
                    break
                cost += break_cost(line, self._seams[end - 1], column) + self._strays[end - 1]
                line = last.width
            if last.amount is not None or cost > _GIVE_UP:
                break
            found.append((end, cost + look(kind, part + self.text(position, end), self.tokens[cell[0]]) - shown))
        return found

    def _last_line(self, cell: Span) -> int:
        line = 0
        for index in range(cell[0], cell[1]):
            token = self.tokens[index]
            line = line + token.width + 1 if token.gap == Gap.SPACE and index > cell[0] else token.width
        return line

    def _prose(self, start: int, kind: str, column: Column) -> list[Span]:
        found = [] if kind == "name" else [(start, EMPTY[kind])]
        if start == len(self.tokens):
            return found
        first = self.tokens[start]
        cost, line, strays, overwide, typed = self._begins[start], 0, 0, 0, 0
        cost += _MIDLINE if kind == "name" and first.gap == Gap.SPACE else 0
        for index in range(start, min(len(self.tokens), start + LONGEST_CELL)):
            join = self._seams[index]
            if index > start:
                cost += join.cost if join.inline else break_cost(line, join, column)
            line = line + self._widths[index] + 1 if index > start and join.inline else self._widths[index]
            if column.width and line - self._slacks[index] > column.width + 2:
                overwide = _OVERWIDE
            if cost + overwide > _GIVE_UP or strays > 2 * _GIVE_UP:
                break
            strays += self._strays[index]
            typed += self._typed[index]
            text = self.text(start, index + 1)
            one_value = typed == 1 and kind in ("target", "actual") and is_value(text, first)
            inside = 0 if one_value or index == start else strays
            if cost + inside <= _GIVE_UP:
                found.append((index + 1, cost + overwide + inside + look(kind, text, first)))
        return found

    def _numbers(self, start: int, kind: str) -> list[Span]:
        found = [(start, EMPTY[kind])]
        if start >= len(self.tokens):
            return found
        token = self.tokens[start]
        if token.amount is not None:
            found.append((start + 1, 0))
            if "." in token.text and start + 1 < len(self.tokens) and _cut_digits(token, self.tokens[start + 1]):
                found.append((start + 2, 260))
        elif token.number or fold(token.text).removesuffix("分").replace(".", "", 1).isdigit():
            found.append((start + 1, 30))
        elif token.nothing:
            found.append((start + 1, 100))
        return found

    def _words(self, start: int, kind: str) -> list[Span]:
        found = [(start, EMPTY[kind])]
        for end in range(start + 1, min(len(self.tokens), start + _LONGEST_WORDS) + 1):
            if end > start + 1 and self.tokens[end - 1].gap <= Gap.SPACE:
                break
            text = self.text(start, end)
            fits = is_sign(text) if kind == "sign" else not self.tokens[end - 1].number and len(text) <= 6
            if fits or self.tokens[end - 1].nothing:
                found.append((end, 20 * (end - start - 1) + (0 if kind == "sign" else 15)))
        return found


def _is_counted(tokens: Sequence[Token], index: int) -> bool:
    """Whether a whole number between 中文 on one line may be part of a sentence: 制度 3 项."""
    token = tokens[index]
    if not token.text.isdigit() or not index or index + 1 >= len(tokens):
        return False
    following = tokens[index + 1]
    if token.gap != Gap.SPACE and following.text[0] not in _COUNTERS:
        return False
    return following.gap == Gap.SPACE and following.text[0] > "\u2e80" and tokens[index - 1].text[-1] > "\u2e80"


def _cut_digits(left: Token, right: Token) -> bool:
    """Whether a narrow column may have cut a number: 100.0 | 0."""
    return right.text.isdigit() and len(right.text) == 1 and not left.text.endswith(".00")

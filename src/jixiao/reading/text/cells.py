"""What it costs to read a run of tokens as one cell of a column, in hundredths; and column widths learnt from cells.

Two kinds of evidence: the look of the text (a score is a number, a target a sign and a value) and the latent geometry:
each column has a width, so a line may end inside a cell only where the next unit would not have fitted.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from jixiao.form import fold
from jixiao.reading.text.measure import EM, is_latin, meets
from jixiao.reading.text.tokens import Gap, Token

NEVER: Final = 10**6
"""A cost that stands for impossible."""

LONGEST_CELL: Final = 40
"""A cell of more tokens than this is not considered; a wrapped cell has one token a line."""

_GIVE_UP: Final = 900
_PROSE: Final = frozenset({"name", "target", "actual", "deviation", "extra"})
_SIGN = re.compile(
    r"[≥≤=<>≧≦═⩾⩽]{1,2}|>=|<=|大于|小于|等于|大于等于|小于等于|不低于|不少于|不超过|定性|定量|正向|反向|正向指标|反向指标|定性指标|定量指标"
)
_DONE = re.compile(
    r"(?:已经?|全部|部分|按期|按时|基本|均|未)*(?:达成|完成|达到|实现|达标)(?:年度|预期|年初)*(?:指标|目标|任务|要求|值)*[。.]?"
    r"|(?:达成|达到|完成)(?:预期|年度)?指标(?:并具有较好效果)?|优秀?|良好?|好|较好|是|否|无|有|合格|达标|显著|明显|满意|100%"
)
_DUE = re.compile(r".*(?:前|内|底|及时|年底|以前|之前)(?:完成|支付|拨付|到位)?")
_NAMELIKE = re.compile(
    r".*(?:率|数|量|次数|人数|数量|程度|情况|满意度|及时性|度|性|力|成本|水平|面积|额|效果|作用|标准|时间|增长|质量|影响)$"
)
_LIST_NUMBER = re.compile(r"[(（]?(\d{1,2}|[一二三四五六七八九十])[)）.、．](?!\d)")
_BETWEEN_DATES = re.compile(r"\d{1,4}(?:年|月|日|号|周年|年度|季度)")
_LEVEL_PIECE = frozenset({"指标", "一级", "二级"})
_STRAY: Final = 400


@dataclass(frozen=True, slots=True)
class CostModel:
    """Costs of cells under given column widths (quarter ems; a column that is missing has an unknown width)."""

    widths: Mapping[str, int]

    def spans(self, tokens: Sequence[Token], start: int, column: str) -> list[tuple[int, int]]:
        """Every way to read a cell of `column` at `start`: (number of tokens, cost). An empty cell has 0 tokens."""
        if column in ("weight", "score"):
            return _number_spans(tokens, start)
        if column in ("sign", "unit"):
            return _word_spans(tokens, start, column)
        return self._prose_spans(tokens, start, column)

    def _prose_spans(self, tokens: Sequence[Token], start: int, column: str) -> list[tuple[int, int]]:
        found = [] if column == "name" else [(0, _EMPTY[column])]
        wrap = strays = line = widest = 0
        text = ""
        wide = self.widths.get(column)
        for end in range(start, min(len(tokens), start + LONGEST_CELL)):
            token = tokens[end]
            if end > start:
                wrap += self._join(tokens[end - 1], token, line, wide)
                line = line + token.width + 1 if token.gap == Gap.SPACE else token.width
            else:
                line = token.width
            widest = max(widest, line)
            strays += _stray(token)
            text += token.text
            cost = wrap + (strays if end > start else 0) + (200 if wide and widest > wide + 2 else 0)
            if cost > _GIVE_UP:
                break
            found.append((end - start + 1, cost + look(column, text, tokens[start])))
        return found

    def continuation(self, before: Sequence[Token], after: Sequence[Token], column: str) -> int:
        """What it costs that `after`, behind a page break, goes on with the cell `before`."""
        last_line = _last_line(before)
        cost = self._join(before[-1], after[0].after(Gap.PARAGRAPH), last_line, self.widths.get(column))
        line = after[0].width
        for left, right in pairwise(after):
            cost += self._join(left, right, line, self.widths.get(column))
            line = line + right.width + 1 if right.gap == Gap.SPACE else right.width
        strays = sum(_stray(token) for token in after)
        whole = "".join(token.text for token in (*before, *after))
        part = "".join(token.text for token in before)
        return cost + strays + look(column, whole, before[0]) - look(column, part, before[0])

    def _join(self, left: Token, right: Token, line: int, wide: int | None) -> int:
        """What it costs that `right` goes on with the cell whose current line ends with `left`."""
        if right.gap == Gap.SPACE:
            return _join_inline(left, right)
        if right.gap == Gap.BAR:
            return 300
        cost = _line_break(left, right)
        if wide is None:
            return cost + (25 if line < 4 * EM else 0)
        return cost + break_cost(line, left, right, wide)


_EMPTY: Final = {"deviation": 0, "extra": 30, "target": 400, "actual": 400, "sign": 150, "unit": 100}


def break_cost(line: int, left: Token, right: Token, wide: int) -> int:
    """What it costs that a line of width `line` was broken before `right` in a column of width `wide`."""
    if line > wide + 2:
        return 250
    unit = right.lead + (1 if meets(left.text[-1], right.text[0]) else 0)
    short = wide - (line + unit)
    if short < 1:
        return -5
    numbered = _LIST_NUMBER.match(right.text)
    if left.text[-1] in "。；;！" or (numbered and numbered[1] not in ("1", "一")):
        return 40
    return 250 if short >= EM else 120


def _line_break(left: Token, right: Token) -> int:
    dated = left.text[-1].isdigit() or left.text[-1] in "年月日"
    base = 90 if right.gap == Gap.LINE and not dated else 10
    return base + (60 if right.after_label else 0)


def _join_inline(left: Token, right: Token) -> int:
    """Two chunks of one line are one cell only where the blank is automatic: between 中文 and Latin, or in a value."""
    folded = fold(right.text)
    if _SIGN.fullmatch(fold(left.text)) and (right.number or right.value):
        return 10
    if (left.number or left.value) and folded.startswith("("):
        return 10
    mixed = meets(left.text[-1], right.text[0])
    if not mixed or right.number or left.number:
        return 150 if is_latin(left.text[-1]) and is_latin(right.text[0]) and not (left.value or right.value) else 250
    if right.value and not _BETWEEN_DATES.match(right.text):
        return 200
    return 5


def _stray(token: Token) -> int:
    """What a token costs inside a cell of prose."""
    if token.number:
        return _STRAY
    if token.value:
        return 300 if len(token.text) > 4 or not token.text[0].isdigit() else 60
    if token.nothing:
        return 300
    return 300 if token.text in _LEVEL_PIECE else 0


def _last_line(tokens: Sequence[Token]) -> int:
    line = 0
    for token in tokens:
        line = line + token.width + 1 if token.gap == Gap.SPACE and line else token.width
    return line


def look(column: str, text: str, first: Token) -> int:
    """What it costs that a text stands in a column, by its looks alone."""
    if column == "name":
        return _look_name(text, first)
    single = first.value or first.number
    whole = single and len(text) == len(first.text)
    if column == "target":
        return _look_target(text, whole=whole)
    if column == "actual":
        if whole:
            return 0
        return 30 if _DONE.fullmatch(fold(text)) else 200 if first.nothing and len(text) < 3 else 110
    return 120 if column == "deviation" else 50


def _look_name(text: str, first: Token) -> int:
    if len(text) == len(first.text) and (first.number or first.value or first.nothing):
        return 600
    cost = 0 if len(text) >= 3 else 80
    if text[0] in "”’），。、；：！？》〕】,.;:!?)]%":
        cost += 100
    if text[-1] in "。；":
        cost += 60
    return cost - (15 if _NAMELIKE.match(text) else 0)


def _look_target(text: str, *, whole: bool) -> int:
    if whole:
        return 0
    if _DUE.fullmatch(text) or text[0] in "≥≤=＝≧≦<>＞＜":
        return 50
    return 90 if len(text) < 60 else 200


def _number_spans(tokens: Sequence[Token], start: int) -> list[tuple[int, int]]:
    found = [(0, 400)]
    if start >= len(tokens):
        return found
    token = tokens[start]
    if token.amount is not None:
        found.append((1, 0))
        if "." in token.text and start + 1 < len(tokens) and _cut_digits(token, tokens[start + 1]):
            found.append((2, 260))
    elif token.number or fold(token.text).removesuffix("分").replace(".", "", 1).isdigit():
        found.append((1, 30))
    elif token.nothing:
        found.append((1, 100))
    return found


def _cut_digits(left: Token, right: Token) -> bool:
    """Whether a narrow column may have cut a number: 100.0 | 0."""
    return right.text.isdigit() and len(right.text) == 1 and not left.text.endswith(".00")


def _word_spans(tokens: Sequence[Token], start: int, column: str) -> list[tuple[int, int]]:
    found = [(0, _EMPTY[column])]
    text = ""
    for end in range(start, min(len(tokens), start + 3)):
        if tokens[end].gap <= Gap.SPACE and end > start:
            break
        text += tokens[end].text
        fits = _SIGN.fullmatch(fold(text)) if column == "sign" else not tokens[end].number and len(text) <= 6
        if fits or tokens[end].nothing:
            found.append((end - start + 1, 20 * (end - start) + (0 if column == "sign" else 15)))
    return found


def fit_width(cells: Iterable[Sequence[Token]]) -> int | None:
    """The column width (quarter ems) that explains most line ends of some cells; `None` where no cell is wrapped."""
    singles: list[int] = []
    breaks: list[tuple[int, int]] = []
    for cell in cells:
        line = 0
        for before, token in zip((None, *cell), cell, strict=False):
            if before is None or token.gap == Gap.SPACE:
                line += token.width + (1 if before else 0)
                continue
            breaks.append((line, line + token.lead))
            line = token.width
        singles.append(line)
    if not breaks:
        return None
    candidates = sorted({line for line, _ in breaks} | set(singles))
    return min(candidates, key=lambda wide: (_misfits(wide, singles, breaks), wide))


def _misfits(wide: int, singles: Sequence[int], breaks: Sequence[tuple[int, int]]) -> int:
    over = sum(line > wide + 2 for line in singles) + sum(line > wide + 2 for line, _ in breaks)
    return 2 * over + 2 * sum(full <= wide - 1 for _, full in breaks)

"""总分, 评分等级 and what stands below them."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from jixiao.form import Total, fold, parse_number
from jixiao.reading.interpret.build import TICKED
from jixiao.reading.text.draft import SURE, Draft
from jixiao.reading.text.heads import pair_up
from jixiao.reading.text.tokens import Token, joined

_GRADE = re.compile(r"[“\"(（]?(优秀?|良好?|中等?|差|合格|不合格|一般|较差)[”\")）]?")
_BOXED = re.compile(r"[☑☒√■●✓✔🗹□○☐]")
_UNKNOWN_GRADE: Final = 80
_TOTALS: Final = ("total", "total_weight", "total_score")


def read_tail(tokens: Sequence[Token], columns: Sequence[str], draft: Draft) -> tuple[Total, str | None]:
    """The total row and the grade; other labelled texts become extras, anything else is kept as unplaced."""
    before, pairs = pair_up(tokens, "tail")
    draft.unplaced(before)
    totals: dict[str, list[Token]] = {}
    grade: str | None = None
    for anchor, found in pairs:
        values = found
        if anchor.field in _TOTALS and anchor.field not in totals:
            totals[anchor.field], values = _leading_numbers(values)
        elif anchor.field == "grade" and grade is None:
            grade, values = _read_grade(values, draft)
        elif anchor.field in ("extra", "subtotal"):
            draft.keep(anchor.text.strip("：: "), values)
            continue
        draft.unplaced(values)
    if grade is None and any(anchor.field == "grade" for anchor, _ in pairs):
        draft.missing("/grade", "评分等级")
    return _read_total(totals, columns, draft), grade


def _leading_numbers(values: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    end = 0
    while end < len(values) and (values[end].number or values[end].nothing or _points(values[end].text) is not None):
        end += 1
    return list(values[:end]), list(values[end:])


def _read_grade(values: Sequence[Token], draft: Draft) -> tuple[str | None, list[Token]]:
    if not values:
        return None, []
    ticked = TICKED.findall("".join(token.text for token in values))
    boxes = next((index for index, token in enumerate(values) if not _BOXED.match(token.text)), len(values))
    if ticked and boxes:
        draft.text("/grade", values[:boxes])
        return (ticked[0] if len(ticked) == 1 else None), list(values[boxes:])
    match = _GRADE.fullmatch(values[0].text)
    draft.text("/grade", values[:1], SURE if match else _UNKNOWN_GRADE)
    if match is None:
        message = f"不是常见的等级：{values[0].text} / not a usual grade: {values[0].text}"
        draft.doubtful("/grade", "ambiguous", message)
    return (match[1] if match else values[0].text), list(values[1:])


def _read_total(totals: dict[str, list[Token]], columns: Sequence[str], draft: Draft) -> Total:
    numbers = _mend(totals.get("total", []))
    weights, scores = totals.get("total_weight", [])[:1], totals.get("total_score", [])[:1]
    if len(numbers) >= 2:
        weights, scores = weights or numbers[:1], scores or numbers[1:2]
        draft.unplaced(numbers[2:])
    elif numbers and "weight" not in columns:
        scores = scores or numbers
    elif numbers:
        scores = scores or numbers
        message = "总分行只有一个数字，按得分读取 / the total row has one number; read as the score"
        draft.doubtful("/total/weight", "ambiguous", message)
    if not scores:
        draft.missing("/total/score", "总分")
    weight = _points(draft.text("/total/weight", weights)) if weights else None
    score = _points(draft.text("/total/score", scores)) if scores else None
    return Total(weight, score)


def _points(text: str) -> Decimal | None:
    """Points as printed, with or without their unit: 96.5, 96.5分, 96.5%."""
    return parse_number(fold(text).removesuffix("%").removesuffix("分"))


def _mend(numbers: list[Token]) -> list[Token]:
    """Numbers cut by a narrow column (100.0 | 0) put together, where there are twice too many."""
    if len(numbers) != 4 or not all(numbers[i].text.isdigit() and len(numbers[i].text) == 1 for i in (1, 3)):
        return numbers
    return [_glued(numbers[0], numbers[1]), _glued(numbers[2], numbers[3])]


def _glued(left: Token, right: Token) -> Token:
    return Token(joined([left]) + right.text, left.gap, left.line, left.column)

"""年度总体目标: where the expected goal ends and the actual one begins, told by how the lines are filled."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from jixiao.form import Goal, fold
from jixiao.reading.text.anchors import Anchor, labels
from jixiao.reading.text.draft import INFERRED, Draft
from jixiao.reading.text.measure import meets
from jixiao.reading.text.tokens import Gap, Token
from jixiao.reading.text.widths import Column, break_cost, fit_width, seam

_NUMBERED = re.compile(r"[(（]?(\d{1,2}|[一二三四五六七八九十])[)）.、．](?!\d)")
_DONE = re.compile(
    r"(?:已|均已|全部|按时|按期|基本|圆满|顺利|完成|实现|202\d年.{0,6}(?:完成|开展)|(?:全年|年度内|本年度)?.{0,8}(?:共|已)(?:完成|开展))"
)
_LATER = re.compile(r"目标[2-9二三四五六七八九][:：]")
_LIST_BEGUN = re.compile(r"(?:^|\D)\d{1,2}[.、．]$")
_LONGEST: Final = 160
_SURE_CUT: Final = 100
_MOST: Final = 400
_FEW: Final = 40
_LINE: Final = Column(200, 0)


def read_goal(tokens: Sequence[Token], widths: Mapping[str, Column], draft: Draft, *, muddled: bool) -> Goal:
    """The goal of a form; `muddled`: the text is known not to be in the order of the cells.

    Of an initial and an adjusted goal side by side the adjusted one is expected, the initial one an extra.
    """
    body, anchors = _without_labels(tokens)
    if len(body) > _MOST:
        draft.unplaced(body[_MOST:])
        draft.doubtful("/goal", "too-long", "年度总体目标过长，其余未读 / the goal is too long; the rest was not read")
        body = body[:_MOST]
    if not body:
        draft.missing("/goal/expected", "年度总体目标")
        return Goal()
    fields = [anchor.field for anchor in anchors]
    if fields and "actual" not in fields:
        return Goal(draft.text("/goal/expected", body), "")
    wide = widths.get("goal")
    if len(set(fields)) == 3 and fields[-1] == "actual" and 3 <= len(body) <= _FEW:
        first, _ = _cut_twice(body, wide)
        draft.keep(anchors[0].text.strip("：: "), body[:first])
        body = body[first:]
    left, right, margin = _halves(body, wide)
    margin = 0 if muddled or len(set(fields)) > 2 else margin
    if not right:
        draft.missing("/goal/actual", "实际完成情况")
    elif margin < 40:
        message = "预期目标与实际完成情况的分界不确定 / where 预期目标 ends and 实际完成情况 begins is not certain"
        draft.doubtful("/goal", "ambiguous", message)
    confidence = INFERRED if margin >= 100 else 55 + margin * 44 // 100
    return Goal(draft.text("/goal/expected", left, confidence), draft.text("/goal/actual", right, confidence))


def _halves(body: Sequence[Token], wide: Column | None) -> tuple[list[Token], list[Token], int]:
    """The expected goal, the actual one, and the margin; goals numbered 目标2 have their halves side by side."""
    later = [index for index, token in enumerate(body) if token.gap > Gap.SPACE and _LATER.match(token.text)]
    left: list[Token] = []
    right: list[Token] = []
    margins: list[int] = []
    for start, end in pairwise((0, *later, len(body))):
        cut, margin = _cut(body[start:end], wide)
        left += body[start : start + cut]
        right += body[start + cut : end]
        margins.append(margin)
    return left, right, min(margins)


def expected_lines(tokens: Sequence[Token], widths: Mapping[str, Column]) -> list[Token]:
    """The tokens of the expected half, to learn the column's width from."""
    body, anchors = _without_labels(tokens[:_MOST])
    fields = [anchor.field for anchor in anchors]
    return body[: _cut(body, widths.get("goal"))[0]] if body and (not fields or "actual" in fields) else body


def _without_labels(tokens: Sequence[Token]) -> tuple[list[Token], list[Anchor]]:
    body: list[Token] = []
    anchors: list[Anchor] = []
    index, begun = (1, tokens[0].text) if tokens and labels("section").begins("goal", tokens[0].text) else (0, "")
    while index < len(tokens):
        if begun and not body and labels("section").begins("goal", begun + tokens[index].text, whole=True):
            begun += tokens[index].text
            index += 1
            continue
        heading = labels("goal").at(tokens, index) if not body or tokens[index].gap > Gap.SPACE else None
        section = labels("section").at(tokens, index) if not body or tokens[index].gap > Gap.SPACE else None
        if section is not None and (heading is None or heading.end <= section.end) and section.field == "goal":
            numbered = heading is not None and fold(heading.text).rstrip(": ")[-1].isdigit()
            anchors += [heading] if heading is not None and numbered else []
            index = section.end
        elif heading is not None and len(body) < 3:
            anchors.append(heading)
            index = heading.end
        elif section is not None and section.field == "indicators":
            index = section.end
        else:
            body.append(tokens[index])
            index += 1
    return body, anchors


def _cut(body: Sequence[Token], wide: Column | None) -> tuple[int, int]:
    """The cheapest place to cut, and how much dearer the next best is; the one empty line between two cells is sure."""
    if len(body) == 1:
        return 1, 0
    empty = [index for index in range(1, len(body)) if body[index].gap == Gap.PARAGRAPH]
    if len(empty) == 1 and any(token.gap == Gap.LINE for token in body):
        return empty[0], _SURE_CUT
    costs = sorted((_split_cost(body, cut, wide), cut) for cut in range(1, min(len(body), _LONGEST) + 1))
    return costs[0][1], (costs[1][0] - costs[0][0] if len(costs) > 1 else 0)


def _cut_twice(body: Sequence[Token], wide: Column | None) -> tuple[int, int]:
    """Where the first of three goals ends, and what that reading costs."""
    empty = [index for index in range(1, len(body)) if body[index].gap == Gap.PARAGRAPH]
    if len(empty) == 2 and any(token.gap == Gap.LINE for token in body):
        return empty[0], 0
    best = min(
        (_split_cost(body[:second], first, wide) + _split_cost(body[first:], second - first, wide), first)
        for first in range(1, len(body) - 1)
        for second in range(first + 1, len(body))
    )
    return best[1], best[0]


def _split_cost(body: Sequence[Token], cut: int, wide: Column | None) -> int:
    left, right = body[:cut], body[cut:]
    if not right:
        return _half_cost(left, wide) + 350
    cost = _half_cost(left, wide) + _half_cost(right, wide)
    last, first = left[-1].text, right[0].text
    cost += 0 if last[-1] in "。.!！" else 40 if last[-1] in "；;" else 80
    numbered = _NUMBERED.match(first)
    if numbered:
        restarts = numbered[1] in ("1", "一") and bool(_NUMBERED.match(left[0].text))
        cost += -60 if restarts else -30 if numbered[1] in ("1", "一") else 200
    if _DONE.match(first):
        cost -= 30
    long, short = sum(token.width for token in right), sum(token.width for token in left)
    cost += 200 if _LIST_BEGUN.search(last) else 0
    beside = 0 if right[0].gap > Gap.SPACE else 80 if meets(last[-1], first[0]) else -40
    return cost + (30 if long > 3 * short else 0) + beside


def _half_cost(half: Sequence[Token], wide: Column | None) -> int:
    """What it costs that these lines are one cell, in the width that suits them best or the one known."""
    fitted = wide or fit_width([half]) or _LINE
    cost = 0
    line = half[0].width
    for before, token in pairwise(half):
        join = seam(before, token)
        if token.gap == Gap.SPACE:
            cost += 5 if before.text[-1].isascii() != token.text[0].isascii() else 120
            line += token.width + 1
            continue
        cost += max(0, break_cost(line, join, fitted))
        line = token.width
    return cost + (150 if line - half[-1].looks.slack > fitted.width + 2 else 0)

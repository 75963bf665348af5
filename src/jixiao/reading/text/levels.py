"""Which rows a floating heading covers: contiguous groups in the headings' order, by position and by wording."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from jixiao.form import LEVEL1, LEVEL2, canonical_level, parents
from jixiao.reading.text.headings import TOPS, Heading

_HINTS: Final = (
    ("服务对象满意度指标", re.compile(r"满意")),
    ("时效指标", re.compile(r"及时|按时|时间|时效|进度|期限|周期|完成期|\d月")),
    ("质量指标", re.compile(r"合格|达标|准确|质量|优良|差错|事故|规范|验收|完好|正常")),
    ("数量指标", re.compile(r"(?:次数|人数|数量|数|面积|场次|人次|里程|规模|[个台套件份家篇部户亩]数)$")),
    ("成本指标", re.compile(r"成本|控制数|单价|预算控制|费用|节约")),
    ("经济效益指标", re.compile(r"产值|税收|收入|经济|营业|投资|增收|销售")),
    ("社会效益指标", re.compile(r"社会|知晓|就业|群众|公众|影响力|安全|稳定|覆盖|水平")),
    ("生态效益指标", re.compile(r"生态|环境|绿化|节能|排放|污染|水质|空气")),
    ("可持续影响指标", re.compile(r"持续|长效|长期|机制|可持续")),
)
_COST: Final = "成本指标"
_COSTS: Final = ("经济成本指标", "社会成本指标", "生态环境成本指标")
_HINT: Final = 6
_UNUSED: Final = 90
_AMID: Final = 25
_LONGEST_GROUP: Final = 60
_NEAR: Final = 8
_FAR_OFF: Final = 15
_FAR: Final = 10**9
STYLES: Final = ("leading", "upper", "middle", "last", "centred", "within")
"""Where a producer prints a heading relative to its rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """Where a row stands in the stream (token positions), and its wording."""

    start: int
    end: int
    wording: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows `start` to `end` under their headings."""

    start: int
    end: int
    level1: Heading | None
    level2: Heading | None
    name1: str
    name2: str


def style_costs(rows: Sequence[Row], headings: Sequence[Heading]) -> dict[str, int]:
    """What each style costs for one form; the forms of a document share theirs."""
    slots = _slots(headings)
    return (
        {style: _partition(rows, [slot[0] for slot in slots], style)[0] for style in STYLES} if slots and rows else {}
    )


def group_rows(rows: Sequence[Row], headings: Sequence[Heading], style: str) -> tuple[list[Group], set[int]]:
    """The groups under a style, and the rows that a style of nearly the same cost would put under another heading."""
    slots = _slots(headings)
    if not slots or not rows:
        return [], set()
    heads = [slot[0] for slot in slots]
    cost, spans = _partition(rows, heads, style)
    chosen = _by_row(spans)
    doubted: set[int] = set()
    for other in STYLES:
        rival, rival_spans = _partition(rows, heads, other)
        if rival - cost < _NEAR:
            rivals = _by_row(rival_spans)
            doubted |= {row for row in range(len(rows)) if rivals.get(row) != chosen.get(row)}
    if cost > _FAR_OFF * len(slots):
        doubted = set(range(len(rows)))
    groups = [Group(start, end, slots[k][1], slots[k][2], slots[k][3], slots[k][4]) for k, start, end in spans]
    return groups, doubted


def _by_row(spans: Sequence[tuple[int, int, int]]) -> dict[int, int]:
    return {row: k for k, start, end in spans for row in range(start, end)}


_Slot = tuple[Heading, Heading | None, Heading | None, str, str]


def _slots(headings: Sequence[Heading]) -> list[_Slot]:
    """One slot per second-level heading; a first-level heading without any below it has a slot of its own."""
    slots: list[_Slot] = []
    tops: dict[str, Heading] = {}
    seen: dict[str, int] = {}
    cost_top = _cost_top(headings)
    for heading in headings:
        seen[heading.name] = seen.get(heading.name, 0) + 1
        is_top = _is_top(heading.name, repeated=seen[heading.name] > 1)
        if heading is cost_top or (heading.name != _COST and is_top):
            tops.setdefault(canonical_level(heading.name, 1), heading)
    current: Heading | None = None
    for heading in headings:
        if heading in tops.values():
            current = heading
            if not _has_children(heading, headings, tops):
                slots.append((heading, heading, None, canonical_level(heading.name, 1), ""))
            continue
        above = _above(heading, tops, current)
        name1 = canonical_level(above.name, 1) if above else _only_parent(heading.name)
        slots.append((heading, above, heading, name1, canonical_level(heading.name, 2)))
    return slots


def _cost_top(headings: Sequence[Heading]) -> Heading | None:
    """The 成本指标 of the first level, where there is one: it may have one of the second level below it as well."""
    costs = [heading for heading in headings if heading.name == _COST]
    parted = any(heading.name in _COSTS for heading in headings)
    twins = any(left.name == right.name == _COST for left, right in pairwise(headings))
    if len(costs) == 2 and (parted or twins):
        return costs[0] if _leads(headings) else costs[1]
    return costs[0] if costs and parted else None


def _leads(headings: Sequence[Heading]) -> bool:
    """Whether the headings of the first level are printed before those below them."""
    votes = 0
    for top in headings:
        below = [heading for heading in headings if heading.name != _COST and _belongs(heading.name, top.name)]
        if top.name != _COST and len(below) > 1:
            votes += 1 if top.indices[0] < below[0].indices[0] else -1
    return votes >= 0


def _is_top(name: str, *, repeated: bool) -> bool:
    """Whether a heading other than 成本指标 is of the first level; `repeated`: the same one came before."""
    if name == "满意度指标":
        return not repeated
    canonical = canonical_level(name, 1)
    return (canonical in LEVEL1 and canonical_level(name, 2) not in LEVEL2) or name in TOPS


def _has_children(top: Heading, headings: Sequence[Heading], tops: dict[str, Heading]) -> bool:
    name = canonical_level(top.name, 1)
    below = [heading for heading in headings if heading not in tops.values()]
    if name not in LEVEL1:
        following = [heading for heading in headings if heading.indices[0] > top.indices[0]]
        return bool(following) and following[0] not in tops.values()
    return any(_belongs(heading.name, name) for heading in below)


def _belongs(name2: str, name1: str) -> bool:
    canonical = canonical_level(name2, 2)
    return name1 in parents(canonical) or ("满意" in name2 and name1 == "满意度指标")


def _above(heading: Heading, tops: dict[str, Heading], current: Heading | None) -> Heading | None:
    if heading.name in tops:
        return tops[heading.name]
    for name, top in tops.items():
        if _belongs(heading.name, name):
            return top
    return None if parents(canonical_level(heading.name, 2)) else current


def _only_parent(name2: str) -> str:
    above = parents(canonical_level(name2, 2))
    return (
        above[-1] if len(above) == 1 else "产出指标" if "产出指标" in above else "满意度指标" if "满意" in name2 else ""
    )


def _partition(rows: Sequence[Row], heads: Sequence[Heading], style: str) -> tuple[int, list[tuple[int, int, int]]]:
    """The cheapest cut of the rows into one contiguous group per heading; a heading may cover none at a price."""
    count = len(rows)
    best: list[list[int]] = [[_FAR] * (count + 1) for _ in range(len(heads) + 1)]
    back: dict[tuple[int, int], int] = {}
    best[0][0] = 0
    for k, head in enumerate(heads):
        name = canonical_level(head.name, 2)
        hinted = [_hint(name, row.wording) for row in rows]
        for start in range(count + 1):
            base = best[k][start]
            if base >= _FAR:
                continue
            if base + _UNUSED < best[k + 1][start]:
                best[k + 1][start], back[k + 1, start] = base + _UNUSED, start
            hints = 0
            for end in range(start + 1, min(count, start + _LONGEST_GROUP) + 1):
                hints += hinted[end - 1]
                cost = base + _position_cost(rows, start, end, head, style) - hints
                if cost < best[k + 1][end]:
                    best[k + 1][end], back[k + 1, end] = cost, start
    spans: list[tuple[int, int, int]] = []
    end = count
    for k in range(len(heads), 0, -1):
        start = back.get((k, end), end)
        if start < end:
            spans.append((k - 1, start, end))
        end = start
    return best[len(heads)][count], spans[::-1]


def _position_cost(rows: Sequence[Row], start: int, end: int, head: Heading, style: str) -> int:
    """How far a heading stands from where the style has it; amid its rows it is never far."""
    first, last = rows[start].start, rows[end - 1].end
    outside = 10 * max(0, first - head.first, head.last - last)
    if style == "leading":
        cost = 10 * abs(head.first - first)
    elif style == "upper":
        cost = 10 * abs(head.last - rows[(start + end - 1) // 2].start)
    elif style == "middle":
        cost = 10 * abs(head.last - rows[(start + end) // 2].start)
    elif style == "last":
        cost = 10 * abs(head.last - rows[end - 1].start)
    elif style == "centred":
        cost = outside * 3 + 5 * abs(head.first + head.last - first - last) // 2
    else:
        cost = 12
    return min(cost, _AMID + outside)


def _hint(name: str, wording: str) -> int:
    for heading, pattern in _HINTS:
        if pattern.search(wording):
            if heading == name or (heading == "服务对象满意度指标" and "满意" in name):
                return _HINT
            if heading == "服务对象满意度指标":
                return -_HINT
    return 0

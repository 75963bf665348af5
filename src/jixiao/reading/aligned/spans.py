"""Headings that span rows (产出指标 beside six of them) where no rule says how far: by where they stand."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from jixiao.reading.aligned.segments import Segment, joined_text

_MOST_LINES: Final = 8
_STRANGE: Final = 2
"""What speaks against a heading costs as much as one that stands two lines from where it should."""
_NEVER: Final = 1 << 40


class Span(NamedTuple):
    """A heading: its lines (none where a page has cut it off), the first row it stands beside, and the row after."""

    lines: tuple[tuple[Segment, ...], ...]
    first: int
    end: int


class _Way(NamedTuple):
    cost: int
    spans: tuple[Span, ...]


def span_rows(
    lines: Sequence[tuple[Segment, ...]],
    edges: Sequence[int],
    allowed: Sequence[int],
    strange: Callable[[str, int, int], int],
    *,
    goes_on: bool,
) -> tuple[Span, ...]:
    """Each row beside its heading; none where the lines cannot be told apart.

    Args:
        lines: the lines of the headings' column, from top to bottom.
        edges: upper edges of the rows, and the lower edge of the last.
        allowed: rows at which a heading may begin, and the number of rows at the end.
        strange: how much speaks against a heading: its text, its first row, and the row after its last.
        goes_on: whether the first rows may go on with a heading of the page before.
    """  # fmt: skip
    ways = [_cheapest(lines, edges, allowed, strange, goes_on=goes_on, centred=mode) for mode in (True, False)]
    best = min(ways, key=lambda way: way.cost)
    return best.spans if best.cost < _NEVER else ()


def _cheapest(
    lines: Sequence[tuple[Segment, ...]], edges: Sequence[int], allowed: Sequence[int],
    strange: Callable[[str, int, int], int], *, goes_on: bool, centred: bool,
) -> _Way:  # fmt: skip
    best: dict[tuple[int, int], _Way] = {(0, 0): _Way(0, ())}
    if goes_on:
        best |= {(0, row): _Way(_unit(lines), (Span((), 0, row),)) for row in allowed if row}
    for used in range(len(lines)):
        for row in allowed[:-1]:
            way = best.get((used, row))
            if way is None:
                continue
            for span, cost in _next(lines, edges, allowed, used, row, centred=centred):
                text = joined_text([each for line in span.lines for each in line])
                against = _STRANGE * strange(text, span.first, span.end)
                total = way.cost + cost + against * _unit(lines)
                key = (used + len(span.lines), span.end)
                if key not in best or total < best[key].cost:
                    best[key] = _Way(total, (*way.spans, span))
    return best.get((len(lines), len(edges) - 1), _Way(_NEVER, ()))


def _unit(lines: Sequence[tuple[Segment, ...]]) -> int:
    """Twice the height of a line."""
    return 2 * max((line[0].box[3] - line[0].box[1] for line in lines), default=1)


def _next(
    lines: Sequence[tuple[Segment, ...]], edges: Sequence[int], allowed: Sequence[int], used: int, row: int,
    *, centred: bool,
) -> list[tuple[Span, int]]:  # fmt: skip
    """The headings that may begin with a line at a row, with what they cost."""
    found = []
    unit = _unit(lines)
    for count in range(1, min(_MOST_LINES, len(lines) - used) + 1):
        mine = tuple(lines[used : used + count])
        top, bottom = mine[0][0].box[1], mine[-1][0].box[3]
        if count > 1 and mine[-1][0].box[1] - mine[-2][0].box[3] > unit // 2:
            break
        for end in allowed:
            if end <= row or edges[end] * 2 + unit < bottom * 2:
                continue
            if edges[row] * 2 - unit > top * 2:
                break
            stands, should = (top + bottom, edges[row] + edges[end]) if centred else (2 * top, 2 * edges[row])
            found.append((Span(mine, row, end), abs(stands - should)))
            following = lines[used + count][0].box if used + count < len(lines) else None
            if following and edges[end] > following[3]:
                break
    return found

"""Rows of indicators out of a stream of tokens: the cheapest labelling, its nearest rivals, and how far they are.

A search over (token position, next column). Readings that differ in the numbers they take for weights and scores are
kept side by side, so that the form's own sums may choose among near ones; of readings with the same numbers only the
cheapest is kept.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jixiao.reading.text.cells import Span, Stream
from jixiao.reading.text.looks import is_reason
from jixiao.reading.text.tokens import Gap, amount_of
from jixiao.reading.text.widths import Column

_KEPT: Final = 5
_UNPLACED: Final = 600
_RESUME: Final = 30
_RESUME_AMID: Final = 60
_REPEATED: Final = -80
_EXCESS: Final = 40
_BARE: Final = 30
_WORDED: Final = 120
_REASON_GIVEN: Final = -60
_TEXT_GIVEN: Final = -20
_REASON_MISSING: Final = 15
_HOPELESS: Final = 900
"""A state this much dearer than the best one at its position is not followed."""

PATIENCE: Final = 200_000
"""Steps after which a search stops: some twenty times those of a long form."""

_FAR: Final = 10**9
LEFT_OUT: Final = -1
"""The column of a step that leaves a token out."""

RESUMED: Final = 100
"""Added to a column's index where its cell goes on behind a page break."""

_PROSE: Final = ("name", "target", "other_target", "actual", "deviation", "extra")


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a reading: the cell of column `column` takes tokens `start` to `end`.

    `column` is the index of the column, `LEFT_OUT`, or that of a column plus `RESUMED`.
    """

    before: "Node | None"
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of the whole stream: its cost, the sums of weights and scores in millionths, its last step."""

    cost: int
    weights: int
    scores: int
    last: Node | None


_Entry = tuple[int, int, int, int | None, Node | None]
_Edge = tuple[int, int, int, int, int, int]


class Lattice:
    """All readings of one stream of tokens as rows of the given columns."""

    def __init__(
        self, stream: Stream, columns: Sequence[str], widths: Mapping[str, Column], patience: int = PATIENCE
    ) -> None:
        """Search forward over the stream; `readings` holds what was found, the cheapest first.

        A search that takes more steps than its patience stops; `end` is how far the readings go.
        """
        self._stream = stream
        self._tokens = tokens = stream.tokens
        self._columns = columns
        self._widths = widths
        self._resumed: dict[tuple[Span, int, str], list[Span]] = {}
        self._states: list[dict[int, dict[tuple[int, int], _Entry]]] = [{} for _ in range(len(tokens) + 1)]
        self._edges: list[_Edge] = []
        self._resumable = [index for index, column in enumerate(columns) if column in _PROSE]
        self.steps = 0
        self._patience = patience
        self.end = self._search()
        final = self._states[self.end].get(0, {})
        self.readings = [Reading(cost, weights, scores, node) for cost, weights, scores, _, node in _sorted(final)]

    def margins(self, reading: Reading) -> dict[tuple[int, int], int]:
        """For each cell of a reading, by (column, start): how much dearer the best reading without that cell is."""
        onward = self._onward()
        path = [node for node in steps(reading) if node.end > node.start]
        starts = [node.start for node in path]
        rivals = [_FAR] * len(path)
        for start, state, end, target, cost, column in self._edges:
            total = self._best(start, state) + cost + onward.get((end, target), _FAR)
            for index in range(bisect_left(starts, start), len(starts)):
                node = path[index]
                if node.start >= end:
                    break
                if total < rivals[index] and (node.start, node.end, node.column) != (start, end, column):
                    rivals[index] = total
        return {
            (node.column, node.start): max(0, rival - reading.cost) for node, rival in zip(path, rivals, strict=True)
        }

    def _best(self, position: int, state: int) -> int:
        return min(entry[0] for entry in self._states[position][state].values())

    def _onward(self) -> dict[tuple[int, int], int]:
        """The cheapest cost from each state to the end."""
        onward = {(self.end, 0): 0}
        for start, state, end, target, cost, _ in reversed(self._edges):
            rest = onward.get((end, target))
            if rest is not None and cost + rest < onward.get((start, state), _FAR):
                onward[start, state] = cost + rest
        return onward

    def _search(self) -> int:
        """Search forward; how far whole rows were read."""
        self._states[0][0] = {(0, 0): (0, 0, 0, None, None)}
        width = len(self._columns)
        for position in range(len(self._tokens) + 1):
            states = self._states[position]
            if not states:
                continue
            if self.steps > self._patience:
                return max(index for index in range(position + 1) if 0 in self._states[index])
            limit = min(entry[0] for kept in states.values() for entry in kept.values()) + _HOPELESS
            for state in sorted(state for state in states if state >= width):
                if self._best(position, state) <= limit:
                    self._resume(position, state)
            for state in (*range(1, width), 0):
                if state == 0 and position == len(self._tokens):
                    continue
                if state in states and self._best(position, state) <= limit:
                    self._expand(position, state, limit)
                    self._break_page(position, state)
        return len(self._tokens)

    def _expand(self, position: int, column: int, limit: int) -> None:
        entries = [entry for entry in _sorted(self._states[position][column])[:_KEPT] if entry[0] <= limit]
        spans = self._stream.spans(position, self._columns[column], self._widths)
        following = (column + 1) % len(self._columns)
        for end, cost in spans:
            if column == 0 and end == position:
                continue
            for rank, entry in enumerate(entries):
                reached = self._cell(entry, column, position, end, cost)
                self._push(end, following, reached)
                if rank == 0:
                    self._edges.append((position, column, end, following, reached[0] - entry[0], column))
        if position < len(self._tokens):
            for cost, weights, scores, lack, node in entries:
                left_out = (cost + _UNPLACED, weights, scores, lack, Node(node, LEFT_OUT, position, position + 1))
                self._push(position + 1, column, left_out)
            self._edges.append((position, column, position + 1, column, _UNPLACED, LEFT_OUT))

    def _cell(self, entry: _Entry, column: int, start: int, end: int, cost: int) -> _Entry:
        """The entry behind a cell: cost and sums go up; `lack` is the weight, then the points lost, of this row."""
        total, weights, scores, lack, node = entry
        kind = self._columns[column]
        if column == 0:
            lack = None
        if kind == "weight":
            lack = self._amount(start, end)
            weights += lack or 0
        elif kind == "score":
            score = self._amount(start, end)
            scores += score or 0
            lack = None if lack is None or score is None else lack - score
            cost += _EXCESS if lack is not None and lack < 0 else 0
        elif kind == "deviation" and lack is not None and lack > 0:
            cost += self._reason_bonus(start, end)
        elif kind == "unit" and end > start and self._is_worded(node):
            cost += _WORDED
        elif kind == "actual" and end > start:
            cost += self._beside_target(node, start, end)
        return total + cost, weights, scores, lack, Node(node, column, start, end)

    def _reason_bonus(self, start: int, end: int) -> int:
        """Where points were lost a reason is expected, and still has to look like one."""
        if end == start:
            return _REASON_MISSING
        return _REASON_GIVEN if is_reason(self._stream.text(start, end)) else _TEXT_GIVEN

    def _amount(self, start: int, end: int) -> int | None:
        if end - start == 1:
            return self._tokens[start].amount
        return amount_of(self._stream.text(start, end)) if end > start else None

    def _is_worded(self, node: Node | None) -> bool:
        """Whether the target is words, which have no unit."""
        target = self._find(node, "target")
        return target is not None and not any(
            self._tokens[index].number or self._tokens[index].value for index in range(target.start, target.end)
        )

    def _beside_target(self, node: Node | None, start: int, end: int) -> int:
        """An actual value is often the target's text; a bare number beside a target of words or units is seldom one."""
        target = self._find(node, "target")
        if target is None:
            return 0
        if end - start == 1 and self._tokens[start].amount is not None:
            bare = target.end - target.start == 1 and self._tokens[target.start].amount is not None
            return 0 if bare or self._find(node, "sign") else _BARE
        near = target.end - target.start <= end - start + 3
        return _REPEATED if near and self._stream.text(target.start, target.end) == self._stream.text(start, end) else 0

    def _find(self, node: Node | None, kind: str) -> Node | None:
        """The cell of a kind in the row that `node` is the last step of; `None` where it is empty."""
        while node is not None:
            if 0 <= node.column < len(self._columns) and self._columns[node.column] == kind:
                return node if node.end > node.start else None
            if node.column == 0:
                return None
            node = node.before
        return None

    def _push(self, position: int, state: int, entry: _Entry) -> None:
        self.steps += 1
        kept = self._states[position].setdefault(state, {})
        sums = (entry[1], entry[2])
        if sums not in kept or entry[0] < kept[sums][0]:
            kept[sums] = entry

    def _break_page(self, position: int, column: int) -> None:
        """Behind a page break, let the cells of the row go on before the row (or the next one) does."""
        if not 0 < position < len(self._tokens) or self._tokens[position].gap != Gap.PAGE:
            return
        for rank, entry in enumerate(_sorted(self._states[position][column])[:_KEPT]):
            self._go_on(position, column, (entry, _RESUME_AMID if column else _RESUME), first=0, record=rank == 0)

    def _resume(self, position: int, state: int) -> None:
        """A cell was resumed: either the row goes on, or a later column is resumed too."""
        column, first = divmod(state - len(self._columns), len(self._columns) + 1)
        for rank, entry in enumerate(_sorted(self._states[position][state])[:_KEPT]):
            self._push(position, column, entry)
            if rank == 0:
                self._edges.append((position, state, position, column, 0, LEFT_OUT))
            self._go_on(position, column, (entry, 0), first=first, record=rank == 0)

    def _go_on(self, position: int, column: int, start: tuple[_Entry, int], *, first: int, record: bool) -> None:
        entry, toll = start
        source = column if toll else self._resumed_state(column, first)
        for index in self._resumable:
            cell = (
                self._find(entry[4], self._columns[index])
                if index >= first and (index < column or not column)
                else None
            )
            if cell is None:
                continue
            target = self._resumed_state(column, index + 1)
            for end, more in self._resumptions((cell.start, cell.end), position, self._columns[index]):
                cost = toll + more
                node = Node(entry[4], RESUMED + index, position, end)
                self._push(end, target, (entry[0] + cost, *entry[1:4], node))
                if record:
                    self._edges.append((position, source, end, target, cost, RESUMED + index))

    def _resumptions(self, cell: Span, position: int, kind: str) -> list[Span]:
        key = (cell, position, kind)
        if key not in self._resumed:
            self._resumed[key] = self._stream.resumed(cell, position, kind, self._widths)
        return self._resumed[key]

    def _resumed_state(self, column: int, first: int) -> int:
        return len(self._columns) + column * (len(self._columns) + 1) + first


def _sorted(entries: dict[tuple[int, int], _Entry]) -> list[_Entry]:
    return sorted(entries.values(), key=_cost)


def _cost(entry: _Entry) -> int:
    return entry[0]


def steps(reading: Reading) -> list[Node]:
    """The steps of a reading in order."""
    found: list[Node] = []
    node = reading.last
    while node is not None:
        found.append(node)
        node = node.before
    return found[::-1]

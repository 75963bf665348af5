"""From drawn rules to cells with spans. Knows nothing of PDF: OFD pages and scans can use it too.

All geometry is in hundredths of a point, origin top left. The way: collinear pieces are merged; rules that touch form
a component; ends that dangle are cut back to the last crossing (so a text underline is no wall); open ends that line up
are closed virtually (a page cuts a table there); what no wall separates is one region, and a region is a cell.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from jixiao.layout.grid import Box

Rule = tuple[int, int, int]
"""A drawn line: (low, high, position). Horizontal: left, right, y; vertical: top, bottom, x."""

Part = tuple[int, int, int, int, bool]
"""Top row, left column, bottom row + 1, right column + 1 in the raster, and whether the region was a rectangle."""

LINK = 250
"""Rules nearer than this are one rule drawn twice: no letter fits between them."""
GAP = 400
"""A break in a rule shorter than this is a flaw of drawing, not an opening."""
TOUCH = 300
"""A rule ends at another if it comes this near."""
MOST_FIELDS = 500_000
"""So many fields have the rules of one table at most, those under merged cells counted."""
_SHORTEST = 400
_OPEN_SIDES = 3


class Outline(NamedTuple):
    """One cell found: its place in the table, its box, and whether it was found as a plain rectangle."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Lattice:
    """One table found.

    Attributes:
        xs, ys: positions of its vertical and horizontal rules, ascending.
        cells: the cells in reading order.
        owners: for each row and column of the rule raster the index of its cell, or -1.
    """

    xs: tuple[int, ...]
    ys: tuple[int, ...]
    cells: tuple[Outline, ...]
    owners: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        """The outline of the whole table."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: int, y: int) -> int:
        """The index of the cell that holds a point, or -1."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.owners) and 0 <= column < len(self.owners[row]):
            return self.owners[row][column]
        return -1


class TooFine(Exception):
    """Rules that part a page into more fields than any table of a form has."""


def find_tables(horizontal: Iterable[Rule], vertical: Iterable[Rule]) -> list[Lattice]:
    """The tables that rules draw, from top to bottom; a single box is no table.

    Args:
        horizontal: (left, right, y) of each horizontal line or thin box.
        vertical: (top, bottom, x) of each vertical one.

    Raises:
        TooFine: there are too many fields between them.
    """
    tables = []
    for rows, columns in _components(merge_rules(horizontal), merge_rules(vertical)):
        more_rows, more_columns = _close_open_ends(rows, columns)
        guessed = _half_drawn(more_rows, more_columns)
        table = _table(*_cut_dangling(more_rows, more_columns + guessed), guessed)
        if table is not None:
            tables.append(table)
    return sorted(tables, key=lambda table: (table.box[1], table.box[0]))


def merge_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Rules at nearly one position become one position; pieces that nearly meet become one piece; specks go."""
    ordered = sorted(rules, key=_at)
    merged: list[Rule] = []
    cluster: list[Rule] = []
    for rule in ordered:
        if cluster and rule[2] - cluster[-1][2] > LINK:
            merged.extend(_merge_cluster(cluster))
            cluster = []
        cluster.append(rule)
    if cluster:
        merged.extend(_merge_cluster(cluster))
    return merged


def _merge_cluster(cluster: list[Rule]) -> list[Rule]:
    weight = sum(high - low for low, high, _ in cluster) or 1
    position = (sum((high - low) * at for low, high, at in cluster) + weight // 2) // weight
    position = min(max(position, cluster[0][2]), cluster[-1][2])
    pieces: list[Rule] = []
    for low, high, _ in sorted(cluster):
        if pieces and low <= pieces[-1][1] + GAP:
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], high), position)
        else:
            pieces.append((low, high, position))
    return [piece for piece in pieces if piece[1] - piece[0] >= _SHORTEST]


def _components(rows: list[Rule], columns: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch, directly or through others, belong together. Both come as `merge_rules` gives them."""
    parent = list(range(len(rows) + len(columns)))
    reached = _Positions(columns)
    for number, rule in enumerate(rows):
        for other in reached.touching(rule):
            one, two = _root(parent, number), _root(parent, len(rows) + other)
            parent[max(one, two)] = min(one, two)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, rule in enumerate(rows):
        groups.setdefault(_root(parent, number), ([], []))[0].append(rule)
    for number, rule in enumerate(columns, len(rows)):
        if (root := _root(parent, number)) in groups:
            groups[root][1].append(rule)
    return [each for each in groups.values() if each[1] and (len(each[0]) > 1 or len(each[1]) > 1)]


class _Positions:
    """Rules of one direction by their position, so that those which a rule across touches are found at once."""

    def __init__(self, rules: list[Rule]) -> None:
        """Take merged rules: by position, and at one position one after another with gaps between them."""
        self._rules = rules
        self._starts = [number for number, rule in enumerate(rules) if not number or rules[number - 1][2] != rule[2]]
        self._ends = [*self._starts[1:], len(rules)]
        self._at = [rules[number][2] for number in self._starts]

    def touching(self, rule: Rule) -> Iterator[int]:
        """The numbers of the rules that touch one across: the position of each lies within the length of the other."""
        low, high, at = rule
        for group in range(bisect_left(self._at, low - TOUCH), bisect_right(self._at, high + TOUCH)):
            number, first = self._ends[group] - 1, self._starts[group]
            if number > first:
                number = bisect_right(self._rules, at + TOUCH, first, number + 1, key=_low) - 1
            elif self._rules[number][0] > at + TOUCH:
                continue
            while number >= first and self._rules[number][1] >= at - TOUCH:
                yield number
                number -= 1


def _low(rule: Rule) -> int:
    return rule[0]


def _root(parent: list[int], number: int) -> int:
    """The group a number is in (union-find); the way there is shortened."""
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _close_open_ends(rows: list[Rule], columns: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Add the rules that a page break (top, bottom) or an open-sided style (left, right) leaves undrawn."""
    more_rows = [*rows, *_closings(columns, rows, least=2), *_cut_by_page(columns, rows)]
    more_columns = [*columns, *_closings(rows, columns, least=_OPEN_SIDES), *_half_open(rows, columns)]
    return more_rows, more_columns


def _half_open(rows: list[Rule], columns: list[Rule]) -> list[Rule]:
    """The rest of an outer side that is drawn beside some rows only: where the edge of a shaded row alone closes it."""
    closings: list[Rule] = []
    for end, choose in ((0, min), (1, max)):
        edge = choose(rule[end] for rule in rows)
        drawn = [rule for rule in columns if abs(rule[2] - edge) <= TOUCH]
        ends = sorted({rule[2] for rule in rows if abs(rule[end] - edge) <= TOUCH})
        gaps = [
            (top, bottom, drawn[0][2])
            for top, bottom in pairwise(ends)
            if drawn and not any(_covers(piece, top, bottom) for piece in drawn)
        ]
        closings.extend(gaps if len(gaps) >= _OPEN_SIDES else ())
    return closings


def _half_drawn(rows: list[Rule], columns: list[Rule]) -> list[Rule]:
    """The rest of inner walls that stop at the mere end of a rule, as no cell has it: on to where a rule passes.

    So a style leaves them that takes the side off the first cell of every row, those beside a spanned cell included.
    """
    at_x: dict[int, list[Rule]] = {}
    for column in columns:
        at_x.setdefault(column[2], []).append(column)
    xs = sorted(at_x)
    ends: dict[int, set[int]] = {}
    for low, high, y in rows:
        for x in (_nearest(xs, low), _nearest(xs, high)):
            if x is not None and xs[0] < x < xs[-1]:
                ends.setdefault(x, set()).add(y)
    return [rest for x, at in ends.items() for rest in _rest_of_wall(x, at, rows, at_x[x]) if _between(rest, columns)]


def _nearest(xs: list[int], end: int) -> int | None:
    after = bisect_right(xs, end)
    near = [x for x in xs[max(after - 1, 0) : after + 1] if abs(x - end) <= TOUCH]
    return min(near, key=lambda x: abs(x - end)) if near else None


def _rest_of_wall(x: int, ends: set[int], rows: list[Rule], wall: list[Rule]) -> list[Rule]:
    """What a wall lacks beside rules that end at it, followed down and up from where it is drawn."""
    stops = sorted({row[2] for row in rows if row[0] - TOUCH <= x <= row[1] + TOUCH})
    drawn = [any(_covers(piece, top, bottom) for piece in wall) for top, bottom in pairwise(stops)]
    rest = []
    for way in (1, -1):
        for gap in range(len(drawn))[::way]:
            before = gap - way
            if 0 <= before < len(drawn) and drawn[before] and not drawn[gap] and stops[max(gap, before)] in ends:
                drawn[gap] = True
                rest.append((stops[gap], stops[gap + 1], x))
    return rest


def _between(rest: Rule, columns: list[Rule]) -> bool:
    """Whether walls stand on both sides of a piece of wall: inside a table it is, and not below its end."""
    beside = {column[2] > rest[2] for column in columns if _covers(column, *rest[:2]) and column[2] != rest[2]}
    return len(beside) > 1


def _covers(rule: Rule, low: int, high: int) -> bool:
    return rule[0] - TOUCH <= low and high <= rule[1] + TOUCH


def _closings(rules: list[Rule], across: list[Rule], least: int) -> list[Rule]:
    if not across:
        return []
    first, last = min(rule[2] for rule in across), max(rule[2] for rule in across)
    closings = []
    for end, beyond in ((0, first - TOUCH), (1, last + TOUCH)):
        extreme = min(rule[0] for rule in rules) if end == 0 else max(rule[1] for rule in rules)
        if (extreme >= beyond) if end == 0 else (extreme <= beyond):
            continue
        open_at = [rule[2] for rule in rules if abs(rule[end] - extreme) <= TOUCH]
        if len(open_at) >= least:
            closings.append((min(open_at), max(open_at), extreme))
    return closings


def _cut_by_page(columns: list[Rule], rows: list[Rule]) -> list[Rule]:
    """The first and last row made whole: of a row that ends with the page only the spanning cells stay open."""
    closings = []
    for end, at in ((0, min(rule[2] for rule in rows)), (1, max(rule[2] for rule in rows))):
        reaching = [rule[2] for rule in columns if abs(rule[end] - at) <= TOUCH]
        if len(reaching) > 1:
            closings.append((min(reaching), max(reaching), at))
    return closings


def _cut_dangling(rows: list[Rule], columns: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Cut every rule back to its first and last crossing; one with fewer than two crossings is no wall.

    Cutting takes no crossing away, dropping a rule does: then the others are looked at again.
    """
    while True:
        cut_rows = _cut(rows, columns)
        cut_columns = _cut(columns, cut_rows)
        if len(cut_columns) == len(columns):
            return cut_rows, cut_columns
        rows, columns = cut_rows, cut_columns


def _cut(rules: list[Rule], across: list[Rule]) -> list[Rule]:
    ordered = sorted(across, key=_at)
    positions = [rule[2] for rule in ordered]
    kept = []
    for low, high, at in rules:
        least, most = at - TOUCH, at + TOUCH
        start, end = bisect_left(positions, low - TOUCH), bisect_right(positions, high + TOUCH)
        while start < end and not (ordered[start][0] <= most and least <= ordered[start][1]):
            start += 1
        while end > start and not (ordered[end - 1][0] <= most and least <= ordered[end - 1][1]):
            end -= 1
        if start < end and positions[start] < positions[end - 1]:
            kept.append((positions[start], positions[end - 1], at))
    return kept


def _at(rule: Rule) -> int:
    return rule[2]


def _row_walls(rows: list[Rule], ys: tuple[int, ...], xs: tuple[int, ...]) -> list[int]:
    """For each horizontal position a bit mask of the raster columns that its rules cover."""
    index = {value: number for number, value in enumerate(xs)}
    line = {value: number for number, value in enumerate(ys)}
    masks = [0] * len(ys)
    for low, high, at in rows:
        masks[line[at]] |= (1 << index[high]) - (1 << index[low])
    return masks


def _walls_beside(columns: list[Rule], xs: tuple[int, ...], ys: tuple[int, ...]) -> list[int]:
    """For each raster row a bit mask of the vertical positions where a wall stands."""
    index = {value: number for number, value in enumerate(ys)}
    line = {value: number for number, value in enumerate(xs)}
    masks = [0] * (len(ys) - 1)
    for low, high, at in columns:
        bit = 1 << line[at]
        for row in range(index[low], index[high]):
            masks[row] |= bit
    return masks


def _table(rows: list[Rule], columns: list[Rule], guessed: list[Rule]) -> Lattice | None:
    ys = tuple(sorted({rule[2] for rule in rows}))
    xs = tuple(sorted({rule[2] for rule in columns}))
    if len(xs) < 2 or len(ys) < 2:
        return None
    if len(xs) * len(ys) > MOST_FIELDS:
        raise TooFine
    regions = _Regions(len(xs) - 1)
    regions.flood(_row_walls(rows, ys, xs), _walls_beside(columns, xs, ys))
    parts = [_unsure_beside(part, xs, ys, guessed) for part in _rectangles(regions.closed())]
    return _lattice(xs, ys, parts) if len(parts) > 1 else None


def _unsure_beside(part: Part, xs: tuple[int, ...], ys: tuple[int, ...], guessed: list[Rule]) -> Part:
    top, left, bottom, right, sure = part
    beside = any(x in (xs[left], xs[right]) and low < ys[bottom] and ys[top] < high for low, high, x in guessed)
    return (top, left, bottom, right, sure and not beside)


Run = tuple[int, int, int]
"""A stretch of one raster row without a wall in it: (row, first column, last column + 1)."""


class _Regions:
    """Joins runs that no wall separates (union-find); number 0 is the outside."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.runs: list[Run] = [(-1, 0, width)]
        self.parent = [0]

    def flood(self, walls_below: list[int], walls_beside: list[int]) -> None:
        """Take every raster row.

        Args:
            walls_below: per horizontal position the columns that are walled.
            walls_beside: per raster row the vertical positions that are walls.
        """
        above = [0]
        for row, mask in enumerate(walls_beside):
            mine = self._row(row, mask)
            self._join(above, mine, walls_below[row])
            above = mine
        self._join(above, [0], walls_below[-1])

    def closed(self) -> list[list[Run]]:
        """The regions that walls enclose on every side; what leaks to the outside is none."""
        groups: dict[int, list[Run]] = {}
        for number in range(len(self.runs)):
            groups.setdefault(_root(self.parent, number), []).append(self.runs[number])
        del groups[_root(self.parent, 0)]
        return list(groups.values())

    def _row(self, row: int, mask: int) -> list[int]:
        first = len(self.runs)
        start = 0
        while start < self.width:
            rest = mask >> (start + 1)
            end = min(start + (rest & -rest).bit_length(), self.width) if rest else self.width
            number = len(self.runs)
            self.runs.append((row, start, end))
            leaks = (start == 0 and not mask & 1) or (end == self.width and not mask >> end & 1)
            self.parent.append(0 if leaks else number)
            start = end
        return list(range(first, len(self.runs)))

    def _join(self, above: list[int], below: list[int], wall: int) -> None:
        upper = lower = 0
        while upper < len(above) and lower < len(below):
            _, start, end = self.runs[above[upper]]
            _, other_start, other_end = self.runs[below[lower]]
            span = (1 << min(end, other_end)) - (1 << max(start, other_start))
            if span & ~wall:
                one, other = _root(self.parent, above[upper]), _root(self.parent, below[lower])
                self.parent[max(one, other)] = min(one, other)
            if end <= other_end:
                upper += 1
            if other_end <= end:
                lower += 1


def _rectangles(regions: list[list[Run]]) -> list[Part]:
    parts: list[Part] = []
    for region in regions:
        first, bottom = region[0], region[-1][0] + 1
        left, right = first[1], first[2]
        if len(region) == 1 or (
            bottom - first[0] == len(region) and all(run[1] == left and run[2] == right for run in region)
        ):
            parts.append((first[0], left, bottom, right, True))
        else:
            parts.extend(_of_many_runs(region))
    return parts


def _of_many_runs(region: list[Run]) -> list[Part]:
    top, bottom = region[0][0], region[-1][0] + 1
    left, right = min(run[1] for run in region), max(run[2] for run in region)
    if sum(run[2] - run[1] for run in region) == (bottom - top) * (right - left):
        return [(top, left, bottom, right, True)]
    return _stacked(region)


def _stacked(region: list[Run]) -> list[Part]:
    """A region that is no rectangle, as rectangles of equal runs under one another."""
    parts: list[Part] = []
    ordered = sorted(region, key=lambda run: (run[1], run[2], run[0]))
    for (left, right), group in groupby(ordered, key=lambda run: (run[1], run[2])):
        for row, _, _ in group:
            if parts and parts[-1][1:4] == (left, row, right):
                parts[-1] = (parts[-1][0], left, row + 1, right, False)
            else:
                parts.append((row, left, row + 1, right, False))
    return parts


def _lattice(xs: tuple[int, ...], ys: tuple[int, ...], parts: list[Part]) -> Lattice:
    parts = sorted(parts)
    row_of = {at: number for number, at in enumerate(sorted({end for part in parts for end in (part[0], part[2])}))}
    column_of = {at: number for number, at in enumerate(sorted({end for part in parts for end in (part[1], part[3])}))}
    owners = [[-1] * (len(xs) - 1) for _ in ys[1:]]
    cells = []
    for number, (top, left, bottom, right, sure) in enumerate(parts):
        row, column = row_of[top], column_of[left]
        box = (xs[left], ys[top], xs[right], ys[bottom])
        cells.append(Outline(row, column, row_of[bottom] - row, column_of[right] - column, box, sure))
        for line in owners[top:bottom]:
            line[left:right] = [number] * (right - left)
    return Lattice(xs, ys, tuple(cells), tuple(tuple(line) for line in owners))

"""Drawn rules become cells with spans: page cuts, double and broken rules, underlines, open sides."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.reading.lattice import Lattice, Rule, TooFine, find_tables, merge_rules

XS, YS = [10_000, 20_000, 30_000, 40_000], [5_000, 7_000, 9_000, 11_000]


def full(xs: list[int] = XS, ys: list[int] = YS) -> tuple[list[Rule], list[Rule]]:
    """The rules of a table without merged cells."""
    return [(xs[0], xs[-1], y) for y in ys], [(ys[0], ys[-1], x) for x in xs]


def shape(table: Lattice) -> list[tuple[int, int, int, int]]:
    """Row, column and spans of every cell."""
    return [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells]


def plain(rows: int, columns: int) -> list[tuple[int, int, int, int]]:
    """The shape of a table without merged cells."""
    return [(row, column, 1, 1) for row in range(rows) for column in range(columns)]


def test_a_plain_table() -> None:
    """Four by four rules make nine cells in reading order."""
    (table,) = find_tables(*full())
    assert shape(table) == plain(3, 3)
    assert table.cells[4].box == (20_000, 7_000, 30_000, 9_000)
    assert all(cell.sure for cell in table.cells)


def test_merged_cells_keep_their_spans() -> None:
    """Where a wall is not drawn, the cells on both sides are one."""
    rows = [(10_000, 40_000, 5_000), (20_000, 40_000, 7_000), (10_000, 40_000, 9_000), (10_000, 40_000, 11_000)]
    columns = [(5_000, 11_000, 10_000), (5_000, 9_000, 20_000), (7_000, 9_000, 30_000), (5_000, 11_000, 40_000)]
    (table,) = find_tables(rows, columns)
    assert shape(table) == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 3)]


def test_rules_drawn_twice_are_one() -> None:
    """Two strokes less than a letter apart are one rule."""
    rows, columns = full()
    again = [(low, high, at + 150) for low, high, at in rows], [(low, high, at - 200) for low, high, at in columns]
    (table,) = find_tables(rows + again[0], columns + again[1])
    assert shape(table) == plain(3, 3)


def test_borders_drawn_cell_by_cell_join() -> None:
    """Borders drawn as one short bar per cell make the same table as long rules."""
    rows, columns = full()
    short_rows = [(low - 10, high + 10, at) for _, _, at in rows for low, high in pairwise(XS)]
    short_columns = [(low - 10, high + 10, at) for _, _, at in columns for low, high in pairwise(YS)]
    (table,) = find_tables(short_rows, short_columns)
    assert shape(table) == plain(3, 3)


def test_a_rule_of_dashes_is_a_rule() -> None:
    """Dashes two points long and two points apart join."""
    rows, columns = full()
    dashes = [(low, low + 200, 7_000) for low in range(10_000, 40_000, 400)]
    (table,) = find_tables([rule for rule in rows if rule[2] != 7_000] + dashes, columns)
    assert shape(table) == plain(3, 3)


def test_a_text_underline_is_no_wall() -> None:
    """A line under words ends in the middle of a cell and divides nothing, even where it starts at a wall."""
    rows, columns = full()
    (table,) = find_tables([*rows, (21_000, 26_000, 8_500), (10_100, 15_000, 6_500)], columns)
    assert shape(table) == plain(3, 3)


def test_a_table_cut_by_a_page_is_closed() -> None:
    """Where the columns run on below the last rule, the page has cut a row; it is a row all the same."""
    rows, columns = full()
    (table,) = find_tables(rows[:-1], columns)
    assert shape(table) == plain(3, 3)
    assert table.box == (10_000, 5_000, 40_000, 11_000)
    (table,) = find_tables(rows[1:], columns)
    assert shape(table) == plain(3, 3)


def test_open_sides_are_closed() -> None:
    """A table without its outer columns drawn keeps its outer cells."""
    rows, columns = full()
    (table,) = find_tables(rows, columns[1:-1])
    assert shape(table) == plain(3, 3)


def test_two_tables_stay_two() -> None:
    """Tables that do not touch are apart, from top to bottom, each with its own rows."""
    rows, columns = full()
    lower = full(XS[:3], [y + 20_000 for y in YS])
    first, second = find_tables(lower[0] + rows, lower[1] + columns)
    assert shape(first) == plain(3, 3)
    assert shape(second) == plain(3, 2)


def test_a_single_box_is_no_table() -> None:
    """A frame round a page or a check box makes no table."""
    assert find_tables(*full([0, 50_000], [0, 80_000])) == []
    assert find_tables([(0, 1000, 500)], []) == []
    assert find_tables([], []) == []


def test_a_region_that_is_no_rectangle_is_split_and_unsure() -> None:
    """Where walls are missing in an L, one goes on to the next rule that passes; its cells are marked as guessed."""
    rows, columns = full()
    rows[1] = (20_000, 40_000, 7_000)  # the first column's cells of rows 0 and 1 flow together
    columns[1:2] = [(5_000, 7_000, 20_000), (9_000, 11_000, 20_000)]  # and row 1's first two
    (table,) = find_tables(rows, columns)
    assert {cell.sure for cell in table.cells} == {True, False}
    unsure = [cell for cell in table.cells if not cell.sure]
    assert sorted(cell.box for cell in unsure) == [(10_000, 5_000, 20_000, 9_000), (20_000, 7_000, 30_000, 9_000)]


def test_the_side_of_a_spanned_cell_is_drawn_on() -> None:
    """A wall drawn beside the first of three rows only, where the rules of the others end, stands beside all three."""
    rows, columns = full()
    rows[1:3] = [(20_000, 40_000, 7_000), (20_000, 40_000, 9_000)]
    columns[1] = (5_000, 7_000, 20_000)
    (table,) = find_tables(rows, columns)
    assert shape(table)[0] == (0, 0, 3, 1)
    assert len(table.cells) == 7
    assert not table.cells[0].sure
    assert table.cells[2].sure


def test_an_outer_side_drawn_beside_some_rows_is_closed() -> None:
    """The shade of the first row draws its sides; the rows below it, whose rules reach as far, are closed there too."""
    ys = [*YS, 13_000]
    rows, columns = full(ys=ys)
    columns[0] = columns[3] = (0, 0, 0)
    sides = [(5_000, 7_000, 10_000), (5_000, 7_000, 40_000)]
    (table,) = find_tables(rows, columns[1:3] + sides)
    assert shape(table) == plain(4, 3)


def test_points_find_their_cells() -> None:
    """Every point inside belongs to one cell, every point outside to none."""
    (table,) = find_tables(*full())
    assert table.cell_at(25_000, 8_000) == 4
    assert table.cell_at(9_999, 8_000) == table.cell_at(40_001, 8_000) == table.cell_at(25_000, 4_000) == -1


def test_tens_of_thousands_of_boxes_are_found_at_once() -> None:
    """Rules are compared with those near them only: forty thousand rules take a second, not hours."""
    spots = [(1000 * column, 1000 * row) for column in range(100) for row in range(100)]
    rows = [(x, x + 500, y + more) for x, y in spots for more in (0, 500)]
    columns = [(y, y + 500, x + more) for x, y in spots for more in (0, 500)]
    start = time.process_time_ns()
    assert find_tables(rows, columns) == []
    assert time.process_time_ns() - start < 10 * 10**9


def test_more_fields_than_any_form_has_are_refused() -> None:
    """Rules that would part a page into half a million fields are no table, and it is said before they are counted."""
    lines = [700 * number for number in range(801)]
    with pytest.raises(TooFine):
        find_tables(*full(lines, lines))


def test_specks_go() -> None:
    """A piece shorter than a letter is no rule."""
    assert merge_rules([(0, 300, 10)]) == []


Tiling = tuple[list[int], list[int], list[tuple[int, int, int, int]]]


@st.composite
def partitions(draw: st.DrawFn) -> Tiling:
    """Column and row positions, and a random tiling of the raster with rectangles (top, left, bottom, right)."""
    width, height = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    xs = [0]
    ys = [0]
    for _ in range(width):
        xs.append(xs[-1] + draw(st.integers(900, 9_000)))
    for _ in range(height):
        ys.append(ys[-1] + draw(st.integers(900, 5_000)))
    tiles = [(0, 0, height, width)]
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311  # a reproducible shape, no secret
    for _ in range(draw(st.integers(1, 20))):
        top, left, bottom, right = tiles.pop(chance.randrange(len(tiles)))
        if chance.random() * 2 < 1 and bottom - top > 1:
            cut = chance.randrange(top + 1, bottom)
            tiles += [(top, left, cut, right), (cut, left, bottom, right)]
        elif right - left > 1:
            cut = chance.randrange(left + 1, right)
            tiles += [(top, left, bottom, cut), (top, cut, bottom, right)]
        else:
            tiles.append((top, left, bottom, right))
    return xs, ys, tiles


@given(partitions(), st.integers(-120, 120))
def test_any_tiling_drawn_comes_back(drawn: Tiling, off: int) -> None:
    """Whatever rectangles tile a table, drawn box by box a little off, exactly those cells are found."""
    xs, ys, tiles = drawn
    if len(tiles) < 2:
        assert find_tables(*full([xs[0], xs[-1]], [ys[0], ys[-1]])) == []
        return
    rows = [
        (xs[left] - off, xs[right] + off, ys[at] + off * (at % 2))
        for top, left, bottom, right in tiles
        for at in (top, bottom)
    ]
    columns = [(ys[top], ys[bottom], xs[at]) for top, left, bottom, right in tiles for at in (left, right)]
    (table,) = find_tables(rows, columns)
    found = {
        tuple(nearest(line, value) for value, line in zip(cell.box, (xs, ys, xs, ys), strict=True))
        for cell in table.cells
    }
    assert found == {(left, top, right, bottom) for top, left, bottom, right in tiles}
    assert len(table.cells) == len(tiles)


def nearest(line: list[int], value: int) -> int:
    """The index of the position nearest to a value."""
    return min(range(len(line)), key=lambda at: abs(line[at] - value))

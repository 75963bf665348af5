"""What speaks against the walls of a table: drawn ink and small lattices, so that every sign is known."""

from decimal import Decimal

import numpy as np
import pytest

from jixiao.reading.lattice import Lattice, find_tables
from jixiao.reading.scan.doubt import Seen, is_doubted, weigh
from jixiao.reading.scan.ink import Print, Rect, ink_of

LOOK = Print(em=24, ink=200)
UNTOUCHED = (False, False)


def ink(*boxes: tuple[int, int, int, int]) -> tuple[bool, tuple[bool, bool]]:
    """Whether a cell of 200 × 120 pixels, two painted over at each side, holds pieces of a rule, and touches."""
    pixels = np.full((120, 200), 255, np.uint8)
    for left, top, right, bottom in boxes:
        pixels[top:bottom, left:right] = 0
    found = ink_of(pixels, LOOK, Rect(2, 2, 198, 118))
    return found.pieces, found.touching


def lattice() -> Lattice:
    """Three rows of three columns 100 wide; the middle row is one cell."""
    level = [(0, 30_000, y) for y in (0, 1_000, 2_000, 3_000)]
    upright = [(top, top + 1_000, x) for x in (10_000, 20_000) for top in (0, 2_000)]
    (table,) = find_tables(level, [*upright, (0, 3_000, 0), (0, 3_000, 30_000)])
    return table


def cells(middle: Seen, touching: tuple[bool, bool] = UNTOUCHED) -> list[Seen]:
    """The seven cells of that table: one in the middle, the others hold a number and touch like this."""
    other = Seen("1.00", Rect(4_000, 200, 6_000, 800), pieces=False, touching=touching)
    return [other, other, other, middle, other, other, other]


def wide(text: str, left: int = 14_000, *, pieces: bool = False) -> Seen:
    """A text two columns wide less a little in the middle cell, from there on."""
    return Seen(text, Rect(left, 1_200, left + 2_000, 1_800), pieces, UNTOUCHED)


def test_letters_and_short_strokes_are_no_pieces_of_a_rule() -> None:
    """Letters, a figure 1 in each of two lines apart, and a dash tell of no wall."""
    assert ink((20, 20, 42, 42), (60, 20, 62, 38), (90, 60, 92, 78), (120, 70, 140, 72)) == (False, UNTOUCHED)


@pytest.mark.parametrize(
    "pieces", [[(100, 10, 102, 60)], [(100, 10, 102, 34), (100, 44, 102, 64)], [(30, 60, 70, 62), (76, 60, 130, 62)]]
)
def test_strokes_in_one_line_are_pieces_of_a_rule(pieces: list[tuple[int, int, int, int]]) -> None:
    """A stroke taller than letters, two above each other, and two in a row tell of a wall that was not seen."""
    assert ink((20, 20, 42, 42), *pieces) == (True, UNTOUCHED)


def test_letters_that_reach_a_wall_are_told_by_its_side() -> None:
    """A letter that ends at the left wall, and one that ends at the right one."""
    assert ink((2, 20, 20, 42)) == (False, (True, False))
    assert ink((180, 20, 198, 42)) == (False, (False, True))


def test_what_is_left_of_a_broken_wall_is_no_letter() -> None:
    """Slender strokes along the walls are neither letters nor pieces of a wall that was not seen."""
    assert ink((2, 20, 4, 50), (2, 60, 4, 90), (30, 116, 90, 118)) == (False, UNTOUCHED)


def test_a_sound_table_keeps_its_confidence() -> None:
    """A merged cell with text in its middle, or words at its left, lowers nothing."""
    for middle in (wide("12.50"), wide("改善群众生产生活条件", 500), wide("优 □  良 □"), wide("得分：  95")):
        weighed = weigh(lattice(), cells(middle))
        assert set(weighed.caps) == {Decimal(1)}
        assert not is_doubted([weighed])


@pytest.mark.parametrize(
    "middle",
    [wide("10.00  8.30"), wide("10.00\n8.30"), wide("1  养护里程"), wide("资金总额  8.30"), wide("x", pieces=True)],
)
def test_a_cell_that_holds_two_puts_its_page_in_doubt(middle: Seen) -> None:
    """Two numbers, a number apart from words, and a piece of a rule: at most 0.5 sure, and the page is told."""
    weighed = weigh(lattice(), cells(middle))
    assert weighed.caps[3] == Decimal("0.5")
    assert weighed.caps[0] == 1
    assert is_doubted([weighed])


def test_a_number_off_the_middle_is_doubted() -> None:
    """Where the rows above and below are parted, a number in the first third of a merged cell is at most 0.8 sure."""
    assert weigh(lattice(), cells(wide("12.50", 4_000))).caps[3] == Decimal("0.8")


def test_a_wall_that_letters_touch_from_both_sides_is_doubted() -> None:
    """Cells left and right of such a wall are at most 0.8 sure; the cell that none touches keeps its confidence."""
    weighed = weigh(lattice(), cells(wide("12.50"), touching=(True, True)))
    assert [str(cap) for cap in weighed.caps] == ["0.8"] * 3 + ["1"] + ["0.8"] * 3
    assert is_doubted([weighed])

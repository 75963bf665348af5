"""OFD written and read: the lines and cells of set pages come back as they stood, and stand where they were set."""

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jixiao.layout.grid import FreeText, Table
from jixiao.reading.formats.ofd import read_ofd
from jixiao.reading.formats.ofd_xml import hundredths, scaled
from jixiao.writing.formats.ofd.lengths import grains, mm
from jixiao.writing.paper.model import Align
from jixiao.writing.paper.pages import SetPage, SetTable, SetText
from writing.ofd_parts import NAMESPACE, numbers, objects, steps, written
from writing.set_pages import FACES, PADDING, SIZE, one_line, one_table, pages

POINT = Decimal("25.4") / 72
HAIR = Decimal("0.001")


def lines_of(page: SetPage) -> list[str]:
    """The lines outside tables, from top to bottom."""
    texts = [line for block in page.blocks if isinstance(block, SetText) for line in block.lines]
    return [*texts, *([page.foot] if page.foot else [])]


def cells_of(page: SetPage) -> list[tuple[int, int, int, int, str]]:
    """The cells of its table, in reading order; rows and columns count from rule to rule, as they are seen."""
    (table,) = [block for block in page.blocks if isinstance(block, SetTable)]
    rows = _seen({end for cell in table.cells for end in (cell.row, cell.row + cell.row_span)})
    columns = _seen({end for cell in table.cells for end in (cell.column, cell.column + cell.column_span)})
    return [
        (
            rows[cell.row], columns[cell.column], rows[cell.row + cell.row_span] - rows[cell.row],
            columns[cell.column + cell.column_span] - columns[cell.column], "\n".join(cell.lines),
        )
        for cell in table.cells
    ]  # fmt: skip


def _seen(ends: set[int]) -> dict[int, int]:
    return {end: number for number, end in enumerate(sorted(ends))}


@given(st.lists(pages(), min_size=1, max_size=2))
@settings(max_examples=25)
def test_lines_and_cells_read_back(made: list[SetPage]) -> None:
    """Every cell comes back with its place, spans and lines, every line outside with its letters, without a doubt."""
    grid = read_ofd(written(made), "made.ofd")
    cells = [
        (cell.row, cell.column, cell.row_span, cell.column_span, cell.text)
        for block in grid.blocks
        if isinstance(block, Table)
        for cell in block.cells
    ]
    free = [block.text for block in grid.blocks if isinstance(block, FreeText)]
    assert cells == [cell for page in made for cell in cells_of(page)]
    assert free == [line for page in made for line in lines_of(page)]
    assert grid.losses == ()


@pytest.mark.parametrize("line", ["=SUM(A1)", "<b>&amp;</b>", "]]>", "+1", "-1", "@x", "'甲\"", "a b c"])
def test_text_is_text(line: str) -> None:
    """What looks like mark-up or a formula reads back as the letters it is."""
    (block,) = read_ofd(written([one_line(line)]), "made.ofd").blocks
    assert isinstance(block, FreeText)
    assert block.text == line


@given(st.integers(-200_000, 200_000))
@example(0)
def test_a_place_is_exact(place: int) -> None:
    """A place in hundredths of a point, written in millimetres, reads back as itself."""
    assert hundredths(scaled(mm(grains(place)))) == place


@pytest.mark.parametrize(("align", "share"), [("left", 0), ("center", 1), ("right", 2)])
def test_lines_are_aligned(align: Align, share: int) -> None:
    """A line stands at the left, in the middle or at the right of its room, by the advances of its font."""
    line = "绩效 100.00%"
    (found,) = objects(written([one_line(line, align)]), "TextObject")
    left = numbers(found.get("Boundary"))[0]
    wide = sum(FACES.widths("body")[letter] for letter in line) * SIZE * POINT / 100_000
    page = one_line(line).page
    free = page.across * POINT / 100 - wide
    assert abs(left - (page.left * POINT / 100 + free * share / 2)) < HAIR


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_cells_are_set_in_the_middle(align: Align) -> None:
    """A cell's line stands in the middle of its height, and within its padding at the sides."""
    page = one_table("自评", "得分", align=align)
    (table,) = page.blocks
    assert isinstance(table, SetTable)
    for number, found in enumerate(objects(written([page]), "TextObject")):
        left, top, wide, _ = numbers(found.get("Boundary"))
        (code,) = found
        base = top + Decimal(code.get("Y", ""))
        middle = base - (Decimal("0.88") - Decimal("0.5")) * SIZE * POINT / 100
        assert abs(middle - (table.top + table.heights[0] // 2) * POINT / 100) < HAIR
        free = (20_000 - 2 * PADDING) * POINT / 100 - wide
        share = {"left": 0, "center": 1, "right": 2}[align]
        inner = (table.left + 20_000 * number + PADDING) * POINT / 100
        assert abs(left - (inner + free * share / 2)) < HAIR


def test_letters_stand_by_the_advances_of_their_font() -> None:
    """The steps from letter to letter are the font's advances at the size, a thousandth of a millimetre off at most."""
    line = "绩效 ab1.5，“好”"
    (found,) = objects(written([one_line(line)]), "TextObject")
    (code,) = found
    assert code.text == line
    want = [FACES.widths("body")[letter] * SIZE * POINT / 100_000 for letter in line[:-1]]
    assert all(abs(step - one) < HAIR for step, one in zip(steps(code), want, strict=True))


def test_blanks_at_the_ends_of_a_line_are_room() -> None:
    """A blank before a line moves it, one after it takes no room; neither is printed."""
    (plain,) = objects(written([one_line("甲乙")]), "TextObject")
    (moved,) = objects(written([one_line("　甲乙  ")]), "TextObject")
    (right,) = objects(written([one_line("甲乙  ", "right")]), "TextObject")
    (flush,) = objects(written([one_line("甲乙", "right")]), "TextObject")
    assert [code.text for one in (plain, moved, right, flush) for code in one] == ["甲乙"] * 4
    em = SIZE * POINT / 100
    assert abs(numbers(moved.get("Boundary"))[0] - numbers(plain.get("Boundary"))[0] - em) < HAIR
    assert right.get("Boundary") == flush.get("Boundary")


def test_a_line_of_blanks_is_nothing() -> None:
    """A line without ink gives no object, and no font."""
    data = written([one_line("  　 ")])
    assert list(objects(data, "TextObject")) == []
    assert list(objects(data, "Font")) == []


def test_rules_are_drawn_once() -> None:
    """Three cells in a row have two long rules and four short ones; each is drawn once, within the path's outline."""
    data = written([one_table("甲", "", "乙")])
    (path,) = objects(data, "PathObject")
    words = (path.findtext(f"{NAMESPACE}AbbreviatedData") or "").split()
    assert words.count("M") == words.count("L") == 6
    _, _, wide, high = numbers(path.get("Boundary"))
    thick = Decimal(path.get("LineWidth", ""))
    xs = [Decimal(word) for at, word in enumerate(words) if at % 3 == 1]
    ys = [Decimal(word) for at, word in enumerate(words) if at % 3 == 2]
    assert (min(xs), min(ys)) == (thick, thick)
    assert (max(xs), max(ys)) == (wide - thick, high - thick)

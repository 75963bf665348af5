"""Pages set by hand: grids with merged cells and lines that fit them, made by Hypothesis, for writers of set pages."""

from hypothesis import strategies as st

from jixiao.writing.paper.faces import faces
from jixiao.writing.paper.model import Align, Cell, Face, Page
from jixiao.writing.paper.pages import SetCell, SetPage, SetTable, SetText

FACES = faces()
SIZE, LEADING, PADDING = 950, 1300, 200
COMMON = "项目支出绩效自评表年度资金总额其他已完成，。；：（）“”《》、—…"
HARD = "=+-@<>&\"'#%0123456789.,;:!?/\\|{}[]()^~`$_*AaBbCcXxYyWwMmTtFf"
RARE = "≥≤≧═①②√□×÷±℃㎡‰￥·～＝－＋㐂㑇䶮龘\U00020676\U00020cd0ΩλЖ"
FACE_OF: tuple[Face, ...] = ("title", "body", "label")
ALIGNS: tuple[Align, ...] = ("left", "center", "right")


def width(line: str, face: Face, size: int = SIZE) -> int:
    """The width of a line in hundredths of a point, rounded up."""
    return -(-sum(FACES.widths(face)[letter] for letter in line) * size // 1000)


def fitting(line: str, room: int, face: Face) -> str:
    """As much of a line as fits."""
    while width(line, face) > room:
        line = line[:-1]
    return line


@st.composite
def lines(draw: st.DrawFn, room: int, face: Face) -> str:
    """A line that fits: Chinese, signs, rare letters; a blank only between plain words, where it can be seen."""
    text = draw(st.text(st.sampled_from(COMMON + HARD + RARE), max_size=12))
    if draw(st.booleans()):
        text = f"ab{text}cd ef"
    return fitting(text, room, face).strip()


@st.composite
def tables(draw: st.DrawFn, left: int, top: int) -> SetTable:
    """A table whose cells cover its grid once, some over several rows and columns."""
    widths = tuple(draw(st.lists(st.integers(3000, 12_000), min_size=2, max_size=4)))
    heights = tuple(draw(st.lists(st.integers(3 * LEADING + 400, 9000), min_size=2, max_size=4)))
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(len(heights)):
        for column in range(len(widths)):
            if (row, column) in taken:
                continue
            open_beside = column + 1 < len(widths) and (row, column + 1) not in taken
            across = draw(st.integers(1, 2)) if open_beside else 1
            down = draw(st.integers(1, 2)) if row + 1 < len(heights) else 1
            if (across, down) == (len(widths), len(heights)):
                down = 1  # one cell alone is a box to a reader, and no table
            taken |= {(row + y, column + x) for y in range(down) for x in range(across)}
            face = draw(st.sampled_from(FACE_OF))
            room = sum(widths[column : column + across]) - 2 * PADDING
            found = [line for line in draw(st.lists(lines(room, face), max_size=3)) if line]
            cell = Cell(row, column, "\n".join(found), down, across, align=draw(st.sampled_from(ALIGNS)))
            cells.append(SetCell(cell, row, column, down, across, tuple(found), face))
    return SetTable(left, top, widths, heights, tuple(cells), 0, SIZE, LEADING, PADDING)


@st.composite
def pages(draw: st.DrawFn) -> SetPage:
    """A page: a heading, a table, a page number."""
    sheet = Page()
    heading = draw(lines(20_000, "title"))
    blocks: list[SetText | SetTable] = [draw(tables(sheet.left, sheet.top + 4000))]
    if heading:
        align = draw(st.sampled_from(ALIGNS))
        blocks.insert(0, SetText(sheet.left, sheet.top, sheet.across, (heading,), SIZE, LEADING, align, "title"))
    return SetPage(sheet, tuple(blocks), 1, draw(lines(20_000, "body")), "内部资料")


def one_table(*texts: str, align: Align = "center", size: int = SIZE) -> SetPage:
    """A page with a table of one row, a text in each cell."""
    sheet = Page()
    cells = tuple(
        SetCell(Cell(0, column, text, align=align), 0, column, 1, 1, (text,) if text else (), "body")
        for column, text in enumerate(texts)
    )
    wide = (20_000,) * len(texts)
    table = SetTable(sheet.left, sheet.top, wide, (5000,), cells, 0, size, LEADING, PADDING)
    return SetPage(sheet, (table,), 1, "一张表")


def one_line(line: str, align: Align = "left", face: Face = "body") -> SetPage:
    """A page with one line."""
    sheet = Page()
    text = SetText(sheet.left, sheet.top, sheet.across, (line,), SIZE, LEADING, align, face)
    return SetPage(sheet, (text,), 1, "一行字")

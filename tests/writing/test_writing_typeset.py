"""Lines, rows and pages: what is set is the document, letter by letter, inside its cells and its pages."""

import re
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jixiao.writing.paper.faces import JOINER, faces
from jixiao.writing.paper.lines import break_lines, shown
from jixiao.writing.paper.measure import height_of, row_heights
from jixiao.writing.paper.model import Block, Cell, Document, Page, Table, Text
from jixiao.writing.paper.pages import SetCell, SetPage, SetTable, SetText
from jixiao.writing.paper.typeset import typeset
from jixiao.writing.paper.unprintable import Unprintable

FACES = faces()
WIDTHS = FACES.widths("body")
WORDS = st.lists(
    st.sampled_from([
        "组织", "金融服务", "，", "。", "（", "）", "“", "”", "≥7.00(次)", "12,345.60", "iPhone", " ", "  ", "\u3000",
        "a", "supercalifragilistic", "=1+1", "@", "-", "……", "——", "䶮", "、", "100%", "A-b/c",
    ]),
    max_size=60,
).map("".join).map(str.strip)  # fmt: skip
BODY = 4
PAGE = Page()


def read(lines: Iterable[str]) -> str:
    """A text as a reader of lines puts it together: marks, and a blank between words that a line end parts."""
    text = ""
    for line in lines:
        if text.endswith(JOINER):
            text = text[:-1] + line
        elif text and re.fullmatch(r"[A-Za-z0-9]{2}", text[-1] + line[:1]) and not (text[-1] + line[:1]).isdigit():
            text += " " + line
        else:
            text += line
    bare = re.sub(rf"(?<!{JOINER})(?<=[^\x21-\x7e])\s+|(?<!{JOINER})\s+(?=[^\x21-\x7e{JOINER}])", "", text)
    return bare.replace(JOINER, "")


def table_of(names: list[str], *, wide: bool = False) -> Table:
    """A heading of two rows, a body of one row a name under one merged label, and a row that ends it."""
    cells = [Cell(0, 0, "一级", 2, role="label"), Cell(0, 1, "指标", 1, 2, "label")]
    cells += [Cell(1, 1, "名称", role="label"), Cell(1, 2, "值", role="label")]
    cells.append(Cell(2, 0, "产出指标", len(names), role="label"))
    for row, name in enumerate(names, 2):
        cells += [Cell(row, 1, name, align="left"), Cell(row, 2, str(row))]
    end = 2 + len(names)
    cells += [Cell(end, 0, "总分", 1, 2, "label"), Cell(end, 2, "100")]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table((3000, 26000 if wide else 9000, 20000), end + 1, tuple(cells), (0, 2), (2, end))


def tables(pages: Iterable[SetPage]) -> list[SetTable]:
    """The tables on pages."""
    return [block for page in pages for block in page.blocks if isinstance(block, SetTable)]


def value_lines(every: Iterable[SetTable], row: int, column: int) -> list[str]:
    """All lines printed of one cell of the document."""
    return [
        line
        for table in every
        for cell in table.cells
        if (cell.cell.row, cell.cell.column) == (row, column)
        for line in cell.lines
    ]


@given(WORDS, st.integers(2, 30))
@settings(max_examples=300, deadline=None)
def test_lines_put_together_are_the_text(text: str, ems: int) -> None:
    """Whatever its blanks, words and line ends: joined as a reader joins them, lines give the text back."""
    assert read(break_lines(text, ems * 1000, WIDTHS)) == text


@given(WORDS, st.integers(2, 30), st.integers(0, 2))
@settings(max_examples=300, deadline=None)
def test_no_line_is_wider_than_its_room(text: str, ems: int, indent: int) -> None:
    """What is shown of a line fits, but for a single letter that is wider than the room."""
    for number, line in enumerate(break_lines(text, ems * 1000, WIDTHS, indent=0 if ems < 3 else indent * 500)):
        wide = sum(WIDTHS[letter] for letter in shown(line))
        assert wide + (indent * 500 if number == 0 and ems >= 3 else 0) <= ems * 1000 or len(shown(line)) <= 1


@given(WORDS)
@settings(max_examples=200, deadline=None)
def test_lines_begin_and_end_as_chinese_asks(text: str) -> None:
    """No line begins with what closes, none ends with what opens, where the text leaves a choice."""
    calm = re.sub(r"[，。（）“”、…—]{2,}|^[，。）”、…—]+", "组", text)
    for before, after in pairwise(break_lines(calm, 9000, WIDTHS)):
        if JOINER not in before + after:
            assert after[0] not in "，。）”、…—"
            assert shown(before)[-1] not in "（“"


def test_words_and_numbers_stay_whole_where_they_fit() -> None:
    """A number with its sign and unit is not cut while a line has room for it; a word longer than a line is."""
    assert break_lines("完成≥7.00(次)活动", 5000, WIDTHS) == ("完成", "≥7.00(次)", "活动")
    assert len(break_lines("supercalifragilistic", 4000, WIDTHS)) > 1


@given(st.lists(WORDS, min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_pages_hold_their_rows_and_every_line_once(names: list[str]) -> None:
    """No page is over-full; every line of a value is printed once, every row is in one piece, cells tile the table."""
    table = table_of(names)
    pages = list(typeset([Document("名", PAGE, (Text("标题", 1), table))], FACES))
    for page in pages:
        for block in page.blocks:
            assert bottom(block) <= PAGE.height - PAGE.bottom
    every = tables(pages)
    for row, name in enumerate(names, 2):
        assert read(value_lines(every, row, 1)) == name
        assert value_lines(every, row, 2) == [str(row)]
    for each in every:
        places = [
            (cell.row + down, cell.column + over)
            for cell in each.cells
            for down in range(cell.row_span)
            for over in range(cell.column_span)
        ]
        assert sorted(places) == [(row, column) for row in range(len(each.heights)) for column in range(3)]


def bottom(block: SetText | SetTable) -> int:
    """Where a block ends."""
    if isinstance(block, SetTable):
        return block.top + sum(block.heights)
    return block.top + len(block.lines) * block.leading


def test_a_further_page_repeats_the_heading_and_the_label_that_is_cut() -> None:
    """Sixty rows need several pages; each begins with both heading rows, and the merged label stands on each."""
    every = tables(typeset([Document("名", PAGE, (table_of(["名称"] * 120),))], FACES))
    assert len(every) > 2
    for table in every[1:]:
        assert table.heading_rows == 2
        texts = [cell.lines for cell in table.cells]
        assert ("一级",) in texts
        assert ("指标",) in texts
    assert all(any(cell.cell.text == "产出指标" and cell.lines for cell in table.cells) for table in every[:-1])


def test_a_row_is_cut_only_where_no_page_holds_it() -> None:
    """A row half a page high moves to the next page whole; one of two pages is cut, and none of its lines is lost."""
    half, long = "长" * 250, "很长" * 1000
    for text, cut in ((half, False), (long, True)):
        every = tables(typeset([Document("名", PAGE, (table_of(["短"] * 20 + [text, "短"]),))], FACES))
        parts = [cell for table in every for cell in table.cells if cell.cell.text == text and cell.lines]
        assert (len(parts) > 1) == cut
        assert "".join(line for cell in parts for line in cell.lines).replace(JOINER, "") == text


def test_labels_stand_with_the_beginning_of_a_row_that_no_page_holds() -> None:
    """A row higher than a page begins right below its labels, on their page, if some of its lines fit."""
    text = "推进各项工作；" * 500
    cells = (
        Cell(0, 0, "项目", role="label"), Cell(0, 1, "一", 1, 2), Cell(1, 0, "目标", 2, role="label"),
        Cell(1, 1, "预期", role="label"), Cell(1, 2, "实际", role="label"), Cell(2, 1, text, align="left"),
        Cell(2, 2, "完成"),
    )  # fmt: skip
    pages = list(typeset([Document("甲", PAGE, (Table((3000, 20000, 20000), 3, cells),))], FACES))
    first = [cell for table in tables(pages[:1]) for cell in table.cells]
    assert [(cell.cell.text[:2], cell.row_span) for cell in first] == [
        ("项目", 1), ("一", 1), ("目标", 2), ("预期", 1), ("实际", 1), ("推进", 1), ("完成", 1),
    ]  # fmt: skip
    bottom = max(table.top + sum(table.heights) for table in tables(pages[:1]))
    assert PAGE.height - PAGE.bottom - 2 * height_of(1, PAGE.size) < bottom <= PAGE.height - PAGE.bottom
    printed = [line for table in tables(pages) for cell in table.cells if cell.cell.text == text for line in cell.lines]
    assert read(printed) == text


def test_a_heading_is_not_left_alone_at_a_pages_foot() -> None:
    """A heading of the document, or the heading rows of a table, go over to the page of what they head."""
    for filler in range(30, 60):
        blocks: list[Block] = [Text("段落") for _ in range(filler)]
        blocks += [Text("小标题", 2), table_of(["名称"] * 3)]
        pages = list(typeset([Document("名", PAGE, tuple(blocks))], FACES))
        for page in pages:
            last = page.blocks[-1]
            assert not (isinstance(last, SetText) and last.level)
            assert not (isinstance(last, SetTable) and all(cell.cell.row < 2 for cell in last.cells))


def test_a_total_is_not_left_alone_on_a_page() -> None:
    """What follows the body stands with the body's last row, under the heading, and no page before it is empty."""
    for rows in range(30, 60):
        pages = list(typeset([Document("名", PAGE, (table_of([f"指标{row}" for row in range(rows)]),))], FACES))
        last = tables(pages)[-1]
        held = {cell.cell.row for cell in last.cells if cell.cell.column == 1 and cell.cell.row > 1}
        assert rows + 1 in held
        assert all(page.blocks for page in pages)


def test_a_cell_has_the_room_it_asks_for() -> None:
    """A row is as high as a cell in it asks, in one row or over several."""
    table = table_of(["甲", "乙"])
    for column, rows in ((1, slice(2, 3)), (0, slice(2, 4))):
        cells = (replace(cell, least=6600) if (cell.row, cell.column) == (2, column) else cell for cell in table.cells)
        roomy = replace(table, cells=tuple(cells))
        assert sum(row_heights(roomy, FACES, PAGE)[rows]) == 6600


def test_rows_under_a_merged_cell_share_what_it_needs() -> None:
    """A merged cell of many lines makes its rows higher, together just so high as it needs."""
    table = table_of(["甲", "乙"])
    tall = replace(table, cells=tuple(replace(cell, text="产\n出\n指\n标\n五") if cell.row == 2 and not cell.column
                                      else cell for cell in table.cells))  # fmt: skip
    assert sum(row_heights(tall, FACES, PAGE)[2:4]) == height_of(5, PAGE.size)
    assert sum(row_heights(table, FACES, PAGE)[2:4]) < height_of(5, PAGE.size)


def test_pages_are_numbered_within_their_document() -> None:
    """Each document has its own numbers and one bookmark, on its first page."""
    documents = [Document("甲", PAGE, (table_of(["名称"] * 80),)), Document("乙", PAGE, (Text("一行"),))]
    pages = list(typeset(documents, FACES))
    assert [page.foot for page in pages] == ["第 1 页 共 2 页", "第 2 页 共 2 页", "第 1 页 共 1 页"]
    assert [page.bookmark for page in pages] == ["甲", "", "乙"]


@pytest.mark.parametrize(
    ("text", "code"), [("甲\U000323af乙", "U+323AF"), ("甲\x07", "U+0007"), ("\u200e字", "U+200E")]
)
def test_a_letter_without_a_glyph_is_named(text: str, code: str) -> None:
    """What no font has is told before a page is made: the text, the letter, what to do."""
    with pytest.raises(Unprintable) as told:
        list(typeset([Document("名", PAGE, (Text(text),))], FACES))
    assert code in told.value.zh
    assert code in told.value.en


def test_setting_is_the_same_each_time() -> None:
    """The same documents give the same pages."""
    document = Document("名", PAGE, (table_of(["名称", "iPhone 15"] * 30),))
    assert list(typeset([document], FACES)) == list(typeset([document], FACES))
    assert isinstance(tables(typeset([document], FACES))[0].cells[0], SetCell)

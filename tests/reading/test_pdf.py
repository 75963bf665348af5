"""PDF pages become grids: every way of drawing a table, turned pages, forms inside forms, letters without code."""

import io
import random
from pathlib import Path

import pdfplumber
import pylopdf_fonts_zh_cn
import pytest
import typst
from fpdf import FPDF

from jixiao.layout.grid import Cell, FreeText, Grid, Table
from jixiao.reading.errors import Unreadable
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.glyphs import UNKNOWN
from reading.pdf_maker import PdfPage, assemble, bar, grid, line, make_pdf, text

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
BOX = grid([100, 200, 300], [700, 730, 760])
WORDS = (
    text(105, 740, "项目名称")
    + text(205, 740, "科技 AI 2024年")
    + text(105, 710, "Open AI lab")
    + text(205, 710, "12.50")
)
FOUR = ["项目名称", "科技AI 2024年", "Open AI lab", "12.50"]
LATIN = (
    text(105, 740, "Project name") + text(205, 740, "AI 2024") + text(105, 710, "Open AI lab") + text(205, 710, "12.50")
)
LATIN_FOUR = ["Project name", "AI 2024", "Open AI lab", "12.50"]
"""Letters that PDFium has outlines for on every machine: without them it drops what stands alone or sideways."""


def read(*pages: PdfPage) -> Grid:
    """The grid of hand-written pages."""
    return read_pdf(make_pdf(*pages), "made.pdf")


def tables(found: Grid) -> list[Table]:
    """The tables of a grid."""
    return [block for block in found.blocks if isinstance(block, Table)]


def cells(found: Grid) -> tuple[Cell, ...]:
    """The cells of the only table of a grid."""
    (table,) = tables(found)
    return table.cells


def texts(found: Grid) -> list[str]:
    """The texts of the cells of the only table of a grid."""
    return [cell.text for cell in cells(found)]


def box(cell: Cell) -> list[str]:
    """The printed box of a cell's only place."""
    (place,) = cell.places
    assert place.box is not None
    return [str(edge) for edge in place.box]


DRAWINGS = {
    "lines": BOX,
    "one path": "0.5 w 100 700 m 300 700 l 100 730 m 300 730 l 100 760 m 300 760 l"
    " 100 700 m 100 760 l 200 700 m 200 760 l 300 700 m 300 760 l S\n",
    "thin boxes": "".join(bar(x, 700, "0.5", "60") for x in (100, 200, 300))
    + "".join(bar(100, y, "200", "0.75") for y in (700, 730, 760)),
    "a frame round each cell": "".join(f"0.5 w {x} {y} 100 30 re S\n" for x in (100, 200) for y in (700, 730)),
    "a thick frame": "3 w 100 700 200 60 re S\n" + line(200, 700, 200, 760) + line(100, 730, 300, 730),
    "white cells on black": "0 g 100 700 200 60 re f 1 g\n"
    + "".join(bar(x, y, "98.5", "28.5") for x in (101, 201) for y in (701, 731)) + "0 g\n",
    "double lines": BOX + grid([101, 199, 301], [699, 731, 759]),
    "dashes": "[2 2] 0 d\n" + BOX + "[] 0 d\n",
    "shading below": "0.9 g 100 730 200 30 re f 0.8 g 100 730 100 30 re f 0 g\n" + BOX,
    "a highlighted word": "1 1 0 rg 105 738 40 12 re f 0 g\n" + BOX,
    "underlined words": BOX + line(105, 738, 145, 738) + line(201, 708, 225, 708),
}  # fmt: skip


@pytest.mark.parametrize("way", DRAWINGS)
def test_every_way_of_drawing_gives_the_same_table(way: str) -> None:
    """Lines, boxes, one path, white on black, double, dashed: the same four cells with the same texts."""
    found = read(PdfPage(DRAWINGS[way] + WORDS))
    assert texts(found) == FOUR
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in cells(found)] == [
        (0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1),
    ]  # fmt: skip
    assert found.losses == ()


def test_bold_by_printing_twice_is_read_once() -> None:
    """Letters printed a second time a hair aside are one letter; two equal letters side by side stay two."""
    again = text(105, 740, "粗粗体88").replace("105 740", "105.3 740")
    assert texts(read(PdfPage(BOX + text(105, 740, "粗粗体88") + again)))[0] == "粗粗体88"


TURNED = {
    "": ["100.00", "82.00", "200.00", "112.00"],
    "/CropBox [50 60 500 800]": ["50.00", "40.00", "150.00", "70.00"],
    "/Rotate 90": ["730.00", "100.00", "760.00", "200.00"],
    "/Rotate 180": ["395.00", "730.00", "495.00", "760.00"],
    "/Rotate 270": ["82.00", "395.00", "112.00", "495.00"],
    "/CropBox [50 60 500 800] /Rotate 90": ["670.00", "50.00", "700.00", "150.00"],
}


@pytest.mark.parametrize("entries", TURNED)
def test_turned_and_cropped_pages(entries: str) -> None:
    """Whatever /Rotate and /CropBox say, the table is read upright and its places are those on the page as shown."""
    found = read(PdfPage(BOX + WORDS, f"/MediaBox [0 0 595 842] {entries}"))
    assert texts(found) == FOUR
    assert box(cells(found)[0]) == TURNED[entries]


@pytest.mark.parametrize(
    ("matrix", "rotate"),
    [("0 1 -1 0 842 0", 0), ("0 1 -1 0 842 0", 90), ("0 -1 1 0 0 842", 270), ("-1 0 0 -1 595 842", 180)],
)
def test_content_set_sideways(matrix: str, rotate: int) -> None:
    """Content turned by its own matrix reads upright, whether the page is turned back or not."""
    page = PdfPage(f"q {matrix} cm\n{BOX}{LATIN}Q\n", f"/MediaBox [0 0 900 900] /Rotate {rotate}")
    assert texts(read(page)) == LATIN_FOUR


def test_forms_inside_forms_keep_their_matrices() -> None:
    """Tables in nested form XObjects stand where all the matrices together put them."""
    inner = ("/BBox [0 0 600 900] /Matrix [1 0 0 1 5 5]", BOX + WORDS)
    outer = ("/BBox [0 0 600 900] /Matrix [0.5 0 0 0.5 0 0]", "q 1 0 0 1 100 100 cm /I Do Q")
    found = read(PdfPage("q 1 0 0 1 10 20 cm /O Do Q\n", forms={"I": inner, "O": outer}))
    assert texts(found) == FOUR
    assert box(cells(found)[0]) == ["112.50", "389.50", "162.50", "404.50"]


def test_a_cell_cut_by_the_page_is_kept() -> None:
    """Where the columns run to the foot of the page without a closing rule, the cut cells are cells."""
    first = line(100, 760, 300, 760) + line(100, 730, 300, 730) + "".join(line(x, 20, x, 760) for x in (100, 200, 300))
    second = "".join(line(x, 760, x, 820) for x in (100, 200, 300)) + line(100, 760, 300, 760)
    found = read(
        PdfPage(first + text(105, 740, "上方") + text(105, 40, "被切")), PdfPage(second + text(105, 790, "续上"))
    )
    one, two = tables(found)
    assert [cell.text for cell in one.cells] == ["上方", "", "被切", ""]
    assert [cell.text for cell in two.cells] == ["续上", ""]
    assert (one.page, two.page) == (1, 2)


def test_free_lines_and_tables_come_in_reading_order() -> None:
    """Lines outside tables stand between the tables as on the page, each with its place; a wide gap is two spaces."""
    lower = grid([100, 150, 220], [500, 520, 540]) + text(102, 525, "乙方")
    content = (
        lower
        + BOX
        + WORDS
        + text(100, 600, "之间")
        + text(100, 780, "单位：甲")
        + text(200, 780, "万元")
        + text(90, 400, "结尾")
    )
    found = read(PdfPage(content))
    kinds = [block.text if isinstance(block, FreeText) else block.cells[0].text for block in found.blocks]
    assert kinds == ["单位：甲  万元", "项目名称", "之间", "乙方", "结尾"]
    assert all(
        block.places[0].page == 1 and block.places[0].box for block in found.blocks if isinstance(block, FreeText)
    )


def test_spaces_stand_where_a_reader_sees_them() -> None:
    """Latin words keep their space, also one made by a gap; the gap of typesetting beside Chinese is none."""
    words = text(105, 740, "of the") + text(205, 740, "net") + text(224, 740, "work")
    assert texts(read(PdfPage(BOX + words)))[:2] == ["of the", "net work"]
    words = text(105, 740, "在 2024 年") + text(205, 740, "1 234.00")
    assert texts(read(PdfPage(BOX + words)))[:2] == ["在2024年", "1 234.00"]


def test_lines_of_a_cell_stay_apart() -> None:
    """A wrapped cell has one line of text for each printed line; vertical setting one letter a line."""
    words = (
        text(105, 750, "第一行")
        + text(105, 738, "第二行")
        + "".join(text(205, 750 - 9 * at, letter, 8) for at, letter in enumerate("AB"))
    )
    assert texts(read(PdfPage(BOX + words)))[:2] == ["第一行\n第二行", "A\nB"]


def without_codes(share_kept: str) -> bytes:
    """A PDF whose second font has no map from glyphs to letters; `share_kept` is printed with the good one."""
    pdf = FPDF()
    pdf.set_compression(False)
    pdf.add_page()
    pdf.add_font("Good", "", FONTS / "NotoSansSC-Regular.otf")
    pdf.add_font("Bad", "", FONTS / "NotoSerifSC-Regular.otf")
    pdf.set_font("Good", size=10)
    with pdf.table(first_row_as_headings=False) as table:
        for name in ("项目名称", share_kept):
            row = table.row()
            row.cell(name)
            pdf.set_font("Bad", size=10)
            row.cell("甲乙")
            pdf.set_font("Good", size=10)
    data = bytes(pdf.output())
    first = data.index(b"/ToUnicode")
    second = data.index(b"/ToUnicode", first + 1)
    return data[:second] + b"/ToUnicodX" + data[second + 10 :]


def test_glyphs_without_letters_are_said_not_guessed() -> None:
    """A glyph without a code stands as a replacement mark, lowers its cell's confidence, and is named as a loss."""
    found = read_pdf(without_codes("科技金融促进项目"), "f.pdf")
    assert texts(found) == ["项目名称", UNKNOWN * 2, "科技金融促进项目", UNKNOWN * 2]
    assert [str(cell.places[0].confidence) for cell in cells(found)] == ["1.0", "0.00", "1.0", "0.00"]
    assert len(found.losses) == 2
    assert "第 1 页" in found.losses[0]


def test_a_file_of_unknown_glyphs_is_refused() -> None:
    """Where most glyphs have no letter, the file is refused with a count."""
    with pytest.raises(Unreadable) as refusal:
        read_pdf(without_codes("甲").replace(b"/ToUnicode", b"/ToUnicodX"), "f.pdf")
    assert refusal.value.code == "glyphs_without_letters"


def test_a_page_of_pictures_among_others_is_a_loss() -> None:
    """A scanned page in a file with text is named; the rest is read."""
    picture = "q 200 0 0 200 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x55 EI Q\n"
    found = read(PdfPage(BOX + WORDS), PdfPage(picture), PdfPage(""))
    assert texts(found) == FOUR
    assert len(found.losses) == 1
    assert "第 2 页" in found.losses[0]


def test_a_watermark_is_in_no_cell() -> None:
    """Text set aslant across a table stays out of its cells, and is named."""
    mark = text(120, 705, "内部资料", 20, "0.7 0.7 -0.7 0.7")
    turned = ("/BBox [-900 -900 900 900] /Matrix [0.7 0.7 -0.7 0.7 150 700]", text(0, 0, "内部资料", 20))
    for page in (PdfPage(BOX + WORDS + mark), PdfPage(BOX + WORDS + "/M Do", forms={"M": turned})):
        found = read(page)
        assert texts(found) == FOUR
        assert len(found.losses) == 1
        assert "内部资料" in found.losses[0]


def test_a_scan_is_named_as_one() -> None:
    """A file of pictures is a scan, and the sentence says that it cannot be read yet."""
    scan = Path(__file__).parents[1] / "data" / "scan_clean200.pdf"
    with pytest.raises(Unreadable) as refusal:
        read_pdf(scan.read_bytes(), "scan.pdf")
    assert refusal.value.code == "scan_without_text"
    assert refusal.value.zh.startswith("scan.pdf：4 页")


def test_a_file_without_pages_or_with_too_many_is_refused() -> None:
    """No page, and more than two thousand, are each a sentence."""
    with pytest.raises(Unreadable) as refusal:
        read_pdf(make_pdf(), "f.pdf")
    assert refusal.value.code == "truncated_or_damaged"
    kids = "3 0 R " * 2001
    book = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count 2001 >>",
        "<< /Type /Page /Parent 2 0 R >>",
    ]
    with pytest.raises(Unreadable) as refusal:
        read_pdf(assemble(book), "f.pdf")
    assert refusal.value.code == "too_large"


def typeset(source: str) -> bytes:
    """A PDF of a typst source, in the Noto fonts."""
    data = typst.Compiler(font_paths=[str(FONTS)]).compile(source.encode())
    assert isinstance(data, bytes)
    return data


def test_ligatures_are_letters() -> None:
    """A glyph that stands for several letters gives them all."""
    source = '#set text(font: "Noto Serif SC")\n#table(columns: 2, [fluffy office], [项目])'
    assert texts(read_pdf(typeset(source), "f.pdf")) == [
        "fluffy office",
        "项目",
    ]


PIECES = (
    "项目",
    "Open",
    "AI",
    "2024年",
    "≥7.00",
    "（次）",
    "100.00%",
    "、",
    "office",
    "“张江之星”",
    "of the",
    "满意度",
)


def random_document(seed: int) -> str:
    """A typst source of one to three tables with random merged cells, widths, strokes and words."""
    chance = random.Random(seed)  # noqa: S311  # a reproducible document, no secret
    font, size, height = chance.choice(["Serif", "Sans"]), chance.choice([8, 9, 12]), chance.choice([300, 500, 842])
    source = f"#set page(width: 595pt, height: {height}pt, margin: 40pt)\n"
    source += f'#set text(font: "Noto {font} SC", size: {size}pt)\n'
    for _ in range(chance.randint(1, 3)):
        width, rows = chance.randint(2, 7), chance.randint(2, 9)
        merged = [(0, 0, rows, width)]
        for _ in range(chance.randint(2, 25)):
            top, left, bottom, right = merged.pop(chance.randrange(len(merged)))
            if bottom - top > 1 and chance.random() * 2 < 1:
                cut = chance.randrange(top + 1, bottom)
                merged += [(top, left, cut, right), (cut, left, bottom, right)]
            elif right - left > 1:
                cut = chance.randrange(left + 1, right)
                merged += [(top, left, bottom, cut), (top, cut, bottom, right)]
            else:
                merged.append((top, left, bottom, right))
        inner = ", ".join(
            f"table.cell(x: {left}, y: {top}, colspan: {right - left}, rowspan: {bottom - top})"
            f"[{' '.join(chance.choice(PIECES) for _ in range(chance.randint(0, 5)))}]"
            for top, left, bottom, right in merged
        )
        widths = ", ".join(chance.choice(["1fr", "2fr", "60pt"]) for _ in range(width))
        heights = ", ".join(chance.choice(["auto", "30pt"]) for _ in range(rows))
        stroke = chance.choice(["0.4pt", "1pt", "2pt"])
        source += f"#table(columns: ({widths}), rows: ({heights}), stroke: {stroke}, {inner})\n表外 文字 here\n"
    return source


@pytest.mark.parametrize("seed", range(16))
def test_our_cells_are_those_another_reader_finds(seed: int) -> None:
    """On random documents our cells have the outlines that pdfplumber finds, and the page's letters are all kept."""
    data = typeset(random_document(seed))
    found = read_pdf(data, "f.pdf")
    with pdfplumber.open(io.BytesIO(data)) as document:
        for number, page in enumerate(document.pages, 1):
            ours = sorted(
                cell.box for table in tables(found) if table.page == number for cell in table.cells if cell.box
            )
            theirs = sorted(
                tuple(round(edge * 100) for edge in outline)
                for table in page.find_tables() if len(table.cells) > 1 for outline in table.cells
            )  # fmt: skip
            assert len(ours) == len(theirs)
            for one, other in zip(ours, theirs, strict=True):
                assert all(abs(edge - its) <= 100 for edge, its in zip(one, other, strict=True))
            assert letters(page_text(found, number)) == letters(page.extract_text() or "")


def page_text(found: Grid, number: int) -> str:
    """All the text of one page of a grid."""
    return "".join(
        block.text if isinstance(block, FreeText) else "".join(cell.text for cell in block.cells)
        for block in found.blocks
        if (block.places[0].page if isinstance(block, FreeText) else block.page) == number
    )


def letters(words: str) -> list[str]:
    """The letters of a text without white space, sorted: what is there, whatever the order."""
    return sorted("".join(words.split()))


def test_letters_without_outlines_that_stand_alone_are_a_loss_or_read() -> None:
    """Where a font is neither embedded nor on this machine, what PDFium drops is said; where it is, all is read."""
    found = read(PdfPage(BOX + WORDS + text(105, 600, "甲")))
    alone = [block.text for block in found.blocks if isinstance(block, FreeText)]
    said = any("字体没有嵌入文件，有 1 处" in loss for loss in found.losses)
    assert said is (alone == [])

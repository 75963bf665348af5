"""Whole forms whose text lies in layers: typed into fields, noted, invisible, doubled, drawn letter by letter."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from forms.canvas import Document, Page
from forms.content import make
from forms.documents import FAMILIES
from forms.drawn_pdf import Look, Placed, drawn, framed, words
from forms.sheet import lay_out
from forms.truth import truth_of
from jixiao.form import Form, Place
from jixiao.layout.grid import FreeText, Grid, Table
from jixiao.layout.lexicon import load_lexicon
from jixiao.reading.formats.pdf import read_pdf
from reading.test_pdf_walls import read_exactly

SIZE = 9
PHOTO = "q {} 0 0 {} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x55 EI Q"


def ruled(name: str, seed: int, text: object = None) -> tuple[Document, Form]:
    """A ruled form of a family with its text laid in some way, and its truth."""
    printed = make(seed, FAMILIES[name])
    sheet = lay_out(printed, FAMILIES[name], 180)
    return drawn([sheet], Look(), framed, text or words), truth_of(printed, FAMILIES[name])  # type: ignore[arg-type]


def is_value(cell: Placed) -> bool:
    """Whether a cell holds a value and no label or heading."""
    return bool(cell.cell.text) and cell.cell.row_span == 1 and not load_lexicon().is_label(cell.cell.text)


def utf16(text: str) -> str:
    """A PDF text string."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


def rect(page: Page, cell: Placed) -> str:
    """The box of a cell as an annotation's."""
    return f"/Rect [{cell.left + 1} {page.high - cell.bottom + 1} {cell.right - 1} {page.high - cell.top - 1}]"


def in_fields(document: Document, page: Page, cells: Sequence[Placed]) -> None:
    """Values typed into form fields, the rest printed."""
    words(document, page, [cell for cell in cells if not is_value(cell)])
    for number, cell in enumerate(filter(is_value, cells)):
        page.annotations.append(
            f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f{number}) /Ff 4096 /F 4 /DA (/F1 9 Tf)"
            f" /V {utf16(cell.cell.text)} {rect(page, cell)} >>"
        )


def in_notes(document: Document, page: Page, cells: Sequence[Placed]) -> None:
    """Values written as free text annotations."""
    words(document, page, [cell for cell in cells if not is_value(cell)])
    page.annotations += [
        f"<< /Type /Annot /Subtype /FreeText /F 4 /Contents {utf16(cell.cell.text)} {rect(page, cell)} >>"
        for cell in filter(is_value, cells)
    ]


def twice(document: Document, page: Page, cells: Sequence[Placed]) -> None:
    """Everything printed twice, a hair aside, for bold."""
    for cell in cells:
        for x, y, line in cell.lines:
            document.text(page, x, y, line, SIZE)
            document.text(page, x + 0.3, y, line, SIZE)


def glyph_by_glyph(document: Document, page: Page, cells: Sequence[Placed]) -> None:
    """Every letter an object of its own, set now closer, now wider."""
    for cell in cells:
        for x, y, line in cell.lines:
            at = x
            for number, letter in enumerate(line):
                document.text(page, at + (-0.2, 0, 0.25)[number % 3], y, letter, SIZE)
                at += SIZE if letter >= "\u2010" else SIZE / 2


def white(document: Document, page: Page, cells: Sequence[Placed]) -> None:
    """White text on dark cells."""
    page.draw("0.2 g")
    for cell in cells:
        page.box(cell.left, cell.top, cell.right, cell.bottom)
    page.draw("1 g")
    words(document, page, cells)
    page.draw("0 g")


LAYERS = {
    "form fields": in_fields, "free text": in_notes, "twice": twice, "letter by letter": glyph_by_glyph,
    "white": white,
}  # fmt: skip


@pytest.mark.parametrize(("number", "layer"), list(enumerate(LAYERS)))
def test_text_in_any_layer_is_read_at_its_place(number: int, layer: str) -> None:
    """Typed, noted, doubled, scattered or white: every field of the form is as printed."""
    name = ("shanghai", "ministry", "beijing", "hubei", "linkage")[number]
    document, truth = ruled(name, 11 + number, LAYERS[layer])
    assert read_exactly(document, [truth]).losses == ()


def test_letters_that_are_drawings_of_the_page_are_read() -> None:
    """A Type 3 font, whose letters are drawings in the file, reads as any other."""
    printed = make(6, FAMILIES["hubei"])
    truth = truth_of(printed, FAMILIES["hubei"])
    document = drawn([lay_out(printed, FAMILIES["hubei"], 180)], Look(), framed, document=Document(drawn=True))
    assert len(document.letters) < 250
    read_exactly(document, [truth])


def test_a_flattened_field_counts_once() -> None:
    """A value that is printed under its field as well is not doubled."""

    def both(document: Document, page: Page, cells: Sequence[Placed]) -> None:
        in_fields(document, page, cells)
        words(document, page, [cell for cell in cells if is_value(cell)])

    read_exactly(*((found := ruled("shanghai", 12, both))[0], [found[1]]))


def test_ticks_and_hidden_fields() -> None:
    """A ticked box stands as ☑, an empty one as □; a hidden field says nothing."""
    document = Document()
    page = document.page()
    box = "/Type /Annot /Subtype /Widget /FT /Btn /AS /{0} /V /{0} /AP << /N << /Yes << >> /Off << >> >> >>"
    page.annotations = [
        f"<< {box.format('Yes')} /T (a) /F 4 /Rect [100 700 112 712] >>",
        f"<< {box.format('Off')} /T (b) /F 4 /Rect [200 700 212 712] >>",
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (c) /F 2 /V {utf16('不显示')} /Rect [300 700 400 712] >>",
    ]
    document.text(page, 115, 130, "优")
    grid = read_pdf(document.data(), "f.pdf")
    assert [block.text.split() for block in grid.blocks if isinstance(block, FreeText)] == [["☑", "优", "□"]]


def test_recognised_text_under_a_picture_is_read_with_less_confidence() -> None:
    """An invisible layer of letters over a scanned page is read, at 0.9 at most, and the page is named."""
    document, truth = ruled("shanghai", 14)
    for page in document.pages:
        page.content[1:1] = [PHOTO.format(page.wide, page.high), "3 Tr"]
    grid = read_exactly(document, [truth])
    assert {place.confidence for place in places(grid)} == {Decimal("0.9")}
    assert len(grid.losses) == 1
    assert "第 1 页是图像" in grid.losses[0]
    assert grid.eyes == ()


def places(grid: Grid) -> list[Place]:
    """The places of all cells with text."""
    tables = [block for block in grid.blocks if isinstance(block, Table)]
    return [place for table in tables for cell in table.cells if cell.text for place in cell.places]


def test_invisible_text_without_a_picture_is_not_read_and_said() -> None:
    """Letters that nobody can see say nothing about the form; their words are named."""

    def hidden(document: Document, page: Page, cells: Sequence[Placed]) -> None:
        words(document, page, cells)
        page.draw("3 Tr")
        document.text(page, cells[1].left + 3, cells[1].top + 3, "伪造的金额999", SIZE)
        page.draw("0 Tr")

    document, truth = ruled("ministry", 15, hidden)
    grid = read_exactly(document, [truth])
    assert [("伪造的金额999" in loss, "看不见的文字" in loss) for loss in grid.losses] == [(True, True)]


def test_glyphs_without_letters_are_for_eyes() -> None:
    """A page in a font without a map to letters has to be looked at."""
    document, _ = ruled("shanghai", 16)
    document.coded = False
    assert read_pdf(document.data(), "f.pdf", eyes=True).eyes == (1,)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_upright(turn: int) -> None:
    """Whatever /Rotate says, the form is read."""
    document, truth = ruled("yinchuan", turn)
    for page in document.pages:
        page.entries = f"/Rotate {turn}"
    read_exactly(document, [truth])

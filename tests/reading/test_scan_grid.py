"""The grid found on a picture of a page is the grid that the text layer of the same page has."""

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest

from forms.documents import FAMILIES, generate
from forms.pictures import page_pictures
from forms.wear import WEARS
from jixiao.layout.grid import Table
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.scan.flat import FlatPage
from jixiao.reading.scan.flatten import _size_of, flatten
from jixiao.reading.scan.picture import Picture, Pixels
from jixiao.reading.scan.turning import turned, turned_back

Shape = list[tuple[int, int, int, int]]


def picture_of(data: bytes, page: int, dpi: int) -> Pixels:
    """A page of a PDF as a grey picture."""
    document = pdfium.PdfDocument(data)
    drawn = document[page - 1].render(scale=dpi / 72, grayscale=True).to_numpy()
    return np.ascontiguousarray(drawn.reshape(drawn.shape[:2]))


def shapes_of(data: bytes, page: int) -> list[Shape]:
    """Row, column and spans of every cell of every table on a page, by its text layer."""
    tables = [block for block in read_pdf(data, "x.pdf").blocks if isinstance(block, Table) and block.page == page]
    return [sorted((c.row, c.column, c.row_span, c.column_span) for c in table.cells) for table in tables]


def found(flat: FlatPage) -> list[Shape]:
    """The same of a flat page."""
    return [sorted((c.row, c.column, c.row_span, c.column_span) for c in one.cells) for one in flat.lattices]


def boxes_of(data: bytes, page: int) -> list[tuple[int, ...]]:
    """The outlines of the cells of a page, by its text layer."""
    tables = [block for block in read_pdf(data, "x.pdf").blocks if isinstance(block, Table) and block.page == page]
    return [cell.box for table in tables for cell in table.cells if cell.box]


DOCUMENT = generate(FAMILIES["shanghai"], "fpdf", 501).data


@pytest.mark.parametrize("family", ["sichuan", "hubei"])
def test_a_clean_picture_has_the_cells_of_the_text_layer(family: str) -> None:
    """Rows, columns and spans on a rendered page are those of its text layer."""
    data = generate(FAMILIES[family], "fpdf", 501).data
    flat = flatten(Picture(picture_of(data, 1, 200), 200 / 72, 200 / 72))
    assert found(flat) == shapes_of(data, 1)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_page_is_read_and_its_boxes_lie_where_they_are_displayed(quarters: int) -> None:
    """Turned upright again a page has its cells, and each box leads back to its place on the page as it lies."""
    upright = picture_of(DOCUMENT, 1, 150)
    lying = turned(Picture(upright, 150 / 72, 150 / 72), -quarters)
    flat = flatten(lying, quarters)
    assert found(flat) == shapes_of(DOCUMENT, 1)
    box = boxes_of(DOCUMENT, 1)[0]
    shown = flat.back(flat.lattices[0].cells[0].box)
    back = turned_back(shown, -quarters, _size_of(Picture(upright, 150 / 72, 150 / 72)))
    assert all(abs(one - other) <= 150 for one, other in zip(back, box, strict=True))


def test_a_page_on_its_side_is_noticed() -> None:
    """Lines that run up or down turn the page; an upright one stays."""
    upright = Picture(picture_of(DOCUMENT, 1, 150), 150 / 72, 150 / 72)
    assert flatten(upright).quarters == 0
    assert flatten(turned(upright, 3)).quarters == 1


def test_a_skewed_page_under_a_red_seal_keeps_its_cells() -> None:
    """Two degrees of skew and a seal across rules change no cell, and boxes lead back to the skewed page."""
    grey = picture_of(DOCUMENT, 1, 200)
    height, width = grey.shape
    colour = np.stack([grey] * 3, axis=-1)
    cv2.circle(colour, (width // 2, height // 3), 170, (40, 40, 220), 9)
    colour = np.minimum(colour, np.stack([grey] * 3, axis=-1))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 2.0, 1.0)
    askew = cv2.warpAffine(colour, turn, (width, height), borderValue=(255, 255, 255)).astype(np.uint8)
    flat = flatten(Picture(askew, 200 / 72, 200 / 72))
    assert found(flat) == shapes_of(DOCUMENT, 1)
    left, top, right, bottom = (edge * 200 / 7200 for edge in boxes_of(DOCUMENT, 1)[0])
    middle = turn @ np.array([(left + right) / 2, (top + bottom) / 2, 1.0]) * 7200 / 200
    shown = flat.back(flat.lattices[0].cells[0].box)
    assert abs((shown[0] + shown[2]) / 2 - middle[0]) <= 200
    assert abs((shown[1] + shown[3]) / 2 - middle[1]) <= 200


def test_large_letters_are_no_walls() -> None:
    """The strokes of 口, 国, 一 and 目 in large type make no cell, and those of a frame do."""
    page = np.full((1754, 1240), 255, np.uint8)
    for x in (100, 600, 1100):
        cv2.line(page, (x, 200), (x, 500), 0, 2)
    for y in (200, 300, 400, 500):
        cv2.line(page, (100, y), (1100, y), 0, 2)
    for x in (150, 240, 700):
        cv2.rectangle(page, (x, 220), (x + 60, 280), 0, 3)
        cv2.line(page, (x, 250), (x + 60, 250), 0, 3)
        cv2.line(page, (x, 350), (x + 60, 350), 0, 3)
    assert found(flatten(Picture(page, 150 / 72, 150 / 72), 0)) == [[(r, c, 1, 1) for r in range(3) for c in range(2)]]


def test_rules_with_gaps_are_whole_and_letters_on_their_way_are_no_walls() -> None:
    """Dashed rules make the cells that whole ones make; the strokes of 目 between two of them make none."""
    page = np.full((1754, 1240), 255, np.uint8)
    for x in (100, 600, 1100):
        for y in range(200, 500, 20):
            cv2.line(page, (x, y), (x, y + 13), 0, 2)
    for y in (200, 232, 300, 400, 500):
        for x in range(100, 1100, 20):
            cv2.line(page, (x, y), (x + 13, y), 0, 2)
    for x in (150, 240, 700):
        cv2.rectangle(page, (x, 206), (x + 16, 226), 0, 2)
        cv2.rectangle(page, (x, 213), (x + 16, 219), 0, 2)
    assert found(flatten(Picture(page, 150 / 72, 150 / 72), 0)) == [[(r, c, 1, 1) for r in range(4) for c in range(2)]]


def test_a_worn_page_keeps_its_cells() -> None:
    """A page whose rules lost ink in many places, scanned askew, has the cells of its text layer."""
    pixels = page_pictures(DOCUMENT, WEARS["worn200"], 5)[0]
    assert found(flatten(Picture(pixels, 200 / 72, 200 / 72))) == shapes_of(DOCUMENT, 1)


@pytest.mark.parametrize("ink", [(200, 60, 40), (40, 40, 220), (60, 140, 40)])
def test_coloured_rules_are_found(ink: tuple[int, int, int]) -> None:
    """A table drawn in blue, red or green has its cells, though coloured ink is taken off other pages."""
    grey = picture_of(DOCUMENT, 1, 150)
    share = grey[..., None] / 255
    coloured = (share * 255 + (1 - share) * np.array(ink)).astype(np.uint8)
    assert found(flatten(Picture(coloured, 150 / 72, 150 / 72))) == shapes_of(DOCUMENT, 1)


def test_a_thick_frame_is_measured() -> None:
    """A page of thin rules has the least thickness, a frame of three points is said to be about as thick."""
    page = np.full((1754, 1240), 255, np.uint8)
    for y in (200, 300, 400):
        cv2.line(page, (100, y), (1100, y), 0, 1)
    for x in (100, 600, 1100):
        cv2.line(page, (x, 200), (x, 400), 0, 1)
    assert flatten(Picture(page, 150 / 72, 150 / 72), 0).thickness == 200
    cv2.rectangle(page, (100, 200), (1100, 400), 0, 6)
    assert 270 <= flatten(Picture(page, 150 / 72, 150 / 72), 0).thickness <= 400

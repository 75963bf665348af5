"""The grid found on a picture of a page is the grid that the text layer of the same page has."""

import numpy as np
import pypdfium2 as pdfium
import pytest

from forms.documents import FAMILIES, generate
from jixiao.layout.grid import Table
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.scan.flat import FlatPage
from jixiao.reading.scan.flatten import flatten
from jixiao.reading.scan.picture import Picture, Pixels

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


@pytest.mark.parametrize("family", ["shanghai", "sichuan", "hubei"])
def test_a_clean_picture_has_the_cells_of_the_text_layer(family: str) -> None:
    """Rows, columns and spans on a rendered page are those of its text layer."""
    data = generate(FAMILIES[family], "fpdf", 501).data
    flat = flatten(Picture(picture_of(data, 1, 200), 200 / 72, 200 / 72))
    assert found(flat) == shapes_of(data, 1)

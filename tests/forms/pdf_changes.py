"""PDFs changed after they were made: fonts without a table of letters, pages that are turned."""

import io
import re

import pypdfium2

_TO_UNICODE = re.compile(rb"/ToUnicode(?=\s+\d+\s+\d+\s+R)")
_RIGHT_ANGLE = 90


def without_letters(data: bytes) -> bytes:
    """The PDF with no font telling its letters: what is drawn is the same, what is copied is nothing.

    Raises:
        ValueError: no font of it told them in a place that can be reached.
    """
    changed, count = _TO_UNICODE.subn(b"/XoUnicode", data)
    if not count:
        raise ValueError("the PDF has no /ToUnicode outside its compressed objects")
    return changed


def turned(data: bytes, degrees: int) -> bytes:
    """The PDF with pages whose content is drawn sideways and that say so: as displayed nothing has changed."""
    source = pypdfium2.PdfDocument(data)
    made = pypdfium2.PdfDocument.new()
    for index in range(len(source)):
        width, height = source[index].get_size()
        sideways = degrees % 180 == _RIGHT_ANGLE
        page = made.new_page(height, width) if sideways else made.new_page(width, height)
        drawn = source.page_as_xobject(index, made).as_pageobject()
        drawn.set_matrix(pypdfium2.PdfMatrix(*_matrix(degrees, width, height)))
        page.insert_obj(drawn)
        page.gen_content()
        page.set_rotation(degrees)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _matrix(degrees: int, width: float, height: float) -> tuple[float, ...]:
    """Turns the content against the page, so that the page's own turn undoes it."""
    return {90: (0, 1, -1, 0, height, 0), 180: (-1, 0, 0, -1, width, height), 270: (0, -1, 1, 0, 0, width)}[degrees]


def lying(data: bytes, degrees: int) -> bytes:
    """The PDF with its pages turned, so that the text lies or stands on its head when displayed."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation((page.get_rotation() + degrees) % 360)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def text_of(data: bytes) -> bytes:
    """The text of a PDF as PDFium hands it out, a form feed between pages."""
    document = pypdfium2.PdfDocument(data)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append(text.get_text_range().replace("\r\n", "\n"))
    return "\f".join(pages).encode()

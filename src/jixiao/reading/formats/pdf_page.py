"""One PDF page as glyphs and rules: letters, their boxes, lines and thin boxes, forms inside forms."""

from jixiao.reading.formats import pdf_calls as pdf
from jixiao.reading.formats.pdf_frame import Frame, frame_of
from jixiao.reading.formats.pdf_letters import dropped, turns_of, write
from jixiao.reading.formats.pdf_pen import draw
from jixiao.reading.page import PageContent


def load_content(page: int, number: int) -> PageContent:
    """Read a loaded page.

    Args:
        page: address of the PDFium page.
        number: its number from 1.
    """
    text = pdf.load_text(page)
    try:
        displayed = frame_of(page)
        frame = Frame(displayed.box, turns_of(text, displayed.turns)) if text else displayed
        content = PageContent(number, shown=frame.into(displayed.turns))
        slanted = draw(page, frame, content)
        if text:
            letters = write(text, frame, content, slanted=slanted)
            content.dropped = dropped(page, text, letters)
        return content
    finally:
        if text:
            pdf.close_text(text)

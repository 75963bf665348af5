"""One PDF page as glyphs and rules: letters, their boxes, lines and thin boxes, forms inside forms."""

from jixiao.reading.formats import pdf_calls as pdf
from jixiao.reading.formats.pdf_frame import Frame, frame_of
from jixiao.reading.formats.pdf_letters import Crowded, dropped, is_crowded, turns_of, write
from jixiao.reading.formats.pdf_notes import add_notes
from jixiao.reading.formats.pdf_pen import draw
from jixiao.reading.page import PageContent


def load_content(page: int, number: int, form: int = 0) -> PageContent:
    """Read a loaded page.

    Args:
        page: address of the PDFium page.
        number: its number from 1.
        form: address of the document's form environment, 0 where it has no fields.

    Raises:
        Crowded: a line of it is set in more pieces than any line has.
    """
    if is_crowded(page):
        raise Crowded
    text = pdf.load_text(page)
    try:
        displayed = frame_of(page)
        frame = Frame(displayed.box, turns_of(text, displayed.turns)) if text else displayed
        content = PageContent(number, shown=frame.into(displayed.turns))
        slanted = draw(page, frame, content)
        if text:
            letters = write(text, frame, content, slanted=slanted)
            content.dropped = dropped(page, text, letters)
        add_notes(page, form, frame, content)
        return content
    finally:
        if text:
            pdf.close_text(text)

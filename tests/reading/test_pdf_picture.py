"""Pages as pictures, and which pages have to be looked at."""

import pytest

from jixiao.reading.errors import Unreadable
from jixiao.reading.formats.pdf import opened, read_pdf
from jixiao.reading.formats.pdf_picture import Picture, render_page
from reading.pdf_maker import PdfPage, bar, make_pdf, text

PHOTO = "q 200 0 0 200 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x55 EI Q\n"


def picture(page: PdfPage, dpi: int = 72, *, colour: bool = False) -> Picture:
    """A hand-written page drawn."""
    with opened(make_pdf(page), "f.pdf") as document:
        return render_page(document, 0, dpi, colour=colour, file="f.pdf")


def test_a_page_is_drawn_as_displayed() -> None:
    """One pixel a point at 72 dpi, white paper, and a black bar where it stands; turned where the page is turned."""
    page = "0 g\n" + bar(10, 80, "20", "10")
    drawn = picture(PdfPage(page, "/MediaBox [0 0 60 100]"))
    assert (drawn.width, drawn.height, drawn.channels) == (60, 100, 1)
    assert drawn.pixels[15 * 60 + 15] == 0
    assert drawn.pixels[50 * 60 + 15] == 255
    turned = picture(PdfPage(page, "/MediaBox [0 0 60 100] /Rotate 90"))
    assert (turned.width, turned.height) == (100, 60)
    assert turned.pixels[15 * 100 + 85] == 0


def test_colours_are_kept_where_asked() -> None:
    """A red bar has red at its third channel and none at its first."""
    drawn = picture(PdfPage("1 0 0 rg\n" + bar(0, 0, "60", "100"), "/MediaBox [0 0 60 100]"), 144, colour=True)
    assert (drawn.width, drawn.height, drawn.channels) == (120, 200, 3)
    assert drawn.pixels[:3] == b"\x00\x00\xff"


def test_a_picture_beyond_the_limit_is_refused() -> None:
    """A page of more than fifty million pixels is a sentence, not a picture; one just below is drawn."""
    with pytest.raises(Unreadable) as refusal:
        picture(PdfPage("", "/MediaBox [0 0 7073 7072]"))
    assert refusal.value.code == "too_large"
    assert "f.pdf：第 1 页" in refusal.value.zh
    assert picture(PdfPage("", "/MediaBox [0 0 7071 7071]")).width == 7071


def test_pages_of_pictures_are_for_eyes() -> None:
    """With eyes, a page that only shows a picture is named and nothing is refused or called lost."""
    data = make_pdf(PdfPage(text(100, 700, "项目名称")), PdfPage(PHOTO), PdfPage(""))
    assert read_pdf(data, "f.pdf").eyes == (2,)
    found = read_pdf(make_pdf(PdfPage(PHOTO)), "f.pdf", eyes=True)
    assert (found.blocks, found.losses, found.eyes) == ((), (), (1,))


def test_letters_drawn_as_outlines_are_for_eyes() -> None:
    """A page of many curved shapes and no text is letters drawn; a few shapes are an ornament."""
    shape = "{0} 100 m {0} 120 {1} 120 {1} 100 c f\n"
    outlines = "".join(shape.format(x, x + 8) for x in range(0, 590, 10))
    assert read_pdf(make_pdf(PdfPage(outlines)), "f.pdf", eyes=True).eyes == (1,)
    assert read_pdf(make_pdf(PdfPage(shape.format(100, 108))), "f.pdf", eyes=True).eyes == ()

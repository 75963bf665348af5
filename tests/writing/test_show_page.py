"""The page that shows where each field was read."""

import re
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from forms.by_hand import COLUMNS, FUNDS, GOAL, HEAD, ROW, TOTAL, grid, line, table
from jixiao.form import Form, Place, Problem
from jixiao.layout.shown import Sheet, ShownCell
from jixiao.reading.interpreter import interpret
from jixiao.reading.png import png_of
from jixiao.reading.shown import sheets_of_grid, sheets_of_text
from jixiao.scoring.sheet import Text
from jixiao.writing.forms_report import FileForms
from jixiao.writing.report import ReportError
from jixiao.writing.show.page import write_shown

D = Decimal


class Page(HTMLParser):
    """Ids and inner links of a page, and the tones of its cells."""

    def __init__(self, text: str) -> None:
        """Parse."""
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tones: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect."""
        values = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value[1:] for name, value in attrs if name == "href" and value and value.startswith("#")]
        if tag in ("td", "rect"):
            self.tones.append(values.get("class") or "")


def _sheet_form() -> tuple[Form, tuple[Sheet, ...]]:
    document = grid(line("项目支出绩效自评表"), line("（2023年度）"), [*HEAD, *FUNDS, *GOAL, COLUMNS, ROW, TOTAL])
    (form,) = interpret(document, "a.xlsx")
    return form, sheets_of_grid(document)


def _shown(form: Form, sheets: tuple[Sheet, ...], **more: str) -> str:
    return write_shown([(FileForms("a.xlsx", "", forms=(form,)), sheets)], **more).decode()  # type: ignore[arg-type]


def test_every_field_with_a_place_is_listed_and_leads_to_its_cell() -> None:
    """Each entry of the list has a link to a mark, each mark one to an entry, and no id stands twice."""
    form, sheets = _sheet_form()
    page = Page(_shown(form, sheets))
    assert len(page.ids) == len(set(page.ids))
    assert {link for link in page.links if link.startswith("f")} <= set(page.ids)
    spots = {spot for sheet in sheets for cell in sheet.cells for spot in cell.spots}
    with_cell = [
        number for number, places in enumerate(form.places.values(), 1) if any(place.cell in spots for place in places)
    ]
    assert len(with_cell) > 20
    assert {f"b{number}-1" for number in with_cell} <= set(page.ids)


@pytest.mark.parametrize(
    ("confidence", "tone"), [("1.0", "sure"), ("0.99", "sure"), ("0.95", "likely"), ("0.5", "doubtful")]
)
def test_the_tone_follows_the_confidence(confidence: str, tone: str) -> None:
    """Sure from 99 per cent, likely from 90, below that doubtful."""
    form, sheets = _sheet_form()
    places = {
        pointer: tuple(replace(place, confidence=D(confidence)) for place in found)
        for pointer, found in form.places.items()
        if not pointer.startswith("/extras/")
    }
    page = Page(_shown(replace(form, places=places), sheets))
    assert {each for each in page.tones if each} == {tone}


def test_a_page_with_a_picture_has_boxes_in_points() -> None:
    """The picture fills the page; a field's box stands where its place says, in points."""
    place = Place("a.pdf", page=2, box=(D("71.20"), D("402.90"), D("188.00"), D("431.50")), confidence=D("0.8"))
    form = Form(title="自评表", places={"/title": (place,)})
    text = _shown(form, (Sheet(2, 59500, 84200, png_of(b"\xff" * 6, 3, 2), ()),))
    assert 'viewBox="0 0 595.00 842.00"' in text
    assert '<rect class="mark doubtful" x="71.20" y="402.90" width="116.80" height="28.60"/>' in text
    assert "data:image/png;base64,iVBOR" in text


def test_a_page_without_a_picture_is_drawn_from_its_cells() -> None:
    """Where the source has geometry and no picture, its outlines and words are drawn."""
    cell = ShownCell(0, 0, 1, 1, "项目名称", (1000, 2000, 9000, 4000))
    text = _shown(Form(), (Sheet(1, 59500, 84200, b"", (cell,)),))
    assert '<rect class="cell" x="10.00" y="20.00" width="80.00" height="20.00"/>' in text
    assert "项目名称</text>" in text


def test_a_text_is_shown_by_lines() -> None:
    """A field of a text is marked in its line."""
    place = Place("a.txt", line=2, column=1)
    text = _shown(Form(title="自评表", places={"/title": (place,)}), sheets_of_text("附件\n自评表\n"))
    assert re.search(r'<td class="sure">自评表 <a class="number"', text)


def test_what_the_document_says_is_escaped() -> None:
    """Markup in a document is text on the page, and no script may run."""
    cell = ShownCell(0, 0, 1, 1, "<script>alert(1)</script>", spots=("S!A1",))
    evil = Form(title="<img src=x>", places={"/title": (Place("a", cell="S!A1"),)})
    text = _shown(evil, (Sheet(0, 0, 0, b"", (cell,)),))
    assert "<script" not in text
    assert "<img" not in text
    assert "default-src 'none'" in unescape(text)


def test_problems_stand_beside_their_field_or_above_the_list() -> None:
    """A problem of a field that was read stands there; one of a missing field above."""
    form, sheets = _sheet_form()
    read, missing = Problem("/total/score", "sum_disagrees", "合计不符"), Problem("/grade", "missing", "没有读到等级")
    text = _shown(replace(form, problems=(read, missing)), sheets)
    assert '<span class="problem">合计不符</span>' in text
    assert "<li><b>评分等级</b> 没有读到等级</li>" in text


def test_a_file_that_could_not_be_read_says_so() -> None:
    """Its error stands in place of forms, in the language asked for."""
    error = ReportError("empty", Text("文件是空的", "the file is empty"), Text("请重新索取", "ask again"))
    for language, words in (("zh", "文件是空的"), ("en", "the file is empty")):
        assert words in write_shown([(FileForms("a.pdf", "", error), ())], language).decode()  # type: ignore[arg-type]


def test_a_png_is_what_its_pixels_say() -> None:
    """Another reader decodes the same pixels."""
    from io import BytesIO

    from PIL import Image

    pixels = bytes(range(6))
    with Image.open(BytesIO(png_of(pixels, 3, 2))) as image:
        assert (image.size, image.tobytes()) == ((3, 2), pixels)


def test_a_picture_of_no_pixels_is_refused() -> None:
    """The size must be that of the pixels."""
    with pytest.raises(ValueError, match="0 pixels for a picture of 3 × 0"):
        png_of(b"", 3, 0)


def test_tables_and_lines_of_a_sheet_follow_one_another() -> None:
    """Without pages each table is a sheet of its own; lines before it are one."""
    document = grid(line("标题"), line("副题"), table([["甲", "乙"]]), table([["丙"]]))
    assert [len(sheet.cells) for sheet in sheets_of_grid(document)] == [2, 2, 1]

"""What a child gives to show: pages as pictures, tables, lines."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from jixiao.reading import Unreadable, show_file

DATA = Path(__file__).resolve().parents[1] / "data"


def test_a_pdf_is_shown_by_pictures_of_its_pages() -> None:
    """Each page as PNG, its size in points that of the page."""
    sheets = show_file(DATA / "lo_docx3.pdf")
    assert [sheet.page for sheet in sheets] == list(range(1, len(sheets) + 1))
    for sheet in sheets:
        with Image.open(BytesIO(sheet.picture)) as image:
            assert abs(image.width * 7200 // 110 - sheet.width) < 100
            assert image.mode == "L"
        assert abs(sheet.width - 59528) < 100


def test_a_workbook_is_shown_by_its_tables() -> None:
    """Every cell with its text and its name, so that fields find it."""
    sheets = show_file(DATA / "forms7.xlsx")
    assert {sheet.page for sheet in sheets} == {0}
    assert any(cell.spots and cell.spots[0].endswith("!C3") for sheet in sheets for cell in sheet.cells)


def test_a_page_drawn_from_its_letters_has_boxes() -> None:
    """Where no picture is made, the cells have outlines on the page."""
    sheets = show_file(DATA / "forms7.ofd")
    assert all(sheet.page and not sheet.picture and all(cell.box for cell in sheet.cells) for sheet in sheets)
    assert all(cell.box and cell.box[2] <= sheet.width for sheet in sheets for cell in sheet.cells)


def test_a_text_is_shown_by_its_lines(tmp_path: Path) -> None:
    """Lines count from 1, whatever ends them."""
    text = tmp_path / "a.txt"
    text.write_bytes("项目名称\r\n甲\n乙".encode())
    (sheet,) = show_file(text)
    assert [(cell.text, cell.spots) for cell in sheet.cells] == [("项目名称", ("1",)), ("甲", ("2",)), ("乙", ("3",))]


def test_what_cannot_be_opened_cannot_be_shown(tmp_path: Path) -> None:
    """A broken file is the same sentence here as in reading."""
    broken = tmp_path / "a.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(Unreadable, match=r"cut off or damaged"):
        show_file(broken)


def test_a_picture_is_shown_where_there_are_eyes(tmp_path: Path) -> None:
    """A scan in PNG is shown as it is, with its size on paper; A4 where it does not tell."""
    page = tmp_path / "a.png"
    Image.new("L", (827, 1169), 255).save(page)
    (sheet,) = show_file(page)
    with Image.open(BytesIO(sheet.picture)) as image:
        assert image.size == (827, 1169)
    assert (sheet.page, sheet.height) == (1, 84189)

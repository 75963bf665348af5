"""The PDF writer: what it claims of itself holds, what it prints reads back."""

import io
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest
from PIL import ImageCms

from jixiao.layout.grid import FreeText, Table
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.interpret.wording import joined
from jixiao.writing.formats.pdf import embedding, write_pdf
from jixiao.writing.formats.pdf.about import gray_profile
from jixiao.writing.paper import model
from jixiao.writing.paper.about import About
from jixiao.writing.paper.faces import faces
from jixiao.writing.paper.model import Cell, Document, Page, Text
from jixiao.writing.paper.unprintable import Unprintable

FACES = faces()
HARD = (
    "在 2024 年完成 iPhone 15 Pro  max 采购　一台",
    "supercalifragilisticexpialidocious x. foo, bar 1. 2",
    "=1+1", "一⼀", "12345678901234567890" * 3, "a\u00a0b", "https://example.org/a?b=1&c=2",
    "☑ 是 ☐ 否，CO₂ 中⁰ 5⁶ x² ⼀ 甲", "“引”（括）——省略……", "‰ ≥100.00(%) ☆", "每月 1日 前 ，完成",
)  # fmt: skip


def document(texts: tuple[str, ...] = HARD, name: str = "甲") -> Document:
    """A title, a paragraph and a table with a heading, a merged label and a text a row."""
    cells = [Cell(0, 0, "一级", role="label"), Cell(0, 1, "内容", role="label")]
    cells.append(Cell(1, 0, "产出\n指标", len(texts), role="label"))
    cells += [Cell(row, 1, text, align="left") for row, text in enumerate(texts, 1)]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    table = model.Table((3000, 7000), len(texts) + 1, tuple(cells), (0, 1), (1, len(texts) + 1))
    return Document(name, Page(), (Text("标题", 1, "center", "title", 1600), Text("段落 一 x" * 20), table))


def written(*documents: Document, about: About | None = None) -> bytes:
    """The whole file."""
    return b"".join(write_pdf(documents, FACES, about))


def opened(data: bytes) -> pikepdf.Pdf:
    """The file as qpdf sees it, without a complaint."""
    file = pikepdf.open(io.BytesIO(data))
    assert file.check_pdf_syntax() == []
    return file


def elements(node: Any) -> list[Any]:
    """All elements of the tag tree, in order."""
    kids = node.get("/K", pikepdf.Array())
    found = [] if node.get("/S") is None else [node]
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found += elements(kid)
    return found


def test_texts_read_back_letter_by_letter() -> None:
    """Blanks between words, long words, signs, two letters of one glyph: the reader gives each back."""
    grid = read_pdf(written(document()), "a.pdf")
    (table,) = [block for block in grid.blocks if isinstance(block, Table)]
    assert [joined(cell.text, paged=True) for cell in table.cells if cell.column == 1][1:] == [
        each.replace("\xa0", " ") for each in HARD
    ]
    lines = [block.text for block in grid.blocks if isinstance(block, FreeText)]
    assert joined("\n".join(lines[1:]), paged=True) == "段落 一 x" * 20
    assert grid.losses == ()


def test_a_page_number_is_no_text_of_the_form() -> None:
    """What stands at the foot is read neither as a line nor into a cell."""
    blocks = read_pdf(written(document()), "a.pdf").blocks
    assert not any("页" in block.text for block in blocks if isinstance(block, FreeText))


def test_it_claims_archival_and_accessible_pdf() -> None:
    """The metadata name PDF/A-2a and PDF/UA-1, title, language and date, and the information agrees with them."""
    created = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    file = opened(written(document(), about=About("某局自评表 & 报告", created=created)))
    with file.open_metadata() as xmp:
        assert xmp["pdfaid:part"] == "2"
        assert xmp["pdfaid:conformance"] == "A"
        assert xmp["pdfuaid:part"] == "1"
        assert xmp["dc:title"] == "某局自评表 & 报告"
        assert xmp["xmp:CreateDate"] == "2026-01-02T03:04:05+00:00"
    assert str(file.docinfo["/Title"]) == "某局自评表 & 报告"
    assert str(file.docinfo["/CreationDate"]) == "D:20260102030405+00'00"
    assert file.Root.Lang == "zh-CN"
    assert file.Root.MarkInfo.Marked
    assert file.Root.ViewerPreferences.DisplayDocTitle
    assert "/Filter" not in file.Root.Metadata


def test_nothing_that_archives_forbid_is_in_it() -> None:
    """No encryption, script, action, transparency or embedded file; an output intent whose profile can be opened."""
    data = written(document())
    file = opened(data)
    assert not file.is_encrypted
    for name in ("/JavaScript", "/OpenAction", "/AA", "/EmbeddedFiles", "/Group", "/SMask", "/Encrypt", "/AcroForm"):
        assert not any(name in each for each in file.objects if isinstance(each, pikepdf.Dictionary))
    (intent,) = file.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    profile = ImageCms.ImageCmsProfile(io.BytesIO(intent.DestOutputProfile.read_bytes()))
    assert profile.profile.xcolor_space.strip() == "GRAY"
    assert intent.DestOutputProfile.read_bytes() == gray_profile()
    assert data.startswith(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3")
    assert data.rstrip().endswith(b"%%EOF")


def test_every_font_is_embedded_cut_down_and_means_letters() -> None:
    """Each font has its program, a name with a tag, a width and a letter for every code that a page shows."""
    file = opened(written(document()))
    fonts = file.pages[0].Resources.Font
    for font in fonts.values():
        (inner,) = font.DescendantFonts
        assert "+" in str(inner.BaseFont)
        program: Any = inner.FontDescriptor.get("/FontFile3") or inner.FontDescriptor.get("/FontFile2")
        assert 0 < len(program.read_bytes()) < 400_000
        assert (inner.Subtype == "/CIDFontType2") == ("/CIDToGIDMap" in inner)
        widths = [int(each) for each in inner.W if not isinstance(each, pikepdf.Array)]
        meaning = font.ToUnicode.read_bytes()
        assert b"<0000> <FFFF>" in meaning
        assert widths == sorted(set(widths))
        for code, _ in codes_shown(file, font):
            assert int(code, 16) in widths
            assert f"<{code}> <".encode() in meaning


def instructions(page: pikepdf.Page) -> list[tuple[list[Any], Any]]:
    """What a page paints, operator by operator."""
    return [(list(each.operands), each.operator) for each in pikepdf.parse_content_stream(page)]


def codes_shown(file: pikepdf.Pdf, font: Any) -> list[tuple[str, str]]:
    """The codes that pages show in a font."""
    name = next(key for key, value in file.pages[0].Resources.Font.items() if value.objgen == font.objgen)
    found, at = [], ""
    for page in file.pages:
        for operands, operator in instructions(page):
            if str(operator) == "Tf":
                at = str(operands[0])
            elif str(operator) == "TJ" and at == name:
                shown = "".join(bytes(each).hex().upper() for each in operands[0] if isinstance(each, pikepdf.String))
                found += [(shown[place : place + 4], name) for place in range(0, len(shown), 4)]
    return found


def test_the_tag_tree_has_tables_with_headings_and_spans() -> None:
    """Sect, H1, P, Table, TR, TH with its scope, TD with its spans; a heading of a table again on each further page."""
    file = opened(written(document(HARD * 12)))
    root = file.Root.StructTreeRoot
    every = elements(root)
    tags = [str(each.S) for each in every]
    assert tags[:4] == ["/Document", "/Sect", "/H1", "/P"]
    assert tags.count("/Table") == len(file.pages) > 1
    headings = [each for each in every if each.S == "/TH"]
    assert {str(each.A.Scope) for each in headings} == {"/Column", "/Row"}
    assert any(int(each.A.get("/RowSpan", 1)) > 1 for each in headings)
    assert sum(str(each.A.Scope) == "/Column" for each in headings) == 2 * len(file.pages)


def test_every_mark_on_a_page_belongs_to_an_element() -> None:
    """The parent tree leads from each mark of a page to the element that names the mark and the page."""
    file = opened(written(document(HARD * 6), document(name="乙")))
    numbers = file.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    for page in file.pages:
        marks = parents[int(page.StructParents)]
        used = [
            int(operands[1].MCID)
            for operands, operator in instructions(page)
            if str(operator) == "BDC" and "/MCID" in operands[1]
        ]
        assert used == list(range(len(marks)))
        for number, element in enumerate(marks):
            assert number == element.K
            assert element.Pg.objgen == page.objgen


def test_each_document_has_a_bookmark_on_its_page() -> None:
    """Two documents in a file: two bookmarks, each to the page where its document begins."""
    file = opened(written(document(HARD * 6), document(name="乙")))
    with file.open_outline() as outline:
        assert [item.title for item in outline.root] == ["甲", "乙"]
        places: list[Any] = [item.destination for item in outline.root]
        pages = [place[0].objgen for place in places]
    assert pages[0] == file.pages[0].objgen
    assert pages[1] == file.pages[-1].objgen


def test_the_same_documents_give_the_same_bytes() -> None:
    """No clock, no chance: written twice, one file."""
    assert written(document(), document(name="乙")) == written(document(), document(name="乙"))


def test_it_is_written_piece_by_piece() -> None:
    """Each document leaves as it is done: nothing grows with their number but a table of places."""
    pieces = list(write_pdf([document(name=str(number)) for number in range(5)], FACES))
    assert len(pieces) == 6
    assert all(len(piece) < 40_000 for piece in pieces[1:5])


def test_a_letter_without_a_glyph_stops_it() -> None:
    """The letter is named; no end of a file was given."""
    with pytest.raises(Unprintable, match=r"U\+323AF"):
        written(document(("甲\U000323af",)))


def test_a_font_taken_apart_beforehand_is_cut_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files after the many that make it worth while to take the font apart have the same bytes as the first."""
    monkeypatch.setattr(embedding, "_OFTEN", 2)
    embedding._source.cache_clear()
    some = [written(document(name=name)) for name in "甲甲甲"]
    assert some[0] == some[1] == some[2]

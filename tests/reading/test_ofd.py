"""OFD as real producers write it: letters where they are printed, rules as tables, and everything left out is said."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from forms.content import make
from forms.documents import FAMILIES
from forms.losses import lost_texts
from forms.measure import differences, filled_pointers
from forms.ofd_file import ofd, some_dialect
from forms.sheet import lay_out
from forms.truth import truth_of
from forms.typst_pdf import Style
from jixiao.form import Place, to_wire
from jixiao.layout.grid import FreeText, Grid, Table
from jixiao.reading import Unreadable
from jixiao.reading.formats.ofd import pictures_of, read_ofd
from jixiao.reading.interpreter import interpret
from jixiao.reading.parse import parse_bytes
from reading.ofd_maker import AREA, NS, ofd_of, page, parts_of, path, ruled, text, zipped

DATA = Path(__file__).parent.parent / "data"
TABLE = ruled([20, 60, 100], [20, 30, 40])


def lines(grid: Grid) -> list[str]:
    """The free lines of a grid."""
    return [block.text for block in grid.blocks if isinstance(block, FreeText)]


def cells(grid: Grid) -> list[str]:
    """The texts of the cells of all tables."""
    return [cell.text for block in grid.blocks if isinstance(block, Table) for cell in block.cells]


def read(objects: str) -> Grid:
    """The grid of one page."""
    return read_ofd(ofd_of(objects), "a.ofd")


def losses(grid: Grid) -> str:
    """All its sentences."""
    return "\n".join(grid.losses)


def test_the_sample_is_read_exactly() -> None:
    """The seven seed forms, written as OFD, give every field of the truth; nothing is missing or unplaced."""
    truth: list[dict[str, Any]] = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))
    forms = parse_bytes((DATA / "forms7.ofd").read_bytes(), "forms7.ofd")
    assert len(forms) == 7
    for form, want in zip(forms, truth, strict=True):
        wire = to_wire(form)
        wire["project"] = wire["project"]["name"]
        for indicator in wire["indicators"]:
            indicator["target"], indicator["actual"] = indicator["target"]["text"], indicator["actual"]["text"]
        assert {field: wire[field] for field in want} == want
        assert form.problems == ()
        assert "unplaced" not in {extra.label for extra in form.extras}
        assert [pointer for pointer in filled_pointers(form) if not form.places.get(pointer)] == []


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_generated_forms_in_every_dialect_are_read_exactly(family: str, seed: int) -> None:
    """Three forms of each family, each in another dialect: every field as printed, with a place, nothing lost."""
    known = FAMILIES[family]
    wide = len(known.indicators.columns) >= 9 or seed == 2
    style = Style(size=8, landscape=wide, middle=seed != 1, numbered=seed == 3, repeats=seed == 2, top=10 + seed * 20)
    printed = [make(seed * 10 + 7, known)]
    dialect = some_dialect(seed * 100 + sum(map(ord, family)))
    sheets = [lay_out(each, known, style.width) for each in printed]
    data = ofd(sheets, style, dialect, "lines" if seed == 3 else "rows")
    grid = read_ofd(data, "a.ofd")
    forms = interpret(grid, "a.ofd")
    assert [differences(truth_of(each, known), form) for each, form in zip(printed, forms, strict=True)] == [[]]
    assert lost_texts(grid, forms) == []
    assert grid.losses == ()
    assert [pointer for pointer in filled_pointers(forms[0]) if not forms[0].places.get(pointer)] == []


def test_letters_stand_in_their_cells_with_page_and_box() -> None:
    """Millimetres become points with two decimals, origin top left; a cell's place is its outline."""
    grid = read(TABLE + text("22 22", "甲") + text("62 32", "12.50", code='DeltaX="2 2 2 2"'))
    assert cells(grid) == ["甲", "", "", "12.50"]
    table = grid.blocks[0]
    assert isinstance(table, Table)
    box = Decimal("170.08"), Decimal("85.04"), Decimal("283.46"), Decimal("113.39")
    assert table.cells[3].places == (Place("a.ofd", 1, box),)


ADVANCES = {
    "each": 'DeltaX="4 4 4"', "run": 'DeltaX="g 3 4"', "run and single": 'DeltaX="g 2 4 4"',
    "the last again": 'DeltaX="4"', "too many": 'DeltaX="g 1000000000 4"', "none": "",
}  # fmt: skip


@pytest.mark.parametrize("name", ADVANCES)
def test_advances_in_every_spelling_place_the_letters(name: str) -> None:
    """Steps one by one, as runs, too few or too many: the letters stand side by side, in their cell."""
    grid = read(TABLE + text("22 22", "项目名称", code=ADVANCES[name]))
    assert cells(grid) == ["项目名称", "", "", ""]
    assert ("字距" in losses(grid)) is (name == "none")


def test_a_letter_is_as_wide_as_its_step_or_the_rest_of_its_outline() -> None:
    """A "W" wider than a square has no blank after it; the last letter ends where its object ends, before the wall."""
    assert cells(read(TABLE + text("22 22", "W0", code='DeltaX="4.2"')))[0] == "W0"
    narrow = (
        '<ofd:TextObject Boundary="54.6 22 4.9 6" Font="1" Size="4">'
        '<ofd:TextCode X="0" Y="4" DeltaX="4">“.</ofd:TextCode></ofd:TextObject>'
    )
    grid = read(TABLE + narrow)
    assert (cells(grid)[0], grid.losses) == ("“.", ())


def test_blanks_that_no_step_counts_do_not_move_the_letters() -> None:
    """Where there are as many steps as letters without the blanks, a blank takes no step."""
    grid = read(TABLE + text("22 22", "单 位 名 称", code='DeltaX="4 4 4"'))
    assert cells(grid)[0] == "单位名称"


def test_escaped_letters_are_letters() -> None:
    r"""What the standard lets a program write as \9879 is that letter, where the steps say so."""
    assert cells(read(TABLE + text("22 22", r"\9879\76ee", code='DeltaX="4"')))[0] == "项目"
    assert cells(read(TABLE + text("22 22", r"\1234", code='DeltaX="2 2 2 2"')))[0] == r"\1234"


def test_text_scaled_by_its_matrix_stands_where_it_is_drawn() -> None:
    """A size of 1 under a matrix of 4 is a letter of 4 millimetres; its advances grow with it."""
    grown = '<ofd:TextObject Boundary="22 22 9 9" CTM="4 0 0 4 0 0" Font="1" Size="1">'
    code = '<ofd:TextCode X="0" Y="1" DeltaX="1">甲乙</ofd:TextCode></ofd:TextObject>'
    assert cells(read(TABLE + grown + code)) == ["甲乙", "", "", ""]


def test_several_codes_of_one_object_and_vertical_setting() -> None:
    """A second TextCode stands at its own point; letters set downwards by DeltaY come one a line."""
    two = (
        '<ofd:TextObject Boundary="22 22 70 6" Font="1" Size="4"><ofd:TextCode X="0" Y="4">甲</ofd:TextCode>'
        '<ofd:TextCode X="40">乙</ofd:TextCode></ofd:TextObject>'
    )
    down = text("22 30", "丙丁", code='DeltaY="5"')
    assert cells(read(TABLE + two + down)) == ["甲", "乙", "丙\n丁", ""]


def test_a_turned_page_is_read_upright_and_placed_as_displayed() -> None:
    """Text that runs down the page is turned upright with its rules; its places stay those of the page as displayed."""
    turned = (
        '<ofd:TextObject Boundary="{} 9 9" CTM="0 1 -1 0 0 0" Font="1" Size="4">'
        '<ofd:TextCode X="0" Y="0" DeltaX="4">{}</ofd:TextCode></ofd:TextObject>'
    )
    grid = read(TABLE + turned.format("94 22", "左上") + turned.format("54 32", "右下"))
    assert cells(grid) == ["左上", "", "", "右下"]
    table = grid.blocks[0]
    assert isinstance(table, Table)
    box = table.cells[0].places[0].box
    assert box == tuple(Decimal(value) for value in ("170.08", "56.69", "283.46", "85.04"))


def test_rules_in_every_form_make_the_same_table() -> None:
    """Lines, filled thin boxes, cell frames and one path with all of them: the same four cells."""
    filled = 'Fill="true" Stroke="false"'
    thin = "".join(path(f"20 {y}", "M 0 0 L 80 0 L 80 .2 L 0 .2 C", filled) for y in (20, 30, 40))
    thin += "".join(path(f"{x} 20", "M 0 0 L .2 0 L .2 20 L 0 20 C", filled) for x in (20, 60, 100))
    frames = "".join(path(f"{x} {y}", "M 0 0 L 40 0 L 40 10 L 0 10 C") for x in (20, 60) for y in (20, 30))
    whole = path("20 20", "M0 0L80 0M0 10L80 10M0 20L80 20M0 0L0 20M40 0L40 20M80 0L80 20")
    for rules in (thin, frames, whole):
        assert cells(read(rules + text("22 22", "甲"))) == ["甲", "", "", ""]


def test_templates_and_vector_graphics_are_drawn_under_the_page() -> None:
    """Rules in a template page, labels in a vector graphic of the resources: both are part of the page."""
    unit = f'<ofd:CompositeGraphicUnit ID="7" Width="9" Height="9"><ofd:Content>{text("0 0", "甲")}</ofd:Content>'
    resources = f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    common = '<ofd:PublicRes>/Doc_0/R.xml</ofd:PublicRes><ofd:TemplatePage ID="3" BaseLoc="T/T.xml"/>'
    use = '<ofd:CompositeObject ResourceID="7" Boundary="20 20 9 9" CTM="1 0 0 1 2 2"/>'
    content = page(use, before='<ofd:Template TemplateID="3" ZOrder="Background"/>', area="")
    parts = parts_of(content, common=common) | {
        "Doc_0/R.xml": f"<ofd:Res {NS}>{resources}</ofd:Res>",
        "Doc_0/T/T.xml": page(TABLE),
    }
    grid = read_ofd(zipped(parts), "a.ofd")
    assert cells(grid) == ["甲", "", "", ""]
    assert grid.losses == ()


def test_a_missing_template_or_graphic_is_said() -> None:
    """A template or a graphic that is not there is named; the rest is read."""
    use = '<ofd:CompositeObject ResourceID="7" Boundary="20 20 9 9"/>'
    parts = parts_of(page(use + text("20 60", "甲"), before='<ofd:Template TemplateID="3"/>'))
    grid = read_ofd(zipped(parts), "a.ofd")
    assert lines(grid) == ["甲"]
    assert "缺少模板页" in losses(grid)
    assert "缺少资源" in losses(grid)


def test_text_that_is_not_shown_is_not_read_and_is_said() -> None:
    """Invisible, transparent and unpainted text, and text beyond the page, is in no cell; its words are told."""
    hidden = text("20 50", "子", 'Visible="false"') + text("20 60", "丑", 'Alpha="0"')
    hidden += text("20 70", "寅", 'Fill="false"') + text("400 80", "卯")
    grid = read(text("20 20", "甲") + hidden)
    assert lines(grid) == ["甲"]
    for word in "子丑寅卯":
        assert word in losses(grid)


def test_letters_hidden_under_a_picture_are_read_with_less_confidence() -> None:
    """A scan with recognised letters under it: they are read, at most 0.9 sure, and that is said."""
    picture = '<ofd:ImageObject ResourceID="4" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'
    grid = read(TABLE + text("22 22", "甲", 'Alpha="0"') + picture)
    assert cells(grid)[0] == "甲"
    table = grid.blocks[0]
    assert isinstance(table, Table)
    assert table.cells[0].places[0].confidence == Decimal("0.9")
    assert "请核对" in losses(grid)


def test_letters_without_a_code_stand_as_unknown() -> None:
    """A private code point is no letter: it stands as “�”, lowers the confidence of its cell, and is named."""
    grid = read(TABLE + text("22 22", "项\ue11e名称") + text("22 32", "\uf052是"))
    assert cells(grid)[0] == "项�名称"
    assert cells(grid)[2] == "☑是"
    assert "没有对应的文字" in losses(grid)
    with pytest.raises(Unreadable) as refusal:
        read(text("22 22", "\ue11e\ue22e\ue33e称"))
    assert refusal.value.code == "glyphs_without_letters"


def test_pages_of_pictures_are_a_scan_and_give_their_pictures() -> None:
    """Pages without letters are refused as a scan; each page's pictures can be had, with their place."""
    picture = '<ofd:ImageObject ResourceID="4" Boundary="10 10 100 100" CTM="100 0 0 50 0 0"/>'
    media = '<ofd:MultiMedia ID="4" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia>'
    parts = parts_of(page(picture), page(picture), common="<ofd:DocumentRes>D.xml</ofd:DocumentRes>") | {
        "Doc_0/D.xml": f'<ofd:Res {NS} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>',
        "Doc_0/Res/a.png": b"png",
    }
    data = zipped(parts)
    with pytest.raises(Unreadable) as refusal:
        read_ofd(data, "a.ofd")
    assert refusal.value.code == "scan_without_text"
    (found,) = pictures_of(data, "a.ofd", 2)
    assert found.data == b"png"
    assert found.box == (2835, 2835, 31181, 17008)
    mixed = zipped(parts | {"Doc_0/Pages/Page_1/Content.xml": page(text("20 20", "甲"))})
    assert "第 1 页只有图像" in losses(read_ofd(mixed, "a.ofd"))


def test_notes_attachments_and_seals_are_said() -> None:
    """Annotations with their words, attachments by name, and seals are named as not read or not verified."""
    annotation = (
        f'<ofd:PageAnnot {NS}><ofd:Annot Type="Stamp"><ofd:Appearance Boundary="0 0 9 9">{text("0 0", "同意")}'
        "</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
    )
    beside = "<ofd:Annotations>A/As.xml</ofd:Annotations><ofd:Attachments>/Doc_0/At.xml</ofd:Attachments>"
    listed = '<ofd:Page PageID="50"><ofd:FileLoc>A/P.xml</ofd:FileLoc></ofd:Page>'
    parts = parts_of(
        page(text("20 20", "甲")), beside=beside, body="<ofd:Signatures>/Doc_0/Signs.xml</ofd:Signatures>"
    ) | {
        "Doc_0/A/As.xml": f"<ofd:Annotations {NS}>{listed}</ofd:Annotations>",
        "Doc_0/A/P.xml": annotation,
        "Doc_0/At.xml": f'<ofd:Attachments {NS}><ofd:Attachment Name="原件"/></ofd:Attachments>',
    }
    said = losses(read_ofd(zipped(parts), "a.ofd"))
    for words in ("第 1 页的签章“同意”未读", "附件（原件）未读", "电子签章，未作验证"):
        assert words in said


def test_several_documents_are_one_file_with_pages_counted_on() -> None:
    """The pages of a second document of the container go on from those of the first."""
    parts = parts_of(page(text("20 20", "甲")))
    second = {name.replace("Doc_0", "Doc_1"): part for name, part in parts_of(page(text("20 20", "乙"))).items()}
    roots = "".join(
        f"<ofd:DocBody><ofd:DocRoot>/Doc_{number}/Document.xml</ofd:DocRoot></ofd:DocBody>" for number in (0, 1)
    )
    grid = read_ofd(zipped(parts | second | {"OFD.xml": f"<ofd:OFD {NS}>{roots}</ofd:OFD>"}), "a.ofd")
    assert [(block.text, block.places[0].page) for block in grid.blocks if isinstance(block, FreeText)] == [
        ("甲", 1),
        ("乙", 2),
    ]


def test_a_page_that_does_not_begin_at_nought_is_moved() -> None:
    """The physical box is the page; what it leaves out to the left and above moves every place."""
    area = AREA.replace("0 0 210 297", "10 10 190 277")
    grid = read_ofd(zipped(parts_of(page(TABLE + text("22 22", "甲"), area=area))), "a.ofd")
    table = grid.blocks[0]
    assert isinstance(table, Table)
    box = table.cells[0].places[0].box
    assert box is not None
    assert box[:2] == (Decimal("28.34"), Decimal("28.34"))


def test_an_encrypted_document_is_refused() -> None:
    """A container that lists encryptions cannot be read, and is said to need its password."""
    with pytest.raises(Unreadable) as refusal:
        read_ofd(zipped(parts_of(page("")) | {"Encryptions.xml": "<a/>"}), "a.ofd")
    assert refusal.value.code == "encrypted"


def test_objects_with_senseless_numbers_are_counted_and_left_out() -> None:
    """A number that is none spoils its object only."""
    grid = read(text("20 20", "甲") + text("x 20", "乙") + text("20 40", "丙", 'CTM="1 2"') + path("0 0", "M 0 L 5 5"))
    assert lines(grid) == ["甲"]
    assert "3 个图元" in losses(grid)

"""Workbooks of Excel 97 to 2003 and WPS become grids: numbers as shown, merges, hidden parts, formulas, old ones."""

import io
import struct

import pytest
import xlwt
from python_calamine import CalamineWorkbook
from xlwt.CompoundDoc import XlsDoc

from jixiao.layout.grid import Cell, FreeText, Grid, Table
from jixiao.reading.compound import open_compound
from jixiao.reading.errors import Unreadable
from jixiao.reading.formats.xls import read_xls
from jixiao.reading.formats.xls_records import Cut, Reader


def saved(book: xlwt.Workbook) -> bytes:
    """A workbook as bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(found: Grid) -> dict[str, Cell]:
    """The cells of the only table, by their reference."""
    (table,) = [block for block in found.blocks if isinstance(block, Table)]
    return {str(cell.places[0].cell).rpartition("!")[2]: cell for cell in table.cells}


def texts(found: Grid) -> dict[str, str]:
    """The texts of the only table, by cell."""
    return {name: cell.text for name, cell in cells(found).items()}


def record(kind: int, data: bytes = b"") -> bytes:
    """One record."""
    return struct.pack("<HH", kind, len(data)) + data


def compound(stream: bytes) -> bytes:
    """A compound file with a workbook stream."""
    out = io.BytesIO()
    XlsDoc().save(out, stream.ljust(4096, b"\0"))
    return out.getvalue()


def by_hand(sheet: bytes, *more: bytes, version: int = 0x600) -> bytes:
    """A workbook of one sheet, record by record: what is in the sheet, and what more is in the globals."""
    name = "表".encode("utf-16-le") if version == 0x600 else "表".encode("gb18030")
    head = record(0x809, struct.pack("<HH", version, 5) + bytes(12 if version == 0x600 else 4))
    rest = b"".join(more) + record(0xE0, bytes(20)) + record(0xE0, struct.pack("<HH", 0, 10) + bytes(16))
    title = struct.pack("<BB", 1, 1) + name if version == 0x600 else struct.pack("<B", 2) + name
    start = len(head) + len(rest) + 4 + 6 + len(title) + 4
    bound = record(0x85, struct.pack("<IH", start, 0) + title)
    begin = record(0x809, struct.pack("<HH", version, 16) + bytes(12 if version == 0x600 else 4))
    return compound(head + rest + bound + record(10) + begin + sheet + record(10))


def test_numbers_are_as_their_formats_show_them() -> None:
    """Whole numbers, fractions and hundredths, packed or not, show under their formats; days and texts, too."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("自评表")
    shown = [
        (130, "0.00", "130.00"), (1.6, "0.00", "1.60"), (2756.57, "#,##0.00", "2,756.57"), (0.8619, "0.00%", "86.19%"),
        (45657, "yyyy-mm-dd", "2024-12-31"), (-3, "General", "-3"), (0.1, "General", "0.1"),
        (1e20, "0", "1" + "0" * 20),
        (12345, '0\\.0,"万"', "1.2万"), (0, '[=0]"-";General', "-"), (536870911, "General", "536870911"),
        (-536870912, "0", "-536870912"), (1.23, "General", "1.23"),
        (7, '"≥"0.00"(次)"', "≥7.00(次)"), (5, ";;;", ""),
    ]  # fmt: skip
    for row, (number, code, _) in enumerate(shown):
        sheet.write(row, 0, f"第{row}行")
        sheet.write(row, 1, number, xlwt.easyxf(num_format_str=code))
    found = read_xls(saved(book), "a.xls")
    assert [texts(found)[f"B{row + 1}"] for row in range(len(shown))] == [text for _, _, text in shown]
    assert "B15" in found.losses[0]
    (place,) = cells(found)["B1"].places
    assert (place.file, place.cell, str(place.confidence)) == ("a.xls", "自评表!B1", "1.0")


def test_merges_hidden_parts_and_what_is_beneath() -> None:
    """Merged cells keep their spans; hidden sheets, rows and columns are left out and said."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    sheet.write_merge(0, 0, 0, 3, "标题")
    for row in range(1, 4):
        for column in range(4):
            sheet.write(row, column, f"{row}{column}")
    sheet.row(2).hidden = True
    sheet.col(1).hidden = True
    book.add_sheet("旧稿").visibility = 1
    found = read_xls(saved(book), "a.xls")
    assert texts(found) == {"A1": "标题", "A2": "10", "C2": "12", "D2": "13", "A4": "30", "C4": "32", "D4": "33"}
    title = cells(found)["A1"]
    assert (title.row, title.column, title.row_span, title.column_span) == (0, 0, 1, 4)
    said = "\n".join(found.losses)
    assert "旧稿" in said
    assert "B2, A3, B3, C3, D3, B4" in said


def test_long_strings_go_on_in_further_records() -> None:
    """Thousands of shared strings, narrow and wide, cut anywhere by the ends of records, come back whole."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    words = [("abc" * 900 if row % 3 else "绩效目标" * 700) + str(row) for row in range(60)]
    for row, word in enumerate(words):
        sheet.write(row, 0, word)
    data = saved(book)
    assert [cell.text for cell in cells(read_xls(data, "a.xls")).values()] == words
    oracle = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in oracle] == words


def test_letters_change_their_width_where_a_record_ends() -> None:
    """A string cut by a record's end says anew how wide its letters are; what ends too soon is no string."""
    first = b"\x05\x00\x00ab"
    assert Reader((first, b"\x01" + "效目标".encode("utf-16-le"))).string(2) == "ab效目标"
    rich = b"\x02\x00\x0c\x01\x00\x03\x00\x00\x00ab" + bytes(4) + b"xyz"
    reader = Reader((rich + b"!",))
    assert reader.string(2) == "ab"
    assert reader.take(1) == b"!"
    with pytest.raises(Cut):
        Reader((b"\x05\x00\x00ab",)).string(2)


def test_formulas_show_their_stored_result() -> None:
    """A formula's number, text, truth and error are its stored ones; a shared formula between changes nothing."""

    def formula(column: int, result: bytes, style: int = 0) -> bytes:
        return record(6, struct.pack("<HHH", 0, column, style) + result + bytes(6))

    words = "优".encode("utf-16-le")
    sheet = formula(0, struct.pack("<d", 0.5), 1) + formula(1, b"\x00\0\0\0\0\0\xff\xff")
    sheet += record(0x4BC, bytes(9)) + record(0x207, struct.pack("<HB", 1, 1) + words)
    sheet += formula(2, b"\x01\0\x01\0\0\0\xff\xff") + formula(3, b"\x02\0\x07\0\0\0\xff\xff")
    sheet += record(0x205, struct.pack("<HHHBB", 0, 4, 0, 0x2A, 1))
    found = read_xls(by_hand(sheet), "a.xls")
    assert texts(found) == {"A1": "50.00%", "B1": "优", "C1": "TRUE", "D1": "#DIV/0!", "E1": "#N/A"}
    assert str(cells(found)["D1"].places[0].confidence) == "0.0"
    assert "D1 #DIV/0!, E1 #N/A" in "\n".join(found.losses)


def test_a_workbook_of_excel_5_is_read() -> None:
    """Strings of bytes are read in the workbook's code page."""
    text = "项目名称".encode("gb18030")
    sheet = record(0x204, struct.pack("<HHHH", 0, 0, 0, len(text)) + text)
    sheet += record(0x27E, struct.pack("<HHHI", 0, 1, 1, (50 << 2) | 3))
    found = read_xls(by_hand(sheet, record(0x42, struct.pack("<H", 936)), version=0x500), "a.xls")
    assert texts(found) == {"A1": "项目名称", "B1": "50.00%"}


def test_charts_text_boxes_and_comments() -> None:
    """A chart inside a sheet is passed over; a text box is a line above, a comment is counted."""
    chart = record(0x809, struct.pack("<HH", 0x600, 0x20) + bytes(12)) + record(0x204, b"") + record(10)
    words = "自评表".encode("utf-16-le")

    def shape(kind: int) -> bytes:
        thing = record(0x5D, struct.pack("<HHH", 0x15, 0x12, kind) + bytes(16))
        return (
            thing
            + record(0x1B6, struct.pack("<10xHHI", 3, 8, 0))
            + record(0x3C, b"\x01" + words)
            + record(0x3C, bytes(8))
        )

    cell = record(0x204, struct.pack("<HHHHB", 0, 0, 0, 1, 1) + "甲".encode("utf-16-le"))
    found = read_xls(by_hand(cell + chart + shape(6) + shape(0x19) + record(0x1C, bytes(8))), "a.xls")
    assert [block.text for block in found.blocks if isinstance(block, FreeText)] == ["自评表"]
    assert texts(found) == {"A1": "甲"}
    assert "1 条批注" in found.losses[0]


REFUSED = {
    "a password": (by_hand(b"", record(0x2F, bytes(6))), "encrypted"),
    "Excel 4": (compound(record(0x409, bytes(6))), "unsupported_format"),
    "no records": (compound(bytes(99)), "truncated_or_damaged"),
    "a sheet beyond the end": (by_hand(b"").replace(b"\x85\x00", b"\x86\x00"), "truncated_or_damaged"),
    "a string that is not there": (by_hand(record(0xFD, bytes(10))), "truncated_or_damaged"),
    "a cell cut short": (by_hand(record(0x203, b"abc")), "truncated_or_damaged"),
    "strings without number": (by_hand(b"", record(0xFC, b"\xff" * 8)), "too_large"),
    "no sheet": (
        compound(record(0x809, struct.pack("<HH", 0x600, 5) + bytes(12)) + record(10)),
        "truncated_or_damaged",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_said(what: str) -> None:
    """Encrypted, old, cut off and senseless workbooks each get their sentence."""
    data, code = REFUSED[what]
    with pytest.raises(Unreadable) as refusal:
        read_xls(data, "坏.xls")
    assert refusal.value.code == code
    assert refusal.value.zh.startswith("坏.xls：")


def test_compound_files_with_chains_in_circles_are_refused() -> None:
    """Every four bytes of the header and of the table of sectors may lie: the answer is a stream or a sentence."""
    book = xlwt.Workbook()
    book.add_sheet("一").write(0, 0, "甲")
    data = saved(book)
    table = (struct.unpack_from("<I", data, 76)[0] + 1) * 512
    outcomes = set()
    for at in [*range(24, 84, 4), *range(table, table + 64, 4)]:
        for value in (0, 1, 7, 0xFFFFFFF0):
            changed = data[:at] + struct.pack("<I", value) + data[at + 4 :]
            try:
                outcomes.add(str(len(open_compound(changed, "f").read("Workbook"))))
            except (Unreadable, KeyError) as refusal:
                outcomes.add(type(refusal).__name__)
    assert "Unreadable" in outcomes
    assert any(outcome.isdigit() for outcome in outcomes)

"""One worksheet of a BIFF workbook: its cells as their formats show them, what is merged, what is hidden."""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from jixiao.reading.formats import number_format
from jixiao.reading.formats.sheet import Sheet, Spot
from jixiao.reading.formats.xls_book import XlsBook
from jixiao.reading.formats.xls_records import Cut, Record, damaged, reader_of, records

_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_ROW, _COLUMNS, _NOTE, _OBJECT, _SHAPE_TEXT = 0x208, 0x7D, 0x1C, 0x5D, 0x1B6
_BLANK, _BLANKS, _NUMBER, _LABEL, _BOOLERR, _STRING = 0x201, 0xBE, 0x203, 0x204, 0x205, 0x207
_FORMULA, _RICH_STRING, _RK, _RKS, _SHARED, _MERGED = 0x06, 0xD6, 0x27E, 0xBD, 0xFD, 0xE5
_NOTE_OBJECT: Final = 0x19
_NO_RESULT: Final = 0xFFFF
_HIDDEN_ROW: Final = 0x20


@dataclass(slots=True)
class _Open:
    """A sheet while its records go by: the formula that waits for its text, and the kind of the shape just met."""

    sheet: Sheet
    book: XlsBook
    waiting: tuple[Spot, int] | None = None
    shape: int = 0
    shapes: int = 0
    takers: dict[int, Callable[[Record], None]] = field(default_factory=dict)


def read_xls_sheet(stream: bytes, start: int, name: str, book: XlsBook, most: int) -> Sheet:
    """Read one sheet.

    Args:
        stream: the workbook stream.
        start: where the sheet begins in it.
        name: its name, for places.
        book: what the sheets share.
        most: the most cells it may have.

    Raises:
        Unreadable: it is cut off or has too many cells.
    """
    made = _Open(Sheet(name, book.file, most), book)
    try:
        for record in records(stream, start, book.file):
            take = _TAKERS.get(record.kind)
            if take is not None:
                take(made, record)
    except (Cut, struct.error, IndexError) as error:
        raise damaged(book.file) from error
    return made.sheet


def _put_number(made: _Open, spot: Spot, style: int, digits: str) -> None:
    code = made.book.code(style)
    shown = number_format.show(digits, code, from_1904=made.book.from_1904)
    if not shown.strip() and not number_format.is_zero(digits):
        made.sheet.unshown.append(spot)
    made.sheet.put(spot, shown, styled=True)


def _put_text(made: _Open, spot: Spot, style: int, text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = number_format.show_text(text, made.book.code(style))
    if text.strip() and not shown.strip():
        made.sheet.unshown.append(spot)
    made.sheet.put(spot, shown, styled=True)


def _put_error(made: _Open, spot: Spot, code: int) -> None:
    text = _ERRORS.get(code, f"#{code}")
    made.sheet.errors[spot] = text
    made.sheet.put(spot, text, styled=True)


def _head(record: Record) -> tuple[Spot, int]:
    row, column, style = struct.unpack_from("<HHH", record.data)
    return (row, column), style


def _double(data: bytes, at: int) -> str:
    return str(struct.unpack_from("<d", data, at)[0])


def _packed(value: int) -> str:
    """An RK number: 30 bits of a whole number or the upper ones of a fraction, perhaps in hundredths."""
    hundredths, whole = value & 1, value & 2
    if whole:
        number = Decimal((value >> 2) - (1 << 30 if value >> 31 else 0))
    else:
        number = Decimal(_double(struct.pack("<II", 0, value & 0xFFFFFFFC), 0))
    return format(number.scaleb(-2) if hundredths else number, "f")


def _row(made: _Open, record: Record) -> None:
    row, flags = struct.unpack_from("<H10xH", record.data)
    if flags & _HIDDEN_ROW:
        made.sheet.hidden_rows.hide(row, row)


def _columns(made: _Open, record: Record) -> None:
    first, last, width, _, flags = struct.unpack_from("<5H", record.data)
    if flags & 1 or not width:
        made.sheet.hidden_columns.hide(first, last)


def _blank(made: _Open, record: Record) -> None:
    spot, style = _head(record)
    made.sheet.put(spot, "", styled=style > 0)


def _blanks(made: _Open, record: Record) -> None:
    row, first = struct.unpack_from("<HH", record.data)
    for column in range(first, first + (len(record.data) - 6) // 2):
        made.sheet.put((row, column), "", styled=True)


def _number(made: _Open, record: Record) -> None:
    spot, style = _head(record)
    _put_number(made, spot, style, _double(record.data, 6))


def _rk(made: _Open, record: Record) -> None:
    spot, style = _head(record)
    _put_number(made, spot, style, _packed(struct.unpack_from("<I", record.data, 6)[0]))


def _rks(made: _Open, record: Record) -> None:
    row, first = struct.unpack_from("<HH", record.data)
    for index in range((len(record.data) - 6) // 6):
        style, value = struct.unpack_from("<HI", record.data, 4 + 6 * index)
        _put_number(made, (row, first + index), style, _packed(value))


def _label(made: _Open, record: Record) -> None:
    spot, style = _head(record)
    _put_text(made, spot, style, made.book.text(reader_of(record, 6), 2))


def _shared(made: _Open, record: Record) -> None:
    spot, style = _head(record)
    index = struct.unpack_from("<I", record.data, 6)[0]
    _put_text(made, spot, style, made.book.strings[index])


def _boolerr(made: _Open, record: Record) -> None:
    spot, _ = _head(record)
    value, is_error = struct.unpack_from("<BB", record.data, 6)
    if is_error:
        _put_error(made, spot, value)
    else:
        made.sheet.put(spot, "TRUE" if value else "FALSE", styled=True)


def _formula(made: _Open, record: Record) -> None:
    """A formula shows its stored result; a text follows in a record of its own."""
    spot, style = _head(record)
    kind, value, marker = struct.unpack_from("<BxB3xH", record.data, 6)
    if marker != _NO_RESULT:
        _put_number(made, spot, style, _double(record.data, 6))
    elif kind == 0:
        made.waiting = spot, style
    elif kind == 1:
        made.sheet.put(spot, "TRUE" if value else "FALSE", styled=True)
    elif kind == 2:
        _put_error(made, spot, value)


def _result(made: _Open, record: Record) -> None:
    if made.waiting is not None:
        _put_text(made, *made.waiting, made.book.text(reader_of(record), 2))
        made.waiting = None


def _merged(made: _Open, record: Record) -> None:
    count = struct.unpack_from("<H", record.data)[0]
    for index in range(count):
        top, bottom, left, right = struct.unpack_from("<4H", record.data, 2 + 8 * index)
        if top <= bottom and left <= right:
            made.sheet.merge((top, left, bottom, right))


def _note(made: _Open, _: Record) -> None:
    made.sheet.comments += 1


def _object(made: _Open, record: Record) -> None:
    made.shape = struct.unpack_from("<4xH", record.data)[0] if len(record.data) >= 6 else 0


def _shape_text(made: _Open, record: Record) -> None:
    """The words of a text box, in the records that continue it; those of a comment are not printed."""
    if made.shape == _NOTE_OBJECT or not record.more or not made.book.wide:
        return
    length = struct.unpack_from("<10xH", record.data)[0]
    reader = reader_of(Record(record.kind, record.more[0], record.more[1:]))
    text = reader.letters(length, unpacked=bool(reader.number(1) & 1)) if length else ""
    made.sheet.shapes.extend(((0, 0), line.strip()) for line in text.splitlines() if line.strip())


_TAKERS: Final[dict[int, Callable[[_Open, Record], None]]] = {
    _ROW: _row, _COLUMNS: _columns, _BLANK: _blank, _BLANKS: _blanks, _NUMBER: _number, _RK: _rk, _RKS: _rks,
    _LABEL: _label, _RICH_STRING: _label, _SHARED: _shared, _BOOLERR: _boolerr, _FORMULA: _formula, _STRING: _result,
    _MERGED: _merged, _NOTE: _note, _OBJECT: _object, _SHAPE_TEXT: _shape_text,
}  # fmt: skip

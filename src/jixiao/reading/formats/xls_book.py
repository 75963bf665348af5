"""What the sheets of a BIFF workbook share: strings, number formats, the day count, and where each sheet begins."""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from jixiao.reading import errors
from jixiao.reading.formats.number_format import BUILT_IN
from jixiao.reading.formats.xls_records import Cut, Reader, Record, damaged, is_biff8, reader_of, records

_FILEPASS, _CODEPAGE, _DATEMODE, _BOUNDSHEET, _SST, _FORMAT, _XF = 0x2F, 0x42, 0x22, 0x85, 0xFC, 0x41E, 0xE0
_WORKSHEET: Final = 0
_MOST_STRINGS: Final = 1_000_000
_CODEPAGES: Final = {936: "gb18030", 1200: "utf-16-le", 54936: "gb18030", 65001: "utf-8", 950: "big5"}


@dataclass(frozen=True, slots=True)
class Bound:
    """A sheet of the workbook: its name, where it begins, whether it is hidden, whether it is a worksheet."""

    name: str
    start: int
    hidden: bool
    is_sheet: bool


@dataclass(slots=True)
class XlsBook:
    """What the sheets of a workbook share.

    Attributes:
        file: its label.
        wide: whether its strings are those of BIFF8.
        encoding: of its strings, where they are bytes (BIFF5).
        from_1904: whether days count from 1904.
        strings: the shared strings.
        formats: format codes by id.
        styles: the format id of each cell style.
        sheets: as listed.
    """

    file: str
    wide: bool = True
    encoding: str = "gb18030"
    from_1904: bool = False
    strings: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    sheets: list[Bound] = field(default_factory=list)

    def code(self, style: int) -> str:
        """The number format of a cell style."""
        number = self.styles[style] if style < len(self.styles) else 0
        return self.formats.get(number) or BUILT_IN.get(number, "General")

    def text(self, reader: Reader, length_size: int) -> str:
        """A string, of either generation.

        Raises:
            Cut: it ends too soon.
        """
        if self.wide:
            return reader.string(length_size)
        return reader.take(reader.number(length_size)).decode(self.encoding, "replace")


def read_book(stream: bytes, file: str) -> XlsBook:
    """The globals of a workbook stream.

    Raises:
        Unreadable: it is encrypted, cut off, or of a version before Excel 5.
    """
    version = _version(stream, file)
    book = XlsBook(file, wide=is_biff8(version))
    try:
        for record in records(stream, 0, file):
            if record.kind == _FILEPASS:
                raise errors.encrypted(file, "Excel 工作簿（XLS） workbook (XLS)")
            take = _TAKERS.get(record.kind)
            if take is not None:
                take(book, record)
    except (Cut, struct.error, IndexError) as error:
        raise damaged(file) from error
    return book


def _version(stream: bytes, file: str) -> int:
    if len(stream) < 8:
        raise damaged(file)
    kind, _, version = struct.unpack_from("<HHH", stream)
    if kind not in (0x809, 0x409, 0x209, 0x009):
        raise damaged(file)
    if kind != 0x809 or version not in (0x500, 0x600):
        raise errors.unsupported(file, "Excel 5.0 之前的工作簿", "a workbook from before Excel 5.0")
    return int(version)


def _codepage(book: XlsBook, record: Record) -> None:
    number = struct.unpack_from("<H", record.data)[0]
    book.encoding = _CODEPAGES.get(number, "gb18030")


def _datemode(book: XlsBook, record: Record) -> None:
    book.from_1904 = record.data[:1] == b"\x01"


def _bound(book: XlsBook, record: Record) -> None:
    start, visible, kind = struct.unpack_from("<IBB", record.data)
    name = book.text(reader_of(record, 6), 1)
    book.sheets.append(Bound(name, start, bool(visible & 3), kind == _WORKSHEET))


def _strings(book: XlsBook, record: Record) -> None:
    reader = reader_of(record)
    reader.skip(4)
    count = reader.number(4)
    if count > _MOST_STRINGS:
        raise errors.too_large(
            book.file, f"{count} 条文字", f"{count} strings", f"{_MOST_STRINGS} 条", f"{_MOST_STRINGS}"
        )
    for _ in range(count):
        book.strings.append(book.text(reader, 2))


def _format(book: XlsBook, record: Record) -> None:
    number = struct.unpack_from("<H", record.data)[0]
    book.formats[number] = book.text(reader_of(record, 2), 2 if book.wide else 1)


def _style(book: XlsBook, record: Record) -> None:
    book.styles.append(struct.unpack_from("<H", record.data, 2)[0])


_TAKERS: Final[dict[int, Callable[[XlsBook, Record], None]]] = {
    _CODEPAGE: _codepage, _DATEMODE: _datemode, _BOUNDSHEET: _bound, _SST: _strings, _FORMAT: _format, _XF: _style,
}  # fmt: skip

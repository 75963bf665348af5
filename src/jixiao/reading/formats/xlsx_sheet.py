"""One worksheet as a table: its cells with spans, what they show, and where they stand."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from lxml import etree

from jixiao.form import Place
from jixiao.layout.grid import Cell, Table
from jixiao.reading import errors
from jixiao.reading.container import Container
from jixiao.reading.formats import number_format
from jixiao.reading.formats.xlsx_xml import children, flag, local, text_of, unescaped

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_NAMED_AT_MOST = 20

Spot = tuple[int, int]
"""Row and column, from 0."""
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0, inclusive."""


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share: strings, the format code of each cell style, the day count."""

    file: str
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is read: texts by spot, empty but styled spots, what is hidden, what could not be read."""

    name: str
    texts: dict[Spot, str] = field(default_factory=dict)
    blanks: set[Spot] = field(default_factory=set)
    merges: list[Range] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    uncomputed: list[Spot] = field(default_factory=list)
    next_row: int = 0

    def hides(self, row: int, column: int) -> bool:
        """Whether a spot is in a hidden row or column."""
        return row in self.hidden_rows or any(low <= column <= high for low, high in self.hidden_columns)


def read_sheet(container: Container, part: str, name: str, book: Book, most: int) -> tuple[Table, list[str]]:
    """Read one sheet.

    Args:
        container: the workbook's container.
        part: the sheet's part in it.
        name: the sheet's name, for places.
        book: strings and formats of the workbook.
        most: the most cells it may have.

    Returns:
        Its table (no cells if nothing is shown) and sentences on what was left out.

    Raises:
        Unreadable: the part is no XML, unsafe, or has too many cells.
    """
    sheet = _Sheet(name)
    for element in _elements(container, part):
        kind = local(element.tag)
        if kind == "row":
            _take_row(sheet, element, book)
            if len(sheet.texts) + len(sheet.blanks) > most:
                raise errors.too_large(
                    book.file, f"工作表“{name}”的单元格过多", f"sheet “{name}” has too many cells",
                    f"{most} 个", f"{most}",
                )  # fmt: skip
        elif kind == "mergeCell":
            sheet.merges.extend(_range(element.get("ref", "")))
        elif flag(element, "hidden"):
            sheet.hidden_columns.append((_number(element, "min") - 1, _number(element, "max") - 1))
    return Table(tuple(_cells(sheet, book.file, most))), list(_losses(sheet))


def _elements(container: Container, part: str) -> Iterator[etree._Element]:
    """Rows, merges and columns one by one; what was used is freed, so a long sheet needs little memory."""
    data = container.read(part)
    container.refuse_dtd(part, data)
    wanted = etree.iterparse(
        io.BytesIO(data), events=("end",), tag=("{*}row", "{*}mergeCell", "{*}col"),
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in wanted:
            if element.getroottree().docinfo.internalDTD is not None:
                raise container.has_dtd(part)
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise container.broken_xml(part) from error


def _take_row(sheet: _Sheet, element: etree._Element, book: Book) -> None:
    row = _number(element, "r", sheet.next_row + 1) - 1
    sheet.next_row = row + 1
    if flag(element, "hidden"):
        sheet.hidden_rows.add(row)
    column = -1
    for cell in children(element, "c"):
        spot = _spot(cell.get("r", ""))
        column = spot[1] if spot else column + 1
        text = _text(sheet, cell, (row, column), book)
        if text.strip():
            sheet.texts[row, column] = text.strip()
        elif cell.get("s", "0") != "0":
            sheet.blanks.add((row, column))


def _text(sheet: _Sheet, cell: etree._Element, spot: Spot, book: Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(text_of(item) for item in children(cell, "is"))
    value = next(children(cell, "v"), None)
    stored = (value.text or "") if value is not None else ""
    formula = next(children(cell, "f"), None)
    if not stored and kind != "str" and formula is not None:
        sheet.uncomputed.append(spot)
        return f"={formula.text}" if formula.text else ""  # a target typed as =100(%) is kept as a formula, too
    if kind == "s":
        return _shared(book, stored)
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(stored, stored)
    if kind == "e":
        sheet.errors.append(f"{_name(spot)} {stored}")
    if kind == "n" and stored:
        return number_format.show(stored, _format(cell, book), from_1904=book.from_1904)
    return unescaped(stored)


def _shared(book: Book, stored: str) -> str:
    index = int(stored) if stored.isascii() and stored.isdigit() and len(stored) < 10 else -1
    if 0 <= index < len(book.strings):
        return book.strings[index]
    raise errors.damaged(book.file, "XLSX", f"没有第 {stored} 条共享文字", f"there is no shared string {stored}")


def _format(cell: etree._Element, book: Book) -> str:
    style = cell.get("s", "0")
    index = int(style) if style.isascii() and style.isdigit() and len(style) < 10 else 0
    return book.formats[index] if index < len(book.formats) else "General"


def _cells(sheet: _Sheet, file: str, most: int) -> Iterator[Cell]:
    """The visible cells inside the outline of what is written, in reading order; merged ones with their spans."""
    spans = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges if (bottom, right) > (top, left)}
    ends = [*sheet.texts, *(end for start, end in spans.items() if start in sheet.texts)]
    if not ends:
        return
    last = max(row for row, _ in ends), max(column for _, column in ends)
    first = min(row for row, _ in sheet.texts), min(column for _, column in sheet.texts)
    covered = _covered(spans, last, file, most)
    for row, column in sorted((sheet.texts.keys() | sheet.blanks | spans.keys()) - covered):
        end = spans.get((row, column), (row, column))
        inside = first[0] <= row <= last[0] and first[1] <= column <= last[1]
        if inside and _shown(sheet, (row, column), end):
            place = _place(sheet, (row, column), file)
            text = sheet.texts.get((row, column), "")
            yield Cell(row, column, end[0] - row + 1, end[1] - column + 1, text, (place,))


def _place(sheet: _Sheet, spot: Spot, file: str) -> Place:
    confidence = Decimal("0.0") if spot in sheet.uncomputed else Decimal("1.0")
    return Place(file, cell=f"{sheet.name}!{_name(spot)}", confidence=confidence)


def _covered(spans: dict[Spot, Spot], last: Spot, file: str, most: int) -> set[Spot]:
    """The spots that lie under a merged cell and are not its anchor."""
    covered: set[Spot] = set()
    for (top, left), (bottom, right) in spans.items():
        if (top, left) in covered:
            continue
        rows, columns = range(top, min(bottom, last[0]) + 1), range(left, min(right, last[1]) + 1)
        if len(covered) + len(rows) * len(columns) > most:
            raise errors.too_large(
                file, "合并单元格覆盖的格子过多", "its merged cells cover too many cells",
                f"{most} 个", f"{most}",
            )  # fmt: skip
        covered.update((row, column) for row in rows for column in columns if (row, column) != (top, left))
    return covered


def _shown(sheet: _Sheet, start: Spot, end: Spot) -> bool:
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return True
    rows = range(start[0], min(end[0], _LAST_ROW) + 1)
    columns = range(start[1], min(end[1], _LAST_COLUMN) + 1)
    return any(row not in sheet.hidden_rows for row in rows) and any(not sheet.hides(-1, column) for column in columns)


def _losses(sheet: _Sheet) -> Iterator[str]:
    unseen = [_name(spot) for spot in sorted(sheet.texts) if sheet.hides(*spot)]
    if unseen:
        yield _sentence(sheet.name, unseen, "在隐藏的行列中，未读", "in hidden rows or columns; not read")
    if sheet.uncomputed:
        names = [_name(spot) for spot in sheet.uncomputed]
        yield _sentence(sheet.name, names, "是公式而没有保存结果", "formulas without a stored result")
    if sheet.errors:
        yield _sentence(sheet.name, sheet.errors, "是错误值", "error values")


def _sentence(sheet: str, names: list[str], zh: str, en: str) -> str:
    listed = ", ".join(names[:_NAMED_AT_MOST]) + (" …" if len(names) > _NAMED_AT_MOST else "")
    return f"工作表“{sheet}”：{listed} {zh}。Sheet “{sheet}”: {listed}: {en}."


def _number(element: etree._Element, name: str, otherwise: int = 1) -> int:
    value = element.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 8 else otherwise


def _spot(reference: str) -> Spot | None:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _range(reference: str) -> Iterator[Range]:
    start, _, end = reference.partition(":")
    first, last = _spot(start), _spot(end or start)
    if first and last and first[0] <= last[0] and first[1] <= last[1]:
        yield (*first, *last)


def _name(spot: Spot) -> str:
    letters, column = "", spot[1] + 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{spot[0] + 1}"

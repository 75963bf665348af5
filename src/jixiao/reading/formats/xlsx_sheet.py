"""One worksheet of XLSX: what its cells show, what is merged, what is hidden."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from jixiao.reading import errors
from jixiao.reading.container import Container
from jixiao.reading.formats import number_format
from jixiao.reading.formats.sheet import Range, Sheet, Spot
from jixiao.reading.formats.xlsx_drawing import Control, read_floating
from jixiao.reading.formats.xlsx_xml import children, flag, local, text_of, unescaped

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ERROR = re.compile(r"Err:\d{3}|#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)")


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share: strings, the format code of each cell style, the day count."""

    file: str
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool


def read_sheet(container: Container, part: str, name: str, book: Book, most: int) -> Sheet:
    """Read one sheet.

    Args:
        container: the workbook's container.
        part: the sheet's part in it.
        name: the sheet's name, for places.
        book: strings and formats of the workbook.
        most: the most cells it may have.

    Raises:
        Unreadable: the part is no XML, unsafe, or has too many cells.
    """
    sheet = Sheet(name, book.file, most)
    next_row = 0
    controls: list[Control] = []
    for element in _elements(container, part):
        kind = local(element.tag)
        if kind == "row":
            next_row = _take_row(sheet, element, book, next_row)
        elif kind == "mergeCell":
            for spots in _range(element.get("ref", "")):
                sheet.merge(spots)
        elif kind == "control":
            link = next((str(value) for key, value in element.attrib.items() if local(str(key)) == "id"), "")
            controls.append(Control(element.get("shapeId", ""), link))
        elif flag(element, "hidden"):
            sheet.hidden_columns.hide(_number(element, "min") - 1, _number(element, "max") - 1)
    read_floating(container, part, sheet, controls)
    return sheet


def _elements(container: Container, part: str) -> Iterator[etree._Element]:
    """Rows, merges and columns one by one; what was used is freed, so a long sheet needs little memory."""
    data = container.read(part)
    container.refuse_dtd(part, data)
    wanted = etree.iterparse(
        io.BytesIO(data), events=("end",), tag=("{*}row", "{*}mergeCell", "{*}col", "{*}control"),
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
        raise container.broken_xml(part, error) from error


def _take_row(sheet: Sheet, element: etree._Element, book: Book, next_row: int) -> int:
    row = _number(element, "r", next_row + 1) - 1
    if flag(element, "hidden"):
        sheet.hidden_rows.hide(row, row)
    column = -1
    for cell in children(element, "c"):
        spot = _spot(cell.get("r", ""))
        column = spot[1] if spot else column + 1
        sheet.put((row, column), _text(sheet, cell, (row, column), book), styled=cell.get("s", "0") != "0")
    return row + 1


def _text(sheet: Sheet, cell: etree._Element, spot: Spot, book: Book) -> str:
    kind = cell.get("t", "n")
    value = next(children(cell, "v"), None)
    stored = (value.text or "") if value is not None else ""
    formula = next(children(cell, "f"), None)
    if kind == "inlineStr":
        stored = "".join(text_of(item) for item in children(cell, "is"))
    elif not stored and kind != "str" and formula is not None:
        sheet.uncomputed.append(spot)
        return f"={formula.text}" if formula.text else ""  # a target typed as =100(%) is kept as a formula, too
    elif kind == "s":
        stored = _shared(book, stored)
    elif kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(stored, stored)
    elif kind != "n":
        stored = unescaped(stored)
    if kind == "e" or (formula is not None and _ERROR.fullmatch(stored)):
        sheet.errors[spot] = stored
        return stored
    return _as_shown(sheet, stored, spot, cell, book)


def _as_shown(sheet: Sheet, stored: str, spot: Spot, cell: etree._Element, book: Book) -> str:
    if not stored:
        return ""
    code = _format(cell, book)
    if cell.get("t", "n") == "n":
        shown = number_format.show(stored, code, from_1904=book.from_1904)
    else:
        shown = number_format.show_text(stored, code)
    if not shown.strip() and stored.strip() and not number_format.is_zero(stored):
        sheet.unshown.append(spot)
    return shown


def _shared(book: Book, stored: str) -> str:
    index = int(stored) if stored.isascii() and stored.isdigit() and len(stored) < 10 else -1
    if 0 <= index < len(book.strings):
        return book.strings[index]
    raise errors.damaged(book.file, "XLSX", f"没有第 {stored} 条共享文字", f"there is no shared string {stored}")


def _format(cell: etree._Element, book: Book) -> str:
    style = cell.get("s", "0")
    index = int(style) if style.isascii() and style.isdigit() and len(style) < 10 else 0
    return book.formats[index] if index < len(book.formats) else "General"


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

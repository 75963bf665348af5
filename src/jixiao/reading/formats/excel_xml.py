"""Excel 2003 XML (SpreadsheetML, also named .xls) → grid: what report systems export, every visible sheet a table.

Element and attribute names are those of Microsoft's "XML Spreadsheet Reference" (Office XP and 2003).
"""

import re
from datetime import datetime
from decimal import Decimal
from typing import Final

from lxml import etree

from jixiao.layout.grid import FreeText, Grid, Table
from jixiao.reading import errors
from jixiao.reading.container import safe_parser
from jixiao.reading.formats import number_format
from jixiao.reading.formats.sheet import LAST_COLUMN, LAST_ROW, Sheet, Spot, blocks_of
from jixiao.reading.formats.xlsx_xml import children
from jixiao.reading.limits import DEFAULT_LIMITS, Limits

_KIND: Final = "Excel 2003 XML"
_SPACE: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST_TAGS: Final = 4_000_000
_DECLARATION: Final = re.compile(r"\s*<\?xml\b[^>]*\?>")
_NAMED: Final = {
    "General Date": "yyyy/m/d h:mm", "Long Date": 'yyyy"年"m"月"d"日"', "Medium Date": "d-mmm-yy",
    "Short Date": "yyyy/m/d", "Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM", "Short Time": "h:mm",
    "Currency": '"¥"#,##0.00;"¥"-#,##0.00', "Euro Currency": '"€"#,##0.00;"€"-#,##0.00', "Fixed": "0.00",
    "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00", "Yes/No": '"Yes";"Yes";"No"',
    "True/False": '"True";"True";"False"', "On/Off": '"On";"On";"Off"',
}  # fmt: skip
"""Formats that have a name there, as the codes they stand for in a Chinese system."""
_FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001  # days of a sheet have no zone
_OF_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_SHIFTED: Final = datetime(1900, 3, 1)  # noqa: DTZ001  # spreadsheets count a 29 February 1900
_DAY_SECONDS: Final = 86_400


def read_excel_xml(text: str, file: str, limits: Limits = DEFAULT_LIMITS) -> Grid:
    """Read every visible sheet.

    Args:
        text: the whole file, decoded.
        file: its label, for places and sentences.
        limits: what it may hold.

    Raises:
        Unreadable: it is no whole XML, declares a document type, holds no sheet, or too much.
    """
    root = _parsed(text, file)
    listed = list(children(root, "Worksheet"))
    if not listed:
        raise errors.damaged(file, _KIND, "里面没有工作表", "it holds no sheet")
    if len(listed) > limits.sheets:
        raise errors.too_large(
            file, f"{len(listed)} 个工作表", f"{len(listed)} sheets", f"{limits.sheets} 个", f"{limits.sheets}"
        )
    formats, from_1904 = _formats(root), any(True for _ in root.iter("{*}Date1904"))
    tables: list[Table | FreeText] = []
    losses: list[str] = []
    for element in listed:
        name = _of(element, "Name")
        if _is_hidden(element):
            losses.append(f"工作表“{name}”是隐藏的，未读。Sheet “{name}” is hidden; not read.")
            continue
        blocks, missing = blocks_of(
            _Reader(Sheet(name, file, limits.cells), formats, from_1904=from_1904).read(element)
        )
        tables.extend(blocks)
        losses.extend(missing)
    return Grid(tuple(tables), tuple(losses))


def _parsed(text: str, file: str) -> etree._Element:
    if "<!DOCTYPE" in text:
        raise errors.suspicious(file, "文件声明了 DTD 或实体", "it declares a document type or entities")
    if (tags := text.count("<")) > _MOST_TAGS:
        raise errors.too_large(file, f"有 {tags} 个标记", f"it has {tags} tags", f"{_MOST_TAGS} 个", f"{_MOST_TAGS}")
    try:
        return etree.fromstring(_DECLARATION.sub("", text, count=1).lstrip().encode(), safe_parser())
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError(file) from error
        raise errors.damaged(file, _KIND, "不是完整的 XML", "it is not well-formed XML") from error


def _of(element: etree._Element, name: str) -> str:
    """An attribute, with its prefix as Excel writes it or without."""
    return element.get(_SPACE + name) or element.get(name) or ""


def _whole(element: etree._Element, name: str, otherwise: int, most: int) -> int:
    text = _of(element, name)
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def _is_hidden(sheet: etree._Element) -> bool:
    options = (each for group in children(sheet, "WorksheetOptions") for each in children(group, "Visible"))
    return any((each.text or "").strip() in ("SheetHidden", "SheetVeryHidden") for each in options)


def _formats(root: etree._Element) -> dict[str, str]:
    """The format code of each style; a style without one has that of its parent, or of "Default"."""
    own: dict[str, str | None] = {}
    parents: dict[str, str] = {}
    for style in (style for group in children(root, "Styles") for style in children(group, "Style")):
        name, said = _of(style, "ID"), next(children(style, "NumberFormat"), None)
        own[name] = None if said is None else _of(said, "Format") or "General"
        parents[name] = _of(style, "Parent")
    found = {name: code or own.get(parents[name]) or own.get("Default") or "General" for name, code in own.items()}
    return {name: _NAMED.get(code, code) for name, code in found.items()}


class _Reader:
    """Reads one sheet."""

    def __init__(self, sheet: Sheet, formats: dict[str, str], *, from_1904: bool) -> None:
        self.sheet, self.formats, self.from_1904 = sheet, formats, from_1904
        self.styles: dict[int, str] = {}

    def read(self, element: etree._Element) -> Sheet:
        """All columns and rows of its table."""
        for table in children(element, "Table"):
            self._columns(table)
            row = -1
            for each in children(table, "Row"):
                row = min(_whole(each, "Index", row + 2, LAST_ROW) - 1, LAST_ROW - 1)
                last = min(row + _whole(each, "Span", 0, LAST_ROW), LAST_ROW - 1)
                if _of(each, "Hidden") == "1":
                    self.sheet.hidden_rows.hide(row, last)
                self._cells(each, row)
                row = last
        return self.sheet

    def _columns(self, table: etree._Element) -> None:
        column = -1
        for each in children(table, "Column"):
            column = _whole(each, "Index", column + 2, LAST_COLUMN) - 1
            last = min(column + _whole(each, "Span", 0, LAST_COLUMN), LAST_COLUMN - 1)
            if _of(each, "Hidden") == "1" or _of(each, "Width") == "0":
                self.sheet.hidden_columns.hide(column, last)
            if (style := _of(each, "StyleID")) and len(self.styles) < LAST_COLUMN:
                self.styles.update(dict.fromkeys(range(column, last + 1), style))
            column = last

    def _cells(self, row: etree._Element, number: int) -> None:
        column, of_row = -1, _of(row, "StyleID")
        for cell in children(row, "Cell"):
            column = min(_whole(cell, "Index", column + 2, LAST_COLUMN) - 1, LAST_COLUMN - 1)
            spot = number, column
            own = _of(cell, "StyleID")
            style = own or of_row or self.styles.get(column) or "Default"
            self.sheet.put(spot, self._text(cell, spot, self.formats.get(style, "General")), styled=bool(own))
            across, down = _whole(cell, "MergeAcross", 0, LAST_COLUMN), _whole(cell, "MergeDown", 0, LAST_ROW)
            if across or down:
                self.sheet.merge((number, column, number + down, column + across))
            self.sheet.comments += sum(1 for _ in children(cell, "Comment"))
            column += across

    def _text(self, cell: etree._Element, spot: Spot, code: str) -> str:
        data = next(children(cell, "Data"), None)
        stored = "".join(data.itertext()) if data is not None else ""
        kind = _of(data, "Type") if data is not None else ""
        formula = _of(cell, "Formula")
        if formula and not stored and kind != "String":
            self.sheet.uncomputed.append(spot)
            return formula
        if kind == "Error":
            self.sheet.errors[spot] = stored
            return stored
        shown = self._shown(stored.replace("\r\n", "\n").replace("\r", "\n"), kind, code)
        if not shown.strip() and stored.strip() and not number_format.is_zero(stored):
            self.sheet.unshown.append(spot)
        return shown

    def _shown(self, stored: str, kind: str, code: str) -> str:
        if kind == "Number":
            return number_format.show(stored, code, from_1904=self.from_1904)
        if kind == "Boolean":
            return {"1": "TRUE", "0": "FALSE"}.get(stored, stored)
        if kind == "DateTime":
            days = self._days(stored.strip())
            return stored if days is None else number_format.show(days, code, from_1904=self.from_1904)
        return number_format.show_text(stored, code) if stored else ""

    def _days(self, stored: str) -> str | None:
        """A moment as spreadsheets count it; `None` where they would count otherwise, or where it is none."""
        try:
            moment = datetime.fromisoformat(stored)
        except ValueError:
            return None
        if moment.tzinfo is not None or moment < _SHIFTED:
            return None
        since = moment - (_OF_1904 if self.from_1904 else _FIRST_DAY)
        parts = Decimal(since.seconds) + Decimal(since.microseconds).scaleb(-6)
        return format(since.days + parts / _DAY_SECONDS, "f")

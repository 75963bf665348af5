"""The summary as a sheet of its own behind the others: what is said, where, with a link to the cell."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from jixiao.writing.original.job import Job, Row
from jixiao.writing.original.office.markup import bound, child, children, local, prefix
from jixiao.writing.original.office.text import lines_of, sheet_text, xml_text
from jixiao.writing.original.xlsx.book import Book, Spot, quoted, reference
from jixiao.writing.original.xlsx.looks import add_looks

_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WIDTHS: Final = (7, 26, 34, 72)
_LETTERS_A_LINE: Final = 130
_LINE: Final = 15
_TALLEST_ROW: Final = 409
_MOST: Final = 32_000
_LONGEST_NAME: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def add_summary(book: Book, job: Job, links: Mapping[int, Spot]) -> None:
    """Add the summary's sheet.

    Args:
        book: the workbook.
        job: what it says.
        links: the cell that a row of the summary speaks of, by the row's index.

    Raises:
        Refused: the workbook's lists are broken.
    """
    package = book.package
    looks = add_looks(book)
    folder = posixpath.dirname(book.main)
    name = package.free_name(posixpath.join(folder, "worksheets/sheet{}.xml"))
    package.add(name, "".join(_sheet(book, job, links, looks)), _SHEET_TYPE)
    identity = package.link(book.main, "worksheet", name)
    title = _title(book, job.title)
    _list(book, title, identity)
    _tell_properties(book, title)


def _title(book: Book, wanted: str) -> str:
    """A name that no sheet has, as long as names may be."""
    taken = {sheet.name.casefold() for sheet in book.sheets}
    bare = _FORBIDDEN.sub(" ", wanted).strip("' ")[:_LONGEST_NAME] or "Jixiao"
    if bare.casefold() not in taken and bare.casefold() != "history":
        return bare
    names = (f"{bare[: _LONGEST_NAME - 4]} {number}" for number in range(2, len(taken) + 3))
    return next(name for name in names if name.casefold() not in taken)


def _list(book: Book, title: str, identity: str) -> None:
    """List the sheet behind the others; numbers of sheets are never used twice."""
    workbook = book.workbook
    group = child(workbook.root, "sheets")
    if group is None:
        return
    numbers = [each.get("sheetId", "") for each in children(group, "sheet")]
    number = max((int(each) for each in numbers if each.isdecimal() and len(each) < 6), default=0) + 1
    short, declared = bound(group, "r", book.relations)
    said = f'name="{xml_text(title)}" sheetId="{number}"{declared} {short}:id="{identity}"'
    workbook.put("last", group, f"<{prefix(group)}sheet {said}/>")


def _sheet(book: Book, job: Job, links: Mapping[int, Spot], looks: Mapping[str, int]) -> Iterator[str]:
    rows = _rows(job, links, looks)
    at = 1 + len(job.notes)
    yield f'<worksheet xmlns="{book.namespace}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
    yield f'<sheetView workbookViewId="0"><pane ySplit="{at + 1}" topLeftCell="A{at + 2}" activePane="bottomLeft" '
    yield 'state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>'
    for column, width in enumerate(_WIDTHS, 1):
        yield f'<col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield from rows
    yield "</sheetData>"
    merged = "".join(f'<mergeCell ref="A{row}:D{row}"/>' for row in range(1, at + 1))
    yield f'<mergeCells count="{at}">{merged}</mergeCells>'
    targets = "".join(_target(book, at + 2 + index, spot) for index, spot in links.items())
    if targets:
        yield f"<hyperlinks>{targets}</hyperlinks>"
    yield '<pageMargins left="0.6" right="0.6" top="0.7" bottom="0.7" header="0.3" footer="0.3"/>'
    yield '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'


def _target(book: Book, row: int, spot: Spot) -> str:
    location = f"{quoted(book.sheets[spot.sheet].name)}!{reference(spot.row, spot.column)}"
    return f'<hyperlink ref="C{row}" location="{xml_text(location)}" display="{xml_text(location)}"/>'


def _rows(job: Job, links: Mapping[int, Spot], looks: Mapping[str, int]) -> Iterator[str]:
    yield _row(1, [_text("A", 1, job.title, "title", looks)], 24)
    for at, note in enumerate(job.notes, 2):
        yield _row(at, [_text("A", at, note, "note", looks)], _tall(note))
    at = 2 + len(job.notes)
    yield _row(at, [_text(column, at, word, "head", looks) for column, word in zip("ABCD", job.head, strict=True)], 20)
    for index, row in enumerate(job.rows):
        cells = _cells(at + 1 + index, row, looks, linked=index in links)
        yield _row(at + 1 + index, cells, _tallest(row), fixed=False)


def _cells(at: int, row: Row, looks: Mapping[str, int], *, linked: bool) -> list[str]:
    place = _text("C", at, row.place, "link" if linked else "text", looks)
    if row.number:
        number = f'<c r="A{at}"{_style("number", looks)}><v>{row.number}</v></c>'
    else:
        number = _text("A", at, "", "number", looks)
    return [number, _text("B", at, row.form, "text", looks), place, _text("D", at, row.said, "text", looks)]


def _row(at: int, cells: list[str], height: int, *, fixed: bool = True) -> str:
    """A row; a height that is not fixed is the one to begin with, and follows the text when it is edited."""
    held = ' customHeight="1"' if fixed else ""
    return f'<row r="{at}" ht="{height}"{held}>{"".join(cells)}</row>'


def _text(column: str, row: int, text: str, look: str, looks: Mapping[str, int]) -> str:
    """A cell of text: a string in the cell itself, never a formula."""
    style = _style(look, looks)
    if not text:
        return f'<c r="{column}{row}"{style}/>'
    said = f'<is><t xml:space="preserve">{sheet_text(text, _MOST)}</t></is>'
    return f'<c r="{column}{row}"{style} t="inlineStr">{said}</c>'


def _style(look: str, looks: Mapping[str, int]) -> str:
    return f' s="{looks[look]}"' if look in looks else ""


def _tallest(row: Row) -> int:
    """The height of a row in points, by the longest of its texts."""
    texts = zip((row.form, row.place, row.said), _WIDTHS[1:], strict=True)
    return min(max(lines_of(text[:_MOST], width - 2) for text, width in texts) * _LINE + 3, _TALLEST_ROW)


def _tall(text: str) -> int:
    """The height of a merged row in points: programs fit the height of a row by its single cells only."""
    return min(lines_of(text, _LETTERS_A_LINE) * _LINE + 3, _TALLEST_ROW)


def _tell_properties(book: Book, title: str) -> None:
    """Name the sheet in the list of titles that some workbooks keep, where that list is as it should be."""
    part = book.package.related("", "extended-properties")
    if not part:
        return
    properties = book.package.part(part)
    pairs, titles = _vector(properties.root, "HeadingPairs"), _vector(properties.root, "TitlesOfParts")
    if pairs is None or titles is None:
        return
    counts = [each for each in pairs.iter(etree.Element) if local(each) in ("i4", "int")]
    listed = list(titles.iterchildren(etree.Element))
    sheets = counts[0] if counts else None
    if sheets is None or (sheets.text or "") != str(len(book.sheets)) or len(listed) < len(book.sheets):
        return
    count, name = f"{prefix(sheets)}{local(sheets)}", f"{prefix(listed[0])}lpstr"
    properties.put("instead", sheets, f"<{count}>{len(book.sheets) + 1}</{count}>")
    properties.put("after", listed[len(book.sheets) - 1], f"<{name}>{xml_text(title)}</{name}>")
    properties.set(titles, "size", str(len(listed) + 1))


def _vector(root: etree._Element, name: str) -> etree._Element | None:
    return child(child(root, name), "vector")

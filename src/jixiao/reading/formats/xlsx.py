"""XLSX → grid: every visible sheet a table, numbers as their format shows them (ECMA-376, transitional and strict)."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from jixiao.layout.grid import FreeText, Grid, Table
from jixiao.reading import errors
from jixiao.reading.container import Container, open_container
from jixiao.reading.formats.number_format import BUILT_IN
from jixiao.reading.formats.package import Relation, main_part, relations
from jixiao.reading.formats.sheet import blocks_of
from jixiao.reading.formats.xlsx_sheet import Book, read_sheet
from jixiao.reading.formats.xlsx_xml import children, flag, local, text_of
from jixiao.reading.limits import DEFAULT_LIMITS, Limits


def read_xlsx(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> Grid:
    """Read every visible sheet of a workbook.

    Args:
        data: the whole file.
        file: its label, for places and sentences.
        limits: what it may hold.

    Raises:
        Unreadable: the container is broken, unsafe, too large, or holds no sheet.
    """
    container = open_container(data, file, "XLSX", limits)
    main = main_part(container, "xl/workbook.xml")
    workbook = container.xml(main)
    targets = relations(container, main)
    book = _book(container, workbook, targets)
    tables: list[Table | FreeText] = []
    losses: list[str] = []
    for sheet in _sheets(workbook, targets, file, limits.sheets):
        if sheet.hidden:
            losses.append(f"工作表“{sheet.name}”是隐藏的，未读。Sheet “{sheet.name}” is hidden; not read.")
        elif not container.has(sheet.part):
            losses.append(
                f"工作表“{sheet.name}”的内容不在文件里，未读。"
                f"Sheet “{sheet.name}” is listed, but its content is not in the file; not read."
            )
        elif sheet.part.startswith("xl/chartsheets/"):
            losses.append(f"工作表“{sheet.name}”是图表，未读。Sheet “{sheet.name}” is a chart; not read.")
        else:
            blocks, missing = blocks_of(read_sheet(container, sheet.part, sheet.name, book, limits.cells))
            tables.extend(blocks)
            losses.extend(missing)
    return Grid(tuple(tables), tuple(losses))


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str
    hidden: bool


def _sheets(workbook: etree._Element, targets: dict[str, Relation], file: str, most: int) -> Iterator[_Sheet]:
    listed = [sheet for group in children(workbook, "sheets") for sheet in children(group, "sheet")]
    if not listed:
        raise errors.damaged(file, "XLSX", "工作簿里没有工作表", "the workbook lists no sheet")
    if len(listed) > most:
        raise errors.too_large(file, f"{len(listed)} 个工作表", f"{len(listed)} sheets", f"{most} 个", f"{most}")
    for sheet in listed:
        relation = next((value for name, value in sheet.attrib.items() if local(str(name)) == "id"), "")
        hidden = sheet.get("state", "visible") != "visible"
        yield _Sheet(sheet.get("name", ""), targets.get(str(relation), Relation("", "")).part, hidden)


def _book(container: Container, workbook: etree._Element, targets: dict[str, Relation]) -> Book:
    parts = {kind: part for kind, part in targets.values() if container.has(part)}
    properties = next(children(workbook, "workbookPr"), None)
    return Book(
        container.file,
        _strings(container, parts["sharedStrings"]) if "sharedStrings" in parts else (),
        _formats(container.xml(parts["styles"])) if "styles" in parts else (),
        from_1904=properties is not None and flag(properties, "date1904"),
    )


def _strings(container: Container, part: str) -> tuple[str, ...]:
    return tuple(text_of(item) for item in children(container.xml(part), "si"))


def _formats(styles: etree._Element) -> tuple[str, ...]:
    """The number format code of each cell style."""
    own = {
        item.get("numFmtId", ""): item.get("formatCode", "")
        for group in children(styles, "numFmts")
        for item in children(group, "numFmt")
    }
    return tuple(
        own.get(style.get("numFmtId", "0")) or _built_in(style.get("numFmtId", "0"))
        for group in children(styles, "cellXfs")
        for style in children(group, "xf")
    )


def _built_in(number: str) -> str:
    return BUILT_IN.get(int(number), "General") if number.isascii() and number.isdigit() else "General"

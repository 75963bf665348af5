"""A workbook part by part (ECMA-376 parts 1 and 2): each sheet is packed as soon as it is written, then forgotten."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from msgspec import Struct

from jixiao.writing.formats.xlsx.names import SheetNames
from jixiao.writing.formats.xlsx.plan import plan_of
from jixiao.writing.formats.xlsx.sheet import sheet_xml
from jixiao.writing.formats.xlsx.styles import Styles
from jixiao.writing.formats.xlsx.texts import attribute, escaped
from jixiao.writing.paper.about import PROGRAM, About
from jixiao.writing.paper.model import Document, Face

FONTS: Final[Mapping[Face, str]] = {"title": "黑体", "body": "宋体", "label": "宋体"}
"""Fonts by name: every office has them; a workbook holds no font."""

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_UNDATED: Final = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16


class _Sheet(Struct, frozen=True):
    """A written sheet: its name, and the rows (first, end) printed again on every page."""

    name: str
    repeated: tuple[int, int]


def write_xlsx(
    documents: Iterable[Document], about: About | None = None, *, fonts: Mapping[Face, str] = FONTS
) -> bytes:
    """Documents as one workbook, a sheet each.

    Args:
        documents: any number but none; they are taken one at a time.
        about: title, author and date, for the workbook's properties.
        fonts: the name of the font for each face.

    Returns:
        The file. The same documents give the same bytes.

    Raises:
        Unprintable: a text has a character, or a length, that a workbook cannot hold; it says which.
        ValueError: there is no document.
    """
    held = BytesIO()
    names, styles = SheetNames(), Styles(fonts)
    sheets: list[_Sheet] = []
    with ZipFile(held, "w", ZIP_DEFLATED) as package:
        _put(package, "_rels/.rels", [_relations(_TOP)])
        _put(package, "docProps/app.xml", [_APPLICATION])
        _put(package, "docProps/core.xml", [_core(about or About())])
        for document in documents:
            plan = plan_of(document)
            part = sheet_xml(plan, document.page, styles, fonts["body"], first=not sheets)
            sheets.append(_Sheet(names.take(document.name), plan.repeated))
            _put(package, f"xl/worksheets/sheet{len(sheets)}.xml", part)
        if not sheets:
            raise ValueError("没有可写的文档。There is no document to write.")
        _put(package, "xl/styles.xml", [styles.xml()])
        _put(package, "xl/workbook.xml", _workbook(sheets))
        _put(package, "xl/_rels/workbook.xml.rels", [_relations(_linked(len(sheets)))])
        _put(package, "[Content_Types].xml", _content_types(len(sheets)))
    return held.getvalue()


def _put(package: ZipFile, name: str, pieces: Iterable[str]) -> None:
    about = ZipInfo(name, _UNDATED)
    about.compress_type = ZIP_DEFLATED
    about.create_system, about.external_attr = _UNIX, _READABLE
    package.writestr(about, (_HEAD + "".join(pieces)).encode())


_TOP: Final = (
    (f"{_OFFICE}/relationships/officeDocument", "xl/workbook.xml"),
    (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
)
_APPLICATION: Final = (
    f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>Jixiao</Application></Properties>'
)


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _linked(sheets: int) -> Iterator[tuple[str, str]]:
    for number in range(1, sheets + 1):
        yield f"{_OFFICE}/relationships/worksheet", f"worksheets/sheet{number}.xml"
    yield f"{_OFFICE}/relationships/styles", "styles.xml"


def _core(about: About) -> str:
    dated = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{about.created:%Y-%m-%dT%H:%M:%S}Z</dcterms:{name}>'
        for name in ("created", "modified")
        if about.created
    )
    titled = f"<dc:title>{escaped(about.title)}</dc:title>" if about.title else ""
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{titled}'
        f"<dc:creator>{escaped(about.author or PROGRAM)}</dc:creator>{dated}"
        "</cp:coreProperties>"
    )


def _workbook(sheets: list[_Sheet]) -> Iterator[str]:
    yield f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships"><bookViews><workbookView/></bookViews><sheets>'
    for number, sheet in enumerate(sheets, 1):
        yield f'<sheet name="{attribute(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
    yield "</sheets>"
    titles = [
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">{escaped(_rows_of(sheet))}</definedName>'
        for at, sheet in enumerate(sheets)
        if sheet.repeated[1] > sheet.repeated[0]
    ]
    yield f"<definedNames>{''.join(titles)}</definedNames>" if titles else ""
    yield '<calcPr calcId="191029"/></workbook>'


def _rows_of(sheet: _Sheet) -> str:
    quoted = sheet.name.replace("'", "''")
    return f"'{quoted}'!${sheet.repeated[0] + 1}:${sheet.repeated[1]}"


def _content_types(sheets: int) -> Iterator[str]:
    yield f'<Types xmlns="{_PACKAGE}/content-types">'
    yield '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    yield '<Default Extension="xml" ContentType="application/xml"/>'
    app = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    yield f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    yield f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
    yield f'<Override PartName="/docProps/app.xml" ContentType="{app}"/>'
    yield (
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    )
    for number in range(1, sheets + 1):
        yield f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    yield "</Types>"

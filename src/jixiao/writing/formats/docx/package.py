"""The package of a DOCX: a zip of a few parts, written as they come, with no clock in it."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jixiao.writing.formats.docx.settings import Fonts
from jixiao.writing.formats.docx.styles import CellStyles, fonts_part, styles_part
from jixiao.writing.formats.docx.xml import DECLARATION, NAMESPACES, attribute, run
from jixiao.writing.paper.about import About

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The first day a zip can tell: the bytes depend on no clock."""
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CHUNK: Final = 1 << 18
FOOTERS: Final = {"zh": "rId1", "en": "rId2", "": "rId3"}
"""The links to the footers: page numbers in 中文 and in English, and none."""

_KINDS: Final = (
    ("/word/document.xml", f"{_WORD}.document.main+xml"),
    ("/word/styles.xml", f"{_WORD}.styles+xml"),
    ("/word/settings.xml", f"{_WORD}.settings+xml"),
    ("/word/fontTable.xml", f"{_WORD}.fontTable+xml"),
    ("/word/footer1.xml", f"{_WORD}.footer+xml"),
    ("/word/footer2.xml", f"{_WORD}.footer+xml"),
    ("/word/footer3.xml", f"{_WORD}.footer+xml"),
    ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
)
_LINKS: Final = (
    (FOOTERS["zh"], "footer", "footer1.xml"), (FOOTERS["en"], "footer", "footer2.xml"),
    (FOOTERS[""], "footer", "footer3.xml"), ("rId4", "styles", "styles.xml"), ("rId5", "settings", "settings.xml"),
    ("rId6", "fontTable", "fontTable.xml"),
)  # fmt: skip
_COMPATIBLE: Final = {
    "compatibilityMode": 15, "overrideTableStyleFontSizeAndJustification": 1, "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1, "differentiateMultirowTableHeaders": 1,
}  # fmt: skip
_MODES: Final = "".join(
    f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
    for name, value in _COMPATIBLE.items()
)
_SETTINGS: Final = (
    f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:doNotExpandShiftReturn/><w:useFELayout/>'
    f'{_MODES}</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/>'
    '<w:listSeparator w:val=","/></w:settings>'
)
"""As new files of Word have it; a line that is broken on purpose is not stretched."""


def packed(body: Iterable[str], faces: Fonts, styles: CellStyles, about: About) -> bytes:
    """The file: the main part first, for only after it all styles are known.

    Raises:
        Unprintable: a text has a character that XML does not know.
    """
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        _put(archive, "[Content_Types].xml", [_content_types()])
        _put(archive, "_rels/.rels", [_package_links()])
        _put(archive, "word/document.xml", body)
        _put(archive, "word/_rels/document.xml.rels", [_document_links()])
        _put(archive, "word/styles.xml", [styles_part(faces, styles)])
        _put(archive, "word/settings.xml", [_SETTINGS])
        _put(archive, "word/fontTable.xml", [fonts_part(faces)])
        _put(archive, "word/footer1.xml", [_footer("第 ", " 页　共 ", " 页")])
        _put(archive, "word/footer2.xml", [_footer("Page ", " of ", "")])
        _put(archive, "word/footer3.xml", [_footer()])
        _put(archive, "docProps/core.xml", [_core(about)])
        _put(archive, "docProps/app.xml", [_APP])
    return made.getvalue()


def _put(archive: ZipFile, name: str, pieces: Iterable[str]) -> None:
    info = ZipInfo(name, _EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    with archive.open(info, "w") as part:
        for chunk in _gathered(pieces):
            part.write(chunk)


def _gathered(pieces: Iterable[str]) -> Iterator[bytes]:
    """The pieces in chunks, for many small writes are slow."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size > _CHUNK:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


def _content_types() -> str:
    kinds = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in _KINDS)
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>'
    )


def _links(links: Iterable[tuple[str, str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"/>' for identity, kind, target in links
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _package_links() -> str:
    return _links((
        ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
        ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
    ))  # fmt: skip


def _document_links() -> str:
    return _links((identity, f"{_OFFICE}/{kind}", target) for identity, kind, target in _LINKS)


def _footer(*around: str) -> str:
    """A footer: what stands before, between and after the number of the page and that of all pages; or an empty one."""
    fields = (_field("PAGE"), _field("NUMPAGES"), "")
    words = "".join(run(text, "") + number for text, number in zip(around, fields, strict=False))
    return f'{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{words}</w:p></w:ftr>'


def _field(name: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return (
        f'{marks[0]}<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>{marks[1]}'
        f"<w:r><w:t>1</w:t></w:r>{marks[2]}"
    )


def _core(about: About) -> str:
    said = "".join(
        f"<dc:{name}>{attribute(text, text)}</dc:{name}>"
        for name, text in (("title", about.title), ("creator", about.author))
        if text
    )
    if about.created:
        stamp = about.created if about.created.tzinfo is None else about.created.astimezone(UTC)
        written = f"{stamp:%Y-%m-%dT%H:%M:%SZ}"
        said += "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{written}</dcterms:{name}>' for name in ("created", "modified")
        )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{said}<dc:language>zh-CN</dc:language>'
        "</cp:coreProperties>"
    )


_APP: Final = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Application>Jixiao 绩效</Application></Properties>"
)

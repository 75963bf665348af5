"""What a file is, by its content. Its name decides nothing; a name that says otherwise is told, not overruled."""

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from jixiao.reading import errors
from jixiao.reading.compound import open_compound
from jixiao.reading.formats.html_source import is_archive


class Kind(StrEnum):
    """The kinds of content that are told apart."""

    EMPTY = "empty"
    PDF = "pdf"
    XLSX = "xlsx"
    TEXT = "text"
    DOCX = "docx"
    PPTX = "pptx"
    XLSB = "xlsb"
    OPEN_DOCUMENT = "open_document"
    OFD = "ofd"
    ZIP = "zip"
    BROKEN_ZIP = "broken_zip"
    XLS = "xls"
    DOC = "doc"
    OLE = "ole"
    ENCRYPTED_OFFICE = "encrypted_office"
    HTML = "html"
    EXCEL_XML = "excel_xml"
    WORD_XML = "word_xml"
    XML = "xml"
    RTF = "rtf"
    IMAGE = "image"
    ARCHIVE = "archive"
    UNKNOWN = "unknown"


READABLE: Final = frozenset(
    {
        Kind.PDF,
        Kind.XLSX,
        Kind.XLS,
        Kind.DOCX,
        Kind.OFD,
        Kind.HTML,
        Kind.EXCEL_XML,
        Kind.TEXT,
        Kind.IMAGE,
        Kind.ZIP,
    }
)
"""The kinds that can be read now; pictures by eyes only, a zip member by member."""

_ENDINGS: Final = {
    Kind.PDF: (".pdf",),
    Kind.XLSX: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    Kind.XLS: (".xls", ".et", ".xlt", ".ett"),
    Kind.DOCX: (".docx", ".docm", ".dotx", ".dotm"),
    Kind.DOC: (".doc", ".wps", ".dot", ".wpt"),
    Kind.RTF: (".rtf",),
    Kind.EXCEL_XML: (".xml",),
    Kind.WORD_XML: (".xml",),
    Kind.OFD: (".ofd",),
    Kind.HTML: (".html", ".htm", ".xhtml", ".mht", ".mhtml"),
    Kind.TEXT: (".txt", ".csv"),
    Kind.IMAGE: (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"),
    Kind.ZIP: (".zip",),
}
_MARKED_UP: Final = frozenset({".htm", ".html", ".xml"})
_KNOWN_ENDINGS: Final = frozenset().union(*_ENDINGS.values(), {".xlsb", ".xml", ".ett", ".dot", ".wpt", ".rtf"})
"""Endings that claim a kind; any other claims nothing."""
_NAMES: Final = {
    Kind.PDF: ("PDF", "a PDF"),
    Kind.XLSX: ("Excel 工作簿（XLSX）", "an Excel workbook (XLSX)"),
    Kind.TEXT: ("纯文本", "plain text"),
    Kind.DOCX: ("Word 文档（DOCX）", "a Word document (DOCX)"),
    Kind.PPTX: ("演示文稿（PPTX）", "a presentation (PPTX)"),
    Kind.XLSB: ("二进制工作簿（XLSB）", "a binary workbook (XLSB)"),
    Kind.OPEN_DOCUMENT: ("OpenDocument 文档", "an OpenDocument file"),
    Kind.OFD: ("OFD 版式文档", "an OFD document"),
    Kind.ZIP: ("压缩包（ZIP）", "a zip archive"),
    Kind.XLS: ("旧版 Excel 工作簿（XLS）", "an old Excel workbook (XLS)"),
    Kind.DOC: ("旧版 Word 文档（DOC）", "an old Word document (DOC)"),
    Kind.OLE: ("旧版 Office 文档", "an old Office document"),
    Kind.HTML: ("网页（HTML）", "a web page (HTML)"),
    Kind.EXCEL_XML: ("Excel 2003 XML 表格", "an Excel 2003 XML workbook"),
    Kind.WORD_XML: ("Word 2003 XML 文档", "a Word 2003 XML document"),
    Kind.XML: ("XML 数据", "XML data"),
    Kind.RTF: ("RTF 文档", "an RTF document"),
    Kind.IMAGE: ("图片", "a picture"),
}

_MAGIC: Final = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"BM", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"RIFF", Kind.IMAGE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"Rar!\x1a\x07", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"BZh", Kind.ARCHIVE),
    (b"\xfd7zXZ\x00", Kind.ARCHIVE),
    (b"MSCF", Kind.ARCHIVE),
)
_LIKE_LETTERS: Final = frozenset({Kind.IMAGE, Kind.ARCHIVE})
_TAR_MARK: Final = slice(257, 262)
_ZIP_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_MEMBERS: Final = (
    ("xl/workbook.bin", Kind.XLSB), ("xl/", Kind.XLSX), ("word/", Kind.DOCX), ("ppt/", Kind.PPTX),
    ("OFD.xml", Kind.OFD), ("mimetype", Kind.OPEN_DOCUMENT),
)  # fmt: skip
_OLE_STREAMS: Final = (
    ("EncryptedPackage", Kind.ENCRYPTED_OFFICE), ("WordDocument", Kind.DOC), ("Workbook", Kind.XLS),
    ("WORKBOOK", Kind.XLS), ("Book", Kind.XLS), ("BOOK", Kind.XLS),
)  # fmt: skip
_PDF_HEAD: Final = 1024
_MARKUP: Final = re.compile(
    r"\s*(?><!--.*?-->\s*)*+<(?:(!doctype\s+html|html|head|body|table|meta|title|style|script|link|div|center|frameset|"
    r"p|h[1-6])|\?xml)\b",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE_XML: Final = re.compile(
    r"\s*(?><(?:\?.*?\?|!--.*?--)>\s*)*+<(?:[\w.-]{1,20}:)?(?:(Workbook)|wordDocument)[\s>]", re.DOTALL
)
_OFFICE_SPACES: Final = (
    "urn:schemas-microsoft-com:office:spreadsheet", "http://schemas.microsoft.com/office/word/2003/wordml",
)  # fmt: skip
_HEAD: Final = 1024
_OFFICE_HEAD: Final = 8192
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
)  # fmt: skip


def detect(data: bytes) -> Kind:
    """The kind of a file's content.

    Args:
        data: the whole file.
    """
    if not data.strip():
        return Kind.EMPTY
    if data.startswith(_ZIP_STARTS):
        return _zip_kind(data)
    if b"%PDF-" in data[:_PDF_HEAD]:
        return Kind.PDF
    kind = _by_magic(data)
    if kind is not None and not (kind in _LIKE_LETTERS and _is_prose(data)):
        return kind
    return Kind.HTML if is_archive(data) else _text_kind(decode(data) or _head_as_it_is(data))


def _by_magic(data: bytes) -> Kind | None:
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if kind is Kind.OLE:
        return _ole_kind(data)
    return Kind.ARCHIVE if kind is None and data[_TAR_MARK] == b"ustar" else kind


def decode(data: bytes) -> str | None:
    """Bytes as text: by their mark, or UTF-8, or GB18030; `None` where they are no text."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name)
    return _decoded(data, "utf-8") or _decoded(data, "gb18030")


def told_by_name(kind: Kind, file: str) -> str | None:
    """What to say where a file's name claims another kind than its content is; an unknown ending claims nothing.

    The content is read all the same (a workbook of 2003 saved as a web page and named .xls, a PDF named .docx); that it
    may be the wrong file only a person knows.

    Returns:
        A sentence in 中文 and English, or `None` where name and content agree.
    """
    ending = PurePath(file).suffix.lower()
    if not _is_misnamed(kind, ending):
        return None
    zh, en = _NAMES[kind]
    return (
        f"扩展名是 {ending}，内容却是 {zh}；已按内容读取，请核对是否拿错了文件。"
        f"The name ends in {ending}, but the content is {en}; it was read by its content. "
        "Check that it is the right file."
    )


def _is_misnamed(kind: Kind, ending: str) -> bool:
    return ending in _KNOWN_ENDINGS and ending not in _ENDINGS[kind]


def not_a_form(kind: Kind, file: str, found: tuple[str, str]) -> errors.Unreadable:
    """The sentence for readable content without a form in it: where the name claims another kind, that is told.

    Args:
        kind: what the content is.
        file: its label.
        found: what was read, in 中文 and English.
    """
    ending = PurePath(file).suffix.lower()
    if _is_misnamed(kind, ending):
        return errors.wrong_extension(file, ending, _NAMES[kind], _ENDINGS[kind][0])
    return errors.not_a_form(file, *found)


def refuse(kind: Kind, data: bytes, file: str) -> errors.Unreadable:
    """The sentence for a kind that cannot be read.

    Args:
        kind: what was detected; one of `READABLE` makes no sense here.
        data: the whole file.
        file: its label.
    """
    if kind is Kind.EMPTY:
        return errors.empty(file, len(data))
    if kind is Kind.ENCRYPTED_OFFICE:
        return errors.encrypted(file, "Office 文件 Office file")
    if kind is Kind.BROKEN_ZIP:
        return errors.damaged(
            file, "XLSX/ZIP", "压缩包没有完整的结尾（中央目录）", "the zip lacks its end (central directory)"
        )
    if kind is Kind.ARCHIVE:
        return errors.archive(file, "压缩包（GZ、TAR、7Z、RAR 等）", "an archive (gz, tar, 7z, rar …)")
    if kind in _NAMES:
        return errors.unsupported(file, *_NAMES[kind])
    return errors.unreadable_encoding(file)


def _zip_kind(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return Kind.BROKEN_ZIP
    return next((kind for lead, kind in _MEMBERS if any(name.startswith(lead) for name in names)), Kind.ZIP)


def _ole_kind(data: bytes) -> Kind:
    """By the streams of the root; of a broken file, by what names of streams stand anywhere in it."""
    try:
        streams = open_compound(data, "").streams.keys()
    except errors.Unreadable:
        return next((kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in data), Kind.OLE)
    return next((kind for name, kind in _OLE_STREAMS if name in streams), Kind.OLE)


def is_locked(data: bytes, file: str) -> bool:
    """Whether a DOC asks for a password ([MS-DOC] 2.5.2, fEncrypted).

    Raises:
        Unreadable: it is cut off or broken.
    """
    head = open_compound(data, file).read("WordDocument")[:12]
    return len(head) == 12 and bool(head[11] & 1)


def _text_kind(text: str | None) -> Kind:
    if text is None:
        return Kind.UNKNOWN
    head = text.strip()[:_HEAD]
    office = _OFFICE_XML.match(text[:_OFFICE_HEAD])
    if office and any(space in text[:_OFFICE_HEAD] for space in _OFFICE_SPACES):
        return Kind.EXCEL_XML if office[1] else Kind.WORD_XML
    markup = _MARKUP.match(head)
    if not markup:
        return Kind.TEXT if head else Kind.EMPTY
    return Kind.HTML if markup[1] or "<html" in head.lower() else Kind.XML


def _head_as_it_is(data: bytes) -> str | None:
    """The head of what is no text as a whole, where it is markup: its own reader tells what encoding it has."""
    head = data[:_HEAD].decode("latin-1")
    return head if _MARKUP.match(head) and not _CONTROLS.search(head) else None


def _is_prose(data: bytes) -> bool:
    """Whether bytes that begin like a picture or an archive (BM, GIF8, BZh are letters, too) are text after all."""
    return _decoded(data, "utf-8") is not None


def _decoded(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS.search(text) else text

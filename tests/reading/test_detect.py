"""What a file is, is told by its bytes; the name is never asked."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.reading.detect import READABLE, Kind, decode, detect, refuse

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(*names: str) -> bytes:
    """A zip with empty parts of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    return out.getvalue()


SAMPLES = {
    "nothing": (b"", Kind.EMPTY),
    "white space": (b" \r\n\t", Kind.EMPTY), "a lone mark": (b"\xef\xbb\xbf \n", Kind.EMPTY),
    "pdf": (b"%PDF-1.4\n", Kind.PDF), "pdf after junk": (b"\n\njunk\n%PDF-1.4\n", Kind.PDF),
    "xlsx": (zipped("[Content_Types].xml", "xl/workbook.xml"), Kind.XLSX),
    "xlsb": (zipped("xl/workbook.bin"), Kind.XLSB), "docx": (zipped("word/document.xml"), Kind.DOCX),
    "pptx": (zipped("ppt/presentation.xml"), Kind.PPTX), "ofd": (zipped("OFD.xml"), Kind.OFD),
    "odt": (zipped("mimetype", "content.xml"), Kind.OPEN_DOCUMENT),
    "zip": (zipped("a.pdf"), Kind.ZIP), "a zip of a PDF, stored": (zipped("%PDF-1.7.pdf"), Kind.ZIP),
    "half a zip": (zipped("xl/workbook.xml")[:40], Kind.BROKEN_ZIP),
    "xls": (OLE + "Workbook".encode("utf-16-le"), Kind.XLS),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), Kind.DOC),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), Kind.ENCRYPTED_OFFICE),
    "ole": (OLE, Kind.OLE),
    "png": (b"\x89PNG\r\n\x1a\n\x00", Kind.IMAGE), "jpeg": (b"\xff\xd8\xff\xe0\x00", Kind.IMAGE),
    "tiff": (b"II*\x00\x08", Kind.IMAGE), "rtf": (b"{\\rtf1 a}", Kind.RTF),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00", Kind.ARCHIVE),
    "html": ("<!DOCTYPE html><p>表".encode(), Kind.HTML), "html after a comment": (b"<!-- a --> <html>", Kind.HTML),
    "xml": (b"<?xml version='1.0'?><a/>", Kind.XML), "utf-8": ("项目名称".encode(), Kind.TEXT),
    "gb18030": ("项目名称：科技金融".encode("gb18030"), Kind.TEXT), "utf-16": ("项目".encode("utf-16"), Kind.TEXT),
    "prose like a bitmap": (b"BM is how this text begins", Kind.TEXT), "bytes": (bytes(range(256)), Kind.UNKNOWN),
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_content_tells_the_kind(name: str) -> None:
    """Each kind is told by its bytes."""
    data, kind = SAMPLES[name]
    assert detect(data) is kind


@pytest.mark.parametrize("kind", sorted(set(Kind) - READABLE))
def test_every_other_kind_has_its_sentence(kind: Kind) -> None:
    """Whatever cannot be read is refused with the file's name, in both languages, and with advice."""
    refusal = refuse(kind, b"", "某文件.pdf")
    for sentence in (refusal.zh, refusal.en):
        assert sentence.startswith("某文件.pdf")
    assert refusal.advice_zh
    assert refusal.advice_en


def test_texts_decode_in_every_encoding_met() -> None:
    """UTF-8 with and without its mark, GB18030 and UTF-16 give the same text; bytes that are none give nothing."""
    words = "项目名称：㐀𠮷"
    for name in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"):
        assert decode(words.encode(name)) == words
    assert decode(b"\x00\x01") is None
    assert decode(b"\xff\xff\xff") is None


@given(st.binary(max_size=400))
def test_any_bytes_have_a_kind(data: bytes) -> None:
    """No bytes make detection fail."""
    assert detect(data) in set(Kind)
    assert detect(b"PK\x03\x04" + data) in set(Kind)

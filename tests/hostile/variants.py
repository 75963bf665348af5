"""What no office program writes, put into each kind of container and each of its parts; and the word that names it."""

import io
import struct
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from hostile.hostile_files import encrypted_pdf

DATA: Final = Path(__file__).parents[1] / "data"
_CENTRAL, _LOCAL = b"PK\x01\x02", b"PK\x03\x04"
Parts = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Variant:
    """A file that has to be refused, and a word of the sentence that names the reason."""

    name: str
    data: bytes
    reason: str


@cache
def sound() -> dict[str, dict[str, bytes]]:
    """The parts of a good file of each kind of container."""
    found = {}
    for kind in ("xlsx", "docx", "ofd"):
        with zipfile.ZipFile(DATA / f"form1.{kind}") as archive:
            found[kind] = {name: archive.read(name) for name in archive.namelist()}
    return found


def zipped(parts: Parts, more: tuple[tuple[zipfile.ZipInfo, bytes], ...] = ()) -> bytes:
    """A zip of parts, and of more that may have the same names."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
        for info, content in more:
            archive.writestr(info, content)
    return out.getvalue()


def _declared(content: bytes, inside: str, code: str = "utf-8") -> bytes:
    """XML with a document type before its root."""
    text = content.decode("utf-8").lstrip("\ufeff")
    head, mark, rest = text.partition("?>")
    text = rest if mark and head.startswith("<?xml") else text
    return (f'<?xml version="1.0" encoding="{code}"?><!DOCTYPE a [{inside}]>{text.lstrip()}').encode(code)


_TYPES: Final = {
    "a document type": ("", "utf-8"),
    "an entity": ('<!ENTITY a "b">', "utf-8"),
    "an external entity": ('<!ENTITY a SYSTEM "file:///etc/passwd">', "utf-8"),
    "entities in one another": ('<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">', "utf-8"),
    "a parameter entity": ('<!ENTITY % a SYSTEM "http://127.0.0.1/x.dtd"> %a;', "utf-8"),
    "a document type in UTF-16": ("", "utf-16"),
}
_READ: Final = {
    "xlsx": ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"),
    "docx": ("word/document.xml", "word/styles.xml"),
    "ofd": ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"),
}
"""Parts that a reader opens."""
_OUTSIDE: Final = {
    "an absolute name": "/etc/x", "a name with dots": "../../x", "dots in the middle": "xl/../../x",
    "backslashes": "\\x", "dots with backslashes": "..\\..\\x", "a drive": "C:/x", "a stream of a file": "a.xml:x",
}  # fmt: skip


def variants() -> Iterator[Variant]:
    """All variants, the containers' first, so that a few show every kind."""
    yield Variant("a PDF with a password", encrypted_pdf(), "password")
    for kind, parts in sound().items():
        yield from _entries(kind, parts)
    for what in _TYPES:
        for kind, names in _READ.items():
            yield from _documents(what, kind, names)


def _entries(kind: str, parts: dict[str, bytes]) -> Iterator[Variant]:
    for what, name in _OUTSIDE.items():
        yield Variant(f"{kind}: {what}", zipped(parts | {name: b"x"}), "points outside")
    link = zipfile.ZipInfo("link")
    link.external_attr = 0xA1FF << 16
    first = next(iter(parts))
    twice = zipfile.ZipInfo(first), parts[first]
    yield Variant(f"{kind}: a symbolic link", zipped(parts, ((link, b"/etc/passwd"),)), "symbolic link")
    yield Variant(f"{kind}: a part twice", zipped(parts, (twice,)), "occurs twice")
    other = zipfile.ZipInfo(first.swapcase()), b"x"
    yield Variant(f"{kind}: a part twice, in other letters", zipped(parts, (other,)), "occurs twice")
    yield Variant(f"{kind}: a password", _locked(zipped(parts)), "password")
    yield Variant(f"{kind}: parts on the same bytes", _overlapping(zipped(parts)), "overlap")


def _documents(what: str, kind: str, names: tuple[str, ...]) -> Iterator[Variant]:
    inside, code = _TYPES[what]
    parts = sound()[kind]
    for name in names:
        if name in parts:
            changed = parts | {name: _declared(parts[name], inside, code)}
            yield Variant(f"{kind}: {what} in {name}", zipped(changed), "document type")


def _places(data: bytes, mark: bytes) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)


def _locked(data: bytes) -> bytes:
    changed = bytearray(data)
    for mark, offset in ((_CENTRAL, 8), (_LOCAL, 6)):
        for at in _places(data, mark):
            changed[at + offset] |= 1
    return bytes(changed)


def _overlapping(data: bytes) -> bytes:
    """The second part begins where the first does."""
    changed = bytearray(data)
    first, second = list(_places(data, _CENTRAL))[:2]
    changed[second + 42 : second + 46] = struct.pack("<I", *struct.unpack_from("<I", data, first + 42))
    return bytes(changed)

"""Files made to harm or broken by accident, each built here from nothing, with the verdict it must get."""

import hashlib
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reading.pdf_maker import PdfPage, assemble, grid, make_pdf, text

DATA = Path(__file__).parents[1] / "data"
MEGABYTE = 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Hostile:
    """A hostile file: how to build it, and the codes its verdict may have."""

    build: Callable[[], bytes]
    codes: frozenset[str]


def form_pdf() -> bytes:
    """A small PDF with a short form."""
    rows = (
        "项目名称 甲 主管部门 乙局",
        "三级指标 年度指标值 实际完成值 得分",
        "培训人次 ≥10.00(人) 12.00(人) 90.00",
        "总分 100.00 90.00 优",
    )
    words = "".join(
        text(52 + 110 * column, 740 - 30 * row, word)
        for row, line in enumerate(rows)
        for column, word in enumerate(line.split())
    )
    return make_pdf(PdfPage(grid([50, 160, 270, 380, 490], [640, 670, 700, 730, 760]) + words))


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def encrypted_pdf() -> bytes:
    """A PDF under the standard security handler, revision 2, with the user password "secret"."""
    user = (b"secret" + _PADDING)[:32]
    owner = rc4(hashlib.md5(user).digest()[:5], user)  # noqa: S324  # the handler's own algorithm (ISO 32000-1, 7.6.3)
    identity = b"0123456789abcdef"
    key = hashlib.md5(user + owner + b"\xfc\xff\xff\xff" + identity).digest()[:5]  # noqa: S324  # as above
    check = rc4(key, _PADDING)
    book = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    book.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>")
    book.append(f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{check.hex()}> /P -4 >>")
    return assemble(book, f"/Encrypt 4 0 R /ID [<{identity.hex()}> <{identity.hex()}>]")


def rc4(key: bytes, data: bytes) -> bytes:
    """RC4, as old encrypted PDFs use it."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def stream_pdf(filters: str, data: bytes) -> bytes:
    """A PDF whose only page has a content stream of these filters and bytes."""
    book = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    book.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>")
    book.append(f"<< /Filter [{filters}] /Length {len(data)} >>\nstream\n{data.decode('latin-1')}\nendstream")
    return assemble(book)


def deflated(piece: bytes, times: int) -> bytes:
    """The raw Deflate stream of a piece many times over, without pressing it many times."""
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = press.compress(piece) + press.flush(zlib.Z_FULL_FLUSH)
    return block * times + b"\x03\x00"


def flate_bomb() -> bytes:
    """Two chained Flate filters: 2 GiB of blanks inside a few kilobytes."""
    once = b"\x78\xda" + deflated(b" " * MEGABYTE, 2048) + bytes(4)
    return stream_pdf("/FlateDecode /FlateDecode", zlib.compress(once, 9))


def nested_arrays() -> bytes:
    """Two hundred thousand arrays inside one another."""
    deep = "[" * 200_000 + "]" * 200_000
    return assemble(["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids {deep} /Count 1 >>"])


def page_loop() -> bytes:
    """A page tree that holds itself."""
    return assemble(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])


def form_loop() -> bytes:
    """A form XObject that draws itself."""
    data = make_pdf(PdfPage("/X Do", forms={"X": ("/BBox [0 0 9 9]", "/X Do"), "Y": ("/BBox [0 0 9 9]", "/X Do")}))
    return data.replace(b"/XObject << /X 4 0 R", b"/XObject << /X 5 0 R")


def long_path() -> bytes:
    """A page of a hundred thousand lines."""
    return stream_pdf("/FlateDecode", zlib.compress(b"0 0 m 9 9 l S 5 5 m 5 90 l S " * 50_000, 9))


def zip_of(parts: dict[str, bytes]) -> bytes:
    """A zip of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def xlsx_parts() -> dict[str, bytes]:
    """The parts of a good workbook."""
    with zipfile.ZipFile(DATA / "forms7.xlsx") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_bomb(megabytes: int) -> bytes:
    """A workbook whose only sheet truly unpacks to so many megabytes of rows."""
    piece = (b'<row><c t="inlineStr"><is><t>a</t></is></c></row>' * MEGABYTE)[:MEGABYTE]
    stream, check = deflated(piece, megabytes), 0
    for _ in range(megabytes):
        check = zlib.crc32(piece, check)
    name = SHEET.encode()
    entry = struct.pack("<HHHHIIIHH", 0, 8, 0, 33, check, len(stream), megabytes * MEGABYTE, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<H", 20) + entry + name + stream
    listed = b"PK\x01\x02" + struct.pack("<HH", 20, 20) + entry + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    return local + listed + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(listed), len(local), 0)


def long_sheet() -> bytes:
    """A workbook within every limit of size whose first sheet has more cells than a form ever has."""
    cells = b"".join(b'<c t="inlineStr"><is><t>%d</t></is></c>' % number for number in range(200_001))
    return changed(SHEET, sheet_of(cells))


def lying_directory() -> bytes:
    """A sheet of 40 MB whose directory entry declares a thousand bytes."""
    data = bytearray(sheet_bomb(40))
    for at in _all(bytes(data), (40 * MEGABYTE).to_bytes(4, "little")):
        data[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def _all(data: bytes, piece: bytes) -> Iterator[int]:
    at = data.find(piece)
    while at >= 0:
        yield at
        at = data.find(piece, at + 1)


def overlapping() -> bytes:
    """A zip whose parts all point at the same bytes."""
    data = bytearray(zip_of({f"xl/{number}.xml": bytes(500_000) for number in range(40)}))
    for at in list(_all(bytes(data), b"PK\x01\x02")):
        data[at + 42 : at + 46] = (0).to_bytes(4, "little")
    return bytes(data)


def entities(kind: str) -> bytes:
    """A workbook whose styles declare entities."""
    inner = {
        "nested": "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + '<!ENTITY a0 "lol">',
        "quadratic": f'<!ENTITY a9 "{"a" * 50_000}">',
        "external": '<!ENTITY a9 SYSTEM "file:///etc/passwd">',
    }[kind]
    body = f"<?xml version='1.0'?><!DOCTYPE sst [{inner}]><sst><si><t>{'&a9;' * 1000}</t></si></sst>"
    return zip_of(xlsx_parts() | {"xl/styles.xml": body.encode()})


def changed(part: str, content: bytes) -> bytes:
    """A good workbook with one part replaced."""
    return zip_of(xlsx_parts() | {part: content})


def sheet_of(cells: bytes) -> bytes:
    """A sheet of one row of cells."""
    return b"<worksheet><sheetData><row>" + cells + b"</row></sheetData></worksheet>"


def linked() -> bytes:
    """A workbook with a symbolic link in it."""
    out = io.BytesIO(zip_of(xlsx_parts()))
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo("xl/link")
        info.external_attr = 0xA1FF << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def locked_parts() -> bytes:
    """A zip whose parts are marked as encrypted."""
    data = bytearray(zip_of(xlsx_parts()))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for at in _all(bytes(data), mark):
            data[at + offset] |= 1
    return bytes(data)


def one_of(*codes: str) -> frozenset[str]:
    """The codes a verdict may have."""
    return frozenset(codes)


READ = one_of("read")
BROKEN = one_of("truncated_or_damaged")
NO_FORM = one_of("not_a_form", "truncated_or_damaged", "scan_without_text")
UNSAFE = one_of("unsafe_content")
TOO_MUCH = one_of("expands_too_much")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)

FILES: dict[str, Hostile] = {
    "empty": Hostile(lambda: b"", one_of("empty")),
    "blank lines": Hostile(lambda: b"\r\n \t" * 999, one_of("empty")),
    "zero bytes": Hostile(lambda: bytes(99_999), one_of("unreadable_text_encoding")),
    "noise": Hostile(lambda: random.Random(1).randbytes(99_999), one_of("unreadable_text_encoding")),  # noqa: S311
    "a letter": Hostile(lambda: b"a", one_of("not_a_form")),
    "a novel": Hostile(lambda: "春天来了，万物复苏。\n".encode() * 3000, one_of("not_a_form")),
    "one endless line": Hostile(lambda: "项目名称".encode() * 20_000, one_of("not_a_form", "time_out")),
    "a scan": Hostile((DATA / "scan_clean200.pdf").read_bytes, one_of("scan_without_text")),
    "an encrypted PDF": Hostile(encrypted_pdf, one_of("encrypted")),
    "an encrypted workbook": Hostile(lambda: OLE + "EncryptedPackage".encode("utf-16-le"), one_of("encrypted")),
    "a zip with a password": Hostile(locked_parts, one_of("encrypted")),
    "an old workbook of nothing": Hostile(lambda: OLE + "Workbook".encode("utf-16-le"), BROKEN),
    "a Word document of nothing": Hostile(lambda: zip_of({"word/document.xml": b""}), BROKEN),
    "an OFD document without content": Hostile(lambda: zip_of({"OFD.xml": b""}), BROKEN),
    "a picture": Hostile(lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), one_of("scan_without_text")),
    "a web page": Hostile(lambda: b"<html><body>" * 99, one_of("not_a_form")),
    "2 GiB in a content stream": Hostile(flate_bomb, one_of("crashed", "memory", "time_out", "truncated_or_damaged")),
    "nested arrays": Hostile(nested_arrays, NO_FORM | {"crashed"}),
    "a page tree that holds itself": Hostile(page_loop, NO_FORM),
    "a form that draws itself": Hostile(form_loop, NO_FORM),
    "a hundred thousand lines": Hostile(long_path, NO_FORM | {"time_out"}),
    "a PDF without pages": Hostile(make_pdf, BROKEN),
    "a PDF of a header": Hostile(lambda: b"%PDF-1.7\n", BROKEN),
    "a PDF with a false end": Hostile(lambda: b"%PDF-1.7\nstartxref\n999999\n%%EOF", BROKEN),
    "a PDF with an empty body": Hostile(lambda: b"%PDF-1.7\nstartxref\n0\n%%EOF", BROKEN),
    "a PDF cut after an update": Hostile(lambda: form_pdf() + b"9 0 obj\n<< /Type /Pa", BROKEN),
    "a PDF without a form": Hostile(lambda: make_pdf(PdfPage(text(100, 700, "午餐菜单"))), one_of("not_a_form")),
    "400 MB in a workbook": Hostile(lambda: sheet_bomb(400), TOO_MUCH),
    "a workbook with a lying directory": Hostile(lying_directory, BROKEN),
    "60 MB in a small workbook": Hostile(lambda: sheet_bomb(60), TOO_MUCH),
    "a workbook of too many cells": Hostile(long_sheet, one_of("too_large")),
    "three thousand parts": Hostile(lambda: zip_of({f"xl/{n}": b"" for n in range(3000)}), TOO_MUCH),
    "parts on the same bytes": Hostile(overlapping, UNSAFE | TOO_MUCH),
    "nested entities": Hostile(lambda: entities("nested"), UNSAFE),
    "quadratic entities": Hostile(lambda: entities("quadratic"), UNSAFE),
    "an external entity": Hostile(lambda: entities("external"), UNSAFE),
    "a part outside": Hostile(lambda: changed("../../etc/cron.d/x", b""), UNSAFE),
    "an absolute part": Hostile(lambda: changed("/etc/x", b""), UNSAFE),
    "a part with a drive": Hostile(lambda: changed("C:/x", b""), UNSAFE),
    "a symbolic link": Hostile(linked, UNSAFE),
    "a part twice": Hostile(lambda: changed("XL/workbook.xml", b""), UNSAFE),
    "a workbook without a sheet": Hostile(lambda: changed("xl/workbook.xml", b"<workbook/>"), BROKEN),
    "a workbook of text": Hostile(lambda: changed("xl/workbook.xml", b"hello"), BROKEN),
    "a sheet that ends early": Hostile(lambda: changed(SHEET, b"<worksheet><sheetData><row>"), BROKEN),
    "a sheet of deep nesting": Hostile(lambda: changed(SHEET, b"<a>" * 99_999), BROKEN),
    "strings that are missing": Hostile(lambda: changed(SHEET, sheet_of(b'<c t="s"><v>3</v></c>')), BROKEN),
    "a workbook without a form": Hostile(
        lambda: zip_of(
            xlsx_parts() | {f"xl/worksheets/sheet{n}.xml": sheet_of(b'<c t="str"><v>a</v></c>') for n in range(1, 8)}
        ),
        one_of("not_a_form"),
    ),
    "numbers without end": Hostile(
        lambda: changed(SHEET, sheet_of(b"<c><v>" + b"9" * MEGABYTE + b"</v></c><c><v>1E999999999</v></c>")),
        one_of("read"),
    ),
}
"""Name → file; the verdict "read" means that the rest of the file is read all the same."""


def cuts(data: bytes, count: int) -> Iterator[bytes]:
    """A file cut off at so many places, spread over it, and just before its end."""
    for part in range(1, count):
        yield data[: len(data) * part // count]
    yield data[:-10]


def mutants(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """A file with some bytes changed, its first kilobyte left alone so that it is still taken for what it was."""
    chance = random.Random(seed)  # noqa: S311  # a reproducible file, no secret
    for _ in range(count):
        changed_bytes = bytearray(data)
        for _ in range(chance.choice([1, 5, 40])):
            changed_bytes[chance.randrange(1024, len(data))] = chance.randrange(256)
        yield bytes(changed_bytes)


def mutated_workbooks(count: int, seed: int) -> Iterator[bytes]:
    """Workbooks whose parts are changed inside a sound container, so that the mutation reaches the reader."""
    chance = random.Random(seed)  # noqa: S311  # a reproducible file, no secret
    parts = xlsx_parts()
    for _ in range(count):
        name = chance.choice(["xl/workbook.xml", SHEET, "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
        content = bytearray(parts[name])
        for _ in range(chance.choice([1, 3, 9])):
            content[chance.randrange(len(content))] = chance.choice(b'<>"=/0129aA&')
        yield zip_of(parts | {name: bytes(content)})

"""Zip archives made to harm, each built here from nothing, with the verdict it must get.

The verdict on an archive as a whole, or the verdicts on its members in their order.
"""

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping

from hostile.hostile_files import BROKEN, TOO_MUCH, UNSAFE, Hostile, deflated, form_pdf, one_of, overlapping, zip_of

TEXT = "项目名称：甲\n".encode()
READ, EMPTY, LOCKED = one_of("read"), one_of("empty"), one_of("encrypted")
UNSUPPORTED, NO_FORM = one_of("unsupported_format"), one_of("not_a_form")
MEGABYTE = 1024 * 1024
LOCAL, LISTED, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def zipped(members: Mapping[str, bytes], press: int = zipfile.ZIP_DEFLATED) -> bytearray:
    """A zip of members, as bytes to be changed."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", press) as archive:
        warnings.simplefilter("ignore")
        for name, content in members.items():
            archive.writestr(name, content)
    return bytearray(out.getvalue())


def good(name: str = "a.pdf") -> bytearray:
    """A zip of one good form, stored."""
    return zipped({name: form_pdf()}, zipfile.ZIP_STORED)


def patched(offset: int, value: bytes, local: int | None = None) -> Callable[[], bytes]:
    """A good zip with some bytes of its directory's entry changed, and of its local head."""

    def build() -> bytes:
        data = good()
        at = data.index(LISTED) + offset
        data[at : at + len(value)] = value
        if local is not None:
            data[local : local + len(value)] = value
        return bytes(data)

    return build


def ended(offset: int, value: bytes) -> Callable[[], bytes]:
    """A good zip with some bytes of its end changed."""

    def build() -> bytes:
        data = good()
        at = data.index(END) + offset
        data[at : at + len(value)] = value
        return bytes(data)

    return build


def named(name: bytes, *, flag: int = 0) -> Callable[[], bytes]:
    """A good zip whose member has this name, byte for byte."""

    def build() -> bytes:
        data = bytes(good("x" * len(name))).replace(b"x" * len(name), name)
        at = data.index(LISTED)
        return data[: at + 8] + struct.pack("<H", flag) + data[at + 10 :]

    return build


def linked() -> bytes:
    """A zip of a symbolic link."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("a.pdf")
        info.external_attr = 0xA1FF << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def twins(first: str, second: str) -> Callable[[], bytes]:
    """A zip of two members of nearly one name."""

    def build() -> bytes:
        data = bytes(zipped({first: form_pdf(), "y" * len(second): form_pdf()}))
        return data.replace(b"y" * len(second), second.encode())

    return build


def bomb(megabytes: int, declared: int) -> bytes:
    """A member that truly unpacks to so many megabytes and declares so many bytes."""
    stream = deflated(bytes(MEGABYTE), megabytes)
    entry = struct.pack("<HHHHIIIHH", 0, 8, 0, 33, 0, len(stream), declared, 5, 0)
    local = LOCAL + struct.pack("<H", 20) + entry + b"a.txt" + stream
    listed = LISTED + struct.pack("<HH", 20, 20) + entry + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"a.txt"
    return local + listed + END + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(listed), len(local), 0)


def two_ends() -> bytes:
    """A zip whose comment holds the end of another directory, which is that of an evil archive."""
    evil, data = bytes(zipped({"../evil.pdf": form_pdf()})), good()
    comment = evil[evil.index(END) :]
    data[-2:] = struct.pack("<H", len(comment))
    return bytes(data) + comment


def many(count: int) -> bytes:
    """A zip of so many empty members."""
    return bytes(zipped({f"{number}.txt": b"" for number in range(count)}, zipfile.ZIP_STORED))


def nested(depth: int) -> bytes:
    """A zip in a zip in a zip."""
    data = bytes(good())
    for _ in range(depth):
        data = bytes(zipped({"a.zip": data}))
    return data


def wide_end() -> bytes:
    """A zip with the end of a large archive (zip64) that says it holds four thousand million members."""
    data = good()
    at = data.index(END)
    wide = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 1 << 32, 1 << 32, 1 << 62, 0)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, at, 1)
    return bytes(data[:at]) + wide + locator + bytes(data[at : at + 8]) + b"\xff" * 12 + b"\0\0"


def polyglot() -> bytes:
    """A zip that is a web page as well: the page stands before its first member."""
    return b"<!DOCTYPE html><html><body>" + bytes(good())


def lying_descriptor() -> bytes:
    """A member written as a stream, whose sizes follow its bytes and differ from those of the directory."""
    data = bytearray(zipped({"a.txt": TEXT}))
    for mark, offset in ((LOCAL, 6), (LISTED, 8)):
        data[data.index(mark) + offset] |= 8
    at = data.index(LISTED)
    return bytes(data[:at]) + b"PK\x07\x08" + b"\xff" * 12 + bytes(data[at:])


FILES: dict[str, Hostile] = {
    "an empty zip": Hostile(lambda: bytes(zipped({})), EMPTY),
    "a zip of folders": Hostile(lambda: bytes(zipped({"a/": b"", "b/": b""})), EMPTY),
    "a zip of what a system leaves": Hostile(lambda: bytes(zipped({"__MACOSX/._a": b"a", ".DS_Store": b"a"})), EMPTY),
    "half a zip": Hostile(lambda: bytes(good()[:-30]), BROKEN),
    "a zip without its beginning": Hostile(lambda: b"PK\x03\x04" + bytes(good()[60:]), BROKEN | UNSAFE),
    "a directory that starts beyond the end": Hostile(ended(16, b"\xff\xff\xff\x7f"), BROKEN | UNSAFE),
    "a directory that is longer than the file": Hostile(ended(12, b"\xff\xff\xff\x7f"), BROKEN),
    "a directory of more members than there are": Hostile(ended(8, b"\xff\x00\xff\x00"), BROKEN | READ),
    "a large archive's end that lies": Hostile(wide_end, BROKEN),
    "an end in the comment": Hostile(two_ends, BROKEN | UNSAFE | READ),
    "a page before the zip": Hostile(polyglot, READ),
    "noise before the zip": Hostile(lambda: b"PK\x03\x04 noise " + bytes(good()), READ),
    "noise after the zip": Hostile(lambda: bytes(good()) + b"noise", READ),
    "a hundred empty members": Hostile(lambda: many(100), EMPTY),
    "two thousand and one members": Hostile(lambda: many(2001), TOO_MUCH),
    "seventy thousand members": Hostile(lambda: many(70_000), TOO_MUCH),
    "a gigabyte that says so": Hostile(lambda: bomb(1024, 1024 * MEGABYTE), TOO_MUCH),
    "a gigabyte that says it is a kilobyte": Hostile(lambda: bomb(1024, 1000), BROKEN),
    "a size smaller than the member": Hostile(patched(24, struct.pack("<I", 10), 22), BROKEN),
    "a size larger than the member": Hostile(patched(24, struct.pack("<I", 99_999), 22), BROKEN),
    "a packed size beyond the end": Hostile(patched(20, struct.pack("<I", 1 << 30), 18), BROKEN),
    "a check that is wrong": Hostile(patched(16, b"\0\0\0\0", 14), BROKEN),
    "a method that does not exist": Hostile(patched(10, struct.pack("<H", 77), 8), BROKEN),
    "Deflate of 64 KB windows": Hostile(patched(10, struct.pack("<H", 9), 8), BROKEN),
    "stored bytes that say they are pressed": Hostile(patched(10, struct.pack("<H", 8), 8), BROKEN),
    "another name in the member's own head": Hostile(
        lambda: bytes(good()).replace(b"a.pdf", b"b.pdf", 1), BROKEN
    ),
    "a head that is no head": Hostile(
        lambda: bytes(zipped({"a.txt": TEXT})).replace(LOCAL, b"PK\x03\x05", 1), one_of("unreadable_text_encoding")
    ),
    "a head beyond the end": Hostile(patched(42, b"\xff\xff\xff\x7f"), BROKEN),
    "heads on the same bytes": Hostile(lambda: overlapping().replace(b"xl/", b"ab/"), UNSAFE | TOO_MUCH),
    "sizes that follow and lie": Hostile(lying_descriptor, NO_FORM | READ | BROKEN),
    "a member with a password": Hostile(patched(8, struct.pack("<H", 1), 6), LOCKED),
    "a member with strong encryption": Hostile(patched(8, struct.pack("<H", 0x41), 6), LOCKED | BROKEN),
    "a member outside": Hostile(named(b"../../a.pdf"), UNSAFE),
    "a member outside by backslashes": Hostile(named(b"..\\..\\a.pdf"), UNSAFE),
    "an absolute member": Hostile(named(b"/etc/a.pdf"), UNSAFE),
    "a member on a drive": Hostile(named(b"C:\\a.pdf"), UNSAFE),
    "a member on a share": Hostile(named(b"\\\\host\\a.pdf"), UNSAFE),
    "a stream beside a file": Hostile(named(b"a.pdf:b.pdf"), UNSAFE),
    "a link": Hostile(linked, UNSAFE),
    "a device's name": Hostile(named(b"CON.pdf"), READ),
    "a name with an end in it": Hostile(named(b"a.pdf\x00.exe"), READ),
    "a name of escapes": Hostile(named(b"\x1b]0;a\x07\x1b[2J.pdf"), READ),
    "a name of no letters in any code": Hostile(named(b"\xff\xfe\x80.pdf"), READ),
    "a name that says UTF-8 and is not": Hostile(named(b"\xff\xfe\x80.pdf", flag=0x800), BROKEN),
    "a name of sixty thousand letters": Hostile(named(b"a" * 60_000 + b".pdf"), READ),
    "a name of blanks": Hostile(named(b"   "), READ),
    "two members of one name": Hostile(twins("a.pdf", "a.pdf"), READ | UNSAFE),
    "two members whose names differ in case": Hostile(twins("a.pdf", "A.PDF"), READ),
    "a zip in a zip": Hostile(lambda: nested(1), UNSUPPORTED),
    "a zip in a zip, a hundred times": Hostile(lambda: nested(100), UNSUPPORTED),
    "a bomb in a zip in a zip": Hostile(lambda: bytes(zipped({"a.zip": bomb(1024, 1024 * MEGABYTE)})), UNSUPPORTED),
    "a workbook's bomb in a zip": Hostile(
        lambda: bytes(zipped({"a.xlsx": zip_of({"xl/workbook.xml": bytes(70_000_000)})})), TOO_MUCH
    ),
    "a zip of a program": Hostile(
        lambda: bytes(zipped({"a.exe": b"MZ\x90\x00" + bytes(999)})), one_of("unreadable_text_encoding")
    ),
}  # fmt: skip
"""Name → file."""

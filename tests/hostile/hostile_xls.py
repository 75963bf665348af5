"""Old workbooks made to harm or broken by accident, each built here from nothing, with the verdict it must get."""

import struct
from collections.abc import Callable

from hostile.hostile_files import BROKEN, DATA, Hostile, one_of
from reading.test_xls import by_hand, compound, record

READ_ON = one_of("not_a_form")
"""The workbook is read to its end; it holds no form."""
TEXT = record(0x204, struct.pack("<HHHHB", 0, 0, 0, 1, 0) + b"a")
HEAD = record(0x809, struct.pack("<HH", 0x600, 5) + bytes(12))


def sheet(*pieces: bytes) -> Callable[[], bytes]:
    """A workbook whose sheet holds these records."""
    return lambda: by_hand(b"".join(pieces))


def changed(at: int, value: int) -> Callable[[], bytes]:
    """The sample workbook with four bytes of its head changed."""
    data = (DATA / "forms7.xls").read_bytes()
    return lambda: data[:at] + struct.pack("<I", value) + data[at + 4 :]


def many_numbers() -> bytes:
    """More cells than a sheet may have."""
    row = struct.pack("<HI", 0, 7) * 200
    return by_hand(b"".join(record(0xBD, struct.pack("<HH", at, 0) + row + bytes(2)) for at in range(1100)))


def nested(times: int) -> bytes:
    """Substreams that begin inside one another and never end."""
    return compound(HEAD * times)


XLS_FILES: dict[str, Hostile] = {
    "xls: a header alone": Hostile(
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), one_of("unsupported_format")
    ),
    "xls: an endless table of sectors": Hostile(changed(44, 0xFFFFFFF0), BROKEN | {"unsupported_format"}),
    "xls: a directory that is nowhere": Hostile(changed(48, 0x00FFFFFF), BROKEN | {"unsupported_format"}),
    "xls: a first sector far away": Hostile(changed(76, 0x0FFFFFFF), BROKEN | {"unsupported_format"}),
    "xls: sectors of a megabyte": Hostile(changed(28, 0x0014FFFE), BROKEN | {"unsupported_format"}),
    "xls: numbers without end": Hostile(many_numbers, one_of("too_large")),
    "xls: a merge of the whole sheet": Hostile(
        sheet(
            TEXT,
            record(0x204, struct.pack("<HHHHB", 65535, 255, 0, 1, 0) + b"b"),
            record(0xE5, struct.pack("<5H", 1, 0, 65535, 0, 255)),
        ),
        one_of("too_large"),
    ),
    "xls: merges that are not there": Hostile(sheet(TEXT, record(0xE5, b"\xff\xff")), BROKEN),
    "xls: a hundred thousand merges": Hostile(
        sheet(TEXT, record(0xE5, struct.pack("<H", 1000) + struct.pack("<4H", 5, 4, 9, 3) * 1000) * 100), READ_ON
    ),
    "xls: substreams in one another": Hostile(lambda: nested(50_000), BROKEN),
    "xls: a sheet that begins in itself": Hostile(
        lambda: compound(HEAD + record(0x85, struct.pack("<IHBB", 0, 0, 1, 0) + b"a") + record(10)), READ_ON
    ),
    "xls: a sheet that begins at the end of numbers": Hostile(
        lambda: compound(HEAD + record(0x85, struct.pack("<IHBB", 0xFFFFFFFF, 0, 1, 0) + b"a") + record(10)), BROKEN
    ),
    "xls: a thousand sheets": Hostile(
        lambda: compound(HEAD + record(0x85, struct.pack("<IHBB", 0, 0, 1, 0) + b"a") * 1000 + record(10)),
        one_of("too_large"),
    ),
    "xls: a string of four thousand million": Hostile(
        lambda: by_hand(TEXT, record(0xFC, struct.pack("<IIHBI", 1, 1, 9, 4, 0xFFFFFFFF) + b"a" * 9)), BROKEN
    ),
    "xls: numbers that are none": Hostile(
        sheet(
            *(record(0x203, struct.pack("<HHHd", 0, at, 0, value)) for at, value in enumerate((1e308, -1e-308))),
            record(0x203, struct.pack("<HHH", 1, 0, 0) + b"\xff" * 8),
        ),
        READ_ON,
    ),
    "xls: shapes without words": Hostile(sheet(TEXT, record(0x5D), record(0x1B6, bytes(18)) + record(0x3C)), READ_ON),
    "xls: continuations of nothing": Hostile(sheet(record(0x3C, b"x") * 9999, TEXT), READ_ON),
}
"""Name → file, as for the other formats."""

"""Workbooks made to harm, each built here from nothing, with the verdict it must get."""

import random
from collections.abc import Callable

from hostile.hostile_files import (
    BROKEN,
    READ,
    SHEET,
    TOO_MUCH,
    UNSAFE,
    Hostile,
    changed,
    one_of,
    sheet_of,
    xlsx_parts,
    zip_of,
)

STOPPED = one_of("time_out", "memory", "crashed")
TOO_LARGE = one_of("too_large")
BOOK, LINKS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
STRINGS = "xl/sharedStrings.xml"
NOISE = random.Random(1).randbytes(900_000)  # noqa: S311  # a reproducible file, no secret
"""What cannot be pressed: beside it, a large part does not look like a bomb."""
SMALL = b"<c t='inlineStr'><is><t>a</t></is></c>"


def first(sheet: str | bytes) -> Callable[[], bytes]:
    """A good workbook whose first sheet is this."""
    return lambda: changed(SHEET, sheet.encode() if isinstance(sheet, str) else sheet)


def padded(part: str, content: bytes) -> bytes:
    """A good workbook with a part replaced, and noise beside it so that the ratio is that of a real file."""
    return zip_of(xlsx_parts() | {part: content, "xl/media/image1.bin": NOISE})


def with_parts(**parts: str) -> Callable[[], bytes]:
    """A good workbook with parts added; names have __ for the slash and _ for the dot."""
    named = {name.replace("__", "/").replace("_", "."): content.encode() for name, content in parts.items()}
    return lambda: zip_of(xlsx_parts() | named)


def edited(part: str, old: str, new: str) -> Callable[[], bytes]:
    """A good workbook with a piece of a part replaced."""

    def build() -> bytes:
        text = xlsx_parts()[part].decode()
        assert old in text, (part, old)
        return changed(part, text.replace(old, new).encode())

    return build


def formatted(code: str, value: str = "45000.5") -> Callable[[], bytes]:
    """A workbook of one sheet with a number under a format code."""
    styles = f'<styleSheet><numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
    styles += '<cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>'
    sheet = sheet_of(f"<c s='1'><v>{value}</v></c>".encode())
    return lambda: zip_of(only_first() | {SHEET: sheet, STYLES: styles.encode()})


def only_first() -> dict[str, bytes]:
    """A good workbook whose book lists its first sheet only; it holds no form once that is replaced."""
    parts = xlsx_parts()
    book = parts[BOOK].decode()
    start, end = book.index("<sheet "), book.index("</sheets>")
    one = book[start : book.index("/>", start) + 2]
    return parts | {BOOK: (book[:start] + one + book[end:]).encode()}


def merged(count: int) -> bytes:
    """A sheet of so many merged cells."""
    ranges = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(1, count + 1))
    return (
        b"<worksheet><sheetData><row>"
        + SMALL
        + b"</row></sheetData><mergeCells>"
        + ranges
        + b"</mergeCells></worksheet>"
    )


def hidden_merges(count: int) -> bytes:
    """A sheet of hidden rows, with so many merged cells over all of them."""
    rows = b"<row hidden='1'/>" * 100_000
    return merged(count).replace(b"<sheetData>", b"<sheetData>" + rows)


def many_sheets(count: int) -> bytes:
    """A book that lists its first sheet so many times."""
    parts = only_first()
    book = parts[BOOK].decode()
    start = book.index("<sheet ")
    one = book[start : book.index("/>", start) + 2]
    return zip_of(parts | {BOOK: book.replace(one, one * count).encode(), SHEET: sheet_of(SMALL)})


def utf16() -> bytes:
    """A workbook whose first sheet is written in UTF-16."""
    text = xlsx_parts()[SHEET].decode("utf-8").replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return changed(SHEET, text.encode("utf-16"))


NO_FORM = one_of("not_a_form")
FILES: dict[str, Hostile] = {
    "a million shared strings": Hostile(
        lambda: padded(STRINGS, b"<sst>" + b"<si><t>a</t></si>" * 1_000_000 + b"</sst>"), READ | BROKEN | STOPPED
    ),
    "a shared string of 40 MB": Hostile(
        lambda: padded(STRINGS, b"<sst><si><t>" + b"a" * 40_000_000 + b"</t></si></sst>"), READ
    ),
    "a cell of a hundred thousand runs": Hostile(
        first(sheet_of(b"<c t='inlineStr'><is>" + b"<r><t>a</t></r>" * 100_000 + b"</is></c>")), READ
    ),
    "rows at the end of the sheet": Hostile(
        first("<worksheet><sheetData><row r='1'>" + SMALL.decode() + "</row><row r='1048576'>" + SMALL.decode()
              + "</row></sheetData></worksheet>"), READ,
    ),
    "rows beyond the end": Hostile(
        first("<worksheet><sheetData><row r='9999999'>" + SMALL.decode() + "</row></sheetData></worksheet>"), READ
    ),
    "rows that are negative": Hostile(
        first("<worksheet><sheetData><row r='-5'>" + SMALL.decode() * 9 + "</row></sheetData></worksheet>"), READ
    ),
    "the whole sheet merged": Hostile(
        first("<worksheet><sheetData><row>" + SMALL.decode() + "</row></sheetData><mergeCells>"
              "<mergeCell ref='A1:XFD1048576'/></mergeCells></worksheet>"), READ | TOO_LARGE,
    ),
    "merged cells over one another": Hostile(
        first("<worksheet><sheetData><row>" + SMALL.decode() + "</row></sheetData><mergeCells>"
              + "".join(f"<mergeCell ref='A{row}:XFD{row + 9000}'/>" for row in range(1, 400))
              + "</mergeCells></worksheet>"), READ | TOO_LARGE,
    ),
    "a million merged cells": Hostile(lambda: padded(SHEET, merged(1_000_000)), TOO_LARGE),
    "hidden rows under two hundred thousand merged cells": Hostile(
        lambda: padded(SHEET, hidden_merges(199_000)), READ
    ),
    "a hundred thousand runs of hidden columns": Hostile(
        lambda: padded(SHEET, b"<worksheet><cols>" + b'<col min="1" max="16384" hidden="1"/>' * 100_000
                       + b"</cols>" + sheet_of(SMALL * 9000)[11:]), READ
    ),
    "merged cells turned round": Hostile(
        first(merged(3).replace(b"A1:B1", b"ZZZZZZ9:A1").replace(b"A2:B2", b"B2:A1")), READ
    ),
    "a column ZZZZZZ9": Hostile(first(sheet_of(SMALL.replace(b"<c ", b"<c r='ZZZZZZ9' "))), READ),
    "a million columns hidden": Hostile(
        first("<worksheet><cols><col min='1' max='9999999' hidden='1'/></cols><sheetData><row>" + SMALL.decode()
              + "</row></sheetData></worksheet>"), READ,
    ),
    "a size that lies": Hostile(
        first("<worksheet><dimension ref='A1:XFD1048576'/><sheetData><row>" + SMALL.decode()
              + "</row></sheetData></worksheet>"), READ,
    ),
    "formulas in a circle": Hostile(
        first(sheet_of(b"<c r='A1'><f t='shared' si='0' ref='A1:XFD9'>B1</f></c><c r='B1'><f t='shared' si='0'/></c>")),
        READ,
    ),
    "a date beyond the calendar": Hostile(formatted("yyyy/m/d h:mm:ss", "1E300"), NO_FORM),
    "a date before the calendar": Hostile(formatted("[h]:mm:ss", "-999999999999"), NO_FORM),
    "a format of a hundred thousand digits": Hostile(formatted("0" * 100_000, "1"), NO_FORM),
    "a format of a hundred thousand brackets": Hostile(formatted("[" * 100_000 + "]", "1"), NO_FORM),
    "a format of a hundred thousand quotes": Hostile(formatted("&quot;" * 100_001 + "\\" * 100_001, "1"), NO_FORM),
    "a format of a hundred thousand sections": Hostile(formatted("0;" * 100_000, "1"), NO_FORM),
    "half a million styles": Hostile(
        lambda: padded(STYLES, b"<styleSheet><cellXfs>" + b"<xf numFmtId='9'/>" * 500_000 + b"</cellXfs></styleSheet>"),
        READ | STOPPED,
    ),
    "a style that does not exist": Hostile(first(sheet_of(b"<c s='999999999'><v>1</v></c><c s='-1'/>")), READ),
    "an element of a hundred thousand names": Hostile(
        first("<worksheet " + " ".join(f"a{n}='1'" for n in range(100_000)) + "><sheetData/></worksheet>"),
        READ | STOPPED | BROKEN,
    ),
    "a hundred thousand namespaces": Hostile(
        first("<worksheet " + " ".join(f"xmlns:a{n}='b{n}'" for n in range(100_000)) + "><sheetData/></worksheet>"),
        READ | STOPPED | BROKEN,
    ),
    "a comment of 30 MB": Hostile(
        lambda: padded(SHEET, b"<worksheet><!--" + b"a" * 30_000_000 + b"--><sheetData/></worksheet>"), READ | BROKEN
    ),
    "letters that XML forbids": Hostile(first(sheet_of(SMALL.replace(b">a<", b">\x00\x0b\xff<"))), BROKEN),
    "letters escaped that are none": Hostile(
        first(sheet_of(SMALL.replace(b">a<", b">_xD800__xFFFF__x0000_&#xD7FF;<"))), READ
    ),
    "a sheet in UTF-16": Hostile(utf16, READ),
    "a sheet in UTF-7": Hostile(
        first(b"<?xml version='1.0' encoding='UTF-7'?>" + sheet_of(SMALL)), BROKEN | READ
    ),
    "a sheet in an encoding that does not exist": Hostile(
        first(b"<?xml version='1.0' encoding='evil'?>" + sheet_of(SMALL)), BROKEN
    ),
    "a document type in UTF-16": Hostile(
        lambda: changed(SHEET, ("<!DOCTYPE a [<!ENTITY b 'c'>]>" + sheet_of(SMALL).decode()).encode("utf-16")), UNSAFE
    ),
    "a document type in UTF-32": Hostile(
        lambda: changed(SHEET, ("<!DOCTYPE a [<!ENTITY b 'c'>]>" + sheet_of(SMALL).decode()).encode("utf-32")),
        UNSAFE | BROKEN,
    ),
    "inclusion of a file": Hostile(
        first("<worksheet xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='/etc/passwd' parse='text'/>"
              "<sheetData/></worksheet>"), READ,
    ),
    "a style sheet from elsewhere": Hostile(
        first("<?xml-stylesheet href='http://127.0.0.1/a.xsl'?><worksheet><sheetData/></worksheet>"), READ
    ),
    "links to the outside": Hostile(edited(LINKS, "<Relationship ", (
        '<Relationship Id="x" TargetMode="External" Type="http://a/externalLink" Target="file:///etc/passwd"/>'
        "<Relationship "
    )), READ),
    "a link out of the container": Hostile(edited(LINKS, "worksheets/sheet1.xml", "../../../etc/passwd"), READ),
    "a link to itself": Hostile(edited(LINKS, "worksheets/sheet1.xml", "workbook.xml"), READ),
    "a link to a million dots": Hostile(edited(LINKS, "worksheets/sheet1.xml", "../" * 300_000), READ),
    "strings that are the book": Hostile(edited(LINKS, "styles.xml", "workbook.xml"), READ),
    "a macro": Hostile(with_parts(xl__vbaProject_bin="\xd0\xcf\x11\xe0"), READ),
    "a link to a program": Hostile(
        with_parts(xl__links__a1_xml='<externalLink><ddeLink ddeService="cmd" ddeTopic="/c a"/></externalLink>'),
        READ,
    ),
    "a text that starts a program": Hostile(
        first(sheet_of(SMALL.replace(b">a<", b">=cmd|' /C calc'!A0<"))), READ
    ),
    "201 sheets": Hostile(lambda: many_sheets(201), TOO_LARGE),
    "a sheet listed two hundred times": Hostile(lambda: many_sheets(200), NO_FORM),
    "a string number beyond number": Hostile(first(sheet_of(b"<c t='s'><v>" + b"9" * 5000 + b"</v></c>")), BROKEN),
    "a sheet without an end of 30 MB": Hostile(
        lambda: padded(SHEET, b"<worksheet><sheetData><row>" + SMALL * 700_000), BROKEN | TOO_LARGE | STOPPED
    ),
    "a hundred thousand cells on one spot": Hostile(
        lambda: padded(SHEET, sheet_of(SMALL.replace(b"<c ", b"<c r='A1' ") * 100_000)), READ
    ),
    "a bomb of blanks": Hostile(lambda: changed(SHEET, b"<worksheet>" + b" " * 60_000_000), TOO_MUCH),
}  # fmt: skip
"""Name → file."""

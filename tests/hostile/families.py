"""Families of hostile files: each kind of harm in each part that a reader opens, and in each field of PDF objects."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from hostile.hostile_files import Hostile, form_pdf, one_of
from hostile.variants import sound, variants, zipped

_ANY: Final = one_of(
    "read", "truncated_or_damaged", "not_a_form", "scan_without_text", "too_large", "expands_too_much", "empty"
)
"""Where a part may be one that a form can do without: read all the same, or told as broken. Never a death."""
_REFUSED: Final = one_of("unsafe_content", "encrypted")
_PARTS: Final = {
    "xlsx": ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml",
             "xl/_rels/workbook.xml.rels", "[Content_Types].xml"),
    "docx": ("word/document.xml", "word/styles.xml", "_rels/.rels", "[Content_Types].xml"),
    "ofd": ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"),
}  # fmt: skip


def _root(content: bytes, attribute: bytes) -> bytes:
    return re.sub(rb"(<[A-Za-z][\w:]*)", rb"\1 " + attribute.replace(b"\\", rb"\\"), content, count=1)


HARMS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "nothing": lambda _: b"",
    "cut in the middle": lambda content: content[: len(content) // 2],
    "text": lambda _: b"hello",
    "another root": lambda _: b"<a/>",
    "another language": lambda _: b"<html><body>x</body></html>",
    "in the wrong letters": lambda content: content.decode().encode("utf-16-le"),
    "zero bytes within": lambda content: content.replace(b">", b">\0", 3),
    "deep nesting": lambda _: b"<a>" * 9_999 + b"</a>" * 9_999,
    "a million tags": lambda _: b"<a>" + b"<b/>" * 500_000 + b"</a>",
    "an attribute of a megabyte": lambda content: _root(content, b'z="' + b"a" * 2**20 + b'"'),
    "an attribute twice": lambda content: _root(content, b'z="1" z="2"'),
    "a thousand attributes": lambda content: _root(content, b" ".join(b'z%d=""' % n for n in range(1000))),
    "a comment of a megabyte": lambda content: content + b"<!--" + b"a" * 2**20 + b"-->",
    "an instruction": lambda content: content + b'<?php system("id") ?>',
    "an unknown entity": lambda content: content.replace(b"</", b"&evil;</", 1),
    "numbers beyond all": lambda content: re.sub(rb'="\d+"', b'="99999999999999999999"', content),
    "numbers below nought": lambda content: re.sub(rb'="\d+"', b'="-1"', content),
    "no numbers": lambda content: re.sub(rb'="\d+"', b'=""', content),
    "names of another space": lambda content: content.replace(b"http://", b"evil://"),
    "every tag twice": lambda content: re.sub(rb"(<[\w:]+/>)", rb"\1\1", content),
}
"""Kind of harm → what becomes of a part."""
_FIELDS: Final = ("/Type", "/Pages", "/Kids", "/Count", "/MediaBox", "/Contents", "/Resources", "/Font", "/Length")
_VALUES: Final = {
    "nothing": b"null", "a huge number": b"99999999999999999999", "a number below nought": b"-1",
    "itself": b"1 0 R", "nowhere": b"9999 0 R", "text": b"(evil)", "arrays in arrays": b"[" * 500 + b"]" * 500,
    "a name": b"/Evil", "not a number": b"NaN",
}  # fmt: skip


def _in_part(kind: str, part: str, harm: Callable[[bytes], bytes]) -> bytes:
    parts = sound()[kind]
    return zipped(parts | {part: harm(parts[part])})


def _in_field(field: str, value: bytes) -> bytes:
    """The small PDF with a field's value replaced; what its table of contents says no longer fits, as in many files."""
    data = form_pdf()
    pattern = re.escape(field.encode()) + rb"\s*(\[[^\]]*\]|<<[^>]*>>|\d+ \d+ R|[^/>\s]+|/\w+)"
    return re.sub(pattern, lambda _: field.encode() + b" " + value, data)


def _families() -> Iterator[tuple[str, Hostile]]:
    for kind, parts in _PARTS.items():
        for part in parts:
            if part in sound()[kind]:
                for name, harm in HARMS.items():
                    yield f"{kind} {part}: {name}", Hostile(partial(_in_part, kind, part, harm), _ANY)
    for field in _FIELDS:
        for name, value in _VALUES.items():
            yield f"PDF {field}: {name}", Hostile(partial(_in_field, field, value), _ANY | {"crashed"})
    for variant in variants():
        yield f"variant {variant.name}", Hostile(partial(bytes, variant.data), _REFUSED)


FAMILIES: Final = dict(_families())
"""Name → file."""

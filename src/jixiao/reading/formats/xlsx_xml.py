"""Small readings of spreadsheet XML, by local name: transitional and strict files differ in their namespaces only."""

import re
from collections.abc import Iterator

from lxml import etree

from jixiao.reading.formats.docx_symbols import raised

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The child elements of a local name."""
    for child in element:
        if isinstance(child.tag, str) and local(child.tag) == name:
            yield child


def flag(element: etree._Element, name: str) -> bool:
    """A boolean attribute; absent is false."""
    return element.get(name, "0") in ("1", "true", "on")


def text_of(item: etree._Element) -> str:
    """The text of a shared or inline string: plain or of its runs, the phonetic guides left out."""
    pieces: list[str] = []
    for child in item:
        name = local(child.tag) if isinstance(child.tag, str) else ""
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            run = "".join(part.text or "" for part in children(child, "t"))
            pieces.append(raised(run) if _is_raised(child) else run)
    return unescaped("".join(pieces))


def _is_raised(run: etree._Element) -> bool:
    properties = next(children(run, "rPr"), None)
    aligned = None if properties is None else next(children(properties, "vertAlign"), None)
    return aligned is not None and aligned.get("val") == "superscript"


def unescaped(text: str) -> str:
    """Text with its `_x000D_` escapes resolved, plain line ends, and nothing that is no character."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: _character(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(code: int) -> str:
    return chr(code) if code in (9, 10, 13) or (code >= 32 and not 0xD800 <= code < 0xE000) else ""

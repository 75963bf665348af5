"""Small readings of spreadsheet XML, by local name: transitional and strict files differ in their namespaces only."""

import re
from collections.abc import Iterator

from lxml import etree

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
            pieces.extend(run.text or "" for run in children(child, "t"))
    return unescaped("".join(pieces))


def unescaped(text: str) -> str:
    """Text with its `_x000D_` escapes resolved, plain line ends, and nothing that is no character."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: _character(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(code: int) -> str:
    return chr(code) if code in (9, 10, 13) or (code >= 32 and not 0xD800 <= code < 0xE000) else ""

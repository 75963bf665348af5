"""An XML part into which pieces are put at its elements: every byte of what was there stays as it is.

A parser judges the part and finds the elements; what is added is put between the bytes of the part. Writing the parsed
tree again would change quotes, spaces and declarations all over it.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from lxml import etree

from jixiao.layout.crafts import Refused
from jixiao.writing.original.office.refusals import damaged, suspicious

Where = Literal["after", "first", "before", "last", "instead"]
_ORDER: Final[dict[Where, int]] = {"after": 0, "first": 1, "before": 2, "last": 3, "instead": 4}
_TOKEN: Final = re.compile(
    rb"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>|/[^>]*>|[^<>\"'!?/][^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>)",
    re.DOTALL,
)
_DOCTYPE: Final = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_WIDE: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class _Span(NamedTuple):
    """Where an element's tags begin and end; a single tag is both."""

    start: int
    inside: int
    end: int
    after: int


class Markup:
    """An XML part, and what is to be put into it.

    Attributes:
        root: the part as parsed, only to be looked at.
    """

    def __init__(self, name: str, data: bytes) -> None:
        """Parse a part.

        Args:
            name: of the part, for sentences.
            data: its bytes.

        Raises:
            Refused: it is no XML, or declares a document type.
        """
        if any(mark in data for mark in _DOCTYPE):
            raise suspicious(f"部件 {name} 声明了 DTD 或实体", f"the part {name} declares a document type or entities")
        try:
            self.root = etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _not_xml(name, error) from error
        self._name, self._data = name, data
        self._pieces: dict[etree._Element, list[tuple[Where, str]]] = {}
        self._attributes: dict[etree._Element, dict[str, str]] = {}

    def put(self, where: Where, element: etree._Element, piece: str) -> None:
        """Put a piece of XML at an element; several pieces at one spot keep their order."""
        self._pieces.setdefault(element, []).append((where, piece))

    def set(self, element: etree._Element, name: str, value: str) -> None:
        """Give an element an attribute of no namespace; the value needs no escape."""
        self._attributes.setdefault(element, {})[name] = value

    def given(self, element: etree._Element, name: str) -> str:
        """The attribute that was given to an element here; empty for none."""
        return self._attributes.get(element, {}).get(name, "")

    @property
    def touched(self) -> bool:
        """Whether anything was put into it."""
        return bool(self._pieces or self._attributes)

    def source(self, element: etree._Element) -> str:
        """An element as it is written in the part, to be written there again."""
        _, raw = self._raw()
        numbers = {number: each for number, each in enumerate(self.root.iter(etree.Element)) if each is element}
        span = self._spans(raw, numbers)[element]
        return raw[span.start : span.after].decode()

    def written(self) -> bytes:
        """The part with what was put into it.

        Raises:
            Refused: its encoding is none that Office writes.
        """
        wide, raw = self._raw()
        changes = sorted(self._changes(raw), key=lambda change: change[:2])
        out, at = bytearray(), 0
        for start, _, end, piece in changes:
            out += raw[at:start] + piece
            at = max(end, start)
        out += raw[at:]
        return out.decode().encode(wide) if wide else bytes(out)

    def _raw(self) -> tuple[str, bytes]:
        """The codec of a part in wide letters (else nothing), and its bytes as UTF-8.

        Raises:
            Refused: it says another encoding, which no office program writes (ECMA-376 part 2, 8.1.4).
        """
        wide = _WIDE.get(self._data[:2], "")
        said = (self.root.getroottree().docinfo.encoding or "UTF-8").upper()
        if not wide and said != "UTF-8":
            raise damaged(f"部件 {self._name} 的编码是 {said}", f"the part {self._name} is encoded as {said}")
        return wide, self._data.decode(wide).encode() if wide else self._data

    def _changes(self, raw: bytes) -> Iterator[tuple[int, int, int, bytes]]:
        """From where, in which order, up to where, and what stands there instead."""
        wanted = self._pieces.keys() | self._attributes.keys()
        spans = self._spans(raw, {n: each for n, each in enumerate(self.root.iter(etree.Element)) if each in wanted})
        for element, span in spans.items():
            yield from self._tag_changes(raw, element, span)
            pieces = self._pieces.get(element, [])
            if span.inside == span.after:
                yield from _opened(raw, span, pieces)
                pieces = [piece for piece in pieces if piece[0] not in ("first", "last")]
            at = {"before": span.start, "first": span.inside, "last": span.end, "after": span.after}
            for where, piece in pieces:
                if where == "instead":
                    yield span.start, _ORDER[where], span.after, piece.encode()
                else:
                    yield at[where], _ORDER[where], at[where], piece.encode()

    def _tag_changes(self, raw: bytes, element: etree._Element, span: _Span) -> Iterator[tuple[int, int, int, bytes]]:
        tag = raw[span.start : span.inside]
        for name, value in self._attributes.get(element, {}).items():
            there = re.search(rb"\s" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", tag)
            if there:
                yield span.start + there.start(1), 0, span.start + there.end(1), f'"{value}"'.encode()
            else:
                at = span.inside - (2 if tag.endswith(b"/>") else 1)
                yield at, 0, at, f' {name}="{value}"'.encode()

    def _spans(self, raw: bytes, wanted: dict[int, etree._Element]) -> dict[etree._Element, _Span]:
        """Where the wanted elements stand, by their number in the order of the part."""
        found: dict[etree._Element, _Span] = {}
        open_tags: list[tuple[int, int, int]] = []
        number = -1
        for token in _TOKEN.finditer(raw):
            kind = raw[token.start() + 1 : token.start() + 2]
            if kind in (b"!", b"?"):
                continue
            if kind == b"/":
                start, inside, opened = open_tags.pop()
                if opened in wanted:
                    found[wanted[opened]] = _Span(start, inside, token.start(), token.end())
                continue
            number += 1
            if raw[token.end() - 2] != ord("/"):
                open_tags.append((token.start(), token.end(), number))
            elif number in wanted:
                found[wanted[number]] = _Span(token.start(), token.end(), token.end(), token.end())
        if len(found) != len(wanted) or open_tags:
            raise damaged(f"部件 {self._name} 的标记不成对", f"the tags of the part {self._name} are no pairs")
        return found


def _opened(raw: bytes, span: _Span, pieces: list[tuple[Where, str]]) -> Iterator[tuple[int, int, int, bytes]]:
    """A single tag made a pair, where something goes inside it."""
    inside = "".join(piece for order in ("first", "last") for where, piece in pieces if where == order)
    if inside:
        tag = raw[span.start : span.inside]
        name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
        yield span.inside - 2, _ORDER["first"], span.inside, b">" + inside.encode() + b"</" + name + b">"


def _parser() -> etree.XMLParser:
    """A parser that expands nothing, fetches nothing and keeps libxml2's own limits."""
    return etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)


def _not_xml(name: str, error: Exception) -> Refused:
    if isinstance(error, etree.XMLSyntaxError) and error.code == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError(name) from error
    return damaged(f"部件 {name} 不是完整的 XML", f"the part {name} is not well-formed XML")


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The child elements of a local name."""
    for child in element.iterchildren(etree.Element):
        if local(child) == name:
            yield child


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of a local name; `None` where there is none."""
    return None if element is None else next(children(element, name), None)


def prefix(element: etree._Element) -> str:
    """What stands before the names of new elements beside or in one: "x:" or nothing."""
    return f"{element.prefix}:" if element.prefix else ""


def bound(element: etree._Element, usual: str, namespace: str) -> tuple[str, str]:
    """A prefix for a namespace at an element, and what declares it there (nothing where it is declared already)."""
    for known, uri in element.nsmap.items():
        if uri == namespace and known:
            return known, ""
    return usual, f' xmlns:{usual}="{namespace}"'

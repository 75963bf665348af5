"""An OFD document taken apart by hand, with nothing of the program: parts, objects, boxes."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal

from lxml import etree

from jixiao.writing.formats.ofd.document import write_pages
from jixiao.writing.paper.about import About
from jixiao.writing.paper.pages import SetPage
from writing.set_pages import FACES

ABOUT = About("绩效自评表 <&>", "某局", datetime(2025, 3, 1, 9, tzinfo=UTC))
NAMESPACE = "{http://www.ofdspec.org/2016}"


def written(pages: Iterable[SetPage], about: About = ABOUT) -> bytes:
    """Pages as a document."""
    return b"".join(write_pages(pages, FACES, about))


def parts(data: bytes) -> dict[str, bytes]:
    """Its parts by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def roots(data: bytes) -> dict[str, etree._Element]:
    """The roots of its parts that are XML."""
    return {name: etree.fromstring(part) for name, part in parts(data).items() if name.endswith(".xml")}


def local(element: etree._Element) -> str:
    """An element's name, which must be one of the standard's."""
    assert isinstance(element.tag, str)
    assert element.tag.startswith(NAMESPACE)
    return element.tag.removeprefix(NAMESPACE)


def objects(data: bytes, name: str) -> Iterator[etree._Element]:
    """All objects of a kind, page by page."""
    for root in roots(data).values():
        yield from root.iter(f"{NAMESPACE}{name}")


def numbers(text: str | None) -> list[Decimal]:
    """A list of numbers (ST_Array, ST_Box)."""
    return [Decimal(word) for word in (text or "").split()]


def steps(code: etree._Element) -> list[Decimal]:
    """The steps of a text code, runs spelled out."""
    words = (code.get("DeltaX") or "").split()
    found: list[Decimal] = []
    while words:
        if words[0] == "g":
            found += [Decimal(words[2])] * int(words[1])
            words = words[3:]
        else:
            found.append(Decimal(words.pop(0)))
    return found

"""A document as a package: its main part, its names, and where a comment can hang."""

from collections.abc import Iterator
from itertools import count
from typing import Final

from lxml import etree

from jixiao.writing.original.job import Job
from jixiao.writing.original.office.markup import Markup, bound, child, local
from jixiao.writing.original.office.package import Package
from jixiao.writing.original.office.refusals import damaged
from jixiao.writing.original.office.text import xml_text

_FIRST_ID: Final = 1
_MOST_DIGITS: Final = 9


class Document:
    """A document.

    Attributes:
        package: its parts.
        body: the part that holds its text.
        w: the prefix of the names of its elements.
        elements: the elements of that part, in their order.
    """

    def __init__(self, data: bytes) -> None:
        """Open a document.

        Raises:
            Refused: it is broken, unsafe, signed, or has no body.
        """
        self.package = Package(data)
        self.part: Markup = self.package.part(self.package.main)
        root = self.part.root
        body = child(root, "body")
        if local(root) != "document" or body is None:
            raise damaged("文档没有正文", "the document has no body")
        self.body = body
        self.namespace = etree.QName(root).namespace or ""
        self.w, self.declared = bound(root, "w", self.namespace)
        self.elements = list(root.iter(etree.Element))
        self._ids = count(self.highest_id(self.elements) + _FIRST_ID)

    def highest_id(self, elements: list[etree._Element]) -> int:
        """The highest number that comments, bookmarks and changes among some elements have."""
        named = (each.get(f"{{{self.namespace}}}id", "") for each in elements)
        return max((int(each) for each in named if each.isdecimal() and len(each) < _MOST_DIGITS), default=0)

    def next_id(self) -> int:
        """A number that nothing in the document has."""
        return next(self._ids)

    def attribute(self, element: etree._Element | None, name: str) -> str:
        """An attribute of the document's namespace; nothing where element or attribute is missing."""
        return "" if element is None else element.get(f"{{{self.namespace}}}{name}", "")


def written_by(w: str, job: Job) -> str:
    """The attributes that say whose a comment or change is, and of when."""
    return f'{w}:author="{xml_text(job.author)}" {w}:date="{xml_text(job.day)}T00:00:00Z"'


def paragraphs_of(element: etree._Element) -> list[etree._Element]:
    """The paragraphs of a cell, or a paragraph itself: those on which a comment can hang.

    Text boxes take no comment: what stands in one has that of the paragraph which it hangs on.
    """
    boxes = [each for each in element.iterancestors() if local(each) == "txbxContent"]
    if boxes:
        host = next((each for each in boxes[-1].iterancestors() if local(each) == "p"), None)
        return [] if host is None else [host]
    return [element] if local(element) == "p" else list(_own(element))


def _own(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a cell itself: not of tables inside it, nor of text boxes."""
    for each in element.iterchildren(etree.Element):
        if local(each) == "p":
            yield each
        elif local(each) not in ("tbl", "txbxContent"):
            yield from _own(each)


def has_words(paragraph: etree._Element) -> bool:
    """Whether a paragraph shows anything."""
    return any(local(each) == "t" and (each.text or "").strip() for each in paragraph.iter(etree.Element))

"""Documents as pages: paragraphs flow, tables are cut between rows, headings are printed again on each further page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from jixiao.writing.paper.cutting import TableFlow
from jixiao.writing.paper.faces import Faces
from jixiao.writing.paper.measure import height_of, set_lines
from jixiao.writing.paper.model import Block, Document, Page, Table, Text
from jixiao.writing.paper.pages import SetPage, SetTable, SetText

_TEXT_LEADING: Final = 160
_HEADING_LEADING: Final = 140
"""From line to line, in hundredths of the letters' size."""
_KEPT: Final = 3
"""So many lines of what follows a heading stand on its page."""


def typeset(documents: Iterable[Document], faces: Faces) -> Iterator[SetPage]:
    """The pages of documents, each beginning on a page of its own; a document is set whole, then its pages are given.

    Raises:
        Unprintable: a letter that no font has.
    """
    for document in documents:
        pages = _Pages(document.page, faces)
        for number, block in enumerate(document.blocks):
            pages.put(block, document.blocks[number + 1 : number + 2])
        yield from _numbered(document, pages.ended())


def _numbered(document: Document, contents: list[tuple[SetText | SetTable, ...]]) -> Iterator[SetPage]:
    for number, blocks in enumerate(contents, 1):
        foot = _foot(document, number, len(contents)) if document.page.numbered else ""
        yield SetPage(document.page, blocks, number, document.name if number == 1 else "", foot)


def _foot(document: Document, number: int, count: int) -> str:
    return f"第 {number} 页 共 {count} 页" if document.language == "zh" else f"Page {number} of {count}"


@dataclass(slots=True)
class _Pages:
    """The pages of one document so far."""

    page: Page
    faces: Faces
    full: list[tuple[SetText | SetTable, ...]] = field(default_factory=list)
    blocks: list[SetText | SetTable] = field(default_factory=list)
    at: int = -1

    def __post_init__(self) -> None:
        self.at = self.page.top

    @property
    def left(self) -> int:
        """How much room is left on the page."""
        return self.page.height - self.page.bottom - self.at

    def turn(self) -> None:
        """Go to the next page, and take along what would be left alone at the foot of this one, such as headings."""
        kept = len(self.blocks)
        while kept and isinstance(last := self.blocks[kept - 1], SetText) and (last.level or last.stays):
            kept -= 1
        alone = self.blocks[kept:] if kept else []
        self.full.append(tuple(self.blocks[: kept or None]))
        down = self.page.top - alone[0].top if alone else 0
        self.blocks = [replace(block, top=block.top + down) for block in alone]
        self.at = self.at + down if alone else self.page.top

    def ended(self) -> list[tuple[SetText | SetTable, ...]]:
        """What stands on each page; one page at least."""
        if self.blocks or not self.full:
            self.turn()
        return self.full

    def put(self, block: Block, following: tuple[Block, ...]) -> None:
        """Set a block below what stands there."""
        if isinstance(block, Table):
            self._table(block)
        else:
            self._text(block, following)

    def _text(self, text: Text, following: tuple[Block, ...]) -> None:
        size = text.size or self.page.size
        leading = size * (_HEADING_LEADING if text.level else _TEXT_LEADING) // 100
        lines = set_lines(text.text, (self.page.across, size), self.faces, text.face, text.indent * 1000, joined=True)
        if self.blocks:
            self.at += text.before
        stays = bool(text.level) or text.stays
        room = len(lines) * leading + (self._kept(following) + text.after if stays else 0)
        if self.blocks and room > self.left and (stays or leading > self.left):
            self.turn()
        indent = text.indent * size
        while lines:
            fit = max(self.left // leading, 1)
            part, lines = lines[:fit], lines[fit:]
            self.blocks.append(
                SetText(
                    self.page.left, self.at, self.page.across, part, size, leading, text.align, text.face,
                    text.level, indent, text.stays,
                )
            )  # fmt: skip
            self.at += len(part) * leading
            indent = 0
            if lines:
                self.turn()
        self.at += text.after

    def _kept(self, following: tuple[Block, ...]) -> int:
        """How high the beginning of what follows is."""
        if not following:
            return 0
        size = following[0].size if isinstance(following[0], Text) else 0
        return height_of(_KEPT, size or self.page.size)

    def _table(self, table: Table) -> None:
        flow = TableFlow(table, self.faces, self.page)
        whole = self.page.height - self.page.top - self.page.bottom
        while not flow.done:
            made = flow.take(self.left, fresh=not self.blocks, whole=whole)
            if made is None:
                self.turn()
                continue
            self.blocks.append(replace(made, left=self.page.left, top=self.at))
            self.at += sum(made.heights)
            if not flow.done:
                self.turn()

"""DOCX → grid: tables and paragraphs as they are printed (ECMA-376, transitional and strict)."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from jixiao.form import Place
from jixiao.layout.docx_spots import DocxSpots
from jixiao.layout.grid import FreeText, Grid, Table
from jixiao.reading import errors
from jixiao.reading.container import Container, open_container
from jixiao.reading.formats.docx_numbering import Numbering, read_numbering
from jixiao.reading.formats.docx_story import Story, Trail
from jixiao.reading.formats.docx_styles import Styles, read_styles
from jixiao.reading.formats.docx_table import content_of, read_table
from jixiao.reading.formats.docx_text import ParagraphReader, words_of
from jixiao.reading.formats.docx_xml import as_transitional, attribute, first, full, is_on, parts_of, short
from jixiao.reading.formats.package import Relation, external, main_part, relations
from jixiao.reading.limits import DEFAULT_LIMITS, Limits

MOST_BYTES: Final = 32 * 1024 * 1024
"""The largest main part, unpacked. A form takes about 25 KB."""
_MOST_TAGS: Final = 2_000_000
"""So many tags have the main part at most. A form has about a thousand."""
_MOST_BOXES: Final = 2000
_FETCHED: Final = frozenset({"image", "oleObject", "aFChunk", "subDocument", "frame", "attachedTemplate"})
"""Links that a program would fetch; a hyperlink is only text."""
Blocks = list[Table | FreeText]


def read_docx(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS, *, eyes: bool = False) -> Grid:
    """Read a document: its tables, the lines outside them, headers before the text they head and footers after it.

    A cell's place is "table1!R3C2": table 1 of the document, row 3, the second cell of that row as the file counts
    them (merged-away cells included); in a table inside that cell, "table1!R3C2>table1!R1C1". A line's place is the
    number of its paragraph, counting those outside tables, empty ones too.

    Args:
        data: the whole file.
        file: its label, for places and sentences.
        limits: what it may hold.
        eyes: whether the caller can look at pictures: then a document of pictures without a word (a scan pasted into
            Word) is no error, and each of its pictures is a page named in the grid's `eyes`.

    Raises:
        Unreadable: the container is broken, unsafe, too large, or holds no document.
    """
    package, body = _opened(data, file, limits)
    story = _story(package, limits)
    blocks = _Body(package, story).read(body)
    _note_package(package, story)
    if not blocks and story.left.counts["pictures"]:
        pages = len(_pictures(package, body)) if eyes else 0
        if 0 < pages <= limits.pages:
            story.left.counts.pop("pictures")
            return Grid((), tuple(story.left.sentences()), tuple(range(1, pages + 1)))
        raise errors.pictures_only(file, story.left.counts["pictures"])
    return Grid(tuple(blocks), tuple(story.left.sentences()))


def spots_of(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> DocxSpots:
    """Where in the main part the cells and lines are that the places of `read_docx` name.

    Raises:
        Unreadable: as for `read_docx`.
    """
    package, body = _opened(data, file, limits)
    story = _story(package, limits)
    story.trail = Trail()
    _Body(package, story).read(body)
    numbers = {element: number for number, element in enumerate(body.getroottree().getroot().iter(etree.Element))}
    cells = {name: numbers[cell] for name, cell in story.trail.cells.items() if cell in numbers}
    return DocxSpots(cells, tuple(numbers[line] for line in story.trail.lines))


def _opened(data: bytes, file: str, limits: Limits) -> "tuple[_Package, etree._Element]":
    """The package of a document, and the body of its main part.

    Raises:
        Unreadable: it is broken, unsafe or too large, or has no body.
    """
    container = open_container(data, file, "DOCX", limits)
    main = main_part(container, "word/document.xml")
    _refuse_too_long(container, main)
    root = as_transitional(container.xml(main, _MOST_TAGS))
    body = first(root, "w:body")
    if body is None:
        raise errors.damaged(file, "DOCX", f"部件 {main} 没有正文", f"the part {main} has no body")
    return _Package(container, main, relations(container, main)), body


def picture_of(data: bytes, file: str, number: int, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """One of the pictures of a document, from 1, for what reads pictures.

    Raises:
        Unreadable: as for `read_docx`.
    """
    container = open_container(data, file, "DOCX", limits)
    main = main_part(container, "word/document.xml")
    root = as_transitional(container.xml(main, _MOST_TAGS))
    return container.read(_pictures(_Package(container, main, relations(container, main)), root)[number - 1])


def _refuse_too_long(container: Container, part: str) -> None:
    info = container.names.get(part.lower())
    if info is not None and info.file_size > MOST_BYTES:
        size, limit = f"{info.file_size // 1024} KB", f"{MOST_BYTES // 1024} KB"
        raise errors.too_large(container.file, f"正文有 {size}", f"its text takes {size}", limit, limit)


@dataclass(frozen=True, slots=True)
class _Package:
    container: Container
    main: str
    links: dict[str, Relation]

    def part(self, kind: str) -> etree._Element | None:
        """The part of a kind that the main part points at, if it is there."""
        named = next((link.part for link in self.links.values() if link.kind == kind), None)
        return self._xml(named)

    def linked(self, identity: str | None) -> etree._Element | None:
        """The part behind a link's id, if it is there."""
        link = self.links.get(identity or "")
        return self._xml(link.part if link else None)

    def _xml(self, part: str | None) -> etree._Element | None:
        return as_transitional(self.container.xml(part)) if part and self.container.has(part) else None


def _pictures(package: _Package, root: etree._Element) -> list[str]:
    """The parts of the pictures, in order; where a drawing is kept for old programs too, it names them twice."""
    shown = (
        attribute(each, "r:embed") or attribute(each, "r:id") for each in root.iter(full("a:blip"), full("v:imagedata"))
    )
    links = (package.links.get(identity or "") for identity in shown)
    return list(dict.fromkeys(link.part for link in links if link and package.container.has(link.part)))


def _story(package: _Package, limits: Limits) -> Story:
    styles, numbering = package.part("styles"), package.part("numbering")
    known = read_styles(styles) if styles is not None else Styles()
    lists = read_numbering(numbering, known) if numbering is not None else Numbering()
    return Story(package.container.file, limits.cells, known, lists)


def _note_package(package: _Package, story: Story) -> None:
    """Note what the package holds and the reader leaves alone: comments, macros, links to the outside."""
    comments = package.part("comments")
    if comments is not None:
        texts = [words_of(each) for name, each in parts_of(comments) if name == "w:comment"]
        for text in texts:
            story.left.note("comments", text)
    folder = posixpath.dirname(package.main)
    if package.container.has(posixpath.join(folder, "vbaProject.bin")):
        story.left.note("macros")
    outside = external(package.container, package.main, _FETCHED)
    if outside:
        story.left.note("links", times=outside)


class _Body:
    """Reads the body of a document section by section."""

    def __init__(self, package: _Package, story: Story) -> None:
        """Take the package and the story; the settings say whether even pages have headers of their own."""
        self.package, self.story = package, story
        self.blocks: Blocks = []
        self.reader = ParagraphReader(story)
        self.said: set[str] = set()
        settings = package.part("settings")
        self.even = is_on(first(settings, "w:evenAndOddHeaders"))

    def read(self, body: etree._Element) -> Blocks:
        """All blocks: per section its headers, its text, its footers; then notes."""
        sections = list(body.iter(full("w:sectPr")))
        current = 0
        self._margins(sections[:1], "w:headerReference")
        for element in content_of(body, self.story):
            self._block(element)
            while current < len(sections) and first(element, "w:pPr", "w:sectPr") is sections[current]:
                self._margins(sections[current : current + 1], "w:footerReference")
                current += 1
                self._margins(sections[current : current + 1], "w:headerReference")
        self._margins(sections[current:], "w:footerReference")
        if self.reader.fields.open:
            self.story.left.note("fields", times=len(self.reader.fields.open))
        self._notes()
        return self.blocks

    def _block(self, element: etree._Element) -> None:
        if short(str(element.tag)) == "w:tbl":
            self.story.tables += 1
            cells = read_table(element, self.story, self.reader, f"table{self.story.tables}")
            self.blocks.extend([Table(tuple(cells))] if cells else [])
        else:
            self.story.paragraphs += 1
            if self.story.trail is not None:
                self.story.trail.lines.append(element)
            place = Place(self.story.file, line=self.story.paragraphs)
            words = self.reader.read(element, place)
            if words.in_contents:
                self.story.left.note("contents", words.text, times=bool(words.text))
            else:
                self.blocks.extend(_lines(words.text, place))
        self._boxes()

    def _boxes(self) -> None:
        """Text boxes that hang on what was just read, and those inside them."""
        read = 0
        while self.story.boxes:
            box = self.story.boxes.pop(0)
            read += 1
            if read > _MOST_BOXES:
                raise errors.suspicious(self.story.file, "文本框过多", "too many text boxes")
            self.blocks.extend(self._floating(box.content, box.place))

    def _floating(self, content: etree._Element, place: Place) -> Iterator[Table | FreeText]:
        """The lines and tables of a text box, a header or a note; they all stand at one place."""
        reader = ParagraphReader(self.story)
        for element in content_of(content, self.story):
            if short(str(element.tag)) == "w:tbl":
                self.story.tables += 1
                cells = read_table(element, self.story, reader, f"table{self.story.tables}")
                yield from [Table(tuple(cells))] if cells else []
                continue
            words = reader.read(element, place)
            if not words.numbers_pages:
                yield from _lines(words.text, place)

    def _margins(self, sections: list[etree._Element], kind: str) -> None:
        """Headers or footers of a section, each text once: those that its pages show."""
        for section in sections:
            for name, reference in parts_of(section):
                if name == kind and self._prints(section, attribute(reference, "w:type")):
                    self._margin(self.package.linked(attribute(reference, "r:id")))

    def _prints(self, section: etree._Element, pages: str | None) -> bool:
        if pages == "first":
            return is_on(first(section, "w:titlePg"))
        return self.even if pages == "even" else True

    def _margin(self, part: etree._Element | None) -> None:
        words = words_of(part).strip() if part is not None else ""
        if part is None or not words or words in self.said:
            return
        self.said.add(words)
        self.blocks.extend(self._floating(part, Place(self.story.file, line=max(self.story.paragraphs, 1))))
        self._boxes()

    def _notes(self) -> None:
        """Footnotes and endnotes at the end, each at the place of its mark."""
        for kind in ("footnote", "endnote"):
            wanted = {identity: place for of, identity, place in self.story.notes if of == kind}
            part = self.package.part(f"{kind}s") if wanted else None
            for _, note in parts_of(part) if part is not None else ():
                place = wanted.pop(attribute(note, "w:id") or "", None)
                if place is not None:
                    self.blocks.extend(self._floating(note, place))
        self._boxes()


def _lines(text: str, place: Place) -> Iterator[FreeText]:
    for line in text.split("\n"):
        if line.strip():
            yield FreeText(line.strip(), (place,))

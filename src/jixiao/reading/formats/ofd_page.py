"""One OFD page as glyphs and rules: its layers, page blocks, vector graphics and templates, in page space."""

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from jixiao.layout.grid import Box
from jixiao.reading.formats.ofd_path import draw_path
from jixiao.reading.formats.ofd_text import Letters, write
from jixiao.reading.formats.ofd_xml import IDENTITY, MILLION, Malformed, Matrix, at, placed
from jixiao.reading.formats.xlsx_xml import children, local
from jixiao.reading.glyphs import UNKNOWN, Glyph
from jixiao.reading.lattice import Rule
from jixiao.reading.page import PageContent

_DEEPEST: Final = 16
MOST_OBJECTS: Final = 400_000
MOST_LETTERS: Final = 2_000_000
_HOLDERS: Final = frozenset({"Layer", "PageBlock", "Content"})
_LONGEST = 200


class TooMuch(Exception):
    """The pages of a document hold more objects or letters than any form does."""


@dataclass(slots=True)
class Resources:
    """What the pages of a document share.

    Attributes:
        units: vector graphics by their identifier.
        pictures: part names of pictures by their identifier.
        objects, letters: how many more of them the document may hold.
    """

    units: dict[str, etree._Element] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    objects: int = MOST_OBJECTS
    letters: int = MOST_LETTERS

    def spend(self, letters: int = 0) -> None:
        """Count an object and its letters.

        Raises:
            TooMuch: it is one too many.
        """
        self.objects -= 1
        self.letters -= letters
        if self.objects < 0 or self.letters < 0:
            raise TooMuch


@dataclass(slots=True)
class OfdPage:
    """What a page holds.

    Attributes:
        content: its letters and rules, upright.
        box: the page, in hundredths of a point.
        pictures: where each picture stands, and its part in the container ("" where that is missing).
        covered: whether letters that cannot be seen stand under a picture of the page: the work of a recogniser.
        hidden: letters that are not shown and were left out.
        broken: objects whose numbers are none.
        missing: vector graphics that the resources lack.
        estimated: pieces of text without advances.
    """

    content: PageContent
    box: Box
    pictures: list[tuple[Box, str]] = field(default_factory=list)
    covered: bool = False
    hidden: str = ""
    broken: int = 0
    missing: int = 0
    estimated: int = 0


@dataclass(slots=True)
class _Walk:
    """The walk over the objects of one page."""

    resources: Resources
    page: OfdPage
    seen: Letters = field(default_factory=Letters)
    unseen: Letters = field(default_factory=Letters)

    def objects(self, root: etree._Element) -> None:
        """Take everything below an element."""
        stack = [(iter(root), IDENTITY, root)]
        while stack:
            element = next(stack[-1][0], None)
            if element is None:
                stack.pop()
                continue
            inner = self._take(element, stack[-1][1]) if isinstance(element.tag, str) else None
            if inner is None or len(stack) >= _DEEPEST or any(inner[0] is holder for _, _, holder in stack):
                continue  # what holds itself is drawn once
            stack.append((iter(inner[0]), inner[1], inner[0]))

    def _take(self, element: etree._Element, outer: Matrix) -> tuple[etree._Element, Matrix] | None:
        """Take one object; what it holds, where it is none itself."""
        name = local(element.tag)
        if element.get("Visible") == "false" and name not in _HOLDERS:
            self._hide(element)
            return None
        if name in _HOLDERS:
            self.resources.spend()
            return element, outer
        try:
            return self._object(name, element, outer)
        except Malformed:
            self.page.broken += 1
            return None

    def _object(self, name: str, element: etree._Element, outer: Matrix) -> tuple[etree._Element, Matrix] | None:
        if name == "TextObject":
            self._write(element, outer)
        elif name == "PathObject":
            self.resources.spend()
            if element.get("Alpha") != "0":
                draw_path(self.page.content, element, outer)
        elif name == "ImageObject":
            self.resources.spend()
            self._picture(element, outer)
        elif name == "CompositeObject":
            return self._composite(element, outer)
        return None

    def _composite(self, element: etree._Element, outer: Matrix) -> tuple[etree._Element, Matrix] | None:
        self.resources.spend()
        unit = self.resources.units.get(element.get("ResourceID", ""))
        content = next(children(unit, "Content"), None) if unit is not None else None
        if content is None:
            self.page.missing += 1
            return None
        return content, placed(element, outer)

    def _write(self, element: etree._Element, outer: Matrix) -> None:
        self.resources.spend(sum(len(code.text or "") for code in children(element, "TextCode")))
        painted = element.get("Fill", "true") != "false" or element.get("Stroke") == "true"
        write(self.seen if painted and element.get("Alpha") != "0" else self.unseen, element, outer)

    def _hide(self, element: etree._Element) -> None:
        self.resources.spend()
        words = "".join(code.text or "" for code in children(element, "TextCode"))
        self.page.hidden = (self.page.hidden + words)[:_LONGEST]

    def _picture(self, element: etree._Element, outer: Matrix) -> None:
        own = placed(element, outer)
        corners = [at(own, x, y) for x in (0, MILLION) for y in (0, MILLION)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        part = self.resources.pictures.get(element.get("ResourceID", ""), "")
        self.page.pictures.append(((min(xs), min(ys), max(xs), max(ys)), part))


def load_page(number: int, box: Box, roots: list[etree._Element], resources: Resources) -> OfdPage:
    """Read a page.

    Args:
        number: its number from 1.
        box: its outline in hundredths of a point.
        roots: the pages whose contents make it up: its templates, and itself.
        resources: what the pages share.

    Raises:
        TooMuch: there is more on it than the document may hold.
    """
    page = OfdPage(PageContent(number), box)
    walk = _Walk(resources, page)
    for root in roots:
        for content in children(root, "Content"):
            walk.objects(content)
    page.content.images = len(page.pictures)
    page.covered = bool(walk.unseen.glyphs) and any(_covers(picture, box) for picture, _ in page.pictures)
    letters = walk.seen
    if page.covered:
        letters.glyphs += walk.unseen.glyphs
        letters.turns += walk.unseen.turns
    else:
        page.hidden = (page.hidden + "".join(glyph[4] for glyph in walk.unseen.glyphs))[:_LONGEST]
    page.estimated = letters.estimated
    page.content.aslant = "".join(letters.aslant)
    _settle(page, letters)
    return page


def _covers(picture: Box, page: Box) -> bool:
    """Whether a picture takes more than half of the page."""
    width = min(picture[2], page[2]) - max(picture[0], page[0])
    height = min(picture[3], page[3]) - max(picture[1], page[1])
    return width > 0 < height and width * height * 2 > (page[2] - page[0]) * (page[3] - page[1])


def _settle(page: OfdPage, letters: Letters) -> None:
    """Bring everything into the page's own frame, turned so that most letters stand upright."""
    quarter = letters.turns.most_common(1)[0][0] if letters.turns else 0
    content, (left, top, right, bottom) = page.content, page.box
    inside = [glyph for glyph in letters.glyphs if _is_on(glyph, page.box)]
    if len(inside) < len(letters.glyphs):
        outside = "".join(glyph[4] for glyph in letters.glyphs if not _is_on(glyph, page.box))
        page.hidden = (page.hidden + outside)[:_LONGEST]
    content.glyphs = inside
    content.unknown = sum(glyph[4] == UNKNOWN for glyph in inside)
    if not (quarter or left or top):
        return
    size = right - left, bottom - top
    turned_size = (size[1], size[0]) if quarter % 2 else size

    def framed(box: Box) -> Box:
        return _turned((box[0] - left, box[1] - top, box[2] - left, box[3] - top), quarter, size)

    content.glyphs = [(*framed(glyph[:4]), glyph[4], glyph[5]) for glyph in inside]
    boxes = [(low, at_y, high, at_y) for low, high, at_y in content.horizontal]
    boxes += [(at_x, low, at_x, high) for low, high, at_x in content.vertical]
    content.horizontal, content.vertical = _rules([framed(each) for each in boxes])
    content.fills = [framed(each) for each in content.fills]
    content.shown = lambda box: _turned(box, (4 - quarter) % 4, turned_size)


def _is_on(glyph: Glyph, page: Box) -> bool:
    """Whether a letter's middle lies on the page."""
    x, y = (glyph[0] + glyph[2]) // 2, (glyph[1] + glyph[3]) // 2
    return page[0] <= x <= page[2] and page[1] <= y <= page[3]


def _rules(boxes: list[Box]) -> tuple[list[Rule], list[Rule]]:
    horizontal = [(left, right, top) for left, top, right, bottom in boxes if top == bottom]
    vertical = [(top, bottom, left) for left, top, right, bottom in boxes if left == right]
    return horizontal, vertical


def _turned(box: Box, quarter: int, size: tuple[int, int]) -> Box:
    """A box of a page after the page was turned counter-clockwise by so many quarters; `size` is that before."""
    left, top, right, bottom = box
    width, height = size
    if quarter == 1:
        return top, width - right, bottom, width - left
    if quarter == 2:
        return width - right, height - bottom, width - left, height - top
    return (height - bottom, left, height - top, right) if quarter == 3 else box

"""OFD (GB/T 33190-2016) → grid: our own reader on lxml; letters and rules of a page go through the shared lattice."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from lxml import etree

from jixiao.form import Place
from jixiao.layout.grid import Box, FreeText, Grid, Table
from jixiao.reading import errors
from jixiao.reading.container import Container, open_container
from jixiao.reading.errors import Unreadable
from jixiao.reading.formats.ofd_extras import extras_of
from jixiao.reading.formats.ofd_page import MOST_LETTERS, MOST_OBJECTS, OfdPage, Resources, TooMuch, load_page
from jixiao.reading.formats.ofd_xml import Malformed, below, box, hundredths, resolved, text_at
from jixiao.reading.formats.xlsx_xml import children
from jixiao.reading.limits import DEFAULT_LIMITS, Limits
from jixiao.reading.page import read_page

_A4: Final = (0, 0, 59_528, 84_189)
_RECOGNISED: Final = Decimal("0.9")
"""Letters that cannot be seen and stand under a picture are the work of a recogniser nobody knows."""


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture on a page: where it stands (hundredths of a point, as displayed), and its bytes as stored."""

    box: Box
    data: bytes


def read_ofd(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS, *, eyes: bool = False) -> Grid:
    """Read every page of an OFD document.

    Args:
        data: the whole file.
        file: its label, for places and sentences.
        limits: what it may hold.
        eyes: whether the caller can look at pages: then those of pictures are named in the grid's `eyes`, and no
            sentence says that they were not read.

    Raises:
        Unreadable: the container is broken, unsafe or too large, it is encrypted, or its letters have no code; without
            eyes also a scan.
    """
    package = _Package(open_container(data, file, "OFD", limits), limits.pages)
    blocks: list[Table | FreeText] = []
    losses: list[str] = []
    survey = _Survey(file)
    for page in package.pages():
        found = read_page(page.content, file)
        blocks.extend(_doubted(found.blocks) if page.covered else found.blocks)
        losses.extend((*found.losses, *_losses(page)))
        survey.add(page)
    said = survey.losses(eyes=eyes)
    return Grid(tuple(blocks), (*said, *losses, *package.losses), tuple(survey.silent))


def pictures_of(data: bytes, file: str, number: int, limits: Limits = DEFAULT_LIMITS) -> tuple[PlacedPicture, ...]:
    """The pictures of one page, for what reads pictures.

    Args:
        data: the whole file.
        file: its label, for sentences.
        number: the page's number from 1.
        limits: what it may hold.

    Raises:
        Unreadable: as for `read_ofd`.
    """
    container = open_container(data, file, "OFD", limits)
    page = next((page for page in _Package(container, limits.pages).pages() if page.content.number == number), None)
    stored = [(outline, part) for outline, part in page.pictures if container.has(part)] if page else []
    return tuple(PlacedPicture(outline, container.read(part)) for outline, part in stored)


@dataclass(slots=True)
class _Document:
    """One document of a package while it is read."""

    part: str
    root: etree._Element
    resources: Resources
    templates: dict[str, etree._Element] = field(default_factory=dict)


class _Package:
    """The documents of a package, page by page, numbered on from one document to the next."""

    def __init__(self, container: Container, most: int) -> None:
        self.container, self.file, self.most = container, container.file, most
        self.losses: list[str] = []
        self._count = 0

    def pages(self) -> Iterator[OfdPage]:
        """Every page of every document."""
        if self.container.has("Encryptions.xml"):
            raise errors.encrypted(self.file, "OFD")
        bodies = list(below(self.container.xml("OFD.xml"), "DocBody"))
        parts = [resolved("OFD.xml", text_at(body, "DocRoot")) for body in bodies if text_at(body, "DocRoot")]
        if not parts:
            raise errors.damaged(self.file, "OFD", "里面没有文档", "it lists no document")
        resources = Resources()
        for part in dict.fromkeys(parts):
            document = _Document(part, self.container.xml(part), resources)
            self._load_common(document)
            first = self._count + 1
            yield from self._pages_of(document)
            self.losses += extras_of(self.container, document.part, document.root, first)
        signed = [body for body in bodies if text_at(body, "Signatures")]
        if signed:
            self.losses.append(
                "文件带有电子签章，未作验证。It is signed with electronic seals; they were not verified."
            )
        if any(True for body in bodies for _ in below(body, "Versions", "Version")):
            self.losses.append(
                "文件保存有其他版本，只读当前版本。It holds other versions; only the current one was read."
            )

    def _load_common(self, document: _Document) -> None:
        for common in children(document.root, "CommonData"):
            for kind in ("PublicRes", "DocumentRes"):
                for listed in children(common, kind):
                    self._load_resources(document, resolved(document.part, listed.text or ""))
            for template in children(common, "TemplatePage"):
                part = resolved(document.part, template.get("BaseLoc", ""))
                if self.container.has(part):
                    document.templates[template.get("ID", "")] = self.container.xml(part)
                    self._load_own_resources(document, part, document.templates[template.get("ID", "")])

    def _load_resources(self, document: _Document, part: str) -> None:
        if not self.container.has(part):
            self.losses.append(f"缺少资源 {part}。The resource {part} is missing.")
            return
        root = self.container.xml(part)
        folder = resolved(part, f"{root.get('BaseLoc') or '.'}/x")
        for unit in below(root, "CompositeGraphicUnits", "CompositeGraphicUnit"):
            document.resources.units[unit.get("ID", "")] = unit
        for media in below(root, "MultiMedias", "MultiMedia"):
            if media.get("Type", "Image") == "Image":
                document.resources.pictures[media.get("ID", "")] = resolved(folder, text_at(media, "MediaFile"))

    def _load_own_resources(self, document: _Document, part: str, page: etree._Element) -> None:
        for listed in children(page, "PageRes"):
            self._load_resources(document, resolved(part, listed.text or ""))

    def _pages_of(self, document: _Document) -> Iterator[OfdPage]:
        listed = list(below(document.root, "Pages", "Page"))
        if not listed:
            raise errors.damaged(self.file, "OFD", "里面没有一页", "it has no page")
        count = self._count + len(listed)
        if count > self.most:
            most = self.most
            raise errors.too_large(self.file, f"{count} 页", f"{count} pages", f"{most} 页", f"{most} pages")
        usual = next((_box(area) for area in below(document.root, "CommonData", "PageArea")), None)
        for entry in listed:
            self._count += 1
            yield self._page(document, entry, usual)

    def _page(self, document: _Document, entry: etree._Element, usual: Box | None) -> OfdPage:
        part = resolved(document.part, entry.get("BaseLoc", ""))
        root = self.container.xml(part)
        self._load_own_resources(document, part, root)
        templates = [use.get("TemplateID", "") for use in children(root, "Template")]
        under = [document.templates[one] for one in dict.fromkeys(templates) if one in document.templates]
        if len(under) < len(set(templates)):
            self.losses.append(
                f"第 {self._count} 页缺少模板页，其中的文字和表格线未读。Page {self._count}: its template is missing; "
                "what stands there was not read."
            )
        area = next((_box(area) for area in children(root, "Area")), None)
        outline = area or next((_box(area) for page in under for area in children(page, "Area")), None) or usual or _A4
        try:
            return load_page(self._count, outline, [*under, root], document.resources)
        except TooMuch as error:
            raise errors.too_large(
                self.file, f"到第 {self._count} 页图元或文字过多", f"too many objects or letters by page {self._count}",
                f"{MOST_OBJECTS} 个图元、{MOST_LETTERS} 个字", f"{MOST_OBJECTS} objects and {MOST_LETTERS} letters",
            ) from error  # fmt: skip


def _box(area: etree._Element) -> Box | None:
    """The outline of a page in hundredths of a point; `None` where it is not said, or is none."""
    try:
        found = box(text_at(area, "PhysicalBox"))
    except Malformed:
        return None
    if found is None or found[2] <= found[0] or found[3] <= found[1]:
        return None
    left, top, right, bottom = map(hundredths, found)
    return left, top, right, bottom


def _doubted(blocks: tuple[Table | FreeText, ...]) -> Iterator[Table | FreeText]:
    """The same blocks, sure only as far as letters are that somebody else recognised."""
    for block in blocks:
        if isinstance(block, FreeText):
            yield replace(block, places=_less_sure(block.places))
        else:
            yield replace(block, cells=tuple(replace(cell, places=_less_sure(cell.places)) for cell in block.cells))


def _less_sure(places: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(
        Place(place.file, place.page, place.box, confidence=min(place.confidence, _RECOGNISED)) for place in places
    )


def _losses(page: OfdPage) -> Iterator[str]:
    """What is not sure or was not read of a page, in sentences."""
    zh, en = f"第 {page.content.number} 页", f"Page {page.content.number}"
    if page.covered:
        yield (
            f"{zh}是图像，其下藏有识别出的文字，已读入，请核对。"
            f"{en} is a picture with recognised letters hidden under it; they were read: check them."
        )
    if page.hidden:
        yield f"{zh}有不显示的文字“{page.hidden}”，未读。{en}: text that is not shown, “{page.hidden}”, was not read."
    if page.broken:
        yield (
            f"{zh}有 {page.broken} 个图元的数值无法解读，未读。"
            f"{en}: {page.broken} objects whose numbers cannot be understood were not read."
        )
    if page.missing:
        yield (
            f"{zh}有 {page.missing} 个图元缺少资源，未读。"
            f"{en}: {page.missing} objects lack their resource and were not read."
        )
    if page.estimated:
        yield (
            f"{zh}有 {page.estimated} 处文字没有写明字距，位置是估计的。"
            f"{en}: {page.estimated} pieces of text say no advance; where their letters stand is an estimate."
        )


class _Survey:
    """Counts what every page holds, and tells at the end what could not be read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.letters = self.unknown = self.pages = self.pictures = 0
        self.silent: list[int] = []

    def add(self, page: OfdPage) -> None:
        """Count one page."""
        content = page.content
        self.pages += 1
        self.letters += len(content.glyphs)
        self.unknown += content.unknown
        if not content.glyphs and content.images:
            self.pictures += content.images
            self.silent.append(content.number)

    def losses(self, *, eyes: bool) -> tuple[str, ...]:
        """What is missing, in sentences; with eyes, pages of pictures are not.

        Raises:
            Unreadable: there is no text at all, or most letters have no code.
        """
        refusal = None if eyes and self.silent and not self.letters else self._refusal()
        if refusal:
            raise refusal
        if eyes or not self.silent:
            return ()
        named = ", ".join(map(str, self.silent))
        return (f"第 {named} 页只有图像，没有文字层，未读。Page {named}: images only, no text layer; not read.",)

    def _refusal(self) -> Unreadable | None:
        if not self.letters:
            return errors.scan(self.file, self.pages, self.pictures)
        if self.unknown * 2 > self.letters:
            return errors.letters_without_code(self.file, self.unknown, self.letters)
        return None

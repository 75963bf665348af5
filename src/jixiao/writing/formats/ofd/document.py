"""The OFD package (GB/T 33190-2016): its pages one after another, then its fonts, its document and its entry."""

import uuid
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

from jixiao.writing.formats.ofd.drawing import Drawing, physical_box
from jixiao.writing.formats.ofd.fonts import Fonts
from jixiao.writing.formats.ofd.numbering import Numbering
from jixiao.writing.formats.ofd.parcel import Parcel
from jixiao.writing.formats.ofd.xml import attribute, content, part
from jixiao.writing.paper.about import PROGRAM, About
from jixiao.writing.paper.faces import Faces
from jixiao.writing.paper.model import Document
from jixiao.writing.paper.pages import SetPage
from jixiao.writing.paper.typeset import typeset

_FOLDER: Final = "Doc_0"


def write_ofd(documents: Iterable[Document], faces: Faces, about: About | None = None) -> Iterator[bytes]:
    """An OFD file of documents, piece by piece; pages are drawn as they are set, and forgotten.

    The same documents give the same bytes.

    Args:
        documents: at least one, each beginning on a page of its own, with an entry in the outline.
        faces: the typefaces; what is printed of each font is embedded.
        about: title, author, date.

    Raises:
        Unprintable: a letter that no font has, or XML does not know.
        ValueError: there is no document.
    """
    return write_pages(typeset(documents, faces), faces, about or About())


def write_pages(pages: Iterable[SetPage], faces: Faces, about: About) -> Iterator[bytes]:
    """An OFD file of set pages, as `write_ofd`.

    Raises:
        Unprintable: a text has a character that XML does not know.
        ValueError: there is no page.
    """
    numbering, index, digest = Numbering(), _Index(), sha256()
    fonts = Fonts(faces, numbering)
    drawing = Drawing(fonts, numbering)
    with Parcel() as parcel:
        for page in pages:
            data = part("Page", drawing.page(page))
            digest.update(data)
            yield parcel.put(f"{_FOLDER}/{index.add(page, numbering.next())}", data)
        if not index.count:
            raise ValueError("an OFD document has at least one page")
        for name, data in fonts.parts():
            yield parcel.put(f"{_FOLDER}/{name}", data)
        yield parcel.put(f"{_FOLDER}/Document.xml", part("Document", index.body(numbering.last)))
        yield parcel.put("OFD.xml", _entry(about, about.title or index.title, digest.digest()))
        yield parcel.close()


class _Index:
    """What the document's own part lists: its pages, and which documents begin on them."""

    def __init__(self) -> None:
        self.count = 0
        self.title = ""
        self._area = ""
        self._pages: list[str] = []
        self._outline: list[str] = []

    def add(self, page: SetPage, number: int) -> str:
        """Take a page under an identifier; gives the name of its part."""
        name = f"Pages/Page_{self.count}/Content.xml"
        self.count += 1
        self._area = self._area or physical_box(page)
        self._pages.append(f'<ofd:Page ID="{number}" BaseLoc="{name}"/>')
        self.title = self.title or page.bookmark
        if page.bookmark:
            self._outline.append(
                f"<ofd:OutlineElem Title={attribute(page.bookmark, page.bookmark)}><ofd:Actions>"
                f'<ofd:Action Event="CLICK"><ofd:Goto><ofd:Dest Type="XYZ" PageID="{number}" Left="0" Top="0"/>'
                "</ofd:Goto></ofd:Action></ofd:Actions></ofd:OutlineElem>"
            )
        return name

    def body(self, highest: int) -> str:
        """The body of the document's part, the highest identifier given."""
        outline = f"<ofd:Outlines>{''.join(self._outline)}</ofd:Outlines>" if self._outline else ""
        return (
            f"<ofd:CommonData><ofd:MaxUnitID>{highest}</ofd:MaxUnitID><ofd:PageArea>{self._area}</ofd:PageArea>"
            f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
            f"<ofd:Pages>{''.join(self._pages)}</ofd:Pages>{outline}"
        )


def _entry(about: About, title: str, digest: bytes) -> bytes:
    """The part that a reader opens first: what the document is, and where it begins."""
    said = {
        "DocID": uuid.UUID(bytes=digest[:16], version=5).hex,
        "Title": title,
        "Author": about.author,
        "CreationDate": about.created.date().isoformat() if about.created else "",
        "Creator": PROGRAM,
    }
    info = "".join(f"<ofd:{name}>{content(text, title)}</ofd:{name}>" for name, text in said.items() if text)
    root = f"<ofd:DocRoot>{_FOLDER}/Document.xml</ofd:DocRoot>"
    body = f"<ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo>{root}</ofd:DocBody>"
    return part("OFD", body, ' Version="1.0" DocType="OFD"')

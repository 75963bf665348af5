"""Documents → one DOCX: each begins on a page of its own and has a bookmark; sheets of one format are one section."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jixiao.writing.formats.docx.package import FOOTERS, packed
from jixiao.writing.formats.docx.paragraph import Around, empty, paragraph
from jixiao.writing.formats.docx.settings import Fonts
from jixiao.writing.formats.docx.styles import CellStyles
from jixiao.writing.formats.docx.table import TableWriter
from jixiao.writing.formats.docx.xml import DECLARATION, NAMESPACES, twips
from jixiao.writing.paper.about import About
from jixiao.writing.paper.bookmarks import Bookmarks
from jixiao.writing.paper.model import Document, Table


def write_docx(documents: Iterable[Document], fonts: Fonts | None = None, about: About | None = None) -> bytes:
    """One file of all documents; the same documents and settings give the same bytes.

    Args:
        documents: taken one at a time, so that a thousand need no more memory than their file.
        fonts: typefaces by name.
        about: the file's properties.

    Raises:
        Unprintable: a text has a character that XML does not know; the sentence names it.
        ValueError: there is no document, or the cells of a table do not cover its grid.
    """
    faces = fonts or Fonts()
    styles = CellStyles(faces)
    return packed(_Body(faces, TableWriter(styles)).written(documents), faces, styles, about or About())


@dataclass(slots=True)
class _Body:
    """The main part, document by document."""

    faces: Fonts
    tables: TableWriter
    bookmarks: Bookmarks = field(default_factory=Bookmarks)

    def written(self, documents: Iterable[Document]) -> Iterator[str]:
        """All of it, piece by piece."""
        yield f"{DECLARATION}<w:document {NAMESPACES}><w:body>"
        last: Document | None = None
        for number, document in enumerate(documents, 1):
            goes_on = last is not None and _section(last) == _section(document)
            if last is not None and not goes_on:
                yield empty(Around(), _section(last))
            mark = _mark(self.bookmarks.of(document.name), number)
            yield from self._document(document, Around(mark, breaks=goes_on))
            last = document
        if last is None:
            raise ValueError("a DOCX needs at least one document")
        yield f"{_section(last)}</w:body></w:document>"

    def _document(self, document: Document, around: Around) -> Iterator[str]:
        after_table = True
        for block in document.blocks:
            if isinstance(block, Table):
                if after_table:
                    yield empty(around)
                    around = Around()
                yield from self.tables.written(block, document)
            else:
                yield paragraph(block, document.page, self.faces, document.name, around)
                around = Around()
            after_table = isinstance(block, Table)
        if after_table:
            yield empty(around)


def _mark(name: str, number: int) -> tuple[str, str]:
    """The start and the end of a bookmark."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{number}"/>'


def _section(document: Document) -> str:
    """How the pages of a document are set up; documents that agree in it are one section."""
    page = document.page
    turned = ' w:orient="landscape"' if page.width > page.height else ""
    foot = FOOTERS[document.language if page.numbered else ""]
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{foot}"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"{turned}/>'
        f'<w:pgMar w:top="{twips(page.top)}" w:right="{twips(page.right)}" w:bottom="{twips(page.bottom)}" '
        f'w:left="{twips(page.left)}" w:header="{twips(page.top) // 2}" w:footer="{twips(page.bottom) // 2}" '
        'w:gutter="0"/></w:sectPr>'
    )

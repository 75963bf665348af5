"""Documents as one PDF: PDF/A-2a and PDF/UA-1, tagged, a bookmark for each document, fonts embedded and cut down."""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final

from jixiao.writing.formats.pdf.about import gray_profile, information, metadata
from jixiao.writing.formats.pdf.embedding import embed
from jixiao.writing.formats.pdf.ink import Ink, number
from jixiao.writing.formats.pdf.lettering import Lettering
from jixiao.writing.formats.pdf.objects import Objects, reference, text_string
from jixiao.writing.formats.pdf.tags import LANGUAGES, Tags, scopes
from jixiao.writing.paper.about import About
from jixiao.writing.paper.faces import Faces
from jixiao.writing.paper.model import Document
from jixiao.writing.paper.pages import SetPage, SetTable, SetText
from jixiao.writing.paper.typeset import typeset

_KIDS: Final = 64
"""So many pages a node of the page tree holds."""


def write_pdf(documents: Iterable[Document], faces: Faces, about: About | None = None) -> Iterator[bytes]:
    """A PDF of documents, piece by piece; what is written is forgotten, so that a thousand need no more room than one.

    Args:
        documents: what it holds, each beginning on a page of its own, with a bookmark.
        faces: the typefaces.
        about: title and date.

    Raises:
        Unprintable: a letter that no font has.
    """
    file = _File(faces, about or About())
    for document in documents:
        for page in typeset([document], faces):
            file.page(page, document)
        yield file.packed()
    yield file.ended()


class _File:
    """One file on its way out."""

    def __init__(self, faces: Faces, about: About) -> None:
        self.about = about
        self.objects = Objects()
        self.lettering = Lettering(faces)
        self.tags = Tags(self.objects)
        self.resources = self.objects.new()
        self.nodes: list[tuple[int, list[int]]] = []
        self.bookmarks: list[tuple[str, int]] = []
        self.language = ""

    def page(self, page: SetPage, document: Document) -> None:
        """Write a page."""
        me = self.objects.new()
        if page.number == 1:
            self.language = self.language or document.language
            self.bookmarks.append((document.name, me))
            self.tags.part(document.name, document.language)
        ink = Ink(page, self.lettering)
        elements: list[int] = []
        for block in page.blocks:
            if isinstance(block, SetTable):
                self._table(block, ink, me, elements)
            else:
                self._text(block, ink, me, elements)
        content = self.objects.new()
        self.objects.stream(content, ink.content())
        size = page.page
        self.objects.put(
            me,
            f"<</Type/Page/Parent {reference(self._node(me))}/MediaBox[0 0 {number(size.width)} {number(size.height)}]"
            f"/Resources {reference(self.resources)}/Contents {reference(content)}/Tabs/S"
            f"/StructParents {self.tags.page(elements)}>>",
        )

    def packed(self) -> bytes:
        """The file so far, since the last call."""
        self.tags.close()
        self.objects.pack()
        return self.objects.taken()

    def ended(self) -> bytes:
        """The rest of the file."""
        self.tags.end()
        pages = self._page_tree()
        self._fonts()
        title = self.about.title or next((name for name, _ in self.bookmarks), "") or "Jixiao"
        language = LANGUAGES[self.language or "zh"]
        described = self.objects.new()
        self.objects.stream(
            described, metadata(title, self.about.created, language), "/Type/Metadata/Subtype/XML", plain=True
        )
        profile = self.objects.new()
        self.objects.stream(profile, gray_profile(), "/N 1")
        root = self.objects.add(
            f"<</Type/Catalog/Pages {reference(pages)}/StructTreeRoot {reference(self.tags.root)}"
            f"/MarkInfo<</Marked true>>/Lang({language})/Metadata {reference(described)}"
            f"/ViewerPreferences<</DisplayDocTitle true>>{self._outline()}/OutputIntents[<</Type/OutputIntent"
            f"/S/GTS_PDFA1/OutputConditionIdentifier(Gray gamma 2.2)/Info(Gray gamma 2.2)"
            f"/DestOutputProfile {reference(profile)}>>]>>"
        )
        told = self.objects.add(information(title, self.about.created))
        self.objects.end(f"/Root {reference(root)}/Info {reference(told)}")
        return self.objects.taken()

    def _node(self, page: int) -> int:
        if not self.nodes or len(self.nodes[-1][1]) >= _KIDS:
            self.nodes.append((self.objects.new(), []))
        self.nodes[-1][1].append(page)
        return self.nodes[-1][0]

    def _page_tree(self) -> int:
        root = self.objects.new()
        for node, pages in self.nodes:
            kids = " ".join(map(reference, pages))
            self.objects.put(node, f"<</Type/Pages/Parent {reference(root)}/Count {len(pages)}/Kids[{kids}]>>")
        kids = " ".join(reference(node) for node, _ in self.nodes)
        count = sum(len(pages) for _, pages in self.nodes)
        self.objects.put(root, f"<</Type/Pages/Count {count}/Kids[{kids}]>>")
        return root

    def _text(self, block: SetText, ink: Ink, page: int, elements: list[int]) -> None:
        tag = f"H{block.level}" if block.level else "P"
        mark = ink.text(block, tag)
        elements.append(self.tags.text(tag, page, mark))

    def _table(self, table: SetTable, ink: Ink, page: int, elements: list[int]) -> None:
        xs = list(accumulate(table.widths, initial=table.left))
        ys = list(accumulate(table.heights, initial=table.top))
        ink.rules(table, xs, ys)
        tagged = self.tags.table()
        rows = [self.tags.row(tagged) for _ in table.heights]
        headings = scopes(table)
        for place, cell in enumerate(table.cells):
            scope = headings.get(place, "")
            box = (xs[cell.column], ys[cell.row], xs[cell.column + cell.column_span], ys[cell.row + cell.row_span])
            mark = ink.cell(cell, table, box, "TH" if scope else "TD") if any(cell.lines) else None
            element = self.tags.cell(rows[cell.row], cell, page, mark, scope)
            if mark is not None:
                elements.append(element)
        for each in (*rows, tagged):
            self.tags.ended(each)

    def _fonts(self) -> None:
        entries = []
        for typeface, fonts in self.lettering.families():
            glyphs = {code: glyph for font in fonts for code, glyph in font.glyphs.items()}
            numbers = embed(self.objects, typeface, glyphs, [font.letters for font in fonts])
            entries += [f"/{font.name} {reference(each)}" for font, each in zip(fonts, numbers, strict=True)]
        self.objects.put(self.resources, f"<</Font<<{''.join(entries)}>>>>")

    def _outline(self) -> str:
        """A bookmark for each document."""
        if not self.bookmarks:
            return ""
        root = self.objects.new()
        items = [self.objects.new() for _ in self.bookmarks]
        for at, (name, page) in enumerate(self.bookmarks):
            before = f"/Prev {reference(items[at - 1])}" if at else ""
            after = f"/Next {reference(items[at + 1])}" if at + 1 < len(items) else ""
            self.objects.put(
                items[at],
                f"<</Title {text_string(name)}/Parent {reference(root)}/Dest[{reference(page)}/Fit]{before}{after}>>",
            )
        self.objects.put(
            root,
            f"<</Type/Outlines/First {reference(items[0])}/Last {reference(items[-1])}/Count {len(items)}>>",
        )
        return f"/Outlines {reference(root)}/PageMode/UseOutlines"

"""The tag tree of a PDF: what is a heading, a paragraph, a table with rows and cells (ISO 32000-1, 14.7 and 14.8)."""

from dataclasses import dataclass, field
from typing import Final

from jixiao.writing.formats.pdf.objects import Objects, reference, text_string
from jixiao.writing.paper.pages import SetCell, SetTable

LANGUAGES: Final = {"zh": "zh-CN", "en": "en-US"}


@dataclass(slots=True)
class Element:
    """A structure element that may have more to hold.

    Attributes:
        number: of its object.
        tag: its kind.
        parent: the number of the element that holds it.
        entries: what else its dictionary says.
        kids: what it holds.
    """

    number: int
    tag: str
    parent: int
    entries: str = ""
    kids: list[str] = field(default_factory=list)


class Tags:
    """The tag tree of one file while it is written; a part of it is written as soon as it is whole."""

    def __init__(self, objects: Objects) -> None:
        """Begin with the root and the document below it."""
        self.objects = objects
        self.root = objects.new()
        self._document = Element(objects.new(), "Document", self.root)
        self._pages: list[int] = []
        self._part: Element | None = None

    def part(self, name: str, language: str) -> None:
        """Begin the part of one form, letter or report."""
        self.close()
        lang = f"/Lang({LANGUAGES[language]})"
        self._part = self._under(self._document, "Sect", f"/T{text_string(name)}{lang}")

    def close(self) -> None:
        """End the part that is open."""
        if self._part is not None:
            self._put(self._part)
            self._part = None

    def text(self, tag: str, page: int, mark: int) -> int:
        """A heading or paragraph; its number."""
        return self._leaf(self._open(), tag, page, mark)

    def table(self) -> Element:
        """Begin a table."""
        return self._under(self._open(), "Table")

    def row(self, table: Element) -> Element:
        """Begin a row."""
        return self._under(table, "TR")

    def cell(self, row: Element, cell: SetCell, page: int, mark: int | None, scope: str) -> int:
        """A cell; its number. A heading says of what: `Row` or `Column`."""
        attributes = f"/Scope/{scope}" if scope else ""
        if cell.row_span > 1:
            attributes += f"/RowSpan {cell.row_span}"
        if cell.column_span > 1:
            attributes += f"/ColSpan {cell.column_span}"
        entries = f"/A<</O/Table{attributes}>>" if attributes else ""
        tag = "TH" if scope else "TD"
        if mark is None:
            element = self._under(row, tag, entries)
            self._put(element)
            return element.number
        return self._leaf(row, tag, page, mark, entries)

    def ended(self, element: Element) -> None:
        """Write an element that holds all it will."""
        self._put(element)

    def page(self, elements: list[int]) -> int:
        """The number (StructParents) of a page whose marks belong to these elements, in their order."""
        self._pages.append(self.objects.add("[" + " ".join(map(reference, elements)) + "]"))
        return len(self._pages) - 1

    def end(self) -> None:
        """Write the root."""
        self.close()
        self._put(self._document)
        numbers = " ".join(f"{key} {reference(number)}" for key, number in enumerate(self._pages))
        tree = self.objects.add(f"<</Nums[{numbers}]>>")
        self.objects.put(
            self.root,
            f"<</Type/StructTreeRoot/K {reference(self._document.number)}/ParentTree {reference(tree)}"
            f"/ParentTreeNextKey {len(self._pages)}>>",
        )

    def _open(self) -> Element:
        return self._part or self._document

    def _under(self, parent: Element, tag: str, entries: str = "") -> Element:
        element = Element(self.objects.new(), tag, parent.number, entries)
        parent.kids.append(reference(element.number))
        return element

    def _leaf(self, parent: Element, tag: str, page: int, mark: int, entries: str = "") -> int:
        number = self.objects.new()
        parent.kids.append(reference(number))
        head = f"<</Type/StructElem/S/{tag}/P {reference(parent.number)}/Pg {reference(page)}"
        self.objects.put(number, f"{head}/K {mark}{entries}>>")
        return number

    def _put(self, element: Element) -> None:
        kids = f"/K[{' '.join(element.kids)}]" if element.kids else ""
        head = f"<</Type/StructElem/S/{element.tag}/P {reference(element.parent)}"
        self.objects.put(element.number, f"{head}{kids}{element.entries}>>")


def scopes(table: SetTable) -> dict[int, str]:
    """For each cell, by its place in the table, of what it is the heading; nothing for one that holds a value.

    A label heads its column where its row begins nothing but labels, else its row.
    """
    begun: dict[int, bool] = {}
    for cell in table.cells:
        begun[cell.row] = begun.get(cell.row, True) and cell.cell.role == "label"
    return {
        place: "Column" if begun[cell.row] else "Row"
        for place, cell in enumerate(table.cells)
        if cell.cell.role == "label" and any(cell.lines)
    }

"""Where in a document the cells and lines are that places name: what its reader tells the one who marks it."""

from collections.abc import Mapping
from dataclasses import dataclass

from jixiao.form import Place


@dataclass(frozen=True, slots=True)
class DocxSpots:
    """The elements of a document's main part that its places name.

    An element is told by its number: how many elements begin before it in the part.

    Attributes:
        cells: by the name of the cell ("table1!R3C2").
        lines: those of the paragraphs that are counted as lines, the first for line 1.
    """

    cells: Mapping[str, int]
    lines: tuple[int, ...]

    def of(self, place: Place) -> int | None:
        """The number of the element that a place names; `None` where it is in no main part (in a header, say)."""
        if place.cell is not None:
            return self.cells.get(place.cell)
        line = place.line or 0
        return self.lines[line - 1] if 0 < line <= len(self.lines) else None

"""A table that grows row by row on one grid of columns, until its cells cover every place of it once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from jixiao.layout.families import Family
from jixiao.writing.official.values import NOTHING, Value, in_words
from jixiao.writing.paper.model import Align, Cell, Page, Table


@dataclass(slots=True)
class Builder:
    """The cells of one form's table so far.

    Attributes:
        family: the layout.
        held: what may stand in the braces of a label, by name.
        rows: how many rows are begun.
        cells: in any order.
        heading, body: as in the table.
    """

    family: Family
    held: dict[str, str]
    rows: int = 0
    cells: list[Cell] = field(default_factory=list)
    heading: tuple[int, int] = (0, 0)
    body: tuple[int, int] = (0, 0)

    def label(self, at: tuple[int, int], text: str, *, down: int = 0, rows: int = 1, align: Align = "center") -> None:
        """A label over the columns (first, end) of the row that is being laid, or of one `down` below it."""
        printing = self.family.printing
        template = printing.relabel.get(text, text) if printing else text
        self._add(at, Value(in_words(template, self.held), align=align), (down, rows), role="label")

    def value(self, at: tuple[int, int], value: Value, *, down: int = 0, rows: int = 1) -> None:
        """A cell that holds a value."""
        self._add(at, value, (down, rows), role="value")

    def heading_of(self, at: tuple[int, int], value: Value, *, down: int, rows: int) -> None:
        """A cell that holds a field and is a heading of the rows beside it."""
        self._add(at, value, (down, rows), role="label")

    def blank(self, at: tuple[int, int], *, down: int = 0, rows: int = 1) -> None:
        """A cell for nothing, where there is a place for it."""
        if at[1] > at[0]:
            self._add(at, NOTHING, (down, rows), role="label")

    def end(self, rows: int = 1) -> None:
        """Go to the row below."""
        self.rows += rows

    def table(self, page: Page, least: int) -> Table:
        """What has been laid, its columns stretched to the page."""
        cells = tuple(sorted(self.cells, key=lambda cell: (cell.row, cell.column)))
        assert self.family.printing is not None  # noqa: S101  # only printed families are laid
        widths = stretched([int(width * 100) for width in self.family.printing.widths], page.across)
        return Table(widths, self.rows, cells, self.heading, self.body, least)

    def _add(self, at: tuple[int, int], value: Value, extent: tuple[int, int], *, role: str) -> None:
        down, rows = extent
        cell = Cell(
            row=self.rows + down, column=at[0], row_span=rows, column_span=at[1] - at[0], text=value.text,
            align=value.align, pointer=value.pointer, number=value.number, suffix=value.suffix,
            formula=value.formula, choices=value.choices,
        )  # fmt: skip
        self.cells.append(replace(cell, role=role))


def edges(spans: Sequence[int]) -> list[tuple[int, int]]:
    """The columns (first, end) of cells that stand side by side."""
    ends = [sum(spans[: index + 1]) for index in range(len(spans))]
    return list(zip([0, *ends], ends, strict=False))


def stretched(parts: Sequence[int], whole: int) -> tuple[int, ...]:
    """Whole lengths in the proportion of the parts whose sum is exactly the whole."""
    total, done, made = sum(parts), 0, []
    for index in range(len(parts)):
        end = sum(parts[: index + 1]) * whole // total
        made.append(end - done)
        done = end
    return tuple(made)

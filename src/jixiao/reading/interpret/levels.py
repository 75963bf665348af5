"""一级 and 二级指标: headings that span rows, left blank below, or cut by a page anywhere in their text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from jixiao.form import LEVEL1, LEVEL2, Place, canonical_level
from jixiao.layout.lexicon import Lexicon
from jixiao.reading.interpret.columns import Column
from jixiao.reading.interpret.rows import Item, Row
from jixiao.reading.interpret.wording import join_two

_BARE_POINTS: Final = re.compile(r"[(（]\s*(\d+(?:\.\d+)?)\s*[)）]$")
_FOREIGN: Final = re.compile(r"(?<=[\u4e00-\u9fff)）])\s*[A-Za-z][A-Za-z .-]*$")
LEVELS: Final = ("level1", "level2")


@dataclass(slots=True, eq=False)
class Run:
    """One heading and the cells it was read from.

    Attributes:
        items: its cells with text, two where a page cuts it.
        cell: the cell it was last seen in: table, row, left edge.
        fallback: the heading above, which holds if no text comes: an empty cell at the foot of a page may have its text
            on the next page, or be blank because the heading above goes on.
        used: whether an indicator stands under it.
    """

    cell: tuple[int, int, int]
    items: list[Item] = field(default_factory=list)
    fallback: "Run | None" = None
    used: bool = False

    @property
    def text(self) -> str:
        """The heading's words."""
        return _BARE_POINTS.sub(r"(\1分)", parted(self.printed)[0]) or (self.fallback.text if self.fallback else "")

    @property
    def printed(self) -> str:
        """All that is printed in its own cells."""
        text = ""
        for item in self.items:
            text = join_two(text, item.text)
        return text

    @property
    def places(self) -> tuple[Place, ...]:
        """Where they stand."""
        own = tuple(place for item in self.items for place in item.places)
        return own or (self.fallback.places if self.fallback else ())


@dataclass(slots=True)
class Levels:
    """Follows the headings of one form from row to row.

    Attributes:
        lexicon: knows headings outside the taxonomy.
        blanks: whether the form leaves cells blank below a heading instead of merging them.
        now: the run each level is in.
        runs: every run, in order.
    """

    lexicon: Lexicon
    blanks: bool = False
    now: dict[str, Run] = field(default_factory=dict)
    runs: list[tuple[str, Run]] = field(default_factory=list)

    def follow(self, row: Row, columns: Iterable[Column], *, same: bool) -> dict[str, Run]:
        """The headings a row stands under.

        Args:
            row: the row.
            columns: the level columns of its table.
            same: whether the row is the rest of the row before, cut by a page: its headings are the same.
        """
        renewed, taken = False, None
        for column in columns:
            name = column.field or ""
            found = cell_at(row, column)
            cell = None if found is taken else found
            taken = found or taken
            before = self.now.get(name)
            run = self._run(name, row, cell, same=same, inherits=not renewed)
            renewed = renewed or run is not before
            self.now[name] = run
        return dict(self.now)

    def fits(self, row: Row, columns: Iterable[Column]) -> bool:
        """Whether the headings of a row after a page break can be those of the row before it."""
        for column in columns:
            cell, run = cell_at(row, column), self.now.get(column.field or "")
            if cell and cell.text and run and run.items and not self._goes_on(column.field or "", run, cell):
                return False
        return True

    def known(self, level: str, text: str) -> bool:
        """Whether a text is a whole heading of a level."""
        names = LEVEL1 if level == "level1" else LEVEL2 | LEVEL1
        heading = canonical_level(text, int(level[-1]))
        return heading in names or self.lexicon.find("levels", heading) is not None

    def _run(self, name: str, row: Row, cell: Item | None, *, same: bool, inherits: bool) -> Run:
        run = self.now.get(name)
        place = (row.table, cell.row, cell.left) if cell else (row.table, row.number, -1)
        if run and run.cell == place:
            return run
        if cell is None or not cell.text:
            return self._blank(name, run, cell, place, row=row, inherits=inherits)
        if run and row.table != run.cell[0] and (same or not run.items or self._goes_on(name, run, cell)):
            repeated = bool(run.items) and run.text == cell.text
            run.items.extend([] if repeated else [cell])
            run.cell = place
            return run
        return self._new(name, Run(place, [cell]))

    def _blank(
        self, name: str, run: Run | None, cell: Item | None, place: tuple[int, int, int], *, row: Row, inherits: bool
    ) -> Run:
        if run is None or not inherits:
            return self._new(name, Run(place))
        cut = cell is not None and row.page > 0 and row.ends_with(cell) and not self.blanks and row.table == run.cell[0]
        if cut:
            return self._new(name, Run(place, fallback=run))
        run.cell = place
        return run

    def _new(self, name: str, run: Run) -> Run:
        self.runs.append((name, run))
        return run

    def _goes_on(self, name: str, run: Run, cell: Item) -> bool:
        """Whether a heading after a page break goes on with the one before it (服务对象满意|度指标) or repeats it."""
        level = int(name[-1])
        if canonical_level(run.text, level) == canonical_level(cell.text, level):
            return True
        whole = self.known(name, run.text) and self.known(name, cell.text)
        return not whole and self.known(name, join_two(run.text, cell.text))


def parted(heading: str) -> tuple[str, str]:
    """A heading of a bilingual form, and its foreign words (产出指标 Output); none for any other."""
    if not heading or not heading[-1].isascii() or heading[-1] == ")":
        return heading, ""
    bare = _FOREIGN.sub("", heading)
    known = any(canonical_level(bare, level) in LEVEL1 | LEVEL2 for level in (1, 2))
    return (bare, heading[len(bare) :].strip()) if known else (heading, "")


def cell_at(row: Row, column: Column) -> Item | None:
    """The cell of a row, its own or one reaching into it, that stands in a column; `None` where there is none."""
    cells = (*row.items, *row.covers)
    best = max(cells, key=lambda item: item.overlap(column.left, column.right), default=None)
    if best is None or 2 * best.overlap(column.left, column.right) <= column.right - column.left:
        return None
    return best

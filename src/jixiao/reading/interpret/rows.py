"""The grid as rows of items: one stream of tables and free lines, with extents that compare across pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import msgspec

from jixiao.form import LEVEL1, LEVEL2, Place, canonical_level, is_nothing
from jixiao.layout.grid import Cell, FreeText, Grid, Table
from jixiao.layout.lexicon import label_key
from jixiao.reading.glyphs import JOINER
from jixiao.reading.interpret.cut_rows import with_whole_rows
from jixiao.reading.interpret.wording import join_two, joined, unmarked

_MOST_OVER = 4
"""So many letters, at most, of a heading stand below the rules of its table."""
_GUESSED = Decimal("0.9")
"""The confidence of a place whose field was told by weak evidence."""
_COLUMN = 100
"""Width given to a column of a source without geometry."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A cell, or a line of text, as the interpreter sees it.

    Attributes:
        text: its words in one line.
        key: its label key.
        left, right: horizontal extent; hundredths of a point, or column numbers times 100.
        row, row_end: the rows of its table it covers, the end excluded.
        row_span: how many rows it covers.
        places: where it stands in the source.
        raw: its text as the reader gave it.
        ended: whether its writer says that the text ends here, where a page does.
    """

    text: str
    key: str
    left: int
    right: int
    row: int
    row_end: int
    places: tuple[Place, ...]
    raw: str = ""
    ended: bool = False

    @property
    def row_span(self) -> int:
        """How many rows it covers."""
        return self.row_end - self.row

    def overlap(self, left: int, right: int) -> int:
        """The length this item shares with a horizontal extent; negative when apart."""
        return min(self.right, right) - max(self.left, left)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, or a line of text outside every table.

    Attributes:
        items: the cells that begin in it, left to right, empty ones included.
        filled: those of them that hold text.
        covers: cells from rows above that reach into it.
        table: which block of the grid it is of.
        number: its number in the table.
        page: page number, 0 where the source has none.
        fresh: whether a page break lies directly above it.
        height: how many rows its table has.
        free: whether it is a line outside every table.
        aside: whether it is of a table that only speaks about forms (instructions).
    """

    items: tuple[Item, ...]
    filled: tuple[Item, ...]
    covers: tuple[Item, ...]
    table: int
    number: int
    page: int
    fresh: bool = False
    height: int = 0
    free: bool = False
    aside: bool = False

    @property
    def ended(self) -> bool:
        """Whether its writer says that it ends where the page does."""
        return any(item.ended for item in self.filled)

    def ends_with(self, item: Item) -> bool:
        """Whether a cell of the row reaches down to the end of its table."""
        return item.row_end >= self.height

    @property
    def left(self) -> int:
        """The left edge of the row."""
        return min(item.left for item in (*self.items, *self.covers))

    @property
    def right(self) -> int:
        """The right edge of the row."""
        return max(item.right for item in (*self.items, *self.covers))


def unsure(item: Item) -> Item:
    """The item, its places no surer than a guess: which field it is was told by weak evidence."""
    places = tuple(msgspec.structs.replace(place, confidence=min(place.confidence, _GUESSED)) for place in item.places)
    return replace(item, places=places)


def is_amount(item: Item) -> bool:
    """Whether a cell may hold an amount: digits, or what people print for nothing."""
    return is_nothing(item.text) or any(letter.isdigit() for letter in item.text)


def rows_of(grid: Grid, file: str) -> tuple[Row, ...]:
    """All rows of a document in reading order; rows in which no cell begins are left out."""
    boxed = all(cell.box for block in grid.blocks if isinstance(block, Table) for cell in block.cells)
    rows: list[Row] = []
    page = 0
    for number, block in enumerate(_with_whole_lines(_with_overflow(with_whole_rows(grid.blocks)))):
        if isinstance(block, FreeText):
            rows.append(_free_row(block, number, file))
            continue
        made = list(_table_rows(block, number, file, boxed=boxed))
        if made and block.page > page > 0:
            made[0] = replace(made[0], fresh=True)
        page = block.page
        rows.extend(made)
    return tuple(rows)


def _with_overflow(blocks: Sequence[Table | FreeText]) -> Iterator[Table | FreeText]:
    """The blocks, a heading whole again that a page has cut in such a way that its end stands below the table's rules.

    Some browsers do this to a cell that spans rows: 效益指 in the table, 标 under it, and the rows go on overleaf.
    """
    index = 0
    while index < len(blocks):
        block, after = blocks[index], blocks[index + 1 : index + 3]
        if len(after) == 2 and isinstance(block, Table) and isinstance(after[0], FreeText):
            goes_on = isinstance(after[1], Table) and after[1].page == block.page + 1
            mended = _overflowing(block, after[0]) if goes_on and len(after[0].text.strip()) <= _MOST_OVER else None
            if mended is not None:
                yield mended
                index += 2
                continue
        yield block
        index += 1


def _overflowing(table: Table, rest: FreeText) -> Table | None:
    """The table with the rest of a heading in its cell; `None` where the rest ends none."""
    box = next((place.box for place in rest.places if place.box), None)
    height = max((cell.row + cell.row_span for cell in table.cells), default=0)
    for cell in table.cells:
        if box is None or cell.box is None or cell.row + cell.row_span < height:
            continue
        whole = join_two(joined(cell.text, paged=True), rest.text.strip())
        inside = cell.box[0] <= box[0] * 100 and box[2] * 100 <= cell.box[2]
        if inside and any(canonical_level(whole, level) in LEVEL1 | LEVEL2 for level in (1, 2)):
            made = replace(cell, text=f"{cell.text}\n{rest.text}", places=cell.places + rest.places)
            return replace(table, cells=tuple(made if each is cell else each for each in table.cells))
    return None


def _with_whole_lines(blocks: Iterable[Table | FreeText]) -> Iterator[Table | FreeText]:
    """The blocks, lines outside tables that are marked to go on at once put together with the next."""
    held: FreeText | None = None
    for block in blocks:
        if held is not None and isinstance(block, FreeText):
            block = FreeText(f"{held.text}\n{block.text}", held.places + block.places)  # noqa: PLW2901 -- the whole line
        elif held is not None:
            yield held
        held = block if isinstance(block, FreeText) and block.text.endswith(JOINER) else None
        if held is None:
            yield block
    if held is not None:
        yield held


def _free_row(line: FreeText, number: int, file: str) -> Row:
    page = next((place.page for place in line.places if place.page), 0)
    text = joined(line.text, paged=page > 0).rstrip(JOINER)
    item = Item(text, label_key(text), 0, _COLUMN, 0, 1, _named(line.places, file), unmarked(line.text))
    return Row((item,), (item,) if text else (), (), number, 0, page, free=True)


def _table_rows(table: Table, number: int, file: str, *, boxed: bool) -> Iterator[Row]:
    items = [_item(cell, file, paged=table.page > 0, boxed=boxed) for cell in table.cells]
    starts: dict[int, list[Item]] = {}
    for item in sorted(items, key=lambda item: (item.row, item.left)):
        starts.setdefault(item.row, []).append(item)
    tall = [item for item in items if item.row_span > 1]
    height = max((item.row_end for item in items), default=0)
    for row, own in starts.items():
        filled = tuple(item for item in own if item.text)
        covers = tuple(item for item in tall if item.row < row < item.row_end)
        yield Row(tuple(own), filled, covers, number, row, table.page, height=height)


def _item(cell: Cell, file: str, *, paged: bool, boxed: bool) -> Item:
    text = joined(cell.text, paged=paged)
    left, right = (cell.box[0], cell.box[2]) if boxed and cell.box else _columns(cell)
    end = cell.row + max(cell.row_span, 1)
    ended = cell.text.endswith(2 * JOINER)
    return Item(
        text, label_key(text), left, right, cell.row, end, _named(cell.places, file), unmarked(cell.text), ended
    )


def _columns(cell: Cell) -> tuple[int, int]:
    return cell.column * _COLUMN, (cell.column + max(cell.column_span, 1)) * _COLUMN


def _named(places: Sequence[Place], file: str) -> tuple[Place, ...]:
    return tuple(place if place.file == file else msgspec.structs.replace(place, file=file) for place in places)

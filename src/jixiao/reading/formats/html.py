"""Web pages (HTML, XHTML, MHTML; also those that Word and Excel save) → grid: what is shown, not what is written."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from jixiao.form import Place
from jixiao.layout.grid import Cell, FreeText, Grid, Table
from jixiao.reading import errors
from jixiao.reading.formats.html_source import markup_of, too_many_elements
from jixiao.reading.formats.html_style import Styles
from jixiao.reading.formats.html_table import HtmlCell, HtmlTable, TooManyCells
from jixiao.reading.formats.html_walk import MOST_NODES, Found, Line, Source, TooManyNodes, Walk
from jixiao.reading.formats.spots import known_share, spot_name
from jixiao.reading.limits import DEFAULT_LIMITS, Limits

_GUESSED: Final = Decimal("0.8")
_CERTAIN: Final = Decimal("1.0")


def read_html(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> Grid:
    """Read a web page.

    A cell's place is the table's number in the page and its spot in the grid ("table2!C7": the third column, the
    seventh row); a line outside the tables has the line and column of the markup where its text begins.

    Args:
        data: the whole file.
        file: its label, for places and sentences.
        limits: what it may hold.

    Raises:
        Unreadable: no encoding fits it, or it is larger or nested deeper than any form.
    """
    markup, losses = markup_of(data, file, MOST_NODES)
    tree = LexborHTMLParser(markup)
    walk = Walk(Source(markup), Styles([sheet.text(deep=True) for sheet in tree.css("style")]))
    root = tree.body or tree.root
    try:
        found = walk.over(root) if root is not None else Found()
        blocks = tuple(_Writer(file, limits.cells).blocks(found.blocks))
    except TooManyNodes:
        raise too_many_elements(file, MOST_NODES) from None
    except TooManyCells:
        raise errors.too_large(
            file, "表格的格子过多", "a table of it has too many cells", f"{limits.cells:,} 个", f"{limits.cells:,}"
        ) from None
    return Grid(blocks, (*losses, *_losses(found)))


def _losses(found: Found) -> Iterator[str]:
    if found.hidden:
        yield f"网页中隐藏的文字“{found.hidden}”未读。Text the page hides, “{found.hidden}”, was not read."
    count = found.unread
    if count["picture"]:
        yield f"网页中有 {count['picture']} 幅图片，未读。{count['picture']} pictures of the page were not read."
    if count["frame"]:
        yield f"网页嵌有 {count['frame']} 个框架页，未读。{count['frame']} pages in frames were not read."
    if count["deleted"]:
        yield f"网页中有 {count['deleted']} 处已删除的文字，未读。{count['deleted']} deleted texts were not read."
    if count["flex"]:
        yield (
            f"有 {count['flex']} 个表格不是表格元素，只按版式推断，请核对。"
            f"{count['flex']} tables are none by their elements, only by their looks: check them."
        )


class _Writer:
    """Makes lines and tables of what the walk found, tables inside tables told apart."""

    def __init__(self, file: str, most: int) -> None:
        self.file, self.left = file, most
        self._tables = 0

    def blocks(self, found: list[Line | HtmlTable]) -> Iterator[Table | FreeText]:
        """All blocks, in order."""
        for block in found:
            if isinstance(block, Line):
                yield self._line(block.text, block.place)
            else:
                yield from self._table(block)

    def _line(self, text: str, place: tuple[int, int] | None) -> FreeText:
        line, column = place or (None, None)
        return FreeText(text, (Place(self.file, line=line, column=column, confidence=known_share(text)),))

    def _table(self, table: HtmlTable) -> Iterator[Table | FreeText]:
        cells = table.laid(self.left)
        self.left -= sum(cell.row_span * cell.column_span for cell in cells)
        shown = [cell for cell in cells if not _is_hidden(cell, table)]
        if any(inner.is_data for cell in shown for _, inner in cell.inner):
            yield from self._with_inner(table, shown)
        elif len({cell.column for cell in shown}) < 2:
            for cell in shown:
                yield from (self._line(line, cell.words.place) for line in cell.lines())
        else:
            self._tables += 1
            yield self._made(shown, table)

    def _with_inner(self, table: HtmlTable, cells: list[HtmlCell]) -> Iterator[Table | FreeText]:
        """A table that holds tables: cut where they stand if it holds data itself, else its text is lines around."""
        own = [cell for cell in cells if cell.lines()]
        rows = [cell.row for cell in own]
        is_data = sum(rows.count(row) > 1 for row in set(rows)) > 1
        self._tables += is_data
        number, waiting = self._tables, list[HtmlCell]()
        for cell in cells:
            if not is_data:
                for part in cell.parts():
                    yield from [self._line(part, cell.words.place)] if isinstance(part, str) else self._table(part)
                continue
            inner = [each for _, each in cell.inner if each.is_data]
            waiting.append(cell)
            if inner and any(each.lines() for each in waiting):
                yield self._made(waiting, table, number)
            if inner:
                waiting = []
            for each in inner:
                yield from self._table(each)
        if any(each.lines() for each in waiting):
            yield self._made(waiting, table, number)

    def _made(self, cells: list[HtmlCell], table: HtmlTable, number: int = 0) -> Table:
        name = f"table{number or self._tables}"
        return Table(tuple(self._cell(cell, name, _GUESSED if table.guessed else _CERTAIN) for cell in cells))

    def _cell(self, cell: HtmlCell, table: str, confidence: Decimal) -> Cell:
        text = "\n".join(cell.lines())
        sure = min(confidence, known_share(text))
        place = Place(self.file, cell=f"{table}!{spot_name(cell.row, cell.column)}", confidence=sure)
        return Cell(cell.row, cell.column, cell.row_span, cell.column_span, text, (place,))


def _is_hidden(cell: HtmlCell, table: HtmlTable) -> bool:
    if not table.hidden_columns:
        return False
    return table.hidden_columns.issuperset(range(cell.column, cell.column + cell.column_span))

"""A Word table as cells with spans: merged ways old and new, ragged rows, and tables inside cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from typing import Final

from lxml import etree

from jixiao.form import Place
from jixiao.layout.grid import Cell
from jixiao.reading import errors
from jixiao.reading.formats.docx_story import Story
from jixiao.reading.formats.docx_text import ParagraphReader, Words, is_prompt, words_of
from jixiao.reading.formats.docx_xml import attribute, chosen, first, full, is_on, parts_of, whole

_DEEPEST: Final = 16
_WIDEST: Final = 1000
"""Beyond so many grid columns, columns are counted anew by the edges that are there."""
_NEAR: Final = 60
"""Edges nearer than this are one: a millimetre, in twentieths of a point."""
_SPREAD: Final = frozenset({"w:customXml", "w:smartTag", "w:ins", "w:moveTo"})
_WRAPPING: Final = frozenset({"w:sdt", "mc:AlternateContent"})


@dataclass(slots=True)
class _Box:
    """A cell while it is read: its rows and grid columns, its width, what it holds, and where it stands."""

    row: int
    left: int
    right: int
    width: int
    place: Place
    bottom: int = 0
    content: list["str | _Inner"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own words."""
        return "\n".join(item for item in self.content if isinstance(item, str)).strip("\n")


@dataclass(slots=True)
class _Inner:
    """A table inside a cell: its cells, and how many rows and columns they take."""

    cells: list[Cell]
    rows: int
    columns: int


@dataclass(slots=True)
class _Row:
    """A row while it is read: its cells, how each continues one above or before it, and where it ends."""

    boxes: list[_Box] = field(default_factory=list)
    continues: list[bool] = field(default_factory=list)
    end: int = 0


def read_table(table: etree._Element, story: Story, reader: ParagraphReader, name: str) -> list[Cell]:
    """The cells of a table in reading order, tables inside its cells spread out in place.

    Args:
        table: the element.
        story: the document.
        reader: reads the paragraphs of the part that the table stands in.
        name: the table's name for places, as "table1".

    Raises:
        Unreadable: it has too many cells, or tables in tables without end.
    """
    return _read(table, story, reader, name, depth=1)


def _read(table: etree._Element, story: Story, reader: ParagraphReader, name: str, *, depth: int) -> list[Cell]:
    if depth > _DEEPEST:
        raise errors.suspicious(story.file, "表格一层套一层，没有尽头", "tables inside tables without end")
    rows = [
        _row(element, number, story, reader, f"{name}!R{number + 1}", depth)
        for number, element in enumerate(_rows(table, story))
    ]
    _even_out(rows)
    boxes = _merged(rows, story)
    inner = any(isinstance(item, _Inner) for box in boxes for item in box.content)
    if inner or any(box.right > _WIDEST for box in boxes):
        return _spread(boxes)
    return [
        Cell(box.row, box.left, box.bottom - box.row, box.right - box.left, box.text, (box.place,)) for box in boxes
    ]


def _rows(table: etree._Element, story: Story) -> Iterator[etree._Element]:
    for row in _spread_out(table, "w:tr"):
        properties = first(row, "w:trPr")
        if first(properties, "w:ins") is not None:
            story.left.note("changes")
        if first(properties, "w:del") is not None:
            story.left.note("changes")
        elif is_on(first(properties, "w:hidden")):
            story.left.note("hidden", words_of(row))
        else:
            yield row


def _spread_out(parent: etree._Element, *wanted: str) -> Iterator[etree._Element]:
    """The children of some names, through content controls, changes and the like that may wrap them."""
    for name, child in parts_of(parent):
        if name in wanted:
            yield child
        elif name in _SPREAD or name in _WRAPPING:
            inside = _inside(name, child)
            yield from () if inside is None else _spread_out(inside, *wanted)


def content_of(parent: etree._Element, story: Story) -> Iterator[etree._Element]:
    """The paragraphs and tables of a body, cell, text box or note in order, through whatever wraps them."""
    for name, child in parts_of(parent):
        if name in ("w:p", "w:tbl"):
            yield child
        elif name == "w:sdt" and is_prompt(child):
            story.left.note("placeholder", words_of(child))
        elif name in _SPREAD or name in _WRAPPING:
            inside = _inside(name, child)
            yield from () if inside is None else content_of(inside, story)
        elif name in ("w:altChunk", "w:subDoc"):
            story.left.note("chunks")


def _inside(name: str, wrapper: etree._Element) -> etree._Element | None:
    if name == "w:sdt":
        return first(wrapper, "w:sdtContent")
    return chosen(wrapper) if name == "mc:AlternateContent" else wrapper


def _row(element: etree._Element, number: int, story: Story, reader: ParagraphReader, name: str, depth: int) -> _Row:
    row = _Row()
    properties = first(element, "w:trPr")
    column = _span(first(properties, "w:gridBefore"), 0)
    for index, cell in enumerate(_spread_out(element, "w:tc")):
        story.count_cell()
        about = first(cell, "w:tcPr")
        span = _span(first(about, "w:gridSpan"), 1)
        place = Place(story.file, cell=f"{name}C{index + 1}")
        if story.trail is not None:
            story.trail.cells[place.cell or ""] = cell
        box = _Box(number, column, column + span, _width(about), place, number + 1)
        box.content = _content(cell, story, reader, place, depth)
        column += span
        if row.boxes and _continues(first(about, "w:hMerge")):
            _merge_away(box, story)
            row.boxes[-1].right, row.boxes[-1].width = column, row.boxes[-1].width + box.width
            continue
        row.boxes.append(box)
        row.continues.append(_continues(first(about, "w:vMerge")))
    row.end = column + _span(first(properties, "w:gridAfter"), 0)
    return row


def _span(element: etree._Element | None, otherwise: int) -> int:
    return max(whole(attribute(element), otherwise), otherwise)


def _width(properties: etree._Element | None) -> int:
    element = first(properties, "w:tcW")
    return whole(attribute(element, "w:w"), 0) if attribute(element, "w:type") in ("dxa", None) else 0


def _continues(merge: etree._Element | None) -> bool:
    return merge is not None and attribute(merge) != "restart"


def _content(
    cell: etree._Element, story: Story, reader: ParagraphReader, place: Place, depth: int
) -> list[str | _Inner]:
    found: list[str | _Inner] = []
    if _is_prompt_cell(cell):
        story.left.note("placeholder", words_of(cell))
        return found
    opened = len(reader.fields.open)
    joins = False
    number = 0
    for child in content_of(cell, story):
        if child.tag == cell.tag.replace("}tc", "}tbl"):
            number += 1
            found.append(_inner(_read(child, story, reader, f"{place.cell}>table{number}", depth=depth + 1)))
            joins = False
            continue
        words = reader.read(child, place)
        joins = _append(found, words, joins=joins)
    if len(reader.fields.open) > opened:
        del reader.fields.open[opened:]  # a field of a cell ends with it, or it would swallow the rest of the form
        story.left.note("fields")
    return found


def _is_prompt_cell(cell: etree._Element) -> bool:
    """Whether a content control around the cell shows only its prompt."""
    around = cell.getparent()
    control = around.getparent() if around is not None and around.tag == full("w:sdtContent") else None
    return control is not None and is_prompt(control)


def _append(found: list[str | _Inner], words: Words, *, joins: bool) -> bool:
    """Add a paragraph to what a cell holds; whether the next one continues it."""
    if joins and found and isinstance(found[-1], str):
        found[-1] += words.text
    else:
        found.append(words.text)
    return words.goes_on


def _inner(cells: list[Cell]) -> _Inner:
    rows = max((cell.row + cell.row_span for cell in cells), default=0)
    return _Inner(cells, rows, max((cell.column + cell.column_span for cell in cells), default=0))


def _merge_away(box: _Box, story: Story) -> None:
    if box.text.strip():
        story.left.note("merged away", box.text)


def _even_out(rows: list[_Row]) -> None:
    """Columns by the cells' widths, where the spans of the rows do not fit one another but their widths do.

    Programs that write no gridSpan leave it to the widths, and Word shows them so.
    """
    filled = [row for row in rows if row.boxes]
    if len({row.end for row in filled}) < 2 or any(box.width <= 0 for row in filled for box in row.boxes):
        return
    totals = [sum(box.width for box in row.boxes) for row in filled]
    if max(totals) - min(totals) > _NEAR or any(row.boxes[0].left for row in filled):
        return
    ends = [list(accumulate(box.width for box in row.boxes)) for row in filled]
    edges = _clustered({end for row in ends for end in row})
    for row, its in zip(filled, ends, strict=True):
        left = 0
        for box, end in zip(row.boxes, its, strict=True):
            box.left, box.right = left, max(edges[end], left + 1)
            left = box.right


def _clustered(edges: set[int]) -> dict[int, int]:
    """Each edge's column number; edges that are nearly one share it."""
    found: dict[int, int] = {}
    number, last = 0, -_NEAR
    for edge in sorted(edges):
        number += edge - last > _NEAR
        last = edge if edge - last > _NEAR else last
        found[edge] = number
    return found


def _merged(rows: list[_Row], story: Story) -> list[_Box]:
    """The cells of all rows, those that continue a cell above taken into it."""
    boxes: list[_Box] = []
    open_boxes: dict[int, _Box] = {}
    for number, row in enumerate(rows):
        for box, continues in zip(row.boxes, row.continues, strict=True):
            above = open_boxes.get(box.left)
            if continues and above is not None and above.bottom == number:
                above.bottom = number + 1
                _merge_away(box, story)
                if any(isinstance(item, _Inner) for item in box.content):
                    story.left.note("merged away")
                continue
            boxes.append(box)
            open_boxes[box.left] = box
    return boxes


def _spread(boxes: list[_Box]) -> list[Cell]:
    """Cells with the tables inside them laid out where they stand: rows and columns are counted anew."""
    placed: list[tuple[tuple[Fraction, Fraction, Fraction, Fraction], str, tuple[Place, ...]]] = []
    for box in boxes:
        items = [item for item in box.content if isinstance(item, _Inner) or item.strip()]
        if not any(isinstance(item, _Inner) for item in items):
            placed.append((_outline(box), box.text, (box.place,)))
            continue
        placed.extend(_laid_out(box, items))
    return _counted_anew(placed)


def _outline(box: _Box) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    return Fraction(box.row), Fraction(box.left), Fraction(box.bottom), Fraction(box.right)


def _laid_out(
    box: _Box, items: list[str | _Inner]
) -> Iterator[tuple[tuple[Fraction, Fraction, Fraction, Fraction], str, tuple[Place, ...]]]:
    """Lines and tables of a cell below one another, each table across its whole width."""
    heights = [max(item.rows, 1) if isinstance(item, _Inner) else 1 for item in items]
    step = Fraction(box.bottom - box.row, sum(heights))
    top = Fraction(box.row)
    for item, height in zip(items, heights, strict=True):
        if isinstance(item, str):
            yield (top, Fraction(box.left), top + step, Fraction(box.right)), item, (box.place,)
        else:
            across = Fraction(box.right - box.left, max(item.columns, 1))
            for cell in item.cells:
                above, left = top + cell.row * step, box.left + cell.column * across
                outline = above, left, above + cell.row_span * step, left + cell.column_span * across
                yield outline, cell.text, cell.places
        top += height * step


def _counted_anew(
    placed: list[tuple[tuple[Fraction, Fraction, Fraction, Fraction], str, tuple[Place, ...]]],
) -> list[Cell]:
    rows = {edge: at for at, edge in enumerate(sorted({edge for o, _, _ in placed for edge in (o[0], o[2])}))}
    columns = {edge: at for at, edge in enumerate(sorted({edge for o, _, _ in placed for edge in (o[1], o[3])}))}
    cells = [
        Cell(rows[top], columns[left], rows[bottom] - rows[top], columns[right] - columns[left], text, places)
        for (top, left, bottom, right), text, places in placed
    ]
    return sorted(cells, key=lambda cell: (cell.row, cell.column))

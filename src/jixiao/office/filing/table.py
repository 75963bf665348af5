"""The official table of a form as the page shows it: the layout's own cells, each value with the name of its cell."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from jixiao.form import Form, Indicator
from jixiao.layout.families import Family
from jixiao.office.filing.blanks import whole
from jixiao.office.filing.cells import PARTS, Record, cell_of, is_typed, pointer_of, text_of, texts
from jixiao.office.look.words import told
from jixiao.review.naming import field_name
from jixiao.scoring.sheet import Text
from jixiao.writing.official import lay_out
from jixiao.writing.official.builder import edges
from jixiao.writing.official.values import GRADES
from jixiao.writing.paper import model as paper

NEW: Final = "{key}"
"""What stands for the key of a row in the template of a new one."""
_SPLIT: Final = {"sign": PARTS[0], "target": PARTS[1], "unit": PARTS[2]}
_PART_NAMES: Final = {
    PARTS[0]: Text("指标性质", "sign"),
    PARTS[1]: Text("指标值", "value"),
    PARTS[2]: Text("计量单位", "unit"),
}
_ABOVE: Final = frozenset({"title", "currency_unit"})
_LEVELS: Final = ("level1", "level2")
_NUMBERS: Final = frozenset({"initial", "adjusted", "executed", "weight", "rate", "score"})


class PageCell(Struct, frozen=True):
    """A cell of the page's table.

    Attributes:
        cell: its name; empty for a label and for a place where nothing is filled in.
        text: of a value, as the form has it; of a label, as printed.
        name: what people call the cell.
        is_label: whether it is a heading.
        level: "level1" or "level2" for a heading of rows.
        hidden: whether the cell above covers it.
        head: the cell that covers it.
        beside: whether it stands beside all rows.
        align, row_span, column_span: as on paper.
        choices: what is usually chosen.
        is_number: whether it takes a number.
    """

    cell: str
    text: str
    name: str = ""
    is_label: bool = False
    level: str = ""
    hidden: bool = False
    head: str = ""
    beside: bool = False
    align: str = "center"
    row_span: int = 1
    column_span: int = 1
    choices: tuple[str, ...] = ()
    is_number: bool = False

    @property
    def id(self) -> str:
        """Its name as an id of HTML."""
        return self.cell.replace(" ", "_")

    @property
    def row(self) -> str:
        """The row it stands in: "k1", "funds", "execution"."""
        return self.cell.partition("/")[0]


class PageRow(Struct, frozen=True):
    """A row of the page's table: of an indicator, with its key; or the one behind the last indicator."""

    cells: tuple[PageCell, ...]
    key: str = ""
    after_rows: bool = False


class PageTable(Struct, frozen=True):
    """The table, with what stands above and below.

    Attributes:
        title, year_line, unit_line: above the table.
        widths: of the columns, in hundredths of a point.
        rows: from top to bottom.
        template: a row for a new indicator, its key `NEW`.
        further: fields that the layout does not print.
        notes: texts that stood outside every cell.
    """

    title: str
    lines: tuple[paper.Text, ...]
    widths: tuple[int, ...]
    rows: tuple[PageRow, ...]
    template: PageRow
    further: tuple[PageCell, ...]
    notes: tuple[PageCell, ...]


def page_table(record: Record, family: Family) -> PageTable:
    """The official table of a form."""
    made = Record(whole(record.form, family), record.keys)
    laid = lay_out(made.form, family)
    blocks = laid.document.blocks
    table = next(block for block in blocks if isinstance(block, paper.Table))
    above = [block for block in blocks if isinstance(block, paper.Text) and not block.pointer.startswith("/extras/")]
    notes = tuple(
        PageCell(cell_of(made, block.pointer), block.text, "")
        for block in blocks
        if isinstance(block, paper.Text) and block.pointer.startswith("/extras/")
        if not is_typed(made.form.extras[int(block.pointer.removeprefix("/extras/"))])
    )
    rows = tuple(_rows(table, made, family))
    return PageTable(
        title=above[0].text,
        lines=tuple(above[1:]),
        widths=table.widths,
        rows=rows,
        template=_template(family),
        further=tuple(_further(made, family, {cell.cell for row in rows for cell in row.cells})),
        notes=notes,
    )


def _further(record: Record, family: Family, printed: set[str]) -> Iterator[PageCell]:
    """What the table has no cell for: fields that hold something, and the points that the layout prints in labels."""
    found = texts(record)
    asked = ["execution/weight"]
    if family.indicators.declares_points:
        headings = dict.fromkeys(row.level1 for row in record.form.indicators if row.level1)
        asked += [f"declared/{heading}" for heading in headings]
    for cell in dict.fromkeys((*asked, *found)):
        text, head = found.get(cell, ""), cell.partition("/")[0]
        if cell in printed | _ABOVE or not (text or cell in asked) or f"{head}/target.sign" in printed:
            continue
        pointer = pointer_of(record, cell) or f"/declared_weights/{cell.partition('/')[2]}"
        yield PageCell(cell, text, told(field_name(record.form, pointer)), is_number=True)


def _template(family: Family) -> PageRow:
    """A row for a new indicator."""
    form = whole(Form(indicators=(Indicator(),)), family)
    record = Record(form, (NEW,))
    table = next(block for block in lay_out(form, family).document.blocks if isinstance(block, paper.Table))
    return next(row for row in _rows(table, record, family) if row.key == NEW)


def _rows(table: paper.Table, record: Record, family: Family) -> Iterator[PageRow]:
    first, end = table.body
    parts, held = _parts(family), texts(record)
    placed: dict[int, dict[int, PageCell]] = {row: {} for row in range(table.rows)}
    for cell in table.cells:
        part = _part(cell, table, record, parts)
        made = _cell(cell, record, part, held)
        if made.level:
            made = replace(made, row_span=cell.row_span)
            for row in range(cell.row, cell.row + cell.row_span):
                placed[row][cell.column] = _level(made, record.keys[row - first], held, is_first=row == cell.row)
        else:
            placed[cell.row][cell.column] = replace(made, beside=_is_beside(cell, table, family))
    for row in range(table.rows):
        key = record.keys[row - first] if first <= row < end else ""
        cells = tuple(cell for _, cell in sorted(placed[row].items()))
        yield PageRow(cells, key, after_rows=row == end)


def _is_beside(cell: paper.Cell, table: paper.Table, family: Family) -> bool:
    """Whether a cell stands beside all rows; in a table without rows, whether it will when there is one."""
    first, end = table.body
    if first == end:
        return bool(family.indicators.side) and cell.column == 0 and cell.row + cell.row_span == end
    return cell.row < end <= cell.row + cell.row_span and cell.row_span > 1


def _level(head: PageCell, key: str, held: Mapping[str, str], *, is_first: bool) -> PageCell:
    """A heading of one row; rows below the first keep theirs, hidden under it."""
    if is_first:
        return head
    cell = f"{key}/{head.level}"
    return replace(head, cell=cell, text=held.get(cell, ""), hidden=True, head=head.cell, row_span=1)


def _parts(family: Family) -> Mapping[int, str]:
    """The columns in which a target stands in parts."""
    columns, printing = family.indicators.columns, family.printing
    if printing is None or all(label.field != "sign" for label in columns):
        return {}
    places = edges(printing.indicators)[1 if family.indicators.side else 0 :]
    return {at[0]: _SPLIT[label.field] for label, at in zip(columns, places, strict=True) if label.field in _SPLIT}


def _part(cell: paper.Cell, table: paper.Table, record: Record, parts: Mapping[int, str]) -> str:
    first, end = table.body
    if cell.role == "value" and first <= cell.row < end and cell.column in parts:
        return f"{record.keys[cell.row - first]}/{parts[cell.column]}"
    return ""


def _cell(cell: paper.Cell, record: Record, part: str, held: Mapping[str, str]) -> PageCell:
    name = part or (cell_of(record, cell.pointer) if cell.pointer else "")
    field = name.rpartition("/")[2]
    made = PageCell(
        cell=name,
        text=_text(record, held, name) if name else cell.text,
        is_label=cell.role == "label",
        level=field if cell.role == "label" and field in _LEVELS else "",
        align=cell.align,
        row_span=cell.row_span,
        column_span=cell.column_span,
        choices=cell.choices or (GRADES if name == "grade" else ()),
        is_number=field in _NUMBERS and "/+" not in name,
    )
    return replace(made, name=_name(record, cell.pointer, part)) if name else made


def _text(record: Record, held: Mapping[str, str], cell: str) -> str:
    if cell.partition("/")[2] in PARTS:
        return text_of(record, cell)
    return held.get(cell, "")


def _name(record: Record, pointer: str, part: str) -> str:
    if not part:
        return told(field_name(record.form, pointer))
    row, _, piece = part.partition("/")
    at = record.keys.index(row)
    words = field_name(record.form, f"/indicators/{at}/target"), _PART_NAMES[piece]
    return " · ".join(told(each) for each in words)

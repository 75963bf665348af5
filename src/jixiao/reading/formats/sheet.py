"""A worksheet while it is read, and as a table: shared by the readers of spreadsheets, whatever their bytes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Final

from jixiao.form import Place
from jixiao.layout.grid import Cell, FreeText, Table
from jixiao.reading import errors
from jixiao.reading.formats.blank_spans import spans_of
from jixiao.reading.formats.side_by_side import apart
from jixiao.reading.formats.spots import spot_name

LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
_NAMED_AT_MOST: Final = 20
_UNSURE, _SURE = Decimal("0.0"), Decimal("1.0")

Spot = tuple[int, int]
"""Row and column, from 0."""
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0, inclusive."""


class Hidden:
    """Which rows, or columns, of a sheet are hidden: told at once, however many there are."""

    def __init__(self, most: int) -> None:
        """Hide none; what lies beyond `most` is no part of a sheet."""
        self._most = most
        self._flags = bytearray()

    def hide(self, first: int, last: int) -> None:
        """Hide a run, from 0, inclusive."""
        first, end = max(first, 0), min(last + 1, self._most)
        if first < end:
            self._flags.extend(bytes(max(end - len(self._flags), 0)))
            self._flags[first:end] = b"\1" * (end - first)

    def __contains__(self, at: int) -> bool:
        """Whether one is hidden."""
        return 0 <= at < len(self._flags) and self._flags[at] != 0

    def has_all(self, first: int, last: int) -> bool:
        """Whether all of a run are hidden."""
        return last < len(self._flags) and self._flags.find(0, first, last + 1) < 0


_MOST_IMPLIED = 20_000
"""Fields of a sheet that is looked at for blanks that belong to a label."""


@dataclass(slots=True)
class Sheet:
    """A sheet while it is read.

    Attributes:
        name: its name.
        file: the workbook's label.
        most: the most cells it may have.
        texts: what cells show, by spot.
        blanks: empty but styled spots.
        merges: merged ranges.
        hidden_columns, hidden_rows: those that are not shown.
        errors: cells that show an error value, with it.
        uncomputed: formulas without a stored result.
        unshown: cells whose format shows nothing of what they hold.
        shapes: the words of text boxes and other shapes, by the spot they hang on.
        marks: check boxes with their words, by the spot they hang on.
        comments: how many cells have a comment.
        pictures: how many pictures lie on it.
    """

    name: str
    file: str
    most: int
    texts: dict[Spot, str] = field(default_factory=dict)
    blanks: set[Spot] = field(default_factory=set)
    merges: list[Range] = field(default_factory=list)
    hidden_columns: Hidden = field(default_factory=lambda: Hidden(LAST_COLUMN))
    hidden_rows: Hidden = field(default_factory=lambda: Hidden(LAST_ROW))
    errors: dict[Spot, str] = field(default_factory=dict)
    uncomputed: list[Spot] = field(default_factory=list)
    unshown: list[Spot] = field(default_factory=list)
    shapes: list[tuple[Spot, str]] = field(default_factory=list)
    marks: list[tuple[Spot, str]] = field(default_factory=list)
    comments: int = 0
    pictures: int = 0

    def put(self, spot: Spot, text: str, *, styled: bool) -> None:
        """Take a cell.

        Raises:
            Unreadable: there are too many.
        """
        bare = text.strip()
        if bare:
            self.texts[spot] = bare
        elif styled:
            self.blanks.add(spot)
            if len(self.blanks) > self.most:
                self._drop_far_blanks()
        if len(self.texts) > self.most:
            self._too_many()

    def merge(self, spots: Range) -> None:
        """Take a merged range.

        Raises:
            Unreadable: there are more of them than there may be cells.
        """
        self.merges.append(spots)
        if len(self.merges) > self.most:
            self._too_many()

    def _drop_far_blanks(self) -> None:
        """Forget empty cells below the last words so far: whole columns are often styled down to the last row."""
        last = max((row for row, _ in self.texts), default=-1)
        self.blanks = {spot for spot in self.blanks if spot[0] <= last}
        if len(self.blanks) > self.most // 2:
            self._too_many()

    def _too_many(self) -> None:
        raise errors.too_large(
            self.file, f"工作表“{self.name}”的单元格过多", f"sheet “{self.name}” has too many cells",
            f"{self.most} 个", f"{self.most}",
        )  # fmt: skip

    def hides(self, row: int, column: int) -> bool:
        """Whether a spot is in a hidden row or column."""
        return row in self.hidden_rows or column in self.hidden_columns


def blocks_of(sheet: Sheet) -> tuple[list[Table | FreeText], list[str]]:
    """A sheet as blocks, and sentences on what was left out.

    Returns:
        The words of shapes that hang above the written cells, the table (if anything is shown), the other shapes.

    Raises:
        Unreadable: its merged cells cover too much.
    """
    spans = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges if (bottom, right) > (top, left)}
    spans = spans or _implied(sheet)
    covered = _covered(sheet, spans)
    _add_marks(sheet, covered)
    cells = tuple(_cells(sheet, spans, covered))
    first = min((cell.row for cell in cells), default=0)
    shapes = sorted(sheet.shapes, key=lambda shape: shape[0])
    above: list[Table | FreeText] = [_free(sheet, *shape) for shape in shapes if shape[0][0] <= first]
    below: list[Table | FreeText] = [_free(sheet, *shape) for shape in shapes if shape[0][0] > first]
    return [*above, *(apart(Table(cells)) if cells else []), *below], list(_losses(sheet, covered))


def _implied(sheet: Sheet) -> dict[Spot, Spot]:
    """The spans of a sheet in which nothing is merged: a label stands above, or beside, blanks that are its own."""
    if not sheet.texts:
        return {}
    top, left = min(row for row, _ in sheet.texts), min(column for _, column in sheet.texts)
    bottom, right = max(row for row, _ in sheet.texts), max(column for _, column in sheet.texts)
    if (bottom - top + 1) * (right - left + 1) > _MOST_IMPLIED:
        return {}
    rows = [
        [sheet.texts.get((row, column), "").strip() for column in range(left, right + 1)]
        for row in range(top, bottom + 1)
    ]
    return {
        (row + top, column + left): (row + top + down - 1, column + left + across - 1)
        for (row, column), (down, across) in spans_of(rows).items()
    }


def _add_marks(sheet: Sheet, covered: dict[Spot, Spot]) -> None:
    """Check boxes as words of the cells they lie on."""
    for spot, text in sorted(sheet.marks):
        anchor = covered.get(spot, spot)
        sheet.texts[anchor] = " ".join(filter(None, [sheet.texts.get(anchor), text]))


def _free(sheet: Sheet, spot: Spot, text: str) -> FreeText:
    return FreeText(text, (_place(sheet, spot),))


def _cells(sheet: Sheet, spans: dict[Spot, Spot], covered: dict[Spot, Spot]) -> Iterator[Cell]:
    """The visible cells inside the outline of what is written, in reading order; merged ones with their spans."""
    shown = sheet.texts.keys() - covered.keys()
    ends = [*shown, *(end for start, end in spans.items() if start in shown)]
    if not ends:
        return
    last = max(row for row, _ in ends), max(column for _, column in ends)
    first = min(row for row, _ in shown), min(column for _, column in shown)
    for row, column in sorted((sheet.texts.keys() | sheet.blanks | spans.keys()) - covered.keys()):
        end = spans.get((row, column), (row, column))
        inside = first[0] <= row <= last[0] and first[1] <= column <= last[1]
        if inside and _shown(sheet, (row, column), end):
            text = sheet.texts.get((row, column), "")
            place = _place(sheet, (row, column))
            yield Cell(row, column, end[0] - row + 1, end[1] - column + 1, text, (place,))


def _place(sheet: Sheet, spot: Spot) -> Place:
    confidence = _UNSURE if spot in sheet.uncomputed or spot in sheet.errors else _SURE
    return Place(sheet.file, cell=f"{sheet.name}!{spot_name(*spot)}", confidence=confidence)


def _covered(sheet: Sheet, spans: dict[Spot, Spot]) -> dict[Spot, Spot]:
    """The spots that lie under a merged cell and are not its anchor, down to the last words; with their anchors."""
    ends = [*sheet.texts, *(end for start, end in spans.items() if start in sheet.texts)]
    ends.extend(spot for spot, _ in sheet.marks)
    last = max((row for row, _ in ends), default=-1), max((column for _, column in ends), default=-1)
    covered: dict[Spot, Spot] = {}
    for (top, left), (bottom, right) in spans.items():
        if (top, left) in covered:
            continue
        rows, columns = range(top, min(bottom, last[0]) + 1), range(left, min(right, last[1]) + 1)
        if len(covered) + len(rows) * len(columns) > sheet.most:
            raise errors.too_large(
                sheet.file, "合并单元格覆盖的格子过多", "its merged cells cover too many cells",
                f"{sheet.most} 个", f"{sheet.most}",
            )  # fmt: skip
        for spot in product(rows, columns):
            if spot != (top, left):
                covered.setdefault(spot, (top, left))
    return covered


def _shown(sheet: Sheet, start: Spot, end: Spot) -> bool:
    return not sheet.hidden_rows.has_all(start[0], end[0]) and not sheet.hidden_columns.has_all(start[1], end[1])


def _losses(sheet: Sheet, covered: dict[Spot, Spot]) -> Iterator[str]:
    unseen = [spot_name(*spot) for spot in sorted(sheet.texts) if sheet.hides(*spot)]
    if unseen:
        yield _sentence(sheet.name, unseen, "在隐藏的行列中，未读", "in hidden rows or columns; not read")
    beneath = [spot_name(*spot) for spot in sorted(sheet.texts.keys() & covered.keys())]
    if beneath:
        yield _sentence(
            sheet.name, beneath, "被合并单元格盖住，不显示，未读", "under merged cells, not shown; not read"
        )
    if sheet.uncomputed:
        names = [spot_name(*spot) for spot in sheet.uncomputed]
        yield _sentence(sheet.name, names, "是公式而没有保存结果", "formulas without a stored result")
    if sheet.errors:
        names = [f"{spot_name(*spot)} {value}" for spot, value in sheet.errors.items()]
        yield _sentence(sheet.name, names, "是错误值", "error values")
    if sheet.unshown:
        names = [spot_name(*spot) for spot in sheet.unshown]
        yield _sentence(sheet.name, names, "的格式使内容不显示，未读", "not shown by their number format; not read")
    if sheet.comments:
        zh, en = f"{sheet.comments} 条批注未读", f"{sheet.comments} comments not read"
        yield f"工作表“{sheet.name}”：{zh}。Sheet “{sheet.name}”: {en}."
    if sheet.pictures:
        zh, en = f"{sheet.pictures} 幅图片中的文字未读", f"words in {sheet.pictures} pictures not read"
        yield f"工作表“{sheet.name}”：{zh}。Sheet “{sheet.name}”: {en}."


def _sentence(sheet: str, names: list[str], zh: str, en: str) -> str:
    listed = ", ".join(names[:_NAMED_AT_MOST]) + (" …" if len(names) > _NAMED_AT_MOST else "")
    return f"工作表“{sheet}”：{listed} {zh}。Sheet “{sheet}”: {listed}: {en}."

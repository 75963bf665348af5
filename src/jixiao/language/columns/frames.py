"""Rows as the closure takes them → two frames of columns: of forms, and of their indicators with the form's number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

import polars as pl

from jixiao.language.closure import FormRow
from jixiao.language.columns.steps import DTYPES
from jixiao.language.columns.vocabulary import SAYS_NOTHING, SAYS_SOMETHING, Vocabulary
from jixiao.language.ir import INT64, Node
from jixiao.language.schema import Cell

FORM: Final = "form.id"
ROW: Final = "row.at"
"""Names with a dot, which no named value has."""
TRUTHS: Final = pl.UInt8()
"""Truths are kept as bytes: a third of the time of bits when rows are laid out anew."""
Rows = tuple[FormRow, Sequence[FormRow]]


@dataclass(frozen=True, slots=True)
class Frames:
    """Many forms as columns.

    Attributes:
        forms: the column `form.id` (a number of its own for each form) and one column an input, "f.adjusted": numbers
            scaled, Int64; truths Boolean, or 0 and 1 as UInt8; texts as they are, or as Int32 codes of `vocabulary`, or
            where only that is asked, as truths whether they say anything.
        indicators: the same of the indicators, "i.actual"; `form.id` says whose, in the order of `forms`.
        vocabulary: what the codes of texts mean.
        exact: the rows of forms whose numbers no whole number of 64 bits at the column's scale can hold; their cells
            are null in the frames.
    """

    forms: pl.DataFrame
    indicators: pl.DataFrame
    vocabulary: Vocabulary
    exact: Mapping[int, Rows] = field(default_factory=dict)

    @classmethod
    def read(
        cls, forms: pl.LazyFrame | pl.DataFrame, indicators: pl.LazyFrame | pl.DataFrame, vocabulary: Vocabulary
    ) -> "Frames":
        """Frames kept elsewhere, such as in Parquet files: the columns that `frames` makes."""
        return cls(forms.lazy().collect(), indicators.lazy().collect(), vocabulary)

    def coded(self) -> "Frames":
        """The same with texts as codes and truths as bytes: done once for frames that are run more than once."""
        forms, rows = (self._coded(frame) for frame in (self.forms, self.indicators))
        return Frames(forms, rows, self.vocabulary, self.exact)

    def _coded(self, frame: pl.DataFrame) -> pl.DataFrame:
        columns = [
            self.vocabulary.column(series) if series.dtype == pl.String
            else series.cast(TRUTHS) if series.dtype == pl.Boolean else series
            for series in frame.get_columns()
        ]  # fmt: skip
        return pl.DataFrame(columns)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The columns that some outputs read.

    Attributes:
        nodes: column such as "f.adjusted" → its node.
        asked_whether_blank: text columns of which only that is asked.
    """

    nodes: Mapping[str, Node]
    asked_whether_blank: frozenset[str]

    def of(self, namespace: str) -> Iterator[tuple[str, Node]]:
        """The columns of the forms ("f") or of the indicators ("i")."""
        return ((name, node) for name, node in self.nodes.items() if name.startswith(namespace))

    def frames(self, forms: Iterable[Rows], vocabulary: Vocabulary, first: int) -> Frames:
        """The frames of rows; forms are numbered from `first`."""
        numbered = list(enumerate(forms, first))
        form = _Builder(self, vocabulary, [(number, row) for number, (row, _) in numbered])
        rows = _Builder(self, vocabulary, [(number, row) for number, (_, below) in numbered for row in below])
        of_forms, of_rows = form.frame("f"), rows.frame("i")
        unfit = form.unfit | rows.unfit
        return Frames(of_forms, of_rows, vocabulary, {number: rows for number, rows in numbered if number in unfit})

    def outside(self, frames: Frames) -> set[int]:
        """The numbers of the forms with a cell that a 64-bit computation may not be trusted with."""
        found = set(frames.exact)
        for namespace, frame in (("f", frames.forms), ("i", frames.indicators)):
            for name, node in self.of(namespace):
                found |= _outside(frame[FORM], frame[name], node)
        return found

    def rows(self, frames: Frames, numbers: set[int]) -> Iterator[tuple[int, Rows]]:
        """The rows of some forms again, as the closure takes them."""
        below: dict[int, list[FormRow]] = {number: [] for number in numbers}
        for number, row in self._decoded(frames, "i", numbers):
            below[number].append(row)
        for number, form in self._decoded(frames, "f", numbers):
            yield number, frames.exact.get(number, (form, below[number]))

    def _decoded(self, frames: Frames, namespace: str, numbers: set[int]) -> Iterator[tuple[int, dict[str, Cell]]]:
        frame = frames.forms if namespace == "f" else frames.indicators
        known = dict(self.of(namespace))
        said = {name: frame[name].dtype in (pl.Boolean(), TRUTHS) for name in known}
        for cells in frame.filter(among(numbers)).select(FORM, *known).iter_rows(named=True):
            number = cells.pop(FORM)
            yield (
                number,
                {
                    name[2:]: _cell(cell, known[name], frames.vocabulary, said=said[name])
                    for name, cell in cells.items()
                },
            )


def _cell(cell: int | str | None, node: Node, vocabulary: Vocabulary, *, said: bool) -> Cell:
    """A cell of a frame as a row holds it; of a text of which only that is known, some text that says as much."""
    if cell is None or isinstance(cell, str) or node.type == "number":
        return cell
    if node.type == "truth":
        return bool(cell)
    return vocabulary.word((SAYS_SOMETHING if cell else SAYS_NOTHING) if said else cell)


def among(numbers: Iterable[int]) -> pl.Expr:
    """Whether a row is of one of some forms."""
    return pl.col(FORM).is_in(pl.Series(sorted(numbers), dtype=pl.Int64).implode())


class _Builder:
    """Columns of one frame; keeps the numbers of forms whose cells do not fit."""

    def __init__(self, inputs: Inputs, vocabulary: Vocabulary, rows: Sequence[tuple[int, FormRow]]) -> None:
        self._inputs = inputs
        self._vocabulary = vocabulary
        self._rows = rows
        self.unfit: set[int] = set()

    def frame(self, namespace: str) -> pl.DataFrame:
        columns = {FORM: pl.Series([number for number, _ in self._rows], dtype=pl.Int64)}
        for name, node in self._inputs.of(namespace):
            cells = [row[name[2:]] for _, row in self._rows]
            columns[name] = self._column(name, node, cells)
        return pl.DataFrame(columns)

    def _column(self, name: str, node: Node, cells: list[Cell]) -> pl.Series:
        if node.type == "text":
            texts = [cell if isinstance(cell, str) else None for cell in cells]
            blank_only = name in self._inputs.asked_whether_blank
            return self._vocabulary.spoken(texts) if blank_only else self._vocabulary.coded(texts)
        if node.type == "number":
            cells = [self._held(cell, at) for at, cell in enumerate(cells)]
        made = pl.Series(cells, dtype=DTYPES[node.type], strict=True)
        return made.cast(TRUTHS) if node.type == "truth" else made

    def _held(self, cell: Cell, at: int) -> Cell:
        if isinstance(cell, Fraction) or (isinstance(cell, int) and abs(cell) > INT64):
            self.unfit.add(self._rows[at][0])
            return None
        return cell


def _outside(numbers: pl.Series, values: pl.Series, node: Node) -> set[int]:
    """Forms with a value beyond the declared domain, or none where there must be one."""
    found: set[int] = set()
    if not node.nullable and values.null_count():
        found |= set(numbers.filter(values.is_null()))
    if node.type == "number" and len(values) > values.null_count():
        low, high = values.min(), values.max()
        if not (isinstance(low, int) and isinstance(high, int) and node.low <= low and high <= node.high):
            found |= set(numbers.filter((values < node.low) | (values > node.high)))
    return found


def inputs_of(nodes: Sequence[Node], outputs: Iterable[Node]) -> Inputs:
    """The inputs of a program's nodes."""
    columns = {str(node.payload): node for node in nodes if node.kind == "column"}
    told = {node.index for node in outputs} | {
        arg.index for node in nodes if node.kind not in ("blank", "missing") for arg in node.args
    }
    texts = {name for name, node in columns.items() if node.type == "text" and node.index not in told}
    return Inputs(columns, frozenset(texts))

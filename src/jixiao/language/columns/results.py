"""What a run gives: two frames of outputs, and the values that no whole number of 64 bits can hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from jixiao.language.closure import Generated, Raw
from jixiao.language.columns.frames import FORM, ROW, Rows
from jixiao.language.columns.steps import DTYPES
from jixiao.language.columns.vocabulary import Vocabulary
from jixiao.language.ir import INT64, Node

OUTSIDE: Final = "form.outside"


@dataclass(frozen=True, slots=True)
class Results:
    """The outputs of many forms.

    Attributes:
        forms: `form.id`, `form.outside` (computed by the closure) and one column an output of the forms; in the order
            of the forms given.
        indicators: `form.id`, `row.at` (from 0) and one column an output of the indicators; rows in order but for
            those of forms computed by the closure, which follow, see `ordered`.
        vocabulary: what the codes of texts mean.
        unheld: (form, row or none, output) → the exact value that no cell can hold; the cell is null.
    """

    forms: pl.DataFrame
    indicators: pl.DataFrame
    vocabulary: Vocabulary
    unheld: Mapping[tuple[int, int | None, str], Raw]

    def ordered(self) -> pl.DataFrame:
        """The indicators in the order of forms and rows."""
        places = self.forms.select(FORM).with_row_index(_PLACE)
        return self.indicators.join(places, on=FORM).sort(_PLACE, ROW).drop(_PLACE)

    def texts(self, column: str) -> pl.Series:
        """An output that is a text, as texts."""
        frame = self.forms if column in self.forms.columns else self.indicators
        return self.vocabulary.texts(frame[column])


_PLACE: Final = "place"


@dataclass(slots=True)
class Exact:
    """Outputs of single forms by the closure, gathered as columns.

    Attributes:
        outputs: output → node.
        per_row: the outputs that are of the indicators.
        closure: the function over the same nodes.
        vocabulary: gives texts their codes.
        unheld: what does not fit a cell.
    """

    outputs: Mapping[str, Node]
    per_row: frozenset[str]
    closure: Generated
    vocabulary: Vocabulary
    unheld: dict[tuple[int, int | None, str], Raw] = field(default_factory=dict)
    _forms: list[Mapping[str, int | bool | None]] = field(default_factory=list)
    _rows: list[Mapping[str, int | bool | None]] = field(default_factory=list)

    def add(self, number: int, rows: Rows) -> None:
        """Compute one form."""
        form, below = self.closure.run(*rows)
        cells = {name: self._read(name, form, ()) for name in self.outputs if name not in self.per_row}
        self._forms.append({FORM: number, OUTSIDE: True, **self._held(number, None, cells)})
        for at, row in enumerate(below):
            cells = {name: self._read(name, form, row) for name in self.per_row}
            self._rows.append({FORM: number, ROW: at, **self._held(number, at, cells)})

    def _read(self, name: str, form: Sequence[Raw], row: Sequence[Raw]) -> Raw:
        node = self.outputs[name]
        return row[self.closure.rows[node.index]] if node.per_row else form[self.closure.form[node.index]]

    def _held(self, number: int, at: int | None, cells: Mapping[str, Raw]) -> Mapping[str, int | bool | None]:
        held = {name: self._cell(cell) for name, cell in cells.items()}
        self.unheld |= {(number, at, name): cells[name] for name in cells if held[name] is None is not cells[name]}
        return held

    def _cell(self, value: Raw) -> int | bool | None:
        """The value as the frame holds it; none where it cannot."""
        if isinstance(value, str):
            return self.vocabulary.code(value)
        if value is None or isinstance(value, bool):
            return value
        whole = int(value)
        return whole if whole == value and abs(whole) <= INT64 else None

    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The frames of the forms and of their indicators; without any form, frames of the same columns."""
        forms = {FORM: pl.Int64(), OUTSIDE: pl.Boolean()} | dict(self._dtypes(per_row=False))
        rows = {FORM: pl.Int64(), ROW: pl.Int64()} | dict(self._dtypes(per_row=True))
        return pl.DataFrame(self._forms, schema=forms), pl.DataFrame(self._rows, schema=rows)

    def _dtypes(self, *, per_row: bool) -> Iterator[tuple[str, pl.DataType]]:
        for name, node in self.outputs.items():
            if (name in self.per_row) is per_row:
                yield name, DTYPES[node.type]

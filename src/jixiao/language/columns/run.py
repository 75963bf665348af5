"""Running a plan over frames: forms all at once, their indicators chunk by chunk; what is outside by the closure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from jixiao.language.columns.batch import Batch, Pair
from jixiao.language.columns.frames import FORM, ROW, Frames
from jixiao.language.columns.given import Given, words_of
from jixiao.language.columns.lowering import Lowering
from jixiao.language.columns.plan import Cells, Plan, Round, plan_of
from jixiao.language.columns.results import OUTSIDE
from jixiao.language.columns.shape import Chunk, Shape
from jixiao.language.columns.steps import FALSE
from jixiao.language.ir import Node, reachable

if TYPE_CHECKING:
    from jixiao.language.columns.ops import Op

ROWS: Final = 2**18
"""Indicators in a chunk: columns as narrow as these stay in the cache of one core, and a step costs little to begin."""


class Columns(Batch):
    """Some outputs of a program, made ready for many forms.

    Attributes:
        plan: what is computed.
    """

    def __init__(
        self, outputs: Mapping[str, Node], per_row: Iterable[str] = (), answers: Mapping[str, str | None] | None = None
    ) -> None:
        """Plan the outputs; see `Batch`."""
        super().__init__(outputs, per_row, answers)
        self.plan = self.planned()
        self._compared = words_of(reachable(outputs.values()), outputs.values())

    def planned(self) -> Plan:
        """The plan of the outputs, conditions and where they apply made into answers."""
        lowering = Lowering(self.outputs.values(), self.inputs.asked_whether_blank, self.vocabulary())
        places = {applies for applies in self.answers.values() if applies}
        made: dict[str, Op] = {}
        for name, node in self.outputs.items():
            if name in self.answers:
                applies = self.answers[name]
                made[name] = lowering.answer(node, self.outputs[applies] if applies else None)
            elif name not in places:
                made[name] = lowering.output(node)
        return plan_of({name: lowering.ops.of_rows(op) if name in self.per_row else op for name, op in made.items()})

    def _inside(self, frames: Frames, counts: pl.Series) -> Iterator[Pair]:
        forms, rows = (Given(one, frames.vocabulary, self._compared) for one in (frames.forms, frames.indicators))
        shape = Shape.of(counts, frames.indicators[FORM])
        run = _Run(self.plan, forms, rows, list(shape.chunks(ROWS)))
        run.compute()
        heads = [frames.forms[FORM], FALSE.new_from_index(0, len(counts)).alias(OUTSIDE)]
        told = pl.DataFrame(heads + self._told(run.forms, len(counts), per_row=False))
        below = [pl.DataFrame(self._told(cells, len(chunk.owners), per_row=True)) for chunk, cells in run.rows]
        lines = pl.DataFrame([frames.indicators[FORM], shape.ranks.alias(ROW)]).hstack(pl.concat(below))
        yield told, lines.rechunk()  # whoever writes columns in pieces pays for each

    def _told(self, cells: Cells, count: int, *, per_row: bool) -> list[pl.Series]:
        """The outputs of one level."""
        return [
            _as_many(cells[op.at], count).alias(name)
            for name, op in self.plan.outputs.items()
            if (name in self.per_row) is per_row
        ]


class _Run:
    """The columns at work.

    Attributes:
        forms: of all forms.
        rows: each chunk with the columns of its indicators.
    """

    def __init__(self, plan: Plan, forms: Given, rows: Given, chunks: Sequence[Chunk]) -> None:
        self._plan = plan
        self._given_forms, self._given_rows = forms, rows
        self._count = sum(len(chunk.counts) for chunk in chunks)
        self.forms: Cells = dict(plan.constants)
        self.rows: list[tuple[Chunk, Cells]] = [(chunk, dict(plan.constants)) for chunk in chunks]

    def compute(self) -> None:
        """All rounds."""
        for forms, rows in self._plan.rounds:
            self.forms |= self._given_forms.read(forms.given, 0, self._count)
            forms.compute(self.forms)
            lowered = _frame(self.forms, rows.lowered, self._count)
            totals = [self._rows(rows, chunk, cells, lowered) for chunk, cells in self.rows]
            forms.end(self.forms)
            self.forms |= _cells(pl.concat(totals, rechunk=True))

    def _rows(self, round_: Round, chunk: Chunk, cells: Cells, lowered: pl.DataFrame) -> pl.DataFrame:
        """Take the steps for the indicators of a chunk; gives their sums."""
        cells |= self._given_rows.read(round_.given, chunk.first, len(chunk.owners))
        cells |= _cells(lowered[chunk.owners] if lowered.width else lowered)
        round_.compute(cells)
        totals = _frame(cells, round_.totals, len(chunk.owners))
        summed = chunk.summed(totals) if totals.width else totals
        round_.end(cells)
        return summed


def _frame(cells: Cells, moved: Iterable[tuple[int, int]], count: int) -> pl.DataFrame:
    """Columns on their way to the other level, named by the numbers they have there."""
    return pl.DataFrame([_as_many(cells[one], count).alias(str(other)) for one, other in moved])


def _as_many(cells: pl.Series, count: int) -> pl.Series:
    """One cell may stand for all."""
    return cells if len(cells) == count else cells.new_from_index(0, count)


def _cells(frame: pl.DataFrame) -> Cells:
    return {int(series.name): series for series in frame.get_columns()}

"""Cases as the back ends take them: one after another, and as columns that are made once for all of them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from typing import Final

import polars as pl

from equality.cases import Case
from equality.table import Column, Table, column, transposed
from jixiao.language import Program
from jixiao.language import closure as python
from jixiao.language.closure import BLANK, FormRow, Raw
from jixiao.language.columns import Vocabulary
from jixiao.language.columns.batch import Batch
from jixiao.language.columns.frames import FORM, Frames, Inputs, inputs_of
from jixiao.language.ir import MAX_ROWS, reachable

SAID: Final = "_said"
"""Ends the name of a column that tells whether a text says anything."""


class Blocks:
    """Makes the blocks of one program; what they have in common is looked up once.

    Attributes:
        outputs: every named value and condition, denominators as "name/den" → node.
        inputs: the columns that are read.
        read: the names of those columns.
        closure: the function over all outputs.
    """

    def __init__(self, program: Program) -> None:
        """Look up what the program reads and gives."""
        self.outputs = program.outputs()
        nodes = reachable(self.outputs.values())
        self.inputs = inputs_of(nodes, self.outputs.values())
        self.read = program.columns()
        self.closure = python.generate(self.outputs.values())
        self._said: dict[Raw, bool | None] = {None: None}

    def block(self, cases: Sequence[Case]) -> "Block":
        """A block of cases."""
        numbered = [(at, row) for at, (_, rows) in enumerate(cases) for row in rows]
        whose_row = [at for at, _ in numbered]
        forms = _numbers(range(len(cases))) | self._columns("f", [form for form, _ in cases])
        rows = _numbers(whose_row) | self._columns("i", [row for _, row in numbered])
        unfit = {at for one in forms.values() for at in one.beside}
        unfit |= {whose_row[at] for one in rows.values() for at in one.beside}
        return Block(self, cases, _frame(forms), _frame(rows), frozenset(unfit))

    def _columns(self, namespace: str, rows: Sequence[FormRow]) -> dict[str, Column]:
        """The columns of one of the two tables, and beside each text whether it says anything."""
        made: dict[str, Column] = {}
        for name, node in self.inputs.of(namespace):
            cells = list(map(itemgetter(name[2:]), rows))
            made[name] = column(cells, node.type)
            if node.type == "text":
                told = pl.Series(list(map(self._says, cells)), dtype=pl.Boolean, strict=True)
                made[f"{name}{SAID}"] = Column(told)
        return made

    def _says(self, cell: Raw) -> bool | None:
        if cell not in self._said:
            self._said[cell] = str(cell).strip() not in BLANK
        return self._said[cell]


def _numbers(forms: Sequence[int]) -> dict[str, Column]:
    return {FORM: Column(pl.Series(forms, dtype=pl.Int64))}


def _frame(columns: Mapping[str, Column]) -> pl.DataFrame:
    return pl.DataFrame([one.cells.alias(name) for name, one in columns.items()])


@dataclass(frozen=True)
class Block:
    """Some cases; forms are numbered from 0.

    Attributes:
        of: what made it.
        cases: the rows, as the closure takes them.
        forms: `form.id` and the columns read of the forms, "f.adjusted"; texts as they are, and in "f.band_said"
            whether each says anything; a number that no cell holds is null.
        indicators: the same of their indicators.
        beyond: the forms with such a number.
    """

    of: Blocks
    cases: Sequence[Case]
    forms: pl.DataFrame
    indicators: pl.DataFrame
    beyond: frozenset[int]

    @cached_property
    def starts(self) -> list[int]:
        """The number of the first indicator of each form, and how many there are."""
        return list(accumulate((len(rows) for _, rows in self.cases), initial=0))

    def place(self, name: str, at: int) -> tuple[int, int | None]:
        """The form, and for an output of the indicators the indicator, at a position of an output."""
        if not self.of.outputs[name].per_row:
            return at, None
        form = bisect_right(self.starts, at) - 1
        return form, at - self.starts[form]

    def frames(self, batch: Batch) -> Frames:
        """What a back end by column reads; a text of which only that is asked tells whether it says anything."""
        forms, rows = (
            frame.select(FORM, *(_read(name, batch.inputs) for name, _ in batch.inputs.of(namespace)))
            for namespace, frame in (("f", self.forms), ("i", self.indicators))
        )
        return Frames(forms, rows, batch.vocabulary(), {at: self.cases[at] for at in self.beyond})

    @cached_property
    def outside(self) -> frozenset[int]:
        """The forms with a cell that no 64-bit computation may be trusted with, or with too many indicators."""
        frames = Frames(self.forms, self.indicators, Vocabulary(), {at: self.cases[at] for at in self.beyond})
        long = {at for at, (_, rows) in enumerate(self.cases) if len(rows) > MAX_ROWS}
        return frozenset(self.of.inputs.outside(frames) | long)

    @cached_property
    def expected(self) -> Table:
        """What the closure gives, one form after another: what all others are held against."""
        closure, named = self.of.closure, self.of.outputs
        ran = [closure.run(*case) for case in self.cases]
        forms, rows = transposed([form for form, _ in ran]), transposed([row for _, below in ran for row in below])
        places = {name: (closure.rows if node.per_row else closure.form)[node.index] for name, node in named.items()}
        return {
            name: column((rows[places[name]] if rows else ()) if node.per_row else forms[places[name]], node.type)
            for name, node in named.items()
        }

    @cached_property
    def payloads(self) -> list[str]:
        """The cases as a page takes them, some at a time."""
        from equality.engine import SHARE, payload

        return [payload(self.cases[at : at + SHARE], self.of.read) for at in range(0, len(self.cases), SHARE)]


def _read(name: str, inputs: Inputs) -> pl.Expr:
    return pl.col(f"{name}{SAID}").alias(name) if name in inputs.asked_whether_blank else pl.col(name)

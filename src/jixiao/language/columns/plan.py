"""The nodes of some outputs as a list of steps: each node once, each column let go after its last use.

There is no optimiser between the nodes and what is computed, so nothing can be written out twice; a plan has one step
a node, and one for each value of the form that its indicators read.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from jixiao.language.columns.steps import ZERO, Operation, Shape, constant, missing, operation
from jixiao.language.columns.vocabulary import Vocabulary
from jixiao.language.ir import Node, reachable

Place = tuple[int, bool]
"""A node's index, and whether its column is of the indicators."""
Compute = Callable[[Sequence[pl.Series], Shape], pl.Series]


@dataclass(frozen=True, slots=True)
class Step:
    """One operation: the places it reads, what it does, where its column goes, and what is not needed after it."""

    reads: tuple[int, ...]
    compute: Compute
    writes: int
    done: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps over numbered places.

    Attributes:
        size: how many places there are.
        constants: place → its column of one cell.
        columns: column such as "f.adjusted" → place.
        steps: in order.
        outputs: output → place.
    """

    size: int
    constants: Mapping[int, pl.Series]
    columns: Mapping[str, int]
    steps: tuple[Step, ...]
    outputs: Mapping[str, int]

    def run(self, columns: Mapping[str, pl.Series], shape: Shape) -> list[pl.Series]:
        """The columns of all places that are outputs, after one pass over a chunk."""
        cells = [_NOTHING] * self.size
        for place, series in self.constants.items():
            cells[place] = series
        for name, place in self.columns.items():
            cells[place] = columns[name]
        for step in self.steps:
            cells[step.writes] = step.compute([cells[place] for place in step.reads], shape)
            for place in step.done:
                cells[place] = _NOTHING
        return cells


_NOTHING: Final = pl.Series([], dtype=pl.Null)


def plan_of(outputs: Mapping[str, Node], per_row: Container[str], vocabulary: Vocabulary) -> Plan:
    """The plan of some outputs.

    Args:
        outputs: output → its node.
        per_row: the outputs that are of the indicators.
        vocabulary: gives the texts that the nodes name their codes.
    """
    return _Planner(vocabulary).plan(outputs, per_row)


class _Planner:
    """Gives places and steps; nodes that read nothing keep a column of one cell, which stretches by itself."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._places: dict[Place, int] = {}
        self._constants: dict[int, pl.Series] = {}
        self._single: set[int] = set()
        self._columns: dict[str, int] = {}
        self._steps: list[tuple[tuple[int, ...], Compute, int]] = []

    def plan(self, outputs: Mapping[str, Node], per_row: Container[str]) -> Plan:
        for node in reachable(outputs.values()):
            self._add(node)
        placed = {name: self._expanded(node, per_row=name in per_row) for name, node in outputs.items()}
        kept = {*placed.values(), *self._constants}
        return Plan(len(self._places), self._constants, self._columns, self._released(kept), placed)

    def _add(self, node: Node) -> None:
        place = self._place((node.index, node.per_row))
        if node.kind not in ("column", "total") and all(arg.index in self._single for arg in node.args):
            self._single.add(node.index)
        if node.kind in ("const", "null"):
            self._constants[place] = constant(node, self._vocabulary)
        elif node.kind == "column":
            self._columns[str(node.payload)] = place
        elif node.kind == "total":
            self._add_total(node, place)
        else:
            reads = tuple(self._read(arg, per_row=node.per_row) for arg in node.args)
            self._steps.append((reads, _columnwise(operation(node, self._vocabulary)), place))

    def _add_total(self, node: Node, place: int) -> None:
        """A sum over indicators; a value of the form is summed as often as the form has indicators."""
        arg = node.args[0]
        read = self._read(arg, per_row=arg.per_row)
        self._steps.append(((read,), _total(nullable=arg.nullable, per_row=arg.per_row), place))

    def _place(self, place: Place) -> int:
        return self._places.setdefault(place, len(self._places))

    def _read(self, node: Node, *, per_row: bool) -> int:
        """Where a node's column stands for a reader; a value of the form is stretched once for all indicators."""
        own = self._place((node.index, node.per_row))
        if node.per_row == per_row or node.index in self._single:
            return own
        stretched = (node.index, True)
        if stretched not in self._places:
            self._steps.append(((own,), _stretched, self._place(stretched)))
        return self._places[stretched]

    def _expanded(self, node: Node, *, per_row: bool) -> int:
        """A place whose column has as many cells as the output."""
        read = self._read(node, per_row=per_row)
        if node.index not in self._single:
            return read
        place = self._place((-node.index - 1, per_row))
        self._steps.append(((read,), _repeated_rows if per_row else _repeated_forms, place))
        return place

    def _released(self, kept: set[int]) -> tuple[Step, ...]:
        """The steps with what each is the last to read."""
        later = set(kept)
        steps: list[Step] = []
        for reads, compute, writes in reversed(self._steps):
            done = tuple(place for place in dict.fromkeys(reads) if place not in later)
            later |= set(reads)
            steps.append(Step(reads, compute, writes, done))
        return tuple(reversed(steps))


def _columnwise(what: Operation) -> Compute:
    return lambda columns, _shape: what(*columns)


def _stretched(columns: Sequence[pl.Series], shape: Shape) -> pl.Series:
    return shape.stretched(columns[0])


def _repeated_rows(columns: Sequence[pl.Series], shape: Shape) -> pl.Series:
    return columns[0].new_from_index(0, sum(shape.ranks))


def _repeated_forms(columns: Sequence[pl.Series], shape: Shape) -> pl.Series:
    return columns[0].new_from_index(0, shape.forms)


def _total(*, nullable: bool, per_row: bool) -> Compute:
    def total(columns: Sequence[pl.Series], shape: Shape) -> pl.Series:
        values = columns[0]
        if nullable:
            values = ZERO.zip_with(missing(values), values)
        return shape.summed(values) if per_row else shape.counts * values

    return total

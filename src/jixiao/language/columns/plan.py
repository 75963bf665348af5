"""The columns of some outputs as a list of steps: each made once, each let go after its last use.

There is no optimiser between the nodes and what is computed, so nothing can be written out twice. What is of the forms
is computed for all of them at once, what is of the indicators for some forms at a time, so that it stays near the core.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from jixiao.language.columns.ops import Op
from jixiao.language.columns.steps import Compute, compute, constant

_INPUTS: Final = ("cells", "known")
_LATE: Final = (*_INPUTS, "stretched")
Cells = dict[int, pl.Series]
"""The columns at work, by their numbers."""


@dataclass(frozen=True, slots=True)
class Step:
    """One computation: the columns it reads, what it does, the column it makes, and what is not needed after it."""

    reads: tuple[int, ...]
    compute: Compute
    writes: int
    done: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """What is computed between two rounds of totals, of the forms or of their indicators.

    Attributes:
        given: the inputs that are read first in it.
        steps: in order.
        lowered: (column of the forms, the same for their indicators), before the steps.
        totals: (column of the indicators, its sums), after the steps.
        done: what is not needed after it, beside what the steps let go.
    """

    given: tuple[Op, ...]
    steps: tuple[Step, ...]
    lowered: tuple[tuple[int, int], ...] = ()
    totals: tuple[tuple[int, int], ...] = ()
    done: tuple[int, ...] = ()

    def compute(self, cells: Cells) -> None:
        """Take the steps."""
        for step in self.steps:
            cells[step.writes] = step.compute(*[cells[at] for at in step.reads])
            for at in step.done:
                del cells[at]

    def end(self, cells: Cells) -> None:
        """Let go of what is not needed after the round."""
        for at in self.done:
            del cells[at]


@dataclass(frozen=True, slots=True)
class Plan:
    """Rounds of steps.

    Attributes:
        constants: the columns of one cell.
        rounds: of the forms and of their indicators, in order.
        outputs: output → its column.
    """

    constants: Cells
    rounds: tuple[tuple[Round, Round], ...]
    outputs: Mapping[str, Op]

    @property
    def steps(self) -> list[Step]:
        """All of them."""
        return [step for pair in self.rounds for one in pair for step in one.steps]


def plan_of(outputs: Mapping[str, Op]) -> Plan:
    """The plan of some outputs."""
    ops = _needed(outputs.values())
    constants: Cells = {}
    for op in (op for op in ops if op.single):
        constants[op.at] = constant(op) if op.what == "const" else compute(op)(*(constants[arg.at] for arg in op.args))
    kept = {*constants, *(op.at for op in outputs.values())}
    forms, rows = zip(*_drafts([op for op in ops if not op.single]), strict=True)
    lowered = [[at for at, _ in one.lowered] for one in rows]
    totals = [[at for at, _ in one.totals] for one in rows]
    rounds = zip(_released(forms, lowered, kept), _released(rows, totals, kept), strict=True)
    return Plan(constants, tuple(rounds), outputs)


def _needed(outputs: Iterable[Op]) -> list[Op]:
    """What outputs rest on, themselves included, in an order of evaluation."""
    found: dict[int, Op] = {}
    waiting = list(outputs)
    while waiting:
        op = waiting.pop()
        if op.at not in found:
            found[op.at] = op
            waiting.extend(op.args)
    return [found[at] for at in sorted(found)]


def _rounds(ops: Sequence[Op]) -> dict[int, int]:
    """In which round each is made; inputs are read, and columns stretched, where they are needed first."""
    rounds: dict[int, int] = {}
    asked: dict[int, int] = {}
    for op in reversed(ops):
        late = asked.get(op.at, op.stage) if op.what in _LATE else op.stage
        rounds[op.at] = here = late - (op.what == "total")
        for arg in op.args:
            asked[arg.at] = min(here, asked.get(arg.at, here))
    return rounds


def _drafts(ops: Sequence[Op]) -> Iterator[tuple[Round, Round]]:
    """The rounds, without what is let go when."""
    rounds = _rounds(ops)
    for at in range(1 + max(rounds.values(), default=0)):
        here = [op for op in ops if rounds[op.at] == at]
        moved = {
            what: tuple((op.args[0].at, op.at) for op in here if op.what == what) for what in ("stretched", "total")
        }
        of_forms = Round(*_own([op for op in here if not op.per_row]))
        yield of_forms, Round(*_own([op for op in here if op.per_row]), moved["stretched"], moved["total"])


def _own(ops: Sequence[Op]) -> tuple[tuple[Op, ...], tuple[Step, ...]]:
    """What is read, and what is computed, of one level."""
    made = [op for op in ops if op.what not in (*_LATE, "total")]
    return (
        tuple(op for op in ops if op.what in _INPUTS),
        tuple(Step(tuple(arg.at for arg in op.args), compute(op), op.at) for op in made),
    )


def _released(rounds: Sequence[Round], after: Sequence[Sequence[int]], kept: set[int]) -> list[Round]:
    """The rounds of one level with what each is the last to read.

    Args:
        rounds: in order.
        after: the columns that are read after the steps of each.
        kept: what is never let go.
    """
    later, released = set(kept), []
    for one, last in zip(reversed(rounds), reversed(after), strict=True):
        done = tuple(at for at in dict.fromkeys(last) if at not in later)
        later.update(last)
        steps: list[Step] = []
        for step in reversed(one.steps):
            over = tuple(at for at in dict.fromkeys(step.reads) if at not in later)
            later.update(step.reads)
            steps.append(replace(step, done=over))
        released.append(replace(one, steps=tuple(reversed(steps)), done=done))
    return released[::-1]

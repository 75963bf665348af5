"""Which values of a statement get a column, and at which level: none but short ones is written out twice.

A value that is mentioned once, beside its reader, or that is short, is written inside its readers; every other is a
column. What holds a short value is itself short or a column, so nothing doubles with depth. A column's level is one
more than that of the columns it reads, so each level of a chain reads the one before only; few levels make a plan that
is made quickly, for optimisers walk through all columns of all levels many times.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Final

from jixiao.language.ir import Node, reachable
from jixiao.language.sql.dialects import Dialect
from jixiao.language.sql.expressions import template

LONGEST: Final = 1_200
"""Characters beyond which an expression is a column, though it is read once: parsers go down as deep as it does."""
SHORT: Final = 60
"""Characters up to which an expression stands inside all that read it."""
_READ: Final = ("column", "total")
_LITERAL: Final = ("const", "null")


@dataclass(frozen=True, slots=True)
class Chain:
    """The levels of the forms or of the indicators of one stage."""

    per_row: bool
    stage: int


Said = Callable[[Node], Node | None]
Coded = tuple[Node, str]
"""A value that is a column, and its expression."""


def chain_of(node: Node) -> Chain:
    """Where a value is computed."""
    return Chain(node.per_row, node.stage)


def name_of(node: Node) -> str:
    """The name of a value's column inside the statement: f_adjusted, i_actual, t12 (a total), n34."""
    if node.kind == "column":
        return str(node.payload).replace(".", "_", 1)
    return f"{'t' if node.kind == 'total' else 'n'}{node.index}"


class Levels:
    """The columns of the values that some outputs depend on."""

    def __init__(self, outputs: Sequence[Node], dialect: Dialect, said: Said, *, rows: bool) -> None:
        """Place all values.

        Args:
            outputs: the values to give.
            dialect: how the database writes.
            said: a text column of which it is asked whether it is blank → the column that tells, where there is one.
            rows: whether the outputs are given for each indicator.
        """
        self.nodes = reachable(outputs)
        self.stages = 1 + max((node.stage for node in self.nodes), default=0)
        self._outputs, self._rows, self._said = outputs, rows, said
        self._templates = {node.index: template(node, dialect) for node in self.nodes if node.kind not in _READ}
        self._inside, self._kept = self._mentioned_once()
        self._codes: dict[int, str] = {}
        self._reads: dict[int, tuple[Node, ...]] = {}
        self._levels: dict[int, int] = {}
        self._chains: dict[Chain, list[list[Coded]]] = {}
        self._read_by: dict[Chain, dict[int, Node]] = {}
        for node in self.nodes:
            self._place(node)
        given = [read for node in outputs for read in self._reads[node.index]]
        every = [*given, *(read for reads in self._read_by.values() for read in reads.values())]
        every += [read for stage in range(self.stages) for read in self._summed(stage)]
        self.columns = _ordered(read for read in every if read.kind == "column")

    def _mentioned_once(self) -> tuple[set[int], set[int]]:
        """Values that may stand inside the only expression that mentions them, and those that must be columns."""
        mentions = Counter(node.index for node in self._outputs)
        readers: dict[int, Node] = {}
        for node in self.nodes:
            counted = [0] * len(node.args) if node.kind != "total" else [1]
            for _, field, _, _ in Formatter().parse(self._templates.get(node.index, "")):
                if field is not None:
                    counted[int(field)] += 1
            for arg, count in zip(node.args, counted, strict=True):
                mentions[arg.index] += count
                readers[arg.index] = node
        kept = {node.index for node in self._outputs}
        kept |= {node.args[0].index for node in self.nodes if node.kind == "total"}
        kept |= {
            arg.index
            for node in self.nodes
            for arg in node.args
            if node.kind != "total" and chain_of(node) != chain_of(arg)
        }
        return {index for index in readers if mentions[index] == 1} - kept, kept

    def _place(self, node: Node) -> None:
        """Write a value's expression, inside its reader or as a column."""
        if node.kind in _READ:
            self._codes[node.index], self._reads[node.index] = name_of(node), (node,)
            return
        code, reads = self._written(node)
        most = LONGEST if node.index in self._inside else 0 if node.index in self._kept else SHORT
        if node.kind in _LITERAL or len(code) <= most:
            self._codes[node.index], self._reads[node.index] = code, reads
            return
        chain = chain_of(node)
        level = 1 + max((self._levels.get(read.index, 0) for read in reads if chain_of(read) == chain), default=0)
        levels = self._chains.setdefault(chain, [])
        levels += [[] for _ in range(level - len(levels))]
        levels[level - 1].append((node, code))
        self._read_by.setdefault(chain, {}).update((read.index, read) for read in reads)
        self._codes[node.index], self._reads[node.index] = name_of(node), (node,)
        self._levels[node.index] = level

    def _written(self, node: Node) -> tuple[str, tuple[Node, ...]]:
        """A value's expression, and the columns it reads."""
        told = self._said(node.args[0]) if node.kind == "blank" else None
        if told is not None:
            return f"coalesce(NOT {name_of(told)}, TRUE)", (told,)
        code = self._templates[node.index].format(*(self._codes[arg.index] for arg in node.args))
        return code, tuple(dict.fromkeys(read for arg in node.args for read in self._reads[arg.index]))

    def ref(self, node: Node) -> str:
        """How a value is mentioned."""
        return self._codes[node.index]

    def of(self, chain: Chain) -> list[list[Coded]]:
        """The columns of a chain, level by level."""
        return self._chains.get(chain, [])

    def totals(self, stage: int) -> list[Node]:
        """The totals over the indicators of a stage."""
        return [node for node in self.nodes if node.kind == "total" and node.args[0].stage == stage]

    def reads_rows(self, stage: int) -> bool:
        """Whether the indicators are looked at in a stage."""
        first = self._rows and stage == 0
        return first or bool(self.of(Chain(per_row=True, stage=stage)) or self.totals(stage) or self.brought(stage))

    def brought(self, stage: int) -> list[str]:
        """The values of the form that its indicators read in a stage and not before."""
        known = {name for before in range(stage) for name in self._needed(before)}
        return [name for name in self._needed(stage) if name not in known]

    def _needed(self, stage: int) -> list[str]:
        """The names of the values of the form that its indicators read in a stage."""
        return _names(self._wanted(stage))

    def _wanted(self, stage: int) -> list[Node]:
        wanted = [*self._read_by.get(Chain(per_row=True, stage=stage), {}).values(), *self._summed(stage)]
        if self._rows:
            wanted += [read for node in self._outputs if node.stage == stage for read in self._reads[node.index]]
        return [node for node in wanted if not node.per_row]

    def _summed(self, stage: int) -> Iterator[Node]:
        return (read for total in self.totals(stage) for read in self._reads[total.args[0].index])

    def kept(self, chain: Chain) -> list[str]:
        """The columns of a chain that are read after it."""
        later = [read for other, reads in self._read_by.items() if other.stage > chain.stage for read in reads.values()]
        if self._rows is chain.per_row:
            later += [read for node in self._outputs for read in self._reads[node.index]]
        stages = range(chain.stage, self.stages)
        if chain.per_row:
            later += [read for stage in stages for read in self._summed(stage)]
            return _names(read for read in later if read.stage <= chain.stage and self._in_rows(read, chain.stage))
        later += [read for stage in stages for read in self._wanted(stage)]
        return _names(read for read in later if read.stage <= chain.stage and not read.per_row)

    def _in_rows(self, node: Node, stage: int) -> bool:
        return node.per_row or any(name_of(node) in self._needed(before) for before in range(stage + 1))


def _ordered(nodes: Iterable[Node]) -> list[Node]:
    """Each node once, in the order of their making."""
    return sorted({node.index: node for node in nodes}.values(), key=lambda node: node.index)


def _names(nodes: Iterable[Node]) -> list[str]:
    return [name_of(node) for node in _ordered(nodes)]

"""Where values stand between the loops of a kernel: a table of places, and what each stage computes, keeps and gives.

A stage computes nodes of the forms, hands those that indicators read down to their rows, computes nodes of the
indicators, and sums what is totalled. A later stage begins with the totals of the one before.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from jixiao.language.ir import Node, reachable
from jixiao.language.kernel.lanes import HALF, width

Of = Literal["full", "half", "byte", "bits"]
Source = Literal["input", "input known", "output", "output known", "scratch"]
Answered = tuple[Node, Node | None]
"""The condition of a check, and that of its applicability."""

SIZES: Final[Mapping[Of, int]] = {"full": 8, "half": 4, "byte": 1}
"""Bytes of a cell; bits have eight cells in one."""


@dataclass(frozen=True, slots=True)
class Place:
    """A column in memory.

    Attributes:
        at: its number in the table of addresses.
        source: whose memory it is.
        name: the column or output it belongs to; empty for scratch.
        of: what a cell is.
        per_row: whether it has a cell an indicator.
    """

    at: int
    source: Source
    name: str
    of: Of
    per_row: bool

    @property
    def given(self) -> bool:
        """Whether each tile is copied to a column that is given."""
        return self.source.startswith("output")

    @property
    def passing(self) -> bool:
        """Whether it holds one tile of forms only, and is written over by the next."""
        return not self.source.startswith("input")


class Kept(NamedTuple):
    """Where a value is kept: of a number its cells and where it is known, of a truth where it is true and false."""

    first: Place
    second: Place | None


@dataclass(frozen=True, slots=True)
class Stage:
    """What is computed between two rounds of totals.

    Attributes:
        form: nodes of the forms, in order.
        rows: nodes of the indicators, in order.
        kept: nodes that are read later or lower.
        down: (from, to): places of forms whose cells are repeated for each of their indicators.
        totals: (node, what is summed, where to): totals over the rows of this stage.
        form_outputs: outputs of the forms that are ready.
        row_outputs: the same of the indicators.
    """

    form: tuple[Node, ...]
    rows: tuple[Node, ...]
    kept: tuple[Node, ...]
    down: tuple[tuple[Place, Place], ...]
    totals: tuple[tuple[Node, Place, Place], ...]
    form_outputs: tuple[str, ...]
    row_outputs: tuple[str, ...]


class Layout:
    """All places and stages of a program's outputs.

    Attributes:
        outputs: output → its node, or the two conditions of an answer.
        per_row: the outputs that are given for each indicator.
        places: the table.
        stages: in order.
        inputs: column → where it is read.
        domains: the columns of numbers, which may lie outside their domains.
        given: output → where it is written.
        kept: node → where it is kept for a later stage.
        lowered: node of the forms → where it stands for their indicators.
        sums: total → where it stands.
        counts: where the number of indicators of each form stands.
        beyond: whether of indicators → where it stands which rows have a number outside its domain.
    """

    def __init__(
        self, outputs: Mapping[str, Node | Answered], per_row: Iterable[str], said: Container[str] = ()
    ) -> None:
        """Give everything its place.

        Args:
            outputs: output → its node, or the two conditions of an answer.
            per_row: the outputs that are given for each indicator.
            said: columns of texts of which only is asked whether they say anything: truths.
        """
        self.outputs = outputs
        self._said = said
        self.per_row = frozenset(per_row)
        self.places: list[Place] = []
        self.kept: dict[int, Kept] = {}
        self.lowered: dict[int, Kept] = {}
        self.sums: dict[int, Place] = {}
        nodes = reachable(node for output in outputs.values() for node in roots(output))
        self.counts = self._place("scratch", "", "full", per_row=False)
        self.beyond = {per_row: self._place("scratch", "", "bits", per_row=per_row) for per_row in (False, True)}
        self.domains = tuple(node for node in nodes if node.kind == "column" and node.type == "number")
        self.inputs = {str(node.payload): self._input(node) for node in nodes if node.kind == "column"}
        self.given = {name: self._given(name, output) for name, output in outputs.items()}
        self._last = self._last_readers(nodes)
        for node in nodes:
            if node.kind == "total" and node.args[0].per_row:
                self.sums[node.index] = self._place("scratch", "", "full", per_row=False)
        self.stages = tuple(self._stage(at, nodes) for at in range(1 + max((node.stage for node in nodes), default=0)))

    def _place(self, source: Source, name: str, of: Of, *, per_row: bool) -> Place:
        made = Place(len(self.places), source, name, of, per_row)
        self.places.append(made)
        return made

    def _input(self, node: Node) -> Kept:
        name, per_row = str(node.payload), node.per_row
        of: Of = "bits" if node.type == "truth" or name in self._said else cells(node, of_column=True)
        first = self._place("input", name, of, per_row=per_row)
        return Kept(first, self._place("input known", name, "bits", per_row=per_row) if node.nullable else None)

    def _given(self, name: str, output: Node | Answered) -> Kept:
        per_row = name in self.per_row
        if not isinstance(output, Node) or output.type == "truth":
            return Kept(self._place("output", name, "byte", per_row=per_row), None)
        first = self._place("output", name, cells(output, of_column=True), per_row=per_row)
        return Kept(first, self._place("output known", name, "byte", per_row=per_row) if output.nullable else None)

    def _last_readers(self, nodes: Sequence[Node]) -> Mapping[tuple[int, bool], int]:
        """(Node, whether indicators read it) → the last stage in which it is read."""
        last: dict[tuple[int, bool], int] = {}
        reads = [(arg, node.per_row, node.stage) for node in nodes for arg in node.args if node.index not in self.sums]
        for name, output in self.outputs.items():
            ready = max(node.stage for node in roots(output))
            reads += [(node, name in self.per_row, ready) for node in roots(output)]
        for node, by_rows, stage in reads:
            last[node.index, by_rows] = max(stage, last.get((node.index, by_rows), 0))
        return last

    def _stage(self, at: int, nodes: Sequence[Node]) -> Stage:
        here = [node for node in nodes if node.stage == at and node.kind not in ("const", "null")]
        kept = [node for node in here if self._is_kept(node)]
        self.kept |= {node.index: self._scratch(node) for node in kept}
        down: list[tuple[Place, Place]] = []
        for node in here:
            if not node.per_row and (node.index, True) in self._last:
                above = Kept(self.sums[node.index], None) if node.index in self.sums else self.kept[node.index]
                below = self.lowered[node.index] = self._below(above)
                down += [(one, other) for one, other in zip(above, below, strict=True) if one and other]
        ready = [name for name, output in self.outputs.items() if max(node.stage for node in roots(output)) == at]
        computed = [node for node in here if node.kind != "column" and node.index not in self.sums]
        totals = [node for node in nodes if node.index in self.sums and node.args[0].stage == at]
        return Stage(
            form=tuple(node for node in computed if not node.per_row),
            rows=tuple(node for node in computed if node.per_row),
            kept=tuple(kept),
            down=tuple(down),
            totals=tuple((node, self._summed(node.args[0]), self.sums[node.index]) for node in totals),
            form_outputs=tuple(name for name in ready if name not in self.per_row),
            row_outputs=tuple(name for name in ready if name in self.per_row),
        )  # fmt: skip

    def _is_kept(self, node: Node) -> bool:
        """Whether a node is read after its stage, or by indicators though it is of the form."""
        later = node.kind != "column" and self._last.get((node.index, node.per_row), 0) > node.stage
        lower = not node.per_row and (node.index, True) in self._last
        return node.index not in self.sums and (later or lower)

    def _scratch(self, node: Node) -> Kept:
        """Flags of forms are bytes, so that they can be repeated for indicators; those of indicators are bits."""
        flag: Of = "bits" if node.per_row else "byte"
        first = self._place("scratch", "", flag if node.type == "truth" else cells(node), per_row=node.per_row)
        second = self._place("scratch", "", flag, per_row=node.per_row) if node.nullable else None
        return Kept(first, second)

    def _below(self, above: Kept) -> Kept:
        first, second = (place and self._place("scratch", "", place.of, per_row=True) for place in above)
        return Kept(first or above.first, second)

    def _summed(self, node: Node) -> Place:
        """Where what is summed stands: what is 0 or 1 as bits."""
        of: Of = "bits" if node.low >= 0 and node.high <= 1 else cells(node)
        return self._place("scratch", "", of, per_row=True)


def roots(output: Node | Answered) -> tuple[Node, ...]:
    """The nodes of an output."""
    if isinstance(output, Node):
        return (output,)
    return tuple(node for node in output if node is not None)


def cells(node: Node, *, of_column: bool = False) -> Of:
    """What a cell of a number or text is; columns of frames hold whole words of numbers."""
    return "half" if node.type == "text" or (not of_column and width(node) is HALF) else "full"
